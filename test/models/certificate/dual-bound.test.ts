import { describe, expect, it } from 'vitest';
import { dualBound } from '../../../models/certificate/dual-bound.ts';
import { type HeldChoices, NO_CHOICES } from '../../../models/certificate/held-choices.ts';
import { recompute } from '../../../models/certificate/recomputed-scenario.ts';
import type { PlanPrice } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { workflow } from '../small-scenario.ts';

/**
 * Calls take a team two hours each, mail one. Costs per hour of calls: cheap 6, dear 10, extra 20; of mail in P2: cheap 3,
 * dear 5. At most there can be 10 + 4 hours of calls in P1 and 20 + 6 in P2, and 8 of mail in P2.
 */
const scenario: Scenario = {
  name: 'calls and mail',
  currency: 'USD',
  periods: [{ id: 'P1' }, { id: 'P2' }],
  sites: [
    { id: 'own', operator: 'in-house', seats: 10, fteSharingASeat: 1.5 },
    { id: 'theirs', operator: 'bpo', vendor: 'acm\u00e9', seats: 6 },
    { id: 'yard', operator: 'in-house' },
  ],
  teams: [
    {
      id: 'cheap', // 80 hours of 4 FTE, 20 of each
      site: 'own',
      rate: { basis: 'productive-hour', amount: 3 },
      capacity: ['P1', 'P2'].map((period) => ({ period, fte: 4, paidHoursPerFte: 25, shrinkage: 0.2 })),
    },
    {
      id: 'dear', // 50 hours of 5 FTE, 10 of each
      site: 'theirs',
      rate: { basis: 'productive-hour', amount: 5 },
      capacity: ['P1', 'P2'].map((period) => ({ period, fte: 5, paidHoursPerFte: 10, shrinkage: 0 })),
    },
    {
      id: 'extra',
      site: 'yard',
      rate: { basis: 'productive-hour', amount: 10 },
      capacity: [{ period: 'P1', hours: null }],
    },
  ],
  workflows: [
    {
      ...workflow('calls', 10, 20),
      occupancy: 0.5,
      shortfallCostPerHour: 40,
      backlog: { maxHours: 6, costPerHourPeriod: 1, openingHours: 4 },
      minimumTeamHours: 5,
    },
    { id: 'mail', demand: [{ period: 'P2', hours: 8 }] },
  ],
  rules: {
    vendorShare: [{ vendor: 'acme\u0301', maxShare: 0.25 }],
    inHouseShare: [{ minShare: 0.5 }, { workflow: 'calls', minShare: 0.25 }],
    budget: [{ period: 'P1', amount: 100 }, { amount: 300 }],
  },
};
const [CALLS, MAIL, CHEAP, DEAR, EXTRA, P1, P2] = [0, 1, 0, 1, 2, 0, 1];
const [OWN, THEIRS] = [0, 1];

const open: HeldChoices = { ...NO_CHOICES, hasMinimum: (w) => w === CALLS };
const onlyAt = (site: number): HeldChoices => ({ ...open, isClosed: (_w, s) => s !== site });
const nowhere: HeldChoices = { ...open, isClosed: () => true };

const price = (family: string, subject: PlanPrice['subject'], y: number): PlanPrice => ({
  family,
  subject,
  price: y,
});
const demand = (id: string, period: string, y: number) => price('demand', { workflow: id, period }, y);
const inHouseCalls = (period: string, y: number) => price('in-house-share', { workflow: 'calls', period }, y);

function proven(prices: readonly PlanPrice[], choices = open, useCosts = true, given = scenario) {
  return dualBound(recompute(given), prices, useCosts, choices);
}

/** Reduced costs of calls at cheap, dear and extra in P1 and at cheap in P2, and of mail at cheap and dear in P2. */
function reducedCosts(prices: readonly PlanPrice[], useCosts = true) {
  const model = recompute(scenario);
  const { reducedCostOf } = dualBound(model, prices, useCosts, open);
  return [
    [CALLS, CHEAP, P1],
    [CALLS, DEAR, P1],
    [CALLS, EXTRA, P1],
    [CALLS, CHEAP, P2],
    [MAIL, CHEAP, P2],
    [MAIL, DEAR, P2],
  ].map(([w, k, t]) => reducedCostOf(w, k, t, model.placement(w, k, t)!));
}

/** One price each: what it adds to the bound, and the reduced costs that it leaves. */
const single: Record<string, [PlanPrice, number, number[]]> = {
  'team-capacity': [
    price('team-capacity', { team: 'cheap', period: 'P1' }, -1),
    -80,
    [6 + 2, 10, 20, 6, 3, 5],
  ],
  'team-capacity of a later team': [
    price('team-capacity', { team: 'dear', period: 'P2' }, -1),
    -50,
    [6, 10, 20, 6, 3, 5 + 1],
  ],
  'site-seats, shared': [
    price('site-seats', { site: 'own', period: 'P1' }, -10),
    -10 * 15,
    [6 + (10 * 2) / 20, 10, 20, 6, 3, 5],
  ],
  'site-seats, one FTE each': [
    price('site-seats', { site: 'theirs', period: 'P2' }, -10),
    -10 * 6,
    [6, 10, 20, 6, 3, 5 + 10 / 10],
  ],
  demand: [demand('calls', 'P2', 5), 5 * 20, [6, 10, 20, 6 - 5, 3, 5]],
  'demand of a later workflow': [demand('mail', 'P2', 2), 2 * 8, [6, 10, 20, 6, 3 - 2, 5 - 2]],
  'backlog-limit': [
    price('backlog-limit', { workflow: 'calls', period: 'P1' }, -2),
    -2 * 6,
    [6, 10, 20, 6, 3, 5],
  ],
  'vendor-share': [
    price('vendor-share', { vendor: 'acme\u0301', period: 'P1' }, -2),
    0,
    [6 - 2 * 0.25, 10 + 2 * 0.75, 20 - 2 * 0.25, 6, 3, 5],
  ],
  'in-house-share of all work': [
    price('in-house-share', { period: 'P1' }, 2),
    0,
    [6 - 2 * 0.5, 10 + 2 * 0.5, 20 - 2 * 0.5, 6, 3, 5],
  ],
  'in-house-share of all work in P2': [
    price('in-house-share', { period: 'P2' }, 2),
    0,
    [6, 10, 20, 6 - 2 * 0.5, 3 - 2 * 0.5, 5 + 2 * 0.5],
  ],
  'in-house-share of a workflow': [
    inHouseCalls('P1', 2),
    0,
    [6 - 2 * 0.75, 10 + 2 * 0.25, 20 - 2 * 0.75, 6, 3, 5],
  ],
  'budget of a period': [price('budget', { period: 'P1' }, -0.5), -50, [9, 15, 30, 6, 3, 5]],
  'budget of the horizon': [price('budget', {}, -0.5), -150, [9, 15, 30, 9, 4.5, 7.5]],
  'minimum-team-hours': [
    price('minimum-team-hours', { workflow: 'calls', site: 'own', period: 'P1' }, 2),
    2 * 5,
    [6 - 2, 10, 20, 6, 3, 5],
  ],
};
const COSTS = [6, 10, 20, 6, 3, 5];

describe('a price', () => {
  it('that nobody states is 0: the bound is 0 and reduced costs are costs', () => {
    expect(proven([])).toMatchObject({ bound: 0, magnitude: 0, worstViolation: 0, unknownPrices: [] });
    expect(reducedCosts([])).toEqual(COSTS);
  });

  it.each(Object.keys(single))('adds price times limit and is paid by each hour that uses it: %s', (name) => {
    const [entry, bound, expected] = single[name];
    const magnitude = Math.abs(bound);
    expect(proven([entry])).toMatchObject({ bound, magnitude, worstViolation: 0, unknownPrices: [] });
    expect(reducedCosts([entry])).toEqual(expected);
  });

  it('adds up with all others: none is taken for another', () => {
    const entries = Object.values(single);
    const all = entries.map(([entry]) => entry);
    const sum = entries.reduce((total, [, bound]) => total + bound, 0);
    expect(proven(all)).toMatchObject({ bound: sum, worstViolation: 0, unknownPrices: [] });
    const shifted = COSTS.map((cost, at) =>
      entries.reduce((total, [, , costs]) => total + costs[at] - cost, cost),
    );
    reducedCosts(all).forEach((reduced, at) => {
      expect(reduced).toBeCloseTo(shifted[at], 12);
    });
  });

  it('is on costs alone, so without costs an hour is charged what it uses', () => {
    expect(reducedCosts([], false)).toEqual([0, 0, 0, 0, 0, 0]);
    const [entry] = single['budget of a period'];
    expect(reducedCosts([entry], false)).toEqual([3, 5, 10, 0, 0, 0]);
  });

  it.each(Object.keys(single).filter((name) => !name.startsWith('demand')))(
    'of the wrong sign proves nothing, and its size is told: %s',
    (name) => {
      const turned = { ...single[name][0], price: -single[name][0].price };
      expect(proven([turned])).toMatchObject({
        bound: 0,
        magnitude: 0,
        worstViolation: Math.abs(turned.price),
        unknownPrices: [],
      });
      expect(reducedCosts([turned])).toEqual(COSTS);
    },
  );

  it('of the worst sign is the one told', () => {
    const capacity = (period: string, y: number) => price('team-capacity', { team: 'cheap', period }, y);
    expect(proven([capacity('P1', 3), capacity('P2', 2)]).worstViolation).toBe(3);
    expect(proven([capacity('P1', 2), capacity('P2', 3)]).worstViolation).toBe(3);
  });
});

describe('a price of no limit', () => {
  const nothing: Record<string, PlanPrice> = {
    'no family': price('weather', { period: 'P1' }, -1),
    'no period': price('team-capacity', { team: 'cheap' }, -1),
    'a period that is not there': price('team-capacity', { team: 'cheap', period: 'P3' }, -1),
    'demand of nobody': price('demand', { period: 'P1' }, 1),
    'demand of an unknown workflow': demand('chat', 'P1', 1),
    'demand where there is none': demand('mail', 'P1', 1),
    'capacity of nobody': price('team-capacity', { period: 'P1' }, -1),
    'capacity of an unknown team': price('team-capacity', { team: 'none', period: 'P1' }, -1),
    'capacity without limit': price('team-capacity', { team: 'extra', period: 'P1' }, -1),
    'capacity where there is none': price('team-capacity', { team: 'extra', period: 'P2' }, -1),
    'seats in no period': price('site-seats', { site: 'own' }, -1),
    'a share of a vendor in no period': price('vendor-share', { vendor: 'acm\u00e9' }, -1),
    'a share in no period': price('in-house-share', {}, 1),
    'seats of nobody': price('site-seats', { period: 'P1' }, -1),
    'seats of an unknown site': price('site-seats', { site: 'none', period: 'P1' }, -1),
    'seats that nobody counts': price('site-seats', { site: 'yard', period: 'P1' }, -1),
    'backlog of nobody': price('backlog-limit', { period: 'P1' }, -1),
    'backlog of an unknown workflow': price('backlog-limit', { workflow: 'chat', period: 'P1' }, -1),
    'backlog of work that cannot wait': price('backlog-limit', { workflow: 'mail', period: 'P1' }, -1),
    'backlog after the last period': price('backlog-limit', { workflow: 'calls', period: 'P2' }, -1),
    'a minimum of nobody': price('minimum-team-hours', { site: 'own', period: 'P1' }, 1),
    'a minimum nowhere': price('minimum-team-hours', { workflow: 'calls', period: 'P1' }, 1),
    'a minimum where there is none': price(
      'minimum-team-hours',
      { workflow: 'mail', site: 'own', period: 'P2' },
      1,
    ),
    'a share of no vendor': price('vendor-share', { period: 'P1' }, -1),
    'a share of another vendor': price('vendor-share', { vendor: 'zenith', period: 'P1' }, -1),
    'a share of a workflow without one': price('in-house-share', { workflow: 'mail', period: 'P1' }, 1),
    'a budget of a period without one': price('budget', { period: 'P2' }, -1),
    'not a number': price('budget', {}, NaN),
    'without end': price('budget', {}, -Infinity),
  };

  it.each(Object.keys(nothing))('is told and proves nothing: %s', (name) => {
    expect(proven([nothing[name]])).toMatchObject({
      bound: 0,
      magnitude: 0,
      worstViolation: 0,
      unknownPrices: [nothing[name]],
    });
    expect(reducedCosts([nothing[name]])).toEqual(COSTS);
  });

  it('is any price of a rule in a scenario that has no rules', () => {
    const { rules: _rules, ...free } = scenario;
    for (const given of [free, { ...scenario, rules: {} }]) {
      const prices = ['vendor-share', 'in-house-share', 'in-house-share of a workflow', 'budget of a period']
        .concat('in-house-share of all work', 'budget of the horizon')
        .flatMap((name) => (name in single ? [single[name][0]] : []));
      expect(prices).toHaveLength(5);
      expect(proven(prices, open, true, given)).toMatchObject({ bound: 0, unknownPrices: prices });
    }
  });

  it('is a budget of the horizon where only periods have one, and of a period where only the horizon has', () => {
    const only = (budget: NonNullable<Scenario['rules']>['budget']) => ({ ...scenario, rules: { budget } });
    const [ofPeriod, ofHorizon] = [single['budget of a period'][0], single['budget of the horizon'][0]];
    const periods = only([
      { period: 'P1', amount: 100 },
      { period: 'P2', amount: 10 },
    ]);
    expect(proven([ofPeriod, ofHorizon], open, true, periods)).toMatchObject({
      bound: -50,
      unknownPrices: [ofHorizon],
    });
    expect(proven([ofPeriod, ofHorizon], open, true, only([{ amount: 300 }]))).toMatchObject({
      bound: -150,
      unknownPrices: [ofPeriod],
    });
  });

  it('is the second of two on one limit, however its ids are written', () => {
    const first = price('vendor-share', { vendor: 'acm\u00e9', period: 'P1' }, -2);
    const second = price('vendor-share', { vendor: 'acme\u0301', period: 'P1' }, -3);
    const given = [first, second];
    expect(proven(given).unknownPrices).toEqual([second]);
    expect(reducedCosts(given)[DEAR]).toBe(10 + 2 * 0.75);
    const { family, subject } = single['minimum-team-hours'][0];
    const minimum = [price(family, subject, 2), price(family, subject, 3)];
    expect(proven(minimum)).toMatchObject({ bound: 10, unknownPrices: [minimum[1]] });
    const elsewhere = [
      price(family, { ...subject, site: 'theirs' }, 2),
      price(family, { ...subject, period: 'P2' }, 2),
    ];
    expect(proven([minimum[0], ...elsewhere])).toMatchObject({ bound: 30, unknownPrices: [] });
  });

  it('is a minimum held at another site, in another period or for another workflow', () => {
    const held = (w: number, s: number, t: number) => w === CALLS && s === THEIRS && t === P2;
    const minimum = (subject: PlanPrice['subject']) => price('minimum-team-hours', subject, 1);
    const right = minimum({ workflow: 'calls', site: 'theirs', period: 'P2' });
    const wrong = [
      minimum({ workflow: 'calls', site: 'own', period: 'P2' }),
      minimum({ workflow: 'calls', site: 'theirs', period: 'P1' }),
      minimum({ workflow: 'mail', site: 'theirs', period: 'P2' }),
    ];
    const nobodys = minimum({ site: 'theirs', period: 'P2' });
    expect(proven([nobodys], { ...open, hasMinimum: () => true }).unknownPrices).toEqual([nobodys]);
    expect(proven([right, ...wrong], { ...open, hasMinimum: held }).unknownPrices).toEqual(wrong);
    expect(dualBound(recompute(scenario), [right], true).unknownPrices).toEqual([right]);
  });
});

describe('what could still be saved', () => {
  it('is taken off at the most hours there could be: 20 + 6 of calls in P2, at 6 for 8', () => {
    expect(proven([demand('calls', 'P2', 8)])).toMatchObject({
      bound: 8 * 20 - 2 * 26,
      magnitude: 8 * 20 + 2 * 26,
      worstViolation: 2 / 8,
    });
  });

  it('counts what waits at the start: 10 + 4 hours of calls in P1, of which 6 may go on waiting', () => {
    const waiting = (5 - 1) * 6;
    expect(proven([demand('calls', 'P1', 5)])).toMatchObject({
      bound: 5 * 14 - waiting,
      magnitude: 5 * 14 + waiting,
      worstViolation: (5 - 1) / 5,
    });
    const cheap = (7 - 6) * 14;
    expect(proven([demand('calls', 'P1', 7), demand('calls', 'P2', 6)])).toMatchObject({
      bound: 7 * 14 + 6 * 20 - cheap,
      worstViolation: 1 / 7,
    });
  });

  it('by waiting is no more than what there is to wait: 14 hours though 1000 may', () => {
    const given = structuredClone(scenario);
    given.workflows[CALLS].backlog!.maxHours = 1000;
    const { bound } = proven([demand('calls', 'P1', 5)], nowhere, true, given);
    expect(bound).toBe(5 * 14 - 4 * 14);
  });

  it('by waiting for a period in which demand is worth less than nothing counts too', () => {
    expect(proven([demand('calls', 'P2', -5)])).toMatchObject({
      bound: -5 * 20 - (5 - 1) * 6,
      worstViolation: (5 - 1) / 5,
    });
  });

  it('by waiting is less where waiting itself has a price', () => {
    const waiting = price('backlog-limit', { workflow: 'calls', period: 'P1' }, -2);
    expect(proven([demand('calls', 'P1', 5), waiting]).bound).toBe(5 * 14 - 2 * 6 - (5 - 1 - 2) * 6);
  });

  it('by falling short is what demand is priced above it: 50 for 40', () => {
    expect(proven([demand('calls', 'P2', 50)], nowhere)).toMatchObject({
      bound: 50 * 20 - 10 * 26,
      worstViolation: 10 / 50,
    });
    expect(proven([demand('mail', 'P2', 50)], nowhere)).toMatchObject({ bound: 50 * 8, worstViolation: 0 });
  });

  it('is nothing at what is closed, and only there', () => {
    const closed = (at: [number, number, number]): HeldChoices => ({
      ...open,
      isClosed: (w, s, t) => w === at[0] && s === at[1] && t === at[2],
    });
    const prices = [demand('calls', 'P2', 8)];
    expect(proven(prices, closed([CALLS, OWN, P2])).bound).toBe(8 * 20);
    expect(proven(prices, closed([CALLS, THEIRS, P2])).bound).toBe(8 * 20 - 2 * 26);
    expect(proven(prices, closed([MAIL, OWN, P2])).bound).toBe(8 * 20 - 2 * 26);
    expect(proven(prices, closed([CALLS, OWN, P1])).bound).toBe(8 * 20 - 2 * 26);
  });

  it('is everywhere where nobody has chosen anything', () => {
    expect(dualBound(recompute(scenario), [demand('calls', 'P2', 8)], true).bound).toBe(8 * 20 - 2 * 26);
  });

  it('is nothing where the work may not be done', () => {
    const placements = [{ workflow: 'calls', team: 'cheap', allowed: false }];
    const { bound } = proven([demand('calls', 'P2', 8)], open, true, { ...scenario, placements });
    expect(bound).toBe(8 * 20);
  });

  it('without costs is whatever is priced above 0', () => {
    const saved = 5 * 14 * 3 + 5 * 14 + 5 * 6; // three teams, falling short, waiting
    expect(proven([demand('calls', 'P1', 5)], open, false)).toMatchObject({
      bound: 5 * 14 - saved,
      magnitude: 5 * 14 + saved,
      worstViolation: 1,
    });
  });

  it('of less than a cent of a cent an hour is told in money, not as a part of it', () => {
    const given = structuredClone(scenario);
    given.workflows[CALLS].shortfallCostPerHour = 0;
    expect(proven([demand('calls', 'P2', 0.5)], nowhere, true, given).worstViolation).toBe(0.5);
  });
});

describe('how wrong a reduced cost is', () => {
  const share = inHouseCalls('P2', 40); // 30 an hour at the own site
  const minimumAt = (site: string, y: number) =>
    price('minimum-team-hours', { workflow: 'calls', site, period: 'P2' }, y);

  it.each<[string, PlanPrice[], number, number]>([
    ['cost', [demand('calls', 'P2', 4), inHouseCalls('P2', 4)], OWN, 1 / 6],
    ['share', [inHouseCalls('P2', 10)], OWN, 1.5 / 7.5],
    [
      'capacity',
      [demand('calls', 'P2', 39), share, price('team-capacity', { team: 'cheap', period: 'P2' }, -30)],
      OWN,
      3 / 60,
    ],
    ['budget', [demand('calls', 'P2', 39), share, price('budget', {}, -10)], OWN, 3 / 60],
    // Calls in P1 may wait for a period that pays for taking them: 60 less 1 in 60.
    [
      'demand',
      [demand('calls', 'P1', -60), demand('calls', 'P2', -60), share, minimumAt('own', 50)],
      OWN,
      14 / 60,
    ],
    [
      'share of a vendor',
      [
        demand('calls', 'P2', 40),
        price('vendor-share', { vendor: 'acm\u00e9', period: 'P2' }, -80),
        minimumAt('theirs', 50),
      ],
      THEIRS,
      20 / 60,
    ],
  ])('is measured by the largest of its terms: %s', (_term, prices, site, expected) => {
    expect(proven(prices, onlyAt(site)).worstViolation).toBe(expected);
  });
});

describe('money that is spent whatever the plan', () => {
  const given = structuredClone(scenario);
  given.teams.push({
    id: 'staff',
    site: 'yard',
    paid: 'capacity',
    rate: { basis: 'productive-hour', amount: 2 },
    capacity: [
      { period: 'P1', hours: 5 },
      { period: 'P2', hours: 10 },
    ],
  });
  const spent: HeldChoices = { ...open, openingCost: 70 };

  it('is part of the bound, unless costs are left out', () => {
    expect(proven([], spent, true, given)).toMatchObject({ bound: 10 + 20 + 70, magnitude: 100 });
    expect(proven([], spent, false, given)).toMatchObject({ bound: 0, magnitude: 0 });
  });

  it('is not there for the rest: a period has its budget less its payroll, the horizon less all of it and the openings', () => {
    expect(proven([price('budget', { period: 'P1' }, -1)], spent, true, given).bound).toBe(100 - (100 - 10));
    expect(proven([price('budget', {}, -1)], spent, true, given).bound).toBe(100 - (300 - 30 - 70));
  });
});

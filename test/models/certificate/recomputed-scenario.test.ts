import { describe, expect, it } from 'vitest';
import { recompute } from '../../../models/certificate/recomputed-scenario.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import {
  inHouseSite,
  type Site,
  smallScenario,
  team,
  type Team,
  vendorSite,
  workflow,
  type Workflow,
} from '../small-scenario.ts';

/** Names of people who write an é in two ways. */
const [COMPOSED, DECOMPOSED] = ['\u00e9', 'e\u0301'];
const PERIODS = [{ id: 'P1' }, { id: 'P2' }];

describe('the order', () => {
  it('is that of the normalised ids, whatever the order in which they were sent', () => {
    const { scenario } = recompute(
      smallScenario({
        periods: [{ id: 'late' }, { id: 'EARLY' }],
        sites: ['z', DECOMPOSED, 'b', 'f', 'a'].map(inHouseSite),
        teams: ['z', DECOMPOSED, 'b', 'f', 'a'].map((id) => team(id, 'a', 1, 1)),
        workflows: ['z', DECOMPOSED, 'b', 'f', 'a'].map((id) => ({ id, demand: [] })),
        rules: {
          vendorShare: ['z', DECOMPOSED, 'a'].map((vendor) => ({ vendor, maxShare: 1 })),
          inHouseShare: [{ workflow: 'b', minShare: 0 }, { minShare: 0 }, { workflow: 'A', minShare: 0 }],
          budget: [{ period: 'late', amount: 1 }, { amount: 1 }, { period: 'EARLY', amount: 1 }],
        },
      }),
    );
    const idsOf = (entities: readonly { id: string }[]) => entities.map(({ id }) => id);
    expect(idsOf(scenario.sites)).toEqual(['a', 'b', 'f', 'z', DECOMPOSED]);
    expect(idsOf(scenario.teams)).toEqual(['a', 'b', 'f', 'z', DECOMPOSED]);
    expect(idsOf(scenario.workflows)).toEqual(['a', 'b', 'f', 'z', DECOMPOSED]);
    expect(idsOf(scenario.periods)).toEqual(['late', 'EARLY']);
    expect(scenario.rules?.vendorShare?.map(({ vendor }) => vendor)).toEqual(['a', 'z', DECOMPOSED]);
    expect(scenario.rules?.inHouseShare?.map((rule) => rule.workflow)).toEqual([undefined, 'A', 'b']);
    expect(scenario.rules?.budget?.map(({ period }) => period)).toEqual([undefined, 'EARLY', 'late']);
  });

  it('leaves rules out that the scenario does not have', () => {
    expect(recompute(smallScenario()).scenario.rules).toBeUndefined();
    expect(recompute(smallScenario({ rules: {} })).scenario.rules).toEqual({});
  });
});

it('finds an entity in whichever Unicode form it is asked for, and nothing that is not there', () => {
  const { find } = recompute(
    smallScenario({
      periods: [{ id: 'P1' }, { id: DECOMPOSED }],
      sites: [inHouseSite('luzon'), inHouseSite(COMPOSED)],
      teams: [team('manila', 'luzon', 1, 1), team(DECOMPOSED, DECOMPOSED, 1, 1)],
      workflows: [workflow('appeals', 1), workflow(COMPOSED, 1)],
    }),
  );
  for (const kind of ['period', 'site', 'team', 'workflow'] as const) {
    expect([COMPOSED, DECOMPOSED, 'nothing'].map(find[kind])).toEqual([1, 1, undefined]);
  }
  expect(find.period('P1')).toBe(0);
});

it('knows whose site a team works at', () => {
  const model = recompute(
    smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', DECOMPOSED)],
      teams: [team('manila', 'luzon', 1, 1), team('acme', 'cebu', 1, 1)],
    }),
  );
  expect(model.siteOfTeam).toEqual([0, 1]); // acme at cebu, manila at luzon
  expect(model.isInHouse).toEqual([false, true]);
  expect(model.vendorOfTeam).toEqual([COMPOSED, undefined]);
});

describe('demand', () => {
  const demandOf = (given: Partial<Workflow>, count = 3) => {
    const periods = ['P1', 'P2', 'P3'].slice(0, count).map((id) => ({ id }));
    const model = recompute(smallScenario({ periods, workflows: [{ id: 'calls', demand: [], ...given }] }));
    const { demand, ahtSeconds, mostCarriedIn } = model;
    return { demand: demand[0], ahtSeconds: ahtSeconds[0], mostCarriedIn: mostCarriedIn[0] };
  };

  it('is hours, or contacts times the seconds of one: 600 of 120 seconds are 20 hours', () => {
    const demand = [
      { period: 'P3', contacts: 600, ahtSeconds: 120 },
      { period: 'P1', hours: 7 },
    ];
    expect(demandOf({ demand })).toEqual({
      demand: [7, undefined, 20],
      ahtSeconds: [undefined, undefined, 120],
      mostCarriedIn: [0, 0, 0],
    });
  });

  it('is none where nothing is said, and 0 where work may be carried through', () => {
    expect(demandOf({}).demand).toEqual([undefined, undefined, undefined]);
    expect(demandOf({ backlog: { maxHours: 5 } }).demand).toEqual([0, 0, 0]);
  });

  it('can carry over what came before, up to what may wait', () => {
    const demand = [
      { period: 'P1', hours: 10 },
      { period: 'P2', hours: 40 },
    ];
    const backlog = { maxHours: 30, openingHours: 5 };
    expect(demandOf({ demand, backlog }).mostCarriedIn).toEqual([5, 15, 30]);
    expect(demandOf({ backlog }).mostCarriedIn).toEqual([5, 5, 5]);
    expect(demandOf({ demand, backlog: { maxHours: 30 } }).mostCarriedIn).toEqual([0, 10, 30]);
    expect(demandOf({ demand: [], backlog }, 1).mostCarriedIn).toEqual([5]);
  });
});

describe('capacity', () => {
  const fte = { fte: 4, paidHoursPerFte: 25, shrinkage: 0.2 };
  const capacityOf = (given: Partial<Team>) => {
    const model = recompute(
      smallScenario({ periods: PERIODS, teams: [{ ...team('manila', 'luzon', 3, 0), ...given }] }),
    );
    const { capacity, hoursPerFte, payroll } = model;
    return { capacity: capacity[0], hoursPerFte: hoursPerFte[0], payroll };
  };

  it('is hours, without end for null, or FTE times what one is there: 4 · 25 · 0.8', () => {
    expect(capacityOf({ capacity: [{ period: 'P2', hours: 9 }] })).toEqual({
      capacity: [undefined, 9],
      hoursPerFte: [undefined, undefined],
      payroll: [0, 0],
    });
    expect(capacityOf({ capacity: [{ period: 'P1', hours: null }] }).capacity).toEqual([Infinity, undefined]);
    expect(capacityOf({ capacity: [{ period: 'P1', ...fte }] })).toEqual({
      capacity: [80, undefined],
      hoursPerFte: [20, undefined],
      payroll: [0, 0],
    });
  });

  it('costs nothing as such where only hours used are paid', () => {
    expect(capacityOf({ paid: 'used', capacity: [{ period: 'P1', ...fte }] }).payroll).toEqual([0, 0]);
  });

  it.each([
    ['productive-hour', 3 * 80],
    ['paid-hour', 3 * 100],
    ['fte-period', 3 * 4],
  ] as const)('costs the whole of it where it is paid for, by %s', (basis, payroll) => {
    const given = { rate: { basis, amount: 3 }, paid: 'capacity' as const };
    expect(capacityOf({ ...given, capacity: [{ period: 'P2', ...fte }] }).payroll).toEqual([0, payroll]);
  });

  it('costs its hours by the paid hour where nothing is said of shrinkage', () => {
    const rate = { basis: 'paid-hour', amount: 3 } as const;
    const capacity = [{ period: 'P1', hours: 9 }];
    expect(capacityOf({ rate, paid: 'capacity', capacity }).payroll).toEqual([27, 0]);
  });

  it('is paid for all teams together', () => {
    const paid = { ...team('manila', 'luzon', 3, 10), paid: 'capacity' as const };
    const model = recompute(smallScenario({ teams: [paid, { ...paid, id: 'cebu' }] }));
    expect(model.payroll).toEqual([60]);
    expect(recompute(smallScenario({ teams: [paid, team('b', 'luzon', 3, 10)] })).payroll).toEqual([30]);
  });
});

describe('a placement', () => {
  /** Appeals at a team of 4 FTE with 25 paid hours of which a fifth is lost, at an occupancy of a half. */
  const facts = (
    given: Partial<Team>,
    appeals: Partial<Workflow> = {},
    placements?: Scenario['placements'],
  ) => {
    const capacity = [{ period: 'P1', fte: 4, paidHoursPerFte: 25, shrinkage: 0.2 }];
    const scenario = smallScenario({
      periods: PERIODS,
      teams: [{ ...team('manila', 'luzon', 3, 0), capacity, ...given }],
      workflows: [
        {
          id: 'appeals',
          occupancy: 0.5,
          demand: [{ period: 'P1', contacts: 60, ahtSeconds: 360 }],
          ...appeals,
        },
      ],
      ...(placements && { placements }),
    });
    return recompute(scenario).placement(0, 0, 0);
  };
  const rate = (basis: Team['rate']['basis']) => ({ rate: { basis, amount: 4 } });
  const hours = { capacity: [{ period: 'P1', hours: 80 }] };

  it.each([
    ['productive-hour', 4 * 2],
    ['paid-hour', (4 * 2) / 0.8],
    ['fte-period', (4 * 2) / 20],
    ['contact', 4 * 10],
  ] as const)('costs what its team takes for it, paid by %s', (basis, cost) => {
    expect(facts(rate(basis))).toEqual({ cost, teamHours: 2, billed: 2, qualityPoints: 0 });
  });

  it('takes as long as it does where nothing is said of occupancy or handling', () => {
    expect(facts({}, { occupancy: 1 })).toEqual({ cost: 3, teamHours: 1, billed: 1, qualityPoints: 0 });
    expect(facts({}, { demand: [{ period: 'P1', hours: 1 }] })).toEqual({
      cost: 6,
      teamHours: 2,
      billed: 2,
      qualityPoints: 0,
    });
  });

  it('is none where its rate cannot be turned into a cost', () => {
    expect(facts({ ...rate('paid-hour'), ...hours })).toBeUndefined();
    expect(facts({ ...rate('fte-period'), ...hours })).toBeUndefined();
    expect(facts(rate('contact'), { demand: [{ period: 'P1', hours: 6 }] })).toBeUndefined();
    expect(facts({ ...rate('productive-hour'), ...hours })).toEqual({
      cost: 8,
      teamHours: 2,
      billed: 2,
      qualityPoints: 0,
    });
  });

  it('is none without demand or capacity in the period', () => {
    expect(facts({}, { demand: [{ period: 'P2', hours: 6 }] })).toBeUndefined();
    expect(facts({ capacity: [{ period: 'P2', hours: 6 }] })).toBeUndefined();
  });

  it('costs nothing at a team paid for its whole capacity, unless a cost is given', () => {
    const place = { workflow: 'appeals', team: 'manila' };
    expect(facts({ paid: 'capacity' })).toEqual({ cost: 0, teamHours: 2, billed: 2, qualityPoints: 0 });
    expect(facts({ paid: 'capacity' }, {}, [{ ...place, costPerDemandHour: 7 }])?.cost).toBe(7);
    expect(facts({}, {}, [{ ...place, costPerDemandHour: 0 }])?.cost).toBe(0);
  });

  it('is what the scenario says of it, for its period before all periods, field by field', () => {
    const place = { workflow: 'appeals', team: 'manila' };
    const general = { ...place, handlingFactor: 1.5, costPerDemandHour: 9, allowed: false };
    const single = { ...place, period: 'P1' };
    const other = { ...place, period: 'P2', handlingFactor: 9, costPerDemandHour: 99, allowed: false };
    expect(facts({}, {}, [other])).toEqual({ cost: 6, teamHours: 2, billed: 2, qualityPoints: 0 });
    expect(facts({}, {}, [{ ...place, handlingFactor: 1.5 }])).toEqual({
      cost: 9,
      teamHours: 3,
      billed: 3,
      qualityPoints: 0,
    });
    expect(facts({}, {}, [general])).toBeUndefined();
    expect(facts({}, {}, [general, { ...single, allowed: true }])).toEqual({
      cost: 9,
      teamHours: 3,
      billed: 3,
      qualityPoints: 0,
    });
    expect(facts({}, {}, [{ ...single, allowed: true, handlingFactor: 2 }, general])).toEqual({
      cost: 9,
      teamHours: 4,
      billed: 4,
      qualityPoints: 0,
    });
    expect(
      facts({}, {}, [
        { ...place, allowed: true },
        { ...single, allowed: false },
      ]),
    ).toBeUndefined();
    expect(facts({}, {}, [general, { ...single, allowed: true, costPerDemandHour: 0 }])?.cost).toBe(0);
  });

  it('is itself among many: every fact stands at its workflow, team and period', () => {
    const ids = ['a', 'b'];
    const placements = ids.flatMap((w, i) =>
      ['k', 'l', 'm'].flatMap((k, j) => [
        { workflow: w, team: k, handlingFactor: 1 + i + 10 * j },
        { workflow: w, team: k, period: 'P2', costPerDemandHour: 100 + i + 10 * j },
      ]),
    );
    const model = recompute(
      smallScenario({
        periods: PERIODS,
        teams: ['k', 'l', 'm'].map((id) => team(id, 'luzon', 1, 1, ['P1', 'P2'])),
        workflows: ids.map((id) => workflow(id, 1, 1)),
        placements,
      }),
    );
    for (const w of [0, 1]) {
      for (const k of [0, 1, 2]) {
        const teamHours = 1 + w + 10 * k;
        expect(model.placement(w, k, 0)).toEqual({
          cost: teamHours,
          teamHours,
          billed: teamHours,
          qualityPoints: 0,
        });
        expect(model.placement(w, k, 1)).toEqual({
          cost: 100 + w + 10 * k,
          teamHours,
          billed: teamHours,
          qualityPoints: 0,
        });
      }
    }
  });
});

describe('a team may take a workflow', () => {
  const mayTake = (appeals: Partial<Workflow>, manila: Partial<Team> = {}, luzon: Partial<Site> = {}) =>
    recompute(
      smallScenario({
        sites: [{ ...inHouseSite('luzon'), ...luzon }],
        teams: [{ ...team('manila', 'luzon', 1, 1), ...manila }],
        workflows: [{ ...workflow('appeals', 1), ...appeals }],
      }),
    ).mayTake(0, 0);

  it('that asks for nothing', () => {
    expect(mayTake({})).toBe(true);
    expect(mayTake({ skills: [], controls: [], deniedCountries: [] })).toBe(true);
    expect(mayTake({}, { skills: ['thai'] }, { controls: ['pci'], country: 'DE' })).toBe(true);
  });

  it('only with every skill', () => {
    expect(mayTake({ skills: ['thai', DECOMPOSED] }, { skills: [COMPOSED, 'thai', 'chess'] })).toBe(true);
    expect(mayTake({ skills: ['thai', DECOMPOSED] }, { skills: ['thai'] })).toBe(false);
    expect(mayTake({ skills: ['thai'] })).toBe(false);
  });

  it('only with every control', () => {
    expect(mayTake({ controls: ['pci', DECOMPOSED] }, {}, { controls: [COMPOSED, 'pci'] })).toBe(true);
    expect(mayTake({ controls: ['pci', DECOMPOSED] }, {}, { controls: ['pci'] })).toBe(false);
    expect(mayTake({ controls: ['pci'] })).toBe(false);
  });

  it('only at a site of its tier, 1 where nothing is said', () => {
    expect(mayTake({ securityTier: 3 }, {}, { securityTier: 3 })).toBe(true);
    expect(mayTake({ securityTier: 3 }, {}, { securityTier: 2 })).toBe(false);
    expect(mayTake({ securityTier: 2 })).toBe(false);
    expect(mayTake({ securityTier: 1 })).toBe(true);
    expect(mayTake({}, {}, { securityTier: 1 })).toBe(true);
  });

  it('only where it is not too complex, of complexity 1 where nothing is said', () => {
    expect(mayTake({ complexity: 5 }, { maxComplexity: 5 })).toBe(true);
    expect(mayTake({ complexity: 5 }, { maxComplexity: 4 })).toBe(false);
    expect(mayTake({ complexity: 100 })).toBe(true);
    expect(mayTake({}, { maxComplexity: 1 })).toBe(true);
  });

  it('only from a country it may be seen from', () => {
    const here = { country: COMPOSED };
    expect(mayTake({ allowedCountries: ['DE', DECOMPOSED] }, {}, here)).toBe(true);
    expect(mayTake({ allowedCountries: ['DE'] }, {}, here)).toBe(false);
    expect(mayTake({ allowedCountries: [] }, {}, here)).toBe(false);
    expect(mayTake({ allowedCountries: ['DE'] })).toBe(false);
    expect(mayTake({ deniedCountries: ['DE', DECOMPOSED] }, {}, here)).toBe(false);
    expect(mayTake({ deniedCountries: ['DE'] }, {}, here)).toBe(true);
    expect(mayTake({ deniedCountries: ['DE'] })).toBe(false);
  });

  it('and each pair is its own, however often it is asked', () => {
    const model = recompute(
      smallScenario({
        teams: ['x', 'y', 'xy'].map((id) => ({ ...team(id, 'luzon', 1, 1), skills: [...id] })),
        workflows: ['x', 'y'].map((id) => ({ ...workflow(id, 1), skills: [id] })),
      }),
    );
    const all = () => [0, 1].map((w) => [0, 1, 2].map((k) => model.mayTake(w, k)));
    // Teams in order: x, xy, y.
    const expected = [
      [true, true, false],
      [false, true, true],
    ];
    expect(all()).toEqual(expected);
    expect(all()).toEqual(expected);
    expect(model.placement(1, 0, 0)).toBeUndefined();
  });
});

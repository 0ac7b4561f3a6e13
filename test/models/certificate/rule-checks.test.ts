import { describe, expect, it } from 'vitest';
import { recompute } from '../../../models/certificate/recomputed-scenario.ts';
import { type Finding, note, refuse } from '../../../models/certificate/finding.ts';
import { checkRules } from '../../../models/certificate/rule-checks.ts';
import type { PlanNumbers } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { handMade } from './hand-made-plan.ts';
import { NO_PEOPLE_COSTS } from '../no-people-costs.ts';

interface HandMade {
  scenario: Scenario;
  plan: PlanNumbers;
}

/** What is found once the scenario or the plan has been spoilt. */
function found(spoil: (given: HandMade) => void): Finding {
  const given = handMade();
  spoil(given);
  return checkRules(recompute(given.scenario), given.plan).finding;
}

it('finds nothing wrong with a plan that keeps every rule', () => {
  expect(found(() => undefined)).toEqual({ worst: 0, faults: [] });
});

describe('a plan that breaks a limit of the scenario', () => {
  const limits: Record<string, [(scenario: Scenario) => void, string, number]> = {
    capacity: [
      ({ teams }) => (teams[1].capacity[1].hours = 30),
      'the capacity of bob in P2 is off by 6.00000',
      6 / 30,
    ],
    'capacity in FTE': [
      ({ teams }) => (teams[0].capacity[0].fte = 1),
      'the capacity of alice in P1 is off by 10.0000',
      10 / 20,
    ],
    seats: [({ sites }) => (sites[0].seats = 1), 'the seats of own in P2 is off by 1.50000', 1.5 / 1.5],
    backlog: [
      ({ workflows }) => (workflows[0].backlog!.maxHours = 2),
      'the backlog of calls in P1 is off by 3.00000',
      3 / 2,
    ],
    minimum: [
      ({ workflows }) => (workflows[0].minimumTeamHours = 10),
      'the minimum of calls at theirs in P1 is off by 2.00000',
      2 / 10,
    ],
    'budget of the horizon': [
      ({ rules }) => (rules!.budget![0].amount = 600),
      'the budget of the whole horizon is off by 40.0000',
      40 / 600,
    ],
    'budget of a period': [
      ({ rules }) => (rules!.budget![1].amount = 100),
      'the budget of P1 is off by 90.0000',
      90 / 100,
    ],
    'largest share': [
      ({ rules }) => (rules!.vendorShare![0].maxShare = 0.3125),
      'the share of acme in P2 is off by 1.43750',
      1.4375 / 16.5625,
    ],
    'smallest share': [
      ({ rules }) => (rules!.inHouseShare![0].minShare = 0.6875),
      'the in-house share of all work in P2 is off by 1.43750',
      1.4375 / 36.4375,
    ],
    'smallest share of a workflow': [
      ({ rules }) => (rules!.inHouseShare![1].minShare = 0.5625),
      'the in-house share of calls in P1 is off by 0.125000',
      0.125 / 10.125,
    ],
    'demand, by doing too little': [
      ({ workflows }) => (workflows[1].demand[0].hours = 16),
      'the demand of mail in P1 is off by 6.00000',
      6 / 16,
    ],
    'demand, by doing too much': [
      ({ workflows }) => (workflows[1].demand[1].hours = 4),
      'the demand of mail in P2 is off by 6.00000',
      6 / 4,
    ],
    'sites of a workflow': [
      ({ workflows }) => (workflows[0].maxSites = 1),
      'calls is at 2 sites and may be at 1',
      Infinity,
    ],
  };

  it.each(Object.keys(limits))('is refused, and by how much: %s', (name) => {
    const [tighten, fault, worst] = limits[name];
    const finding = found(({ scenario }) => {
      tighten(scenario);
    });
    expect(finding.faults).toContain(fault);
    expect(finding.worst).toBe(worst);
  });

  it('is told for that limit alone', () => {
    expect(found(({ scenario }) => (scenario.sites[0].seats = 1)).faults).toHaveLength(1);
    expect(found(({ scenario }) => (scenario.workflows[0].maxSites = 1)).faults).toHaveLength(1);
    expect(found(({ scenario }) => (scenario.workflows[0].minimumTeamHours = 10)).faults).toHaveLength(1);
    expect(found(({ scenario }) => delete scenario.workflows[0].maxSites).faults).toEqual([]);
  });
});

describe('a line of the allocation that lies', () => {
  const line = (at: number, change: Partial<PlanNumbers['allocation'][number]>) => (given: HandMade) =>
    void Object.assign(given.plan.allocation[at], change);

  it.each([
    ['its cost', { cost: 61 }, 'the cost of calls / alice / P1 is off by 1.00000'],
    ['its team hours', { teamHours: 19 }, 'the team hours of calls / alice / P1 is off by 1.00000'],
    ['its contacts', { contacts: 290 }, 'the contacts of calls / alice / P1 is off by 10.0000'],
    ['having no contacts', { contacts: null }, 'the contacts of calls / alice / P1 are not known'],
    ['its share', { share: 0.5 }, 'the share of calls / alice / P1 is off by 0.0555556'],
    ['a site', { site: 'theirs' }, "calls / alice / P1 names another site than its team's"],
    ['a site that is not there', { site: 'none' }, "calls / alice / P1 names another site than its team's"],
  ])('about %s is found, and nothing else', (_about, change, fault) => {
    expect(found(line(0, change)).faults).toEqual([fault]);
  });

  it('about contacts that nobody counted is found', () => {
    expect(found(line(2, { contacts: 750 })).faults).toEqual([
      'the contacts of calls / alice / P2 are not known',
    ]);
  });

  it.each([
    ['workflow', 'chat', 'chat / alice / P1'],
    ['team', 'nobody', 'calls / nobody / P1'],
    ['period', 'P3', 'calls / alice / P3'],
    ['team', 'carol', 'calls / carol / P2'],
  ] as const)('by naming another %s is no placement: %s', (kind, id, name) => {
    const at = id === 'carol' ? 2 : 0;
    const { faults, worst } = found(line(at, { [kind]: id }));
    expect(faults).toContain(`${name} is not a placement the scenario permits`);
    if (kind !== 'team') expect(faults).not.toContain(`the share of ${name} is off by NaN`);
    expect(worst).toBe(Infinity);
  });

  it('about a workflow that its team may not take counts for nothing else', () => {
    const { faults } = found(({ scenario }) => {
      scenario.placements = [{ workflow: 'mail', team: 'alice', period: 'P1', allowed: false }];
    });
    expect(faults.slice(0, 2)).toEqual([
      'mail / alice / P1 is not a placement the scenario permits',
      'the share of mail / alice / P1 is off by Infinity',
    ]);
    expect(faults).toContain('the demand of mail in P1 is off by 10.0000');
    expect(faults).toContain('the handling cost is off by 30.0000');
  });

  it('by standing there in two halves is found, though all its numbers add up', () => {
    const { faults } = found(({ plan }) => {
      const half = { hours: 5, contacts: 150, teamHours: 10, share: 5 / 18, cost: 30 };
      Object.assign(plan.allocation[0], half);
      plan.allocation.push({ ...plan.allocation[0] });
    });
    expect(faults).toEqual(['calls / alice / P1 stands in the plan twice']);
  });

  it('by standing there for nothing is found', () => {
    const nothing = { workflow: 'calls', team: 'dave', site: 'own', period: 'P2' };
    const { faults } = found(({ plan }) => {
      plan.allocation.push({ ...nothing, hours: 0, contacts: null, teamHours: 0, share: 0, cost: 0 });
    });
    expect(faults).toEqual(['the hours of calls / dave / P2 are not above 0']);
  });

  it('by taking hours away is found, though demand and money add up', () => {
    const { faults } = found(({ plan }) => {
      const less = { hours: -1, contacts: null, teamHours: -1, share: -0.1, cost: 0 };
      const more = { hours: 11, contacts: null, teamHours: 11, share: 1.1, cost: 33 };
      Object.assign(plan.allocation[5], more);
      plan.allocation.push({ workflow: 'mail', team: 'dave', site: 'own', period: 'P2', ...less });
      plan.costs.handling += 3;
      plan.totalCost += 3;
    });
    expect(faults).toContain('the hours of mail / dave / P2 are not above 0');
  });

  it('is told from every other: each workflow, team and period has its own', () => {
    const ids = ['1', '2', '3'];
    const scenario = smallScenario({
      periods: ids.map((id) => ({ id: `P${id}` })),
      teams: ['k', 'l'].map((id) => team(id, 'luzon', 1, 3, ['P1', 'P2', 'P3'])),
      workflows: ids.map((id) => workflow(id, 2, 2, 2)),
    });
    const allocation = ids.flatMap((w) =>
      ['k', 'l'].flatMap((k) =>
        ids.map((t) => ({
          ...{ workflow: w, team: k, site: 'luzon', period: `P${t}` },
          ...{ hours: 1, contacts: null, teamHours: 1, share: 0.5, cost: 1 },
        })),
      ),
    );
    const costs = { handling: 18, payroll: 0, opening: 0, backlog: 0, shortfall: 0, ...NO_PEOPLE_COSTS };
    const sites = [{ site: 'luzon', open: true, openingCost: 0 }];
    const plan = { totalCost: 18, currency: 'USD', costs, allocation, shortfall: [], backlog: [], sites };
    expect(checkRules(recompute(scenario), plan).finding.faults).toEqual([]);
  });
});

describe('shortfall or backlog that lies', () => {
  const calls = { workflow: 'calls', period: 'P1' };

  it.each(['shortfall', 'backlog'] as const)('about its hours breaks the demand: %s', (kind) => {
    const { faults } = found(({ plan }) => (plan[kind][0].hours += 0.5));
    expect(faults).toContain('the demand of calls in P1 is off by 0.500000');
    expect(faults).toContain(`the ${kind} cost is off by ${kind === 'backlog' ? '1.00000' : '25.0000'}`);
  });

  it.each(['shortfall', 'backlog'] as const)('by belonging to nobody is found: %s', (kind) => {
    const stray = (line: Partial<PlanNumbers['shortfall'][number]>) =>
      found(({ plan }) => plan[kind].push({ ...calls, hours: 1, ...line })).faults;
    expect(stray({ workflow: 'chat' })).toEqual([`the ${kind} of chat / P1 belongs to no demand`]);
    expect(stray({ period: 'P3' })).toEqual([`the ${kind} of calls / P3 belongs to no demand`]);
    expect(stray({ workflow: 'night mail' })).toEqual([
      `the ${kind} of night mail / P1 belongs to no demand`,
    ]);
  });

  it.each(['shortfall', 'backlog'] as const)(
    'by standing there twice or for nothing is found: %s',
    (kind) => {
      const halves = found(({ plan }) => {
        plan[kind][0].hours /= 2;
        plan[kind].push({ ...plan[kind][0] });
      });
      expect(halves.faults).toEqual([`the ${kind} of calls / P1 stands in the plan twice`]);
      const nothing = found(({ plan, scenario }) => {
        scenario.workflows[1].backlog = { maxHours: 1 };
        scenario.workflows[1].shortfallCostPerHour = 1;
        plan[kind].push({ workflow: 'mail', period: 'P1', hours: 0 });
      });
      expect(nothing.faults).toEqual([`the ${kind} of mail / P1 is not above 0`]);
    },
  );

  it('by being there where it may not is found, though the demand adds up', () => {
    const instead = (kind: 'shortfall' | 'backlog', workflow: string, period: string) =>
      found(({ scenario, plan }) => {
        const { demand } = scenario.workflows.find(({ id }) => id === workflow)!;
        const entry = demand.find((each) => each.period === period)!;
        entry.hours = entry.hours! + 1;
        plan[kind].push({ workflow, period, hours: 1 });
      }).faults;
    expect(instead('shortfall', 'mail', 'P1')).toEqual(['mail / P1 may not fall short']);
    expect(instead('backlog', 'mail', 'P1')).toEqual([
      'mail / P1 may not wait',
      'the demand of mail in P2 is off by 1.00000',
    ]);
    expect(instead('backlog', 'calls', 'P2')).toContain('calls / P2 may not wait');
  });
});

describe('money that lies', () => {
  it.each([
    ['handling', 'the handling cost is off by 1.00000'],
    ['payroll', 'the payroll cost is off by 1.00000'],
    ['opening', 'the opening cost is off by 1.00000'],
    ['backlog', 'the backlog cost is off by 1.00000'],
    ['shortfall', 'the shortfall cost is off by 1.00000'],
  ] as const)('about its %s is found', (term, fault) => {
    expect(found(({ plan }) => (plan.costs[term] += 1)).faults).toEqual([fault]);
    expect(found(({ plan }) => (plan.costs[term] -= 1)).faults).toEqual([fault]);
  });

  it('about the total is found', () => {
    expect(found(({ plan }) => (plan.totalCost -= 8))).toEqual({
      worst: 8 / 800,
      faults: ['the total cost is off by 8.00000'],
    });
  });

  it('about its currency is found', () => {
    const fault = 'the currency differs from that of the scenario';
    expect(found(({ plan }) => (plan.currency = 'EUR'))).toEqual({ worst: Infinity, faults: [fault] });
  });

  it('costs nothing where nobody says what waiting costs', () => {
    const { faults } = found(({ scenario }) => delete scenario.workflows[0].backlog!.costPerHourPeriod);
    expect(faults).toEqual(['the backlog cost is off by 10.0000', 'the total cost is off by 10.0000']);
  });
});

describe('a list of sites that lies', () => {
  it.each<[string, (plan: PlanNumbers) => void, string[]]>([
    ['a used site', ({ sites }) => (sites[0].open = false), ['the site own is not unused']],
    [
      'an unused site',
      ({ sites }) => Object.assign(sites[1], { open: true, openingCost: 30 }),
      ['the site spare is not used'],
    ],
    [
      'what opening costs',
      ({ sites }) => (sites[2].openingCost = 60),
      ['the opening cost of theirs is off by 10.0000'],
    ],
    [
      'what a closed site costs',
      ({ sites }) => (sites[1].openingCost = 30),
      ['the opening cost of spare is off by 30.0000'],
    ],
    ['a site, by leaving it out', ({ sites }) => sites.pop(), ['not every site is listed']],
    [
      'a site, by saying it twice',
      ({ sites }) => sites.push({ ...sites[0] }),
      ['the site own is unknown or listed twice'],
    ],
    [
      'a site that is not there',
      ({ sites }) => sites.push({ site: 'none', open: false, openingCost: 0 }),
      ['the site none is unknown or listed twice'],
    ],
  ])('about %s is found', (_about, spoil, faults) => {
    expect(
      found(({ plan }) => {
        spoil(plan);
      }).faults,
    ).toEqual(faults);
  });
});

describe('what is found', () => {
  const nothing = (): Finding => ({ worst: 0, faults: [] });

  it('is a fault only above a millionth of the limit, or of one where the limit is smaller', () => {
    const noted = (difference: number, limit: number) => {
      const finding = nothing();
      note(finding, () => 'it', difference, limit);
      return finding;
    };
    expect(noted(1e-6, 0.5)).toEqual({ worst: 1e-6, faults: [] });
    expect(noted(1.5e-6, 0.5)).toEqual({ worst: 1.5e-6, faults: ['it is off by 0.00000150000'] });
    expect(noted(5e-4, 1000)).toEqual({ worst: 5e-7, faults: [] });
    expect(noted(5e-4, -1000)).toEqual({ worst: 5e-7, faults: [] });
    expect(noted(2e-3, -1000)).toEqual({ worst: 2e-6, faults: ['it is off by 0.00200000'] });
    expect(noted(-5, 1)).toEqual({ worst: 0, faults: [] });
    for (const none of [NaN, Infinity]) expect(noted(none, 1).worst).toBe(Infinity);
  });

  it('is as bad as the worst of it', () => {
    const finding = nothing();
    for (const difference of [2, 3, 1]) note(finding, () => 'it', difference, 1);
    expect(finding.worst).toBe(3);
    expect(finding.faults).toHaveLength(3);
  });

  it('without a size is the worst there is, unless a size is known', () => {
    const finding = nothing();
    note(finding, () => 'it', 1e-6, 1);
    refuse(finding, 'no');
    expect(finding).toEqual({ worst: Infinity, faults: ['no'] });
    const sized = nothing();
    note(sized, () => 'it', 2, 1);
    refuse(sized, 'no');
    expect(sized).toEqual({ worst: 2, faults: ['it is off by 2.00000', 'no'] });
  });

  it('is told up to twenty faults', () => {
    const finding = nothing();
    for (let i = 0; i < 25; i += 1) refuse(finding, `fault ${i}`);
    expect(finding.faults).toHaveLength(20);
    expect(finding.faults[19]).toBe('fault 19');
  });
});

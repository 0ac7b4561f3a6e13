import { describe, expect, it } from 'vitest';
import type { Diagnosis, Repair } from '../../../models/diagnosis.ts';
import type { RepairPatch } from '../../../models/relaxation.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { type Engine, EngineError } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { repairMenu } from '../../../src/planning/repair-menu.ts';
import { mayGiveWay } from '../../../src/planning/repair-request.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveAndExplain } from '../../../src/planning/solve-and-explain.ts';
import { peopleTeam } from '../../models/people-team.ts';
import {
  inHouseSite,
  smallScenario,
  type Team,
  team,
  vendorSite,
  workflow,
} from '../../models/small-scenario.ts';

const engine = await loadHighsEngine();

function diagnosisOf(scenario: Scenario, asked: Parameters<typeof mayGiveWay>[0] = {}): Diagnosis {
  const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
  const { plan, faults } = solveAndExplain(scenario, options, engine, () => {}, undefined, mayGiveWay(asked));
  expect(faults).toBeUndefined();
  expect(plan?.status).toBe('infeasible');
  expect(plan?.diagnosis?.repairsNotDone).toBeUndefined();
  return plan!.diagnosis!;
}

/** The repairs of exactly these kinds that suffice. */
function repairsOf(scenario: Scenario, ...kinds: Repair['kinds']): Repair[] {
  const { repairs = [] } = diagnosisOf(scenario);
  return repairs.filter((repair) => repair.suffices && repair.kinds.join() === kinds.join());
}

function patchesOf({ changes }: Repair): RepairPatch[] {
  return changes.map(({ patch }) => patch as RepairPatch);
}

/** Manila has 20 of the 50 hours that appeals need, at 10 an hour. */
const short = smallScenario({ teams: [team('manila', 'luzon', 10, 20)] });

const two = ['P1', 'P2'];

describe('more-heads', () => {
  const people = (hours: readonly number[], parts: object = {}) => {
    const periods = hours.map((_, t) => `P${t + 1}`);
    return smallScenario({
      periods: periods.map((id) => ({ id })),
      teams: [peopleTeam({ openingHeads: 5, ...parts }, periods)],
      workflows: [workflow('appeals', ...hours)],
    });
  };

  it('has more people there from the start', () => {
    const [repair] = repairsOf(people([620, 500]), 'more-heads');
    expect(patchesOf(repair)).toEqual([
      { op: 'replace', path: '/teams/0/headcount/openingHeads', value: 6.2 },
    ]);
    // 6.2 heads are paid 1000 twice.
    expect(repair).toMatchObject({ amount: 1.2, unit: 'fte', isLeast: true, totalCost: 12_400 });
    expect(repair.sentence).toBe(
      'More heads at teams: 1.2 more heads joining manila in P1 (5 → 6.2). The plan then costs 12,400.00 USD.',
    );
  });

  it('has them join when they are needed, in lists that are there or not, one period after the other', () => {
    const [repair] = repairsOf(people([500, 600, 700], { release: {} }), 'more-heads');
    expect(patchesOf(repair)).toEqual([
      { op: 'add', path: '/teams/0/headcount/joining', value: [{ period: 'P2', heads: 1 }] },
      { op: 'add', path: '/teams/0/headcount/joining/-', value: { period: 'P3', heads: 1 } },
    ]);
    const joining = [{ period: 'P2', heads: 0.5 }];
    expect(patchesOf(repairsOf(people([500, 600], { joining }), 'more-heads')[0])).toEqual([
      { op: 'replace', path: '/teams/0/headcount/joining/0/heads', value: 1 },
    ]);
  });
});

describe('more-team-hours', () => {
  it('gives a team the hours it lacks', () => {
    const [repair, ...others] = repairsOf(short, 'more-team-hours');
    expect(others).toEqual([]);
    expect(patchesOf(repair)).toEqual([{ op: 'replace', path: '/teams/0/capacity/0/hours', value: 50 }]);
    expect(repair).toMatchObject({ amount: 30, unit: 'hours', isLeast: true, totalCost: 500 });
    expect(repair.sentence).toBe(
      'More hours at teams: 30 more hours at manila in P1 (20 → 50). The plan then costs 500.00 USD.',
    );
  });

  it('counts in FTE where the capacity is in FTE, rounded up to a hundredth of what is lacking', () => {
    // One FTE gives 160 · 0.75 = 120 hours: the 29.99 hours lacking are 0.2499 FTE.
    const capacity = [{ period: 'P1', fte: 2, paidHoursPerFte: 160, shrinkage: 0.25 }];
    const scenario = smallScenario({
      teams: [{ ...team('manila', 'luzon', 10, 0), capacity }],
      workflows: [workflow('appeals', 269.99)],
    });
    const [repair] = repairsOf(scenario, 'more-team-hours');
    expect(repair.changes).toMatchObject([{ unit: 'fte', from: 2, to: 2.25 }]);
    expect(repair.amount).toBeCloseTo(30, 9);
    expect(repair.totalCost).toBeCloseTo(2699.9, 6);
  });

  it('offers each team that could do it alone, and gives a team an entry where it has none', () => {
    const scenario = smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      teams: [team('manila', 'luzon', 10, 20, two), team('cebu', 'luzon', 12, 100, ['P2'])],
      workflows: [workflow('appeals', 50, 50)],
    });
    const repairs = repairsOf(scenario, 'more-team-hours');
    expect(repairs.map(patchesOf)).toEqual([
      [{ op: 'replace', path: '/teams/0/capacity/0/hours', value: 50 }],
      [{ op: 'add', path: '/teams/1/capacity/-', value: { period: 'P1', hours: 30 } }],
    ]);
    // 50 · 10 in P1, and 20 · 10 + 30 · 12 in P2; or 20 · 10 + 30 · 12 in both.
    expect(repairs.map(({ totalCost }) => totalCost)).toEqual([1060, 1120]);
  });

  it('pays for the hours of a team that is paid for its capacity', () => {
    const paid: Team = { ...team('manila', 'luzon', 10, 20), paid: 'capacity' };
    const [repair] = repairsOf(smallScenario({ teams: [paid] }), 'more-team-hours');
    expect(repair).toMatchObject({ amount: 30, totalCost: 500 });
  });

  it('raises the budget by what rounding costs, too', () => {
    // 30.04 hours more are rounded to 30.1, and 50.1 · 10 is more than the 500.40 that would do.
    const paid: Team = { ...team('manila', 'luzon', 10, 20), paid: 'capacity' };
    const scenario = smallScenario({
      teams: [paid],
      workflows: [workflow('appeals', 50.04)],
      rules: { budget: [{ amount: 300 }] },
    });
    const [repair] = repairsOf(scenario, 'more-team-hours', 'higher-budget');
    expect(patchesOf(repair)).toEqual([
      { op: 'replace', path: '/teams/0/capacity/0/hours', value: 50.1 },
      { op: 'replace', path: '/rules/budget/0/amount', value: 501 },
    ]);
    expect(repair.totalCost).toBe(501);
    expect(repair.amount).toBeUndefined();
  });
});

it('more-seats: whole seats, by how many share one', () => {
  // One FTE gives 100 hours: 250 hours are 2.5 FTE, of which one seat holds 1.5; two seats hold 3.
  const capacity = [{ period: 'P1', fte: 5, paidHoursPerFte: 100, shrinkage: 0 }];
  const scenario = smallScenario({
    sites: [{ ...inHouseSite('luzon'), seats: 1, fteSharingASeat: 1.5 }],
    teams: [{ ...team('manila', 'luzon', 10, 0), capacity }],
    workflows: [workflow('appeals', 250)],
  });
  const [repair] = repairsOf(scenario, 'more-seats');
  expect(patchesOf(repair)).toEqual([{ op: 'replace', path: '/sites/0/seats', value: 2 }]);
  expect(repair).toMatchObject({ amount: 1.5, unit: 'fte', totalCost: 2500 });
});

describe('shares', () => {
  const teams = [team('own', 'luzon', 10, 40), team('out', 'cebu', 8, 100)];
  const sites = [inHouseSite('luzon'), vendorSite('cebu', 'acme')];
  const workflows = [workflow('appeals', 60)];

  it('larger-vendor-share: rounded up to a tenth of a per cent', () => {
    // 20 of 60 hours are a third.
    const rules = { vendorShare: [{ vendor: 'acme', maxShare: 0.2 }] };
    const [repair] = repairsOf(smallScenario({ sites, teams, workflows, rules }), 'larger-vendor-share');
    expect(patchesOf(repair)).toEqual([
      { op: 'replace', path: '/rules/vendorShare/0/maxShare', value: 0.334 },
    ]);
    expect(repair).toMatchObject({ unit: 'share', isLeast: true });
    // 20.04 hours at 8 and 39.96 at 10.
    expect(repair.totalCost).toBeCloseTo(559.92, 6);
    expect(repair.sentence).toContain('a share of 33.4 % for acme (20 % now)');
  });

  it('smaller-in-house-share: rounded down to a tenth of a per cent', () => {
    const rules = { inHouseShare: [{ minShare: 0.8 }] };
    const [repair] = repairsOf(smallScenario({ sites, teams, workflows, rules }), 'smaller-in-house-share');
    expect(patchesOf(repair)).toEqual([
      { op: 'replace', path: '/rules/inHouseShare/0/minShare', value: 0.666 },
    ]);
    // 39.96 hours at 10 and 20.04 at 8.
    expect(repair.totalCost).toBeCloseTo(559.92, 6);
  });

  it('is least also where the hours placed depend on the plan', () => {
    // The vendor has to do 20 of the 60 hours of appeals. Orders would rather fall short at 5 an hour than be served at 10: then
    // that is a third of what is placed. With orders served it is a fifth of 100 hours, and that is the least.
    const orders = { ...workflow('orders', 40), shortfallCostPerHour: 5 };
    const own = team('own', 'luzon', 10, 80);
    const bound = { ...workflow('appeals', 60), skills: ['law'] };
    const scenario = smallScenario({
      sites,
      teams: [
        { ...team('judges', 'luzon', 10, 40), skills: ['law'] },
        own,
        { ...team('out', 'cebu', 8, 100), skills: ['law'] },
      ],
      workflows: [bound, orders],
      rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.1 }] },
    });
    const [repair] = repairsOf(scenario, 'larger-vendor-share');
    expect(repair.isLeast).toBe(true);
    expect(repair.changes[0].to).toBeCloseTo(0.2, 9);
    // 40 · 10 and 20 · 8 for appeals, 40 · 10 for orders.
    expect(repair.totalCost).toBeCloseTo(960, 6);
  });
});

it('higher-budget: of a period, to the cent', () => {
  const scenario = smallScenario({ rules: { budget: [{ period: 'P1', amount: 433.336 }] } });
  const [repair] = repairsOf(scenario, 'higher-budget');
  expect(repair.changes).toMatchObject([{ from: 433.336, to: 500.006, unit: 'money' }]);
  expect(repair.amount).toBeCloseTo(66.67, 9);
  expect(repair.totalCost).toBe(500);
});

it('more-backlog: for all periods, also where nothing may wait yet and nothing arrives later', () => {
  // 60 hours arrive and 40 can be done: 20 wait, and are done in P2.
  const backlog = { maxHours: 0, costPerHourPeriod: 1 };
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [team('manila', 'luzon', 10, 40, two)],
    workflows: [{ ...workflow('appeals', 60), backlog }],
  });
  const [repair] = repairsOf(scenario, 'more-backlog');
  expect(patchesOf(repair)).toEqual([{ op: 'replace', path: '/workflows/0/backlog/maxHours', value: 20 }]);
  expect(repair).toMatchObject({ amount: 20, totalCost: 620 });
});

it('more-sites: one at a time', () => {
  const scenario = smallScenario({
    sites: ['luzon', 'cebu', 'davao'].map(inHouseSite),
    teams: ['luzon', 'cebu', 'davao'].map((site) => team(`at ${site}`, site, 10, 20)),
    workflows: [{ ...workflow('appeals', 50), maxSites: 1 }],
  });
  const [repair] = repairsOf(scenario, 'more-sites');
  expect(patchesOf(repair)).toEqual([{ op: 'replace', path: '/workflows/0/maxSites', value: 3 }]);
  expect(repair).toMatchObject({ amount: 2, unit: 'sites', isLeast: true, totalCost: 500 });
});

it('smaller-minimum: down to what there is', () => {
  const scenario = smallScenario({ workflows: [{ ...workflow('appeals', 50), minimumTeamHours: 80 }] });
  const [repair] = repairsOf(scenario, 'smaller-minimum');
  expect(patchesOf(repair)).toEqual([{ op: 'replace', path: '/workflows/0/minimumTeamHours', value: 50 }]);
  expect(repair).toMatchObject({ amount: 30, totalCost: 500 });
});

describe('accepted-shortfall', () => {
  it('takes the work out of the demand, ranks last and says that nothing is charged for it', () => {
    const repairs = diagnosisOf(short).repairs!.filter(({ suffices }) => suffices);
    expect(repairs.map(({ kinds }) => kinds)).toEqual([['more-team-hours'], ['accepted-shortfall']]);
    expect(patchesOf(repairs[1])).toEqual([
      { op: 'replace', path: '/workflows/0/demand/0/hours', value: 20 },
    ]);
    expect(repairs[1].sentence).toContain('200.00 USD, with no penalty for the work that is not served.');
  });

  it('counts in contacts where the demand does', () => {
    // 100 contacts of half an hour, of which 20 hours can be done: 60 contacts are left.
    const demand = [{ period: 'P1', contacts: 100, ahtSeconds: 1800 }];
    const scenario = smallScenario({
      teams: [team('manila', 'luzon', 10, 20)],
      workflows: [{ id: 'appeals', demand }],
    });
    const [repair] = repairsOf(scenario, 'accepted-shortfall');
    expect(repair.changes).toMatchObject([{ unit: 'contacts', from: 100, to: 40, amount: 30 }]);
    expect(repair).toMatchObject({ amount: 30, unit: 'hours', totalCost: 200 });
  });
});

describe('what does not suffice', () => {
  /** 30 hours are lacking, and so is the money for them. */
  const poor = { ...short, rules: { budget: [{ amount: 200 }] } };

  it('is marked, with what is in the way even then, and combined', () => {
    const { repairs = [] } = diagnosisOf(poor);
    const told = repairs.map(({ kinds, suffices, totalCost }) => [kinds.join(' + '), suffices, totalCost]);
    expect(told).toEqual([
      ['more-team-hours + higher-budget', true, 500],
      ['accepted-shortfall', true, 200],
      ['more-team-hours', false, undefined],
      ['higher-budget', false, undefined],
    ]);
    expect(repairs[2].stillInTheWay?.map(({ family }) => family)).toEqual(['demand', 'budget']);
    expect(repairs[2].sentence).toBe(
      'Not enough: more hours at teams. However far that goes, these cannot all hold: Demand of appeals in P1; Budget of the whole horizon.',
    );
    expect(patchesOf(repairs[0])).toEqual([
      { op: 'replace', path: '/teams/0/capacity/0/hours', value: 50 },
      { op: 'replace', path: '/rules/budget/0/amount', value: 500 },
    ]);
  });

  it('is eligibility where only that is in the way, and no repair offers to change it', () => {
    const scenario = smallScenario({ workflows: [{ ...workflow('appeals', 50), securityTier: 3 }] });
    const { repairs = [], facts } = diagnosisOf(scenario);
    expect(facts).toEqual([
      'appeals may go to no team. manila (security-tier: needs 3, has 1).',
      'The conflict rests on that: if appeals might go to manila, it would be gone.',
    ]);
    expect(repairs.filter(({ suffices }) => suffices).map(({ kinds }) => kinds)).toEqual([
      ['accepted-shortfall'],
    ]);
  });
});

describe('what may change', () => {
  it('is only what is asked for', () => {
    const { repairs = [] } = diagnosisOf(short, { kinds: ['accepted-shortfall'] });
    expect(repairs.map(({ kinds }) => kinds)).toEqual([['accepted-shortfall']]);
  });

  it('leaves out what is to be kept', () => {
    const scenario = smallScenario({
      teams: [team('manila', 'luzon', 10, 20), team('cebu', 'luzon', 12, 20)],
    });
    const keep = [{ family: 'team-capacity', subject: { team: 'manila' } } as const];
    const offered = diagnosisOf(scenario, { kinds: ['more-team-hours'], keep }).repairs!;
    expect(offered.map(patchesOf)).toEqual([
      [{ op: 'replace', path: '/teams/1/capacity/0/hours', value: 30 }],
    ]);
    const nothing = diagnosisOf(scenario, {
      kinds: ['more-team-hours'],
      keep: [{ family: 'team-capacity', subject: {} }],
    });
    expect(nothing.repairs).toEqual([]);
  });

  it('has no path to skills, tiers, controls, countries or prohibitions', () => {
    // @ts-expect-error No patch may touch what a site is certified for.
    const tier: RepairPatch = { op: 'replace', path: '/sites/0/securityTier', value: 5 };
    // @ts-expect-error No patch may touch what a workflow needs.
    const skill: RepairPatch = { op: 'replace', path: '/workflows/0/skills/0', value: 0 };
    // @ts-expect-error No patch may touch a prohibition.
    const prohibition: RepairPatch = { op: 'replace', path: '/placements/0/allowed', value: 1 };
    expect([tier, skill, prohibition]).toHaveLength(3);
  });
});

it('keeps the diagnosis where the engine throws over the repairs, and ends its process', () => {
  let solves = 0;
  const failing: Engine = {
    ...engine,
    solve: (program, options) => {
      solves += 1;
      if (solves > 8) throw new EngineError('It broke.');
      return engine.solve(program, options);
    },
  };
  const options = withDefaults({ timeLimitSeconds: 60 });
  const outcome = solveAndExplain(short, options, failing, () => {});
  expect(solves).toBe(9);
  expect(outcome).toMatchObject({ isEngineSpent: true, plan: { status: 'infeasible' } });
  expect(outcome.plan?.diagnosis?.irreducible).toBe(true);
  expect(outcome.plan?.diagnosis?.repairsNotDone).toBeGreaterThan(0);
  expect(solveAndExplain(short, options, engine, () => {})).toMatchObject({ isEngineSpent: false });
});

it('works out no repairs where none are wanted, and says how many it had no time for', () => {
  const options = withDefaults({ timeLimitSeconds: 60, repairs: false });
  expect(solveAndExplain(short, options, engine, () => {}).plan?.diagnosis?.repairs).toBeUndefined();
  const hurried = {
    scenario: short,
    conflict: [],
    options,
    engine,
    secondsLeft: () => 0,
    may: mayGiveWay({}),
  };
  // More team hours, and accepted shortfall.
  expect(repairMenu(hurried)).toEqual({ repairs: [], repairsNotDone: 2 });
});

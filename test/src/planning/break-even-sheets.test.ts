import { describe, expect, it } from 'vitest';
import type { SheetLine } from '../../../models/explanation.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { explain } from '../../models/explained-plan.ts';
import {
  inHouseSite,
  smallScenario,
  team,
  type Team,
  vendorSite,
  workflow,
} from '../../models/small-scenario.ts';

const about = (value: number) => expect.closeTo(value) as number;

/**
 * acme's gamma asks 24. An hour of appeals costs 30 in-house and one of chat 20, so gamma has the 50 hours of appeals and not the
 * 40 of chat: 50 · 24 + 40 · 20 = 2,000.
 */
function scenarioWith(gamma: Partial<Team> = {}, parts: Partial<Scenario> = {}): Scenario {
  return smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('own', 'luzon', 1, null), { ...team('gamma', 'cebu', 24, null), ...gamma }],
    workflows: [workflow('appeals', 50), workflow('chat', 40)],
    ...parts,
    placements: [
      { workflow: 'appeals', team: 'own', costPerDemandHour: 30 },
      { workflow: 'chat', team: 'own', costPerDemandHour: 20 },
      ...(parts.placements ?? []),
    ],
  });
}

function lineOf(scenario: Scenario, teamId = 'gamma'): SheetLine {
  const { breakEvenSheets = [] } = explain(scenario);
  const lines = breakEvenSheets.flatMap(({ teams }) => teams).filter((line) => line.team === teamId);
  if (lines.length !== 1)
    throw new Error(`Not one line of ${teamId} but ${JSON.stringify(breakEvenSheets)}.`);
  return lines[0];
}

describe('a break-even sheet', () => {
  it('tells from which rate on a team wins and loses, how much, and what that costs in all', () => {
    expect(lineOf(scenarioWith())).toEqual({
      team: 'gamma',
      site: 'cebu',
      rate: { basis: 'productive-hour', amount: 24 },
      units: about(50),
      hours: about(50),
      spend: about(1200),
      winsBelow: { rate: about(20), units: about(40), hours: about(40) },
      losesAbove: { rate: about(30), units: about(50), hours: about(50) },
      // From half to one and a half times 24.
      steps: [
        step([12, 20], 90, 90, [1080, 1800], [1080, 1800]),
        step([20, 30], 50, 50, [1000, 1500], [1800, 2300]),
        step([30, 36], 0, 0, [0, 0], [2300, 2300]),
      ],
      sentence:
        'gamma asks 24.00 USD a productive hour and bills 50 productive hours, 1,200.00 USD in all. Below 20.00 USD it would win 40 more; above 30.00 USD it would lose 50.',
    });
  });

  it('counts in the units of the rate', () => {
    // An hour of work is 2 team hours at an occupancy of 0.5, and 4 paid hours at a shrinkage of 0.5: 6 a paid hour are 24 an hour of work.
    const paid = scenarioWith(
      {
        rate: { basis: 'paid-hour', amount: 6 },
        capacity: [{ period: 'P1', fte: 100, paidHoursPerFte: 100, shrinkage: 0.5 }],
      },
      {
        workflows: [workflow('appeals', 50), workflow('chat', 40)].map((work) => ({
          ...work,
          occupancy: 0.5,
        })),
      },
    );
    expect(lineOf(paid)).toMatchObject({
      units: about(200),
      hours: about(50),
      winsBelow: { rate: about(5), units: about(160), hours: about(40) },
      losesAbove: { rate: about(7.5), units: about(200), hours: about(50) },
      sentence: expect.stringContaining('bills 200 paid hours') as string,
    });
  });

  it('leaves alone what the rate does not make the cost of', () => {
    // Appeals costs 22 at gamma whatever its rate: it stays, and only chat comes with a lower rate.
    const given = scenarioWith(
      {},
      { placements: [{ workflow: 'appeals', team: 'gamma', costPerDemandHour: 22 }] },
    );
    expect(lineOf(given)).toMatchObject({
      units: 0,
      hours: about(50),
      spend: about(1100),
      winsBelow: { rate: about(20), units: about(40), hours: about(40) },
      losesAbove: null,
      steps: [
        step([12, 20], 40, 90, [1580, 1900], [1580, 1900]),
        step([20, 36], 0, 50, [1100, 1100], [1900, 1900]),
      ],
    });
  });

  it('says that any change of the rate moves work where others cost the same', () => {
    const two = smallScenario({
      sites: [vendorSite('cebu', 'acme'), vendorSite('davao', 'bolt')],
      teams: [team('alpha', 'cebu', 10, null), team('beta', 'davao', 10, null)],
    });
    const [busy, idle] = [lineOf(two, 'alpha'), lineOf(two, 'beta')].sort((a, b) => b.units - a.units);
    expect(busy).toMatchObject({ winsBelow: null, losesAbove: { rate: about(10), units: about(50) } });
    expect(idle).toMatchObject({ winsBelow: { rate: about(10), units: about(50) }, losesAbove: null });
  });

  it('tells five steps on either side at most', () => {
    // Eight queues cost 11 to 18 in-house, 10 hours each: at 14.50 the dearer four are at gamma.
    const costs = [11, 12, 13, 14, 15, 16, 17, 18];
    const many = smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
      teams: [team('own', 'luzon', 1, null), team('gamma', 'cebu', 11.5, null)],
      workflows: costs.map((cost) => workflow(`queue ${cost}`, 10)),
      placements: costs.map((cost) => ({ workflow: `queue ${cost}`, team: 'own', costPerDemandHour: cost })),
    });
    const { steps = [] } = lineOf(many);
    expect(steps.map(({ rateFrom, rateTo, units }) => [rateFrom, rateTo, units])).toEqual([
      [about(5.75), about(11), about(80)],
      [about(11), about(12), about(70)],
      [about(12), about(13), about(60)],
      [about(13), about(14), about(50)],
      [about(14), about(15), about(40)],
      [about(15), about(16), about(30)],
      [about(16), about(17), about(20)],
    ]);
  });
});

describe('where a rate moves nothing', () => {
  it('says that of a team that is paid for its whole capacity', () => {
    const capacity = scenarioWith({ paid: 'capacity', capacity: [{ period: 'P1', hours: 60 }] });
    expect(lineOf(capacity)).toMatchObject({
      payroll: 1440,
      units: 0,
      unavailable: 'Its whole capacity is paid for, so its rate moves no work.',
      sentence:
        'gamma asks 24.00 USD a productive hour, used or not: 1,440.00 USD. Its whole capacity is paid for, so its rate moves no work.',
    });
    expect(lineOf(capacity).steps).toBeUndefined();
  });

  it('says what it charges besides where the scenario gives the cost of some of its hours', () => {
    // 24 for each of 60 hours, and 1 more for each of the 50 of appeals.
    const given = scenarioWith(
      { paid: 'capacity', capacity: [{ period: 'P1', hours: 60 }] },
      { placements: [{ workflow: 'appeals', team: 'gamma', costPerDemandHour: 1 }] },
    );
    expect(lineOf(given)).toMatchObject({ payroll: 1440, spend: 50 });
    expect(lineOf(given).sentence).toContain(
      ', used or not: 1,440.00 USD, and 50.00 USD for work that has a cost of its own. ',
    );
  });

  it('does not say so where a budget pays for the capacity, too', () => {
    // 60 hours at 24 are 1,440 of 4,440; at 74 they would be all of it, and nothing left for the other 30 hours of work.
    const budgeted = scenarioWith(
      { paid: 'capacity', capacity: [{ period: 'P1', hours: 60 }] },
      { rules: { budget: [{ period: 'P1', amount: 4440 }] } },
    );
    expect(lineOf(budgeted).unavailable).toBe(
      'Its whole capacity is paid for, so its rate moves work only through the budgets that pay for it.',
    );
  });

  it('says that of a team at a site that a choice keeps closed, and of a rate of 0', () => {
    const closed = scenarioWith(
      {},
      { sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 9999 }] },
    );
    expect(lineOf(closed).unavailable).toMatch(/^No work that it may do in this plan/);
    expect(lineOf(scenarioWith({ rate: { basis: 'productive-hour', amount: 0 } })).unavailable).toMatch(
      /^Its rate is 0/,
    );
  });
});

it('tells single plans instead of steps where a full budget moves work at every change of the rate', () => {
  // 600 buy 25 of 50 hours at 24, and an hour short costs 100.
  const budgeted = scenarioWith(
    {},
    {
      teams: [team('gamma', 'cebu', 24, null)],
      workflows: [{ ...workflow('appeals', 50), shortfallCostPerHour: 100 }],
      rules: { budget: [{ amount: 600 }] },
      placements: [],
    },
  );
  const line = lineOf({ ...budgeted, placements: [] });
  expect(line.steps).toBeUndefined();
  expect(line.points?.map(({ rate }) => rate)).toHaveLength(15);
  for (const { rate, units, totalCost } of line.points ?? []) {
    const bought = Math.min(50, 600 / rate);
    expect(units).toBeCloseTo(bought, 6);
    expect(totalCost).toBeCloseTo(bought * rate + (50 - bought) * 100, 4);
  }
  expect(line.sentence).toBe(
    'gamma asks 24.00 USD a productive hour and bills 25 productive hours, 600.00 USD in all. A full budget leaves no clear steps: 27.8 productive hours at 21.60 USD, 22.7 productive hours at 26.40 USD.',
  );
});

it('has points without a plan where the budget pays for none', () => {
  // All 50 hours must be served, and the budget is just their cost.
  const tight = smallScenario({
    sites: [vendorSite('cebu', 'acme'), inHouseSite('luzon')],
    teams: [team('gamma', 'cebu', 10, 30), team('own', 'luzon', 20, null)],
    rules: { budget: [{ amount: 700 }] },
  });
  const line = lineOf(tight);
  expect(line.points?.find(({ rate }) => rate > 10)).toEqual({ rate: about(10.5) });
  expect(line.points?.find(({ rate }) => rate < 10)).toMatchObject({ units: about(30) });
});

it('is made for the vendors asked about, and not where only workflows are', () => {
  const scenario = smallScenario({
    sites: [vendorSite('cebu', 'acme'), vendorSite('davao', 'bolt'), inHouseSite('luzon')],
    teams: [team('a', 'cebu', 10, null), team('b', 'davao', 10, null), team('c', 'luzon', 10, null)],
  });
  const sheets = (asked: Parameters<typeof explain>[1]) =>
    explain(scenario, asked).breakEvenSheets?.map(({ vendor, teams }) => [
      vendor,
      teams.map((line) => line.team),
    ]);
  expect(sheets({})).toEqual([
    ['acme', ['a']],
    ['bolt', ['b']],
  ]);
  expect(sheets({ vendors: ['bolt'], workflows: ['appeals'] })).toEqual([['bolt', ['b']]]);
  expect(sheets({ teams: ['a', 'c'] })).toEqual([['acme', ['a']]]);
  expect(sheets({ workflows: ['appeals'] })).toBeUndefined();
});

function step(
  [rateFrom, rateTo]: readonly [number, number],
  units: number,
  hours: number,
  [spendFrom, spendTo]: readonly [number, number],
  [totalCostFrom, totalCostTo]: readonly [number, number],
) {
  const fields = { rateFrom, rateTo, units, hours, spendFrom, spendTo, totalCostFrom, totalCostTo };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, about(value)]));
}

import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../models/linear-program.ts';
import { inHouseSite, smallScenario, team, type Team, vendorSite, workflow } from '../small-scenario.ts';
import { solveOptimal, type SolvedPlan } from '../solved-plan.ts';

/**
 * A limit on a single column could be written as a bound on it. Then it would vanish from the report, and its price would be
 * the column's reduced cost, as spreadsheets have it: here it stays a limit like any other.
 */

const near = (value: number): unknown => expect.closeTo(value, 6);

/** Holds the price of one more and of one less against what solving again says. */
function expectPriced(
  solved: SolvedPlan,
  family: string,
  subject: Subject,
  price: number,
  step: number,
): void {
  const { totalCost, limit, costWith } = solved;
  expect(limit(family, subject)).toMatchObject({
    binding: true,
    degenerate: false,
    shadowPrice: near(price),
    costOfOneMore: near(price),
    savingOfOneLess: near(price),
  });
  expect(costWith(family, subject, step)).toBeCloseTo(totalCost + step * price, 6);
  expect(costWith(family, subject, -step)).toBeCloseTo(totalCost - step * price, 6);
}

const sites = [inHouseSite('luzon'), vendorSite('cebu', 'acme')];
const acme = team('acme', 'cebu', 30, null);

describe('the only workflow at a team', () => {
  // 50 hours: 30 at manila for 10, 20 at acme for 30.
  const solved = solveOptimal(
    smallScenario({ sites, teams: [team('manila', 'luzon', 10, 30), acme] }),
    'full',
  );

  it('leaves the price with the capacity: one more hour there saves 20', () => {
    expect(solved.totalCost).toBeCloseTo(30 * 10 + 20 * 30, 6);
    expectPriced(solved, 'team-capacity', { team: 'manila', period: 'P1' }, -20, 1);
  });

  it('has no reduced cost of its own, though it stands at its limit', () => {
    expect(solved.placement('appeals', 'manila', 'P1')).toMatchObject({
      hours: near(30),
      reducedCost: 0,
      allowableIncrease: near(20),
    });
  });
});

it('prices the first hour of a team of which only one workflow could have any', () => {
  const scenario = smallScenario({ sites, teams: [team('manila', 'luzon', 10, 0), acme] });
  const solved = solveOptimal(scenario, 'full');
  const subject = { team: 'manila', period: 'P1' };
  expect(solved.limit('team-capacity', subject)).toMatchObject({
    used: 0,
    limit: 0,
    binding: true,
    costOfOneMore: near(-20),
    savingOfOneLess: null,
    sentence:
      'One more hour at manila in P1 would save 20.00 USD, up to 50 hours; from there on it would change nothing, because appeals at acme in P1 is used up. One less is impossible.',
  });
  expect(solved.costWith('team-capacity', subject, 1)).toBeCloseTo(50 * 30 - 20, 6);
  expect(solved.placement('appeals', 'manila', 'P1').reducedCost).toBeCloseTo(0, 6);
});

it('prices the seats of a site where one workflow is at one team', () => {
  // An FTE gives 100 · (1 − 0.2) = 80 hours; 1.5 of manila's 3 FTE are seated: 120 hours at 10, the other 30 at 30.
  const manila: Team = {
    ...team('manila', 'luzon', 10, null, []),
    capacity: [{ period: 'P1', fte: 3, paidHoursPerFte: 100, shrinkage: 0.2 }],
  };
  const solved = solveOptimal(
    smallScenario({
      sites: [{ ...inHouseSite('luzon'), seats: 1.5 }, vendorSite('cebu', 'acme')],
      teams: [manila, acme],
      workflows: [workflow('appeals', 150)],
    }),
    'full',
  );
  expect(solved.totalCost).toBeCloseTo(120 * 10 + 30 * 30, 6);
  expectPriced(solved, 'site-seats', { site: 'luzon', period: 'P1' }, 80 * (10 - 30), 0.25);
  expect(solved.placement('appeals', 'manila', 'P1').reducedCost).toBeCloseTo(0, 6);
});

it('prices the limit of a backlog, of which there is one column', () => {
  // P1: 100 at manila, 15 wait for 1.50, 5 at night for 30. One more that waits for an hour at manila: 1.50 + 10 − 30.
  const solved = solveOptimal(
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2']), team('night', 'luzon', 30, null)],
      workflows: [{ ...workflow('appeals', 120, 50), backlog: { maxHours: 15, costPerHourPeriod: 1.5 } }],
    }),
    'full',
  );
  expectPriced(solved, 'backlog-limit', { workflow: 'appeals', period: 'P1' }, -18.5, 1);
});

it('prices the budget of a period in which one workflow is at one team', () => {
  // 300 a period pay for 30 hours at 10, the other 20 fall short at 40: one more of money saves (40 − 10) / 10.
  const solved = solveOptimal(
    smallScenario({
      workflows: [{ ...workflow('appeals', 50), shortfallCostPerHour: 40 }],
      rules: { budget: [{ period: 'P1', amount: 300 }] },
    }),
    'full',
  );
  expect(solved.totalCost).toBeCloseTo(30 * 10 + 20 * 40, 6);
  expectPriced(solved, 'budget', { period: 'P1' }, -3, 10);
});

it('prices the share of a vendor with one team, over one workflow', () => {
  // acme, at 10, may have a quarter of 160 hours, manila does the rest at 30.
  const solved = solveOptimal(
    smallScenario({
      sites,
      teams: [team('manila', 'luzon', 30, null), team('acme', 'cebu', 10, null)],
      workflows: [workflow('appeals', 160)],
      rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.25 }] },
    }),
    'full',
  );
  expect(solved.totalCost).toBeCloseTo(40 * 10 + 120 * 30, 6);
  expectPriced(solved, 'vendor-share', { vendor: 'acme', period: 'P1' }, -20, 1);
});

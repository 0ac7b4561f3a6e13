import { expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import {
  budgetsOf,
  costDifference,
  reachWithinBudgets,
  slopeOf,
  withCostsAt,
} from '../../../models/explanation/cost-line.ts';
import { rateUnitsOf } from '../../../models/explanation/rate-units.ts';
import type { LinearProgram } from '../../../models/linear-program.ts';
import { caseCount } from '../../properties/case-count.ts';
import { randomScenario } from '../../scenarios/random-scenario.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

// Placements in P1: day (0), manila (1); in P2: day (2), manila (3). day costs nothing as it is.
const data = planningData(
  smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [team('manila', 'luzon', 10, null, ['P1', 'P2']), team('day', 'luzon', 0, null, ['P1', 'P2'])],
    workflows: [workflow('appeals', 50, 60)],
    rules: { budget: [{ amount: 1000 }, { period: 'P1', amount: 400 }] },
  }),
);
const program = buildAllocationModel(data);
const line = { columns: [0, 3], perUnit: [2, 1] };

/** What each budget counts of each column. */
function budgetCosts({
  rows,
  rowStart,
  columnIndex,
  coefficient,
}: LinearProgram): (readonly [string, object])[] {
  return rows.flatMap(({ family, subject }, row) => {
    if (family !== 'budget') return [];
    const entries = Array.from({ length: rowStart[row + 1] - rowStart[row] }, (_, i) => [
      columnIndex[rowStart[row] + i],
      coefficient[rowStart[row] + i],
    ]);
    return [[subject.period ?? 'all', Object.fromEntries(entries) as object] as const];
  });
}

it('moves the costs of a line in the objective and in the budgets that count them, also from and to 0', () => {
  expect(budgetCosts(program)).toEqual([
    ['all', { 1: 10, 3: 10 }],
    ['P1', { 1: 10 }],
  ]);
  const moved = withCostsAt(data, program, line, 3);
  expect([...moved.cost]).toEqual([6, 10, 0, 3]);
  expect(budgetCosts(moved)).toEqual([
    ['all', { 0: 6, 1: 10, 3: 3 }],
    ['P1', { 0: 6, 1: 10 }],
  ]);
  expect(budgetCosts(withCostsAt(data, program, line, 0))).toEqual([
    ['all', { 1: 10 }],
    ['P1', { 1: 10 }],
  ]);
  const others = (each: LinearProgram) => each.rows.length - budgetsOf(data, each, line).length;
  expect(others(moved)).toBe(others(program));
});

it('says what a unit of the line comes to in a plan, and up to where the budgets let it', () => {
  // 50 hours at day in P1, 2 units each; 20 at day and 40 at manila in P2.
  const plan = Float64Array.of(50, 0, 20, 40);
  expect(slopeOf(line, plan)).toBe(140);
  // At 3, P1 spends 300 of 400, 100 more for each unit: 4. The horizon spends 420 of 1,000, 140 for each: 7.1.
  expect(reachWithinBudgets(data, withCostsAt(data, program, line, 3), line, 3, plan)).toBe(4);
  expect(reachWithinBudgets(data, program, { columns: [2], perUnit: [1] }, 0, plan)).toBe(30);
});

it('adds up what changes without losing it in what does not', () => {
  const moved = withCostsAt(data, program, line, 3);
  const [before, after] = [Float64Array.of(0, 50, 60, 1e12), Float64Array.of(50, 0, 60, 1e12)];
  // 50 hours go from 10 to 6 each; in P2 the cost falls from 10 to 3.
  expect(costDifference(moved, after, program, before)).toBe(-200 - 7e12);
  const dearer = Float64Array.of(0, 50, 60, 1e12);
  expect(costDifference(program, dearer, program, before)).toBe(0);
});

it('knows how many units of its rate an hour of each placement takes', () => {
  let [made, given] = [0, 0];
  for (let seed = 1; seed <= caseCount(100, 2000); seed += 1) {
    const scenario = randomScenario(seed);
    const drawn = planningData(scenario);
    const { costPerDemandHour, team: teamOf, count } = drawn.placements;
    const units = rateUnitsOf(scenario, drawn);
    expect(units).toHaveLength(count);
    units.forEach((each, j) => {
      const cost = each * drawn.teams[teamOf[j]].rate.amount;
      if (each === 0) given += 1;
      else {
        expect(cost).toBeCloseTo(costPerDemandHour[j], 9);
        made += 1;
      }
    });
  }
  expect(Math.min(made, given)).toBeGreaterThan(100);
});

import { expect, it } from 'vitest';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { ConstraintReport, PlacementReport } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { optimumOf, withMovedRow } from '../models/moved-row.ts';
import { withMovedLimit, withPlacementCost } from '../scenarios/changed-scenarios.ts';
import { isValid } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import {
  checkOptimalDraws,
  draws,
  engine,
  expectAtMost,
  expectSameCost,
  type OptimalPlan,
  programOf,
  solve,
} from './solve-draws.ts';

/** Rows and placements tried for each plan; all would take minutes. */
const TRIED = 3;
/** Of the total cost: small enough that a small step with a wrong price does not hide in it. */
const TIGHT = 1e-9;

it('adds up prices times limits to the total cost (strong duality)', () => {
  checkOptimalDraws(draws(0.64), (scenario, plan) => {
    const payroll = payrollByPeriod(scenario, plan);
    let total = plan.costs.payroll;
    for (const { family, subject, shadowPrice, limit } of constraintsOf(plan)) {
      if (family.endsWith('-share')) continue; // the limit of the row itself is an allowance of 0 hours
      let rightHandSide = limit;
      if (family === 'demand' && subject.period === scenario.periods[0].id) {
        rightHandSide += workflowOf(scenario, subject.workflow!).backlog?.openingHours ?? 0;
      }
      if (family === 'budget') {
        rightHandSide -=
          subject.period === undefined ? plan.costs.payroll : (payroll.get(subject.period) ?? 0);
      }
      total += shadowPrice * rightHandSide;
    }
    expectSameCost(total, plan.totalCost, 'prices times limits');
  });
});

it('changes cost by the price when a limit moves within its range', () => {
  const tried = { binding: 0, idle: 0, byScenario: 0 };
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const random = new SeededRandom(seed);
    const { program } = programOf(scenario);
    const rows = random.shuffled(constraintsOf(plan).map((report, row) => ({ report, row })));
    for (const { report, row } of rows.slice(0, TRIED)) {
      for (const step of stepsWithin(report, random)) {
        tried[report.binding ? 'binding' : 'idle'] += 1;
        const expected = plan.totalCost + step * report.shadowPrice;
        const what = `"${report.label}" (price ${report.shadowPrice}) moved by ${step}`;
        expectSameCost(costMoved(program, row, step, plan), expected, what, TIGHT);
        const moved = withMovedLimit(scenario, report, step);
        if (moved === undefined || !isValid(moved)) continue;
        tried.byScenario += 1;
        const { status, totalCost } = solve(moved, 'none');
        if (status !== 'optimal') throw new Error(`${what} in the scenario makes it ${status}.`);
        expectSameCost(totalCost!, expected, `${what} in the scenario`, TIGHT);
      }
    }
  });
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(draws(0.64).length / 2);
});

it('has a price that holds both ways wherever it does not say degenerate', () => {
  let tried = 0;
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const { program } = programOf(scenario);
    const rows = new SeededRandom(seed).shuffled(constraintsOf(plan).map((report, row) => ({ report, row })));
    const firm = rows.filter(({ report }) => report.binding && !report.degenerate && report.limit > 0);
    for (const { report, row } of firm.slice(0, TRIED)) {
      const ends = [report.allowableIncrease, report.allowableDecrease].map((end) => end ?? report.limit);
      const step = 1e-2 * Math.min(...ends);
      expect(step).toBeGreaterThan(0);
      for (const signed of [step, -step]) {
        const what = `"${report.label}" (price ${report.shadowPrice}) moved by ${signed}`;
        const expected = plan.totalCost + signed * report.shadowPrice;
        expectSameCost(costMoved(program, row, signed, plan), expected, what, TIGHT);
      }
      tried += 1;
    }
  });
  expect(tried).toBeGreaterThan(0);
});

it('keeps the plan optimal when the cost of a placement moves within its range', () => {
  const tried = { inUse: 0, idle: 0 };
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const random = new SeededRandom(seed);
    for (const placement of random.shuffled(placementsOf(plan)).slice(0, TRIED)) {
      for (const step of costStepsWithin(placement, random)) {
        const moved = withPlacementCost(scenario, placement, placement.costPerDemandHour + step);
        if (!isValid(moved)) continue;
        tried[placement.hours > 0 ? 'inUse' : 'idle'] += 1;
        const what = `the cost of ${nameOf(placement)} moved by ${step}`;
        const { status, totalCost } = solve(moved, 'none');
        if (status !== 'optimal') throw new Error(`${what} makes it ${status}.`);
        expectSameCost(totalCost!, plan.totalCost + step * placement.hours, what, TIGHT);
      }
    }
  });
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(draws(0.64).length / 2);
});

it('takes up an unused placement below its break-even and not above', () => {
  const tried = { above: 0, below: 0, takenUp: 0 };
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const unused = placementsOf(plan).filter(({ hours, reducedCost }) => hours === 0 && reducedCost > 1e-3);
    for (const placement of new SeededRandom(seed).shuffled(unused).slice(0, TRIED)) {
      const { costPerDemandHour: cost, breakEvenCostPerDemandHour } = placement;
      const breakEven = breakEvenCostPerDemandHour;
      const step = 0.1 * (cost - breakEven);
      const above = withPlacementCost(scenario, placement, breakEven + step);
      if (breakEven + step >= 0 && isValid(above)) {
        tried.above += 1;
        const what = `${nameOf(placement)} just above its break-even`;
        expectSameCost(solve(above, 'none').totalCost!, plan.totalCost, what);
      }
      const below = withPlacementCost(scenario, placement, breakEven - step);
      if (breakEven - step < 0 || !isValid(below)) continue;
      tried.below += 1;
      const cheaper = solve(below, 'none');
      const what = `${nameOf(placement)} just below its break-even`;
      expectAtMost(cheaper.totalCost!, plan.totalCost, what);
      const isTakenUp = cheaper.allocation!.some((line) => nameOf(line) === nameOf(placement));
      if (isTakenUp) tried.takenUp += 1;
      else if (!isDegenerate(scenario)) throw new Error(`${what} is not taken up.`);
    }
  });
  expect(tried.takenUp).toBeGreaterThan(tried.below / 2);
  expect(tried.above).toBeGreaterThan(draws(0.64).length / 2);
});

function constraintsOf(plan: OptimalPlan): ConstraintReport[] {
  if (plan.sensitivity === undefined || 'unavailable' in plan.sensitivity)
    throw new Error('There are no prices.');
  return plan.sensitivity.constraints;
}

function placementsOf(plan: OptimalPlan): PlacementReport[] {
  if (plan.sensitivity === undefined || 'unavailable' in plan.sensitivity)
    throw new Error('There are no prices.');
  return plan.sensitivity.placements;
}

function workflowOf(scenario: Scenario, id: string): Scenario['workflows'][number] {
  return scenario.workflows.find((workflow) => workflow.id === id)!;
}

function nameOf({ workflow, team, period }: { workflow: string; team: string; period: string }): string {
  return JSON.stringify([workflow, team, period]);
}

/** One step up and one down within the range, now and then to its very end. */
function stepsWithin(report: ConstraintReport, random: SeededRandom): number[] {
  const reach = (end: number | null, noEnd: number) =>
    (end === null ? noEnd : Math.min(end, noEnd)) * (random.chance(0.2) ? 1 : random.next());
  const size = 2 * Math.max(1, report.limit);
  const up = reach(report.allowableIncrease, size);
  const down = reach(report.allowableDecrease, size);
  return [up, -down].filter((step) => step !== 0);
}

function costStepsWithin(placement: PlacementReport, random: SeededRandom): number[] {
  const { costPerDemandHour: cost, allowableIncrease, allowableDecrease } = placement;
  const reach = (end: number | null, noEnd: number) =>
    (end === null ? noEnd : Math.min(end, noEnd)) * (random.chance(0.2) ? 1 : random.next());
  const up = reach(allowableIncrease, 2 * Math.max(1, cost));
  const down = reach(allowableDecrease, cost);
  return [up, -down].filter((step) => step !== 0);
}

/** What the best plan costs with one limit moved; NaN, which no cost is the same as, where there is none. */
function costMoved(program: LinearProgram, row: number, step: number, { costs }: OptimalPlan): number {
  return (optimumOf(engine, withMovedRow(program, row, step)) ?? NaN) + costs.payroll;
}

/** Whether a basic column or slack of the engine's own basis is 0: then nothing may enter although it would save. */
function isDegenerate(scenario: Scenario): boolean {
  const { program } = programOf(scenario);
  const answer = engine.solve(program, { timeLimitSeconds: 60, ranges: true });
  if (answer.status !== 'optimal' || !answer.ranges) return true;
  const { columnValue, ranges } = answer;
  if (columnValue.some((value, j) => ranges.isBasicColumn[j] === 1 && value < 1e-7)) return true;
  return program.rows.some((_, row) => {
    if (ranges.isBasicRow[row] === 0) return false;
    let activity = 0;
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      activity += program.coefficient[i] * columnValue[program.columnIndex[i]];
    }
    return Math.min(program.rowUpper[row] - activity, activity - program.rowLower[row]) < 1e-7;
  });
}

/** Money owed for whole capacities, read off the rates once more. */
function payrollByPeriod(scenario: Scenario, plan: OptimalPlan): Map<string, number> {
  const payroll = new Map<string, number>();
  for (const { paid, rate, capacity } of scenario.teams) {
    if (paid !== 'capacity') continue;
    for (const { period, hours, fte, paidHoursPerFte, shrinkage } of capacity) {
      const productive = hours ?? fte! * paidHoursPerFte! * (1 - shrinkage!);
      const units = {
        'productive-hour': productive,
        'paid-hour': fte === undefined ? productive : fte * paidHoursPerFte!,
        'fte-period': fte ?? NaN,
        contact: NaN,
      }[rate.basis];
      payroll.set(period, (payroll.get(period) ?? 0) + units * rate.amount);
    }
  }
  const total = [...payroll.values()].reduce((sum, amount) => sum + amount, 0);
  expectSameCost(total, plan.costs.payroll, 'the payroll');
  return payroll;
}

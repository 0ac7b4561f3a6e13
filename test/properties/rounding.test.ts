import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import type { Plan } from '../../models/plan.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import { planText } from '../../src/exports/plan-text.ts';
import { smallScenario, team } from '../models/small-scenario.ts';
import { planningData, solve } from '../models/solved-plan.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { caseCount } from './case-count.ts';
import { checkDraws, draws } from './solve-draws.ts';

/** The API's numbers are unrounded doubles: a sum may differ from its lines by so much, and by no more. */
const DRIFT = 1e-9;

describe('over a million lines', () => {
  const periods = Array.from({ length: 1000 }, (_, t) => `P${t + 1}`);
  // 0.1 has no double of its own, so that a million of them drift apart from a hundred thousand.
  const scenario = smallScenario({
    periods: periods.map((id) => ({ id })),
    teams: Array.from({ length: 20 }, (_, k) => team(`team ${k}`, 'luzon', 0.1 * (k + 1), null, periods)),
    workflows: Array.from({ length: 50 }, (_, w) => ({
      id: `workflow ${w}`,
      demand: periods.map((period) => ({ period, hours: 0.1 })),
      shortfallCostPerHour: 0.3,
    })),
  });
  const data = planningData(scenario);
  const program = buildAllocationModel(data);
  const random = new SeededRandom(20_270_701);

  it.each([
    ['of 0.1 hours', () => 0.1],
    ['of a third of an hour', () => 1 / 3],
    ['of sizes from 1e-6 to 1e9', () => 10 ** random.between(-6, 9)],
  ])('%s, every total is the sum of its lines', (_, hoursOfLine) => {
    const numbers = planNumbersOf(data, program, Float64Array.from(program.columns, hoursOfLine));
    const { allocation, shortfall, costs, totalCost } = numbers;
    expect([allocation.length, shortfall.length]).toEqual([1_000_000, 50_000]);
    expectNear(costs.handling, exactSum(allocation.map(({ cost }) => cost)));
    expectNear(costs.shortfall, 0.3 * exactSum(shortfall.map(({ hours }) => hours)));
    expectNear(totalCost, exactSum(Object.values(costs)));
    const ofOne = allocation.filter(({ workflow, period }) => workflow === 'workflow 7' && period === 'P9');
    expectNear(exactSum(ofOne.map(({ share }) => share)), 1);
  });
});

it('every plan’s totals are the sums of its lines', () => {
  let plans = 0;
  checkDraws(draws(), (scenario, { allocation, costs, totalCost, sites }) => {
    if (!allocation || !costs || totalCost === undefined) return;
    plans += 1;
    expectNear(costs.handling, exactSum(allocation.map(({ cost }) => cost)));
    expectNear(costs.opening, exactSum((sites ?? []).map(({ openingCost }) => openingCost)));
    expectNear(totalCost, exactSum(Object.values(costs)));
    for (const { id } of scenario.workflows) {
      const shares = new Map<string, number[]>();
      for (const { workflow, period, share } of allocation)
        if (workflow === id) shares.set(period, [...(shares.get(period) ?? []), share]);
      for (const each of shares.values()) expectNear(exactSum(each), 1);
    }
  });
  expect(plans).toBeGreaterThan(draws().length / 3);
});

describe('printed money', () => {
  const scenario = smallScenario();
  const plan = solve(scenario);
  const money = fc.oneof(
    fc.double({ min: 0, max: 1e12, noNaN: true }),
    fc.double({ min: 0, max: 10, noNaN: true }),
    // Halves of a cent, exactly or as near as a double comes.
    fc.integer({ min: 0, max: 1e9 }).map((mills) => mills / 1000),
    fc.integer({ min: 0, max: 1e9 }).map((eighths) => eighths / 8),
  );
  const costsOfPlan = fc.record({
    handling: money,
    payroll: money,
    opening: money,
    backlog: money,
    shortfall: money,
    hiring: money,
    training: money,
    release: money,
    overtime: money,
    contracts: money,
  });

  it('is rounded half-up line by line, and what that leaves over is printed as rounding', () => {
    fc.assert(
      fc.property(costsOfPlan, (costs) => {
        const totalCost = Object.values(costs).reduce((sum, each) => sum + each, 0);
        const printed = printedCosts({ ...plan, costs, totalCost });
        for (const [term, cost] of Object.entries(costs)) expect(printed.get(term)).toBe(centsHalfUp(cost));
        const total = printed.get('total')!;
        expect(total).toBe(centsHalfUp(totalCost));
        const lines = [...printed].filter(([term]) => term !== 'total').map(([, cents]) => cents);
        expect(lines.reduce((sum, cents) => sum + cents, 0n)).toBe(total);
        // Eleven roundings of at most half a cent, and the total's own.
        const rounding = printed.get('rounding') ?? 0n;
        expect(rounding >= -5n && rounding <= 5n).toBe(true);
        expect(rounding === 0n).toBe(!printed.has('rounding'));
      }),
      { numRuns: caseCount(300, 5000), seed: 20_270_702 },
    );
  });

  function printedCosts(shown: Plan): Map<string, bigint> {
    const lines = planText(scenario, { ...shown, people: [], contracts: [] }).split('\n');
    const start = lines.findIndex((line) => line.startsWith('Cost by term')) + 2;
    const rows = lines.slice(start, lines.indexOf('', start)).map((line) => line.trim().split(/\s{2,}/));
    return new Map(rows.map(([term, amount]) => [term, BigInt(amount.replaceAll(/[,.]/g, ''))]));
  }
});

/** Whole cents of a double's exact value, half a cent rounded up. */
function centsHalfUp(amount: number): bigint {
  // With 60 decimals a double of this size is written out to its last digit.
  const [whole, fraction] = amount.toFixed(60).split('.');
  const cents = BigInt(whole + fraction.slice(0, 2));
  return fraction[2] >= '5' ? cents + 1n : cents;
}

/** A sum that loses nothing on the way (Neumaier). */
function exactSum(values: readonly number[]): number {
  let [sum, lost] = [0, 0];
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function expectNear(actual: number, expected: number): void {
  const difference = Math.abs(actual - expected);
  if (difference > DRIFT * Math.abs(expected)) throw new Error(`${actual} instead of ${expected}.`);
}

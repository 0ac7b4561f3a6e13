import { expect, it } from 'vitest';
import type { Scenario } from '../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { solveAndExplain } from '../../src/planning/solve-and-explain.ts';
import { type ChoiceName, withDefaults } from '../../src/planning/solve-options.ts';
import {
  bytesOf,
  constraintsOf,
  type Expected,
  expectedOf,
  scenarioOf,
  solve,
  solveAndVerify,
} from './sample.ts';

interface Facts {
  readonly costs: Readonly<Record<string, number>>;
  /** By period. */
  readonly heads: readonly number[];
  readonly overtimeHours: readonly number[];
  readonly classes: readonly object[];
  readonly bills: readonly { vendor: string; period: string; volume: number; total: number; cost: number }[];
  readonly prices: readonly { family: string; subject: object; price: number }[];
  readonly flips: readonly (ChoiceName & { taken: boolean; change: number })[];
  readonly otherTerms: readonly OtherTerms[];
}

/** A place of the scenario that is left out, or has another value, and what the best plan then costs more. */
interface OtherTerms {
  readonly what: string;
  readonly pointer: string;
  readonly value?: unknown;
  readonly change: number;
}

const sample = 'two-quarter-ramp';
const expected = expectedOf(sample) as Expected & Facts;
const scenario = scenarioOf(sample);
const engine = await loadHighsEngine();
const plan = solveAndVerify(scenario, engine);
const readme = bytesOf(sample, 'README.md').toString().replaceAll('\n', ' ');

const near = (value: number): unknown => expect.closeTo(value, 2);
const inWholes = (amount: number) => Math.abs(amount).toLocaleString('en-US', { maximumFractionDigits: 0 });

it('costs what is expected, term by term', () => {
  const costs = Object.entries(expected.costs).map(([term, amount]) => [term, near(amount)]);
  expect(plan.costs).toMatchObject(Object.fromEntries(costs) as object);
  expect(readme).toContain(`It costs ${inWholes(plan.totalCost!)} dollars.`);
});

it('hires a class in each of the two months before the launch grows', () => {
  expect(plan.classes).toHaveLength(expected.classes.length);
  expect(plan.classes).toMatchObject(expected.classes);
  expect(plan.people?.map(({ heads }) => heads)).toEqual(expected.heads.map(near));
  expect(plan.people?.map(({ overtimeHours }) => overtimeHours)).toEqual(expected.overtimeHours.map(near));
});

it('has the bills of each vendor', () => {
  expect(plan.contracts).toMatchObject(
    expected.bills.map((bill) => ({
      ...bill,
      volume: near(bill.volume),
      total: near(bill.total),
      cost: near(bill.cost),
    })),
  );
});

it.each(expected.prices)('prices $family of $subject at $price', ({ family, subject, price }) => {
  const limit = constraintsOf(plan).find(
    (row) => row.family === family && JSON.stringify(row.subject) === JSON.stringify(subject),
  );
  expect(limit?.shadowPrice).toBeCloseTo(price, 2);
});

it('would cost more without either class', () => {
  const flips = expected.flips.map(({ team, period }) => ({ team, period }));
  const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none', mipGap: 0, flips });
  const { plan: answered, faults } = solveAndExplain(scenario, options, engine, () => undefined);
  expect(faults).toBeUndefined();
  expect(answered?.flips).toMatchObject(
    expected.flips.map(({ change, ...flip }) => ({ ...flip, change: near(change) })),
  );
  for (const { change } of expected.flips) expect(readme).toContain(` ${inWholes(change)} more`);
});

it.each(expected.otherTerms)('costs what is expected with $what', (terms) => {
  const { totalCost } = solve(withOtherTerms(terms), engine, 'none');
  expect(totalCost! - plan.totalCost!).toBeCloseTo(terms.change, 2);
  expect(readme).toContain(` ${inWholes(terms.change)} ${terms.change < 0 ? 'less' : 'more'}`);
});

it('bills what is in invoice.json by the contract of the scenario', () => {
  const request = JSON.parse(bytesOf(sample, 'invoice.json').toString()) as object;
  expect(request).toMatchObject({
    contract: scenario.contracts![0],
    currency: scenario.currency,
    periods: scenario.periods.map(({ id }) => id),
  });
});

function withOtherTerms({ pointer, value }: OtherTerms): Scenario {
  const changed = structuredClone(scenario);
  const path = pointer.split('/').slice(1);
  const last = path.pop()!;
  const parent = path.reduce<Record<string, unknown>>(
    (at, field) => at[field] as Record<string, unknown>,
    changed,
  );
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return changed;
}

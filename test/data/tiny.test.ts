import { expect, it } from 'vitest';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { constraintsOf, type Expected, expectedOf, scenarioOf, solveAndVerify } from './sample.ts';

interface Facts {
  readonly allocation: readonly { workflow: string; team: string; period: string }[];
  readonly prices: readonly object[];
}

const expected = expectedOf('tiny') as Expected & Facts;
const plan = solveAndVerify(scenarioOf('tiny'), await loadHighsEngine());

it('places the work as the hand solution does', () => {
  expect(plan.allocation).toHaveLength(expected.allocation.length);
  expect(plan.allocation).toEqual(
    expect.arrayContaining(expected.allocation.map((line): unknown => expect.objectContaining(line))),
  );
});

it('has the prices and ranges of the hand solution', () => {
  expect(constraintsOf(plan)).toEqual(
    expect.arrayContaining(expected.prices.map((price): unknown => expect.objectContaining(price))),
  );
});

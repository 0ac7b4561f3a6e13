import { expect, it } from 'vitest';
import { withChange } from '../../models/changed-program.ts';
import { lp } from './small-program.ts';

const program = lp(
  [2, 3],
  [
    [[1, 1], '=', 10],
    [[1, 0], '<=', 6],
    [[0, 1], '>=', 1],
  ],
);

it('moves limits on the sides they have, and costs', () => {
  const rightHandSides = [12, 7, 2].map((value, row) => ({ row, value }));
  const { rowLower, rowUpper, cost } = withChange(program, {
    rightHandSides,
    costs: [{ column: 1, value: 5 }],
  });
  expect([...rowLower]).toEqual([12, -Infinity, 2]);
  expect([...rowUpper]).toEqual([12, 7, Infinity]);
  expect([...cost]).toEqual([2, 5]);
});

it('leaves the program as it was', () => {
  const before = JSON.stringify(program);
  withChange(program, { rightHandSides: [{ row: 0, value: 1 }], costs: [{ column: 0, value: 1 }] });
  expect(JSON.stringify(program)).toBe(before);
});

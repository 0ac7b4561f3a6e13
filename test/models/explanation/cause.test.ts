import { expect, it } from 'vitest';
import { causeOf, type PlacementState } from '../../../models/explanation/cause.ts';

const [CAPACITY, SEATS, SHARE, BUDGET] = [0, 1, 2, 3];
const FAMILIES = ['team-capacity', 'site-seats', 'vendor-share', 'budget'];

/** A placement of this cost and these charges where one more hour of the work costs 20. */
function cause(
  costPerDemandHour: number,
  charges: readonly (readonly [row: number, perHour: number])[],
  state: Partial<PlacementState> = {},
) {
  const reducedCost = charges.reduce((sum, [, perHour]) => sum + perHour, costPerDemandHour - 20);
  return causeOf(
    {
      costPerDemandHour,
      charges: charges.map(([row, perHour]) => ({ row, perHour })),
      demandPrice: 20,
      reducedCost,
      tolerance: 1e-6,
    },
    { isUsed: false, emptyRooms: [], isClosed: false, familyOf: (row) => FAMILIES[row], ...state },
  );
}

it('is that it is used, whatever it costs', () => {
  expect(cause(15, [[CAPACITY, 5]], { isUsed: true })).toEqual({ cause: 'used', because: [] });
});

it('is no room where the team has none, whatever it costs', () => {
  expect(cause(99, [], { emptyRooms: [CAPACITY] })).toEqual({ cause: 'no-room', because: [CAPACITY] });
});

it('is the same cost at a reduced cost of 0', () => {
  expect(cause(15, [[CAPACITY, 5]])).toEqual({ cause: 'same-cost', because: [] });
});

it('is a choice that keeps out what would save money, or cost the same', () => {
  expect(cause(15, [], { isClosed: true })).toEqual({ cause: 'held-by-rule', because: [] });
  expect(cause(20, [], { isClosed: true })).toEqual({ cause: 'held-by-rule', because: [] });
  expect(cause(21, [], { isClosed: true }).cause).toBe('too-dear');
});

it('is no room where it would be worth it without the charges of capacity and seats', () => {
  expect(
    cause(15, [
      [CAPACITY, 4],
      [SEATS, 2],
    ]),
  ).toEqual({ cause: 'no-room', because: [CAPACITY, SEATS] });
  // Also where the charge of a rule comes on top, as long as room alone makes the difference.
  expect(
    cause(15, [
      [CAPACITY, 6],
      [SHARE, 5],
    ]).because,
  ).toEqual([CAPACITY]);
});

it('is a rule where it would be worth it without the charges of rules, or of rules and room', () => {
  expect(
    cause(15, [
      [SHARE, 4],
      [BUDGET, 3],
    ]),
  ).toEqual({ cause: 'held-by-rule', because: [SHARE, BUDGET] });
  // 15 + 8 + 9: neither alone would bring it to 20.
  expect(
    cause(15, [
      [SHARE, 9],
      [CAPACITY, 8],
    ]),
  ).toEqual({ cause: 'held-by-rule', because: [SHARE, CAPACITY] });
});

it('is its own cost where that alone is above what the work is worth, credits of rules counted', () => {
  expect(cause(25, [[CAPACITY, 1]]).cause).toBe('too-dear');
  // A share that it would loosen speaks for it by 3: without the charge of capacity it would be worth it.
  expect(
    cause(22, [
      [SHARE, -3],
      [CAPACITY, 4],
    ]),
  ).toEqual({ cause: 'no-room', because: [CAPACITY] });
});

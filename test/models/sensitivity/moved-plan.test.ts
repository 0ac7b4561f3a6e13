import { describe, expect, it } from 'vitest';
import type { LinearProgram } from '../../../models/linear-program.ts';
import { movedPlan } from '../../../models/sensitivity/moved-plan.ts';
import { MovingBasis } from '../../../models/sensitivity/moving-basis.ts';
import { optimalBasis } from '../../../models/sensitivity/optimal-basis.ts';
import { lp } from '../small-program.ts';

/**
 * minimise 2x + 3y + 9z; x + y + z = 10; x ≤ 6; y ≤ 7; z ≤ 3: x = 6 and y = 4. Basic are x, y, the room of y and z's.
 */
const program = lp(
  [2, 3, 9],
  [
    [[1, 1, 1], '=', 10],
    [[1, 0, 0], '<=', 6],
    [[0, 1, 0], '<=', 7],
    [[0, 0, 1], '<=', 3],
  ],
);

function movingBasis(of: LinearProgram, isBasicColumn: readonly number[], isBasicRow: readonly number[]) {
  const isBasic = {
    isBasicColumn: Uint8Array.from(isBasicColumn),
    isBasicRow: Uint8Array.from(isBasicRow),
  };
  return new MovingBasis(optimalBasis(of, isBasic)!);
}

const basis = () => movingBasis(program, [1, 1, 0], [0, 0, 1, 1]);

describe('the plan with right-hand sides moved', () => {
  it('is that of the same basis as long as there is room', () => {
    expect(movedPlan(basis(), [{ row: 0, by: 2 }])).toEqual({
      status: 'optimal',
      columnValue: Float64Array.of(6, 6, 0),
      rowPrice: Float64Array.of(3, -1, 0, 0),
    });
  });

  it('goes on where another basis takes over', () => {
    // 15 hours: y is full at 7, z takes 2. One hour more costs 9, one more of x saves 7, one more of y 6.
    expect(movedPlan(basis(), [{ row: 0, by: 5 }])).toEqual({
      status: 'optimal',
      columnValue: Float64Array.of(6, 7, 2),
      rowPrice: Float64Array.of(9, -7, -6, 0),
    });
    // 5 hours: all in x.
    expect(movedPlan(basis(), [{ row: 0, by: -5 }])).toEqual({
      status: 'optimal',
      columnValue: Float64Array.of(5, 0, 0),
      rowPrice: Float64Array.of(2, 0, 0, 0),
    });
  });

  it('moves several at once', () => {
    // 14 hours, x ≤ 2, y ≤ 10: y takes 10 and z 2.
    const steps = [
      { row: 0, by: 4 },
      { row: 1, by: -4 },
      { row: 2, by: 3 },
    ];
    expect(movedPlan(basis(), steps)).toMatchObject({
      status: 'optimal',
      columnValue: Float64Array.of(2, 10, 2),
    });
  });

  it('says with a ray that there is none', () => {
    // 17 hours for 16: the demand asks for one hour more than the limits leave.
    const moved = movedPlan(basis(), [{ row: 0, by: 7 }]);
    expect(moved).toEqual({ status: 'infeasible', ray: Float64Array.of(1, -1, -1, -1) });
  });

  it('says so of a limit below what is asked for', () => {
    // x + y ≥ 4, x ≤ 3, y ≤ 3; x costs 1, y 2: x = 3, y = 1. Without x and with y ≤ 3 there are 3 hours for 4.
    const atLeast = lp(
      [1, 2],
      [
        [[1, 1], '>=', 4],
        [[1, 0], '<=', 3],
        [[0, 1], '<=', 3],
      ],
    );
    const moving = movingBasis(atLeast, [1, 1], [0, 0, 1]);
    expect(movedPlan(moving, [{ row: 1, by: -3 }])).toEqual({
      status: 'infeasible',
      ray: Float64Array.of(1, -1, -1),
    });
  });

  it('arrives where rounding puts a bound a hair before the end', () => {
    // 0.4 hours, 0.3 of them in x: after a quarter of the way to none, what is left is not exactly three quarters.
    const tenths = lp(
      [2, 3],
      [
        [[1, 1], '=', 0.4],
        [[1, 0], '<=', 0.3],
      ],
    );
    const moving = movingBasis(tenths, [1, 1], [0, 0]);
    expect(movedPlan(moving, [{ row: 0, by: -0.4 }])).toMatchObject({ status: 'optimal' });
    expect(movedPlan(moving, [{ row: 0, by: -0.4 * (1 + 1e-9) }])).toMatchObject({ status: 'infeasible' });
  });

  it('starts from the same basis every time', () => {
    const moving = basis();
    const first = movedPlan(moving, [{ row: 0, by: 1 }]);
    for (const by of [5, -5, 7, -9, 3]) movedPlan(moving, [{ row: 0, by }]);
    expect(movedPlan(moving, [{ row: 0, by: 1 }])).toEqual(first);
    expect(movedPlan(moving, [])).toEqual(movedPlan(basis(), []));
  });

  it('gives up on a way with too many exchanges', () => {
    // Each of 150 teams has an hour, at 1, 2, 3 and so on: on the way from 1 hour to 149 each takes over in turn.
    const teams = Array.from({ length: 150 }, (_, k) => k);
    const many = lp(
      teams.map((k) => k + 1),
      [
        [teams.map(() => 1), '=', 1],
        ...teams.map((k) => [teams.map((of) => Number(of === k)), '<=', 1] as const),
      ],
    );
    const isBasicRow = [0, ...teams.map(() => 1)];
    const moving = movingBasis(
      many,
      teams.map((k) => Number(k === 0)),
      isBasicRow,
    );
    expect(movedPlan(moving, [{ row: 0, by: 50 }])).toMatchObject({ status: 'optimal' });
    expect(movedPlan(moving, [{ row: 0, by: 148 }])).toBeUndefined();
  });
});

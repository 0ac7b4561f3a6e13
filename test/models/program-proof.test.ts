import { describe, expect, it } from 'vitest';
import { type LinearProgram, ProgramBuilder } from '../../models/linear-program.ts';
import { provesNoPlan, provesOptimum } from '../../models/program-proof.ts';
import { lp } from './small-program.ts';

/**
 * minimise 2x + 3y; x + y = 10, x ≤ 6, y ≥ 1: x = 6 and y = 4 cost 24. One hour more costs 3, one hour more of x saves 1; the
 * last limit does not bind. 10 · 3 − 6 · 1 = 24.
 */
const program = lp(
  [2, 3],
  [
    [[1, 1], '=', 10],
    [[1, 0], '<=', 6],
    [[0, 1], '>=', 1],
  ],
);

const proves = (columnValue: readonly number[], rowPrice: readonly number[], of = program) =>
  provesOptimum(of, Float64Array.from(columnValue), Float64Array.from(rowPrice));

describe('the proof of an optimum', () => {
  it('takes the plan with its prices', () => {
    expect(proves([6, 4], [3, -1, 0])).toBe(true);
  });

  it.each([
    ['a plan short of an equality', [6, 3.99], [3, -1, 0]],
    ['a plan beyond an equality', [6, 4.01], [3, -1, 0]],
    ['a plan above a limit', [6.01, 3.99], [3, -1, 0]],
    ['a plan below a limit', [9.5, 0.5], [2, 0, 0]],
    ['less than no hours', [11, -1], [3, -1, 0]],
    ['a plan that costs more than the prices prove', [5, 5], [3, -1, 0]],
    ['prices that prove less than the plan costs', [6, 4], [2, 0, 0]],
    ['a reduced cost below 0', [6, 4], [3.1, -1.1, 0]],
    ['a price above 0 at most so many hours', [6, 4], [1.5, 0.5, 0]],
    ['a price below 0 at least so many hours', [6, 4], [3.5, -1, -0.5]],
    ['hours that are no number', [NaN, 4], [3, -1, 0]],
    ['a price that is no number', [6, 4], [3, NaN, 0]],
  ])('refuses %s', (_, columnValue, rowPrice) => {
    expect(proves(columnValue, rowPrice)).toBe(false);
  });

  it('holds cost and prices to a billionth, limits to a hundred-millionth', () => {
    const atLeast = (hours: number) => ({ ...program, rowLower: program.rowLower.with(2, hours) });
    expect(proves([6, 4], [3, -1, 0], atLeast(4 + 2e-8))).toBe(true);
    expect(proves([6, 4], [3, -1, 0], atLeast(4 + 1e-6))).toBe(false);
    expect(proves([6 - 1e-8, 4 + 1e-8], [3, -1, 0])).toBe(true);
    // Still keeps every limit, and costs a hundred-millionth more.
    expect(proves([6 - 2.4e-7, 4 + 2.4e-7], [3, -1, 0])).toBe(false);
  });

  it('refuses a plan that leaves something cheaper unused', () => {
    // z would cost 1 where an hour more costs 3: nothing but the sign of its reduced cost says so.
    const withCheaper = lp(
      [2, 3, 1],
      [
        [[1, 1, 1], '=', 10],
        [[1, 0, 0], '<=', 6],
      ],
    );
    expect(proves([6, 4, 0], [3, -1], withCheaper)).toBe(false);
    expect(proves([0, 0, 10], [1, 0], withCheaper)).toBe(true);
  });

  it('refuses less than no hours where they cost as much as any', () => {
    const alike = lp([1, 1], [[[1, 1], '=', 10]]);
    expect(proves([11, -1], [1], alike)).toBe(false);
    expect(proves([3, 7], [1], alike)).toBe(true);
  });

  it('refuses a price for at most so many hours that pays for using them', () => {
    const unneeded = lp([2], [[[1], '<=', 6]]);
    expect(proves([6], [2], unneeded)).toBe(false);
    expect(proves([0], [0], unneeded)).toBe(true);
    // The noise of an engine is none.
    expect(proves([0], [1e-12], unneeded)).toBe(true);
  });

  it('lets a column that a row defines have either sign, and no reduced cost', () => {
    // 5 hours at 2, and −5 as their opposite.
    const opposite = withSum(0);
    expect(proves([5, -5], [2, 0], opposite)).toBe(true);
    expect(proves([5, -5], [1, 1], opposite)).toBe(false);
    // The sum with 5 more is 0, and would save one an hour below 0: nothing but its reduced cost says so.
    const none = withSum(5);
    expect(proves([5, 0], [2, 0], none)).toBe(true);
    expect(proves([5, 0], [1, 1], none)).toBe(false);
    expect(proves([5, 0], [3, -1], none)).toBe(false);
  });
});

/** minimise 2x; x = 5; x + s = `total`, where `s` may have either sign. */
function withSum(total: number): LinearProgram {
  const builder = new ProgramBuilder();
  builder.addColumn({ kind: 'placement', workflow: 0, team: 0, period: 0 }, 2);
  builder.addColumn({ kind: 'hours-placed', period: 0 }, 0);
  builder.beginRow({ family: 'test', subject: {} }, '=', 5);
  builder.addEntry(0, 1);
  builder.beginRow({ family: 'test', subject: {} }, '=', total);
  builder.addEntry(0, 1);
  builder.addEntry(1, 1);
  return builder.build();
}

describe('the proof that there is no plan', () => {
  // x ≤ 6, y ≤ 3, x + y = 10: added up, the first two leave 9.
  const infeasible = lp(
    [2, 3],
    [
      [[1, 1], '=', 10],
      [[1, 0], '<=', 6],
      [[0, 1], '<=', 3],
    ],
  );
  const provesNone = (ray: readonly number[], of = infeasible) => provesNoPlan(of, Float64Array.from(ray));

  it('takes a ray', () => {
    expect(provesNone([1, -1, -1])).toBe(true);
    expect(provesNone([20, -20, -20])).toBe(true);
  });

  it.each([
    ['nothing', [0, 0, 0]],
    ['a ray that a column can satisfy', [1, -1, 0]],
    ['a ray with a wrong sign', [-1, 1, 1]],
    ['a ray that asks for what there is', [1, -5, -5]],
    ['what is no number', [NaN, -1, -1]],
  ])('refuses %s', (_, ray) => {
    expect(provesNone(ray)).toBe(false);
  });

  it('refuses the ray where there is a plan, if only just', () => {
    const feasible = { ...infeasible, rowUpper: Float64Array.of(10, 6, 4) };
    expect(provesNone([1, -1, -1], feasible)).toBe(false);
  });

  it('does not mind the noise of an engine', () => {
    const withMore = lp(
      [2, 3],
      [
        [[1, 1], '=', 10],
        [[1, 0], '<=', 6],
        [[0, 1], '<=', 3],
        [[1, 1], '<=', 50],
      ],
    );
    expect(provesNone([1, -1, -1, 1e-12], withMore)).toBe(true);
    expect(provesNone([1, -1, -1, 1e-6], withMore)).toBe(false);
  });

  it('refuses a ray where a column of either sign can make up for it', () => {
    // x = 5 and x + s = 20: s = 15. The ray asks s for less than nothing only.
    expect(provesNone([1, -1], withSum(-20))).toBe(false);
    expect(provesNone([-1, 1], withSum(20))).toBe(false);
  });
});

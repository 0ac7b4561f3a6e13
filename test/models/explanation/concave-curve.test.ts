import { describe, expect, it } from 'vitest';
import { type CurvePoint, kinksBetween, LostCurve } from '../../../models/explanation/concave-curve.ts';

/** The curve of the least of some lines `height + slope · at`, and how often it was evaluated. */
function lowestOf(...lines: readonly (readonly [height: number, slope: number])[]) {
  const asked: number[] = [];
  const evaluate = (at: number): CurvePoint => {
    asked.push(at);
    const values = lines.map(([height, slope]) => height + slope * at);
    const value = Math.min(...values);
    return { at, value, slope: lines[values.indexOf(value)][1] };
  };
  return { asked, evaluate };
}

const kinks = (evaluate: (at: number) => CurvePoint, from: number, to: number) =>
  [...kinksBetween(evaluate(from), evaluate(to), evaluate)].map(({ at, slopeBefore, slopeBehind }) => [
    at,
    slopeBefore,
    slopeBehind,
  ]);

describe('the kinks of the least of the lines 5x, 8 + x and 20 − 2x', () => {
  // 5x meets 8 + x at 2; 8 + x meets 20 − 2x at 4.
  const curve = () => lowestOf([0, 5], [8, 1], [20, -2]);

  it('upwards are at 2 and 4', () => {
    expect(kinks(curve().evaluate, 0, 10)).toEqual([
      [2, 5, 1],
      [4, 1, -2],
    ]);
  });

  it('downwards are the same, seen from the other side', () => {
    expect(kinks(curve().evaluate, 10, 0)).toEqual([
      [4, -2, 1],
      [2, 1, 5],
    ]);
  });

  it('are proven by one point each where only one lies between', () => {
    const { asked, evaluate } = curve();
    expect(kinks(evaluate, 1, 3)).toEqual([[2, 5, 1]]);
    expect(asked).toEqual([1, 3, 2]);
  });

  it('count at the near end, and not at the far one', () => {
    const { evaluate } = curve();
    const [two, four] = [evaluate(2), evaluate(4)];
    expect([two.slope, four.slope]).toEqual([5, 1]);
    expect([...kinksBetween(two, four, evaluate)].map(({ at }) => at)).toEqual([2]);
    expect([...kinksBetween({ ...two, slope: 1 }, { ...four, slope: -2 }, evaluate)]).toEqual([]);
  });

  it('are each told once where a point falls on one of them', () => {
    // All three lines meet at 2, where the point may have the slope of the middle one, which is that of neither piece.
    const { evaluate } = lowestOf([0, 5], [4, 3], [8, 1]);
    expect(kinks(evaluate, 0, 10)).toEqual([[2, 5, 1]]);
    const bent = (at: number) => (at === 2 ? { ...evaluate(at), slope: 3 } : evaluate(at));
    expect(kinks(bent, 0, 10)).toEqual([[2, 5, 1]]);
  });
});

it('has no kinks on a straight line', () => {
  const { evaluate } = lowestOf([3, 2]);
  expect(kinks(evaluate, 0, 10)).toEqual([]);
});

it('gives up where the points are of no concave curve', () => {
  const { evaluate } = lowestOf([0, 1]);
  const rising = { at: 10, value: 10, slope: 3 };
  expect(() => [...kinksBetween(evaluate(0), rising, evaluate)]).toThrow(LostCurve);
  const above = { at: 10, value: 12, slope: 0.5 };
  expect(() => [...kinksBetween(evaluate(0), above, evaluate)]).toThrow(LostCurve);
});

it('gives up where the lower line is not known to reach the kink', () => {
  const { evaluate } = lowestOf([0, 5], [8, 1]);
  const near = { ...evaluate(0), reachesTo: 1.9 };
  expect(() => [...kinksBetween(near, evaluate(5), evaluate)]).toThrow(LostCurve);
  expect([...kinksBetween({ ...near, reachesTo: 2 }, evaluate(5), evaluate)].map(({ at }) => at)).toEqual([
    2,
  ]);
});

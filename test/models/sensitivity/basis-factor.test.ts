import { describe, expect, it } from 'vitest';
import { BasisFactor } from '../../../models/sensitivity/basis-factor.ts';
import type { SparseMatrix } from '../../../models/sensitivity/sparse-matrix.ts';
import { SparseVector } from '../../../models/sensitivity/sparse-vector.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';

type Dense = readonly (readonly number[])[];

function matrixOf(dense: Dense): SparseMatrix {
  const size = dense.length;
  const [start, index, value]: [number[], number[], number[]] = [[0], [], []];
  for (let column = 0; column < size; column += 1) {
    dense.forEach((entries, i) => {
      if (entries[column] === 0) return;
      index.push(i);
      value.push(entries[column]);
    });
    start.push(index.length);
  }
  return { start: Int32Array.from(start), index: Int32Array.from(index), value: Float64Array.from(value) };
}

function vectorOf(entries: readonly number[]): SparseVector {
  const vector = new SparseVector(entries.length);
  entries.forEach((entry, i) => {
    if (entry !== 0) vector.set(i, entry);
  });
  return vector;
}

const near = (value: number): unknown => expect.closeTo(value, 12);
const solve = (dense: Dense, rightHandSide: readonly number[]) => {
  const vector = vectorOf(rightHandSide);
  BasisFactor.of(matrixOf(dense))!.solve(vector);
  return [...vector.values];
};
const solveTransposed = (dense: Dense, costs: readonly number[]) => {
  const vector = vectorOf(costs);
  BasisFactor.of(matrixOf(dense))!.solveTransposed(vector);
  return [...vector.values];
};

/** 2x + y = 5 and x + 3z = 7 and y + z = 3: x = 1, y = 3 − z = 1 for z = 2; so 2 + 1 = 3. */
const small = [
  [2, 1, 0],
  [1, 0, 3],
  [0, 1, 1],
];

describe('the factors of a basis', () => {
  it('solve for the values of its variables', () => {
    expect(solve(small, [3, 7, 3])).toEqual([1, 1, 2].map(near));
  });

  it('solve for the prices of its rows', () => {
    // Prices 1, 2, 3 make columns cost 2 + 2 = 4, 1 + 3 = 4 and 6 + 3 = 9.
    expect(solveTransposed(small, [4, 4, 9])).toEqual([1, 2, 3].map(near));
  });

  it('do not exist where a row is a multiple of another, or a column is empty', () => {
    expect(
      BasisFactor.of(
        matrixOf([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toBeUndefined();
    expect(
      BasisFactor.of(
        matrixOf([
          [1, 0],
          [1, 0],
        ]),
      ),
    ).toBeUndefined();
  });

  it('give back what a random matrix was multiplied with, triangular or not, whatever the sizes of its entries', () => {
    let factored = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = new SeededRandom(seed);
      const size = random.whole(1, 40);
      const share = random.next() * 0.4;
      const entry = () => (random.next() - 0.5) * 10 ** random.whole(-2, 2);
      const dense = Array.from({ length: size }, (_, i) =>
        Array.from({ length: size }, (_, j) => (i === j || random.chance(share) ? entry() : 0)),
      );
      const factor = BasisFactor.of(matrixOf(random.shuffled(dense)));
      if (factor === undefined) continue;
      factored += 1;
      expectSolved(random.shuffled(dense), random);
    }
    expect(factored).toBeGreaterThan(250);
  });
});

/** Holds both solutions against the matrix itself; the tolerance allows for matrices that are nearly singular. */
function expectSolved(dense: Dense, random: SeededRandom): void {
  const factor = BasisFactor.of(matrixOf(dense));
  if (factor === undefined) return;
  const rightHandSide = dense.map(() => (random.chance(0.3) ? random.next() : 0));
  const solution = vectorOf(rightHandSide);
  factor.solve(solution);
  const size = solution.largest();
  dense.forEach((row, i) => {
    const product = row.reduce((sum, entry, j) => sum + entry * solution.values[j], 0);
    expect(Math.abs(product - rightHandSide[i])).toBeLessThan(1e-8 * (1 + size * 100));
  });
  const prices = vectorOf(rightHandSide);
  factor.solveTransposed(prices);
  const priceSize = prices.largest();
  rightHandSide.forEach((cost, j) => {
    const product = dense.reduce((sum, row, i) => sum + row[j] * prices.values[i], 0);
    expect(Math.abs(product - cost)).toBeLessThan(1e-8 * (1 + priceSize * 100));
  });
}

import { eliminationOrder } from './elimination-order.ts';
import { type SparseMatrix, transposed } from './sparse-matrix.ts';
import { SparseVector } from './sparse-vector.ts';

/** A pivot may be so much smaller than the largest of its column where it keeps the factors sparse. */
const PIVOT_THRESHOLD = 0.1;

/** Relative to the largest entry of the column: below this there is no pivot left. */
const SINGULAR = 1e-11;

/**
 * The LU factors of a basis: `B = L U` up to the order of rows and columns.
 *
 * Bases of allocation programs are nearly triangular. Columns and rows with one entry left are taken first, where they cause no
 * fill; what remains is factored column by column with threshold pivoting (Gilbert and Peierls, 1988).
 */
export class BasisFactor {
  /** Pivot `k` stands in this row and in this column of the matrix. */
  readonly #pivotRow: Int32Array;
  readonly #pivotColumn: Int32Array;
  readonly #pivotOfRow: Int32Array;
  readonly #pivotOfColumn: Int32Array;
  readonly #diagonal: Float64Array;
  readonly #lowerByColumn: SparseMatrix;
  readonly #lowerByRow: SparseMatrix;
  readonly #upperByColumn: SparseMatrix;
  readonly #upperByRow: SparseMatrix;
  readonly #room: SparseVector;
  readonly #order: Int32Array;
  readonly #stack: Int32Array;
  readonly #next: Int32Array;
  readonly #isReached: Uint8Array;

  private constructor(
    pivotRow: Int32Array,
    pivotColumn: Int32Array,
    diagonal: Float64Array,
    lower: SparseMatrix,
    upper: SparseMatrix,
  ) {
    const size = pivotRow.length;
    this.#pivotRow = pivotRow;
    this.#pivotColumn = pivotColumn;
    this.#pivotOfRow = inverse(pivotRow);
    this.#pivotOfColumn = inverse(pivotColumn);
    this.#diagonal = diagonal;
    this.#lowerByColumn = lower;
    this.#lowerByRow = transposed(lower, size);
    this.#upperByColumn = upper;
    this.#upperByRow = transposed(upper, size);
    this.#room = new SparseVector(size);
    this.#order = new Int32Array(size);
    this.#stack = new Int32Array(size);
    this.#next = new Int32Array(size);
    this.#isReached = new Uint8Array(size);
  }

  /** Of a square matrix by columns; undefined where it is singular, or as good as. */
  static of(matrix: SparseMatrix): BasisFactor | undefined {
    const size = matrix.start.length - 1;
    const byRow = transposed(matrix, size);
    const { columns: pivotColumn, rows: preferredRow } = eliminationOrder(matrix, byRow);
    const pivotRow = new Int32Array(size);
    const pivotOfRow = new Int32Array(size).fill(-1);
    const diagonal = new Float64Array(size);
    const [lower, upper] = [new TriangleBuilder(), new TriangleBuilder()];
    const work = new Float64Array(size);
    const isTouched = new Uint8Array(size);
    const touched: number[] = [];
    const pending: number[] = [];
    const touch = (row: number) => {
      if (isTouched[row] === 1) return;
      isTouched[row] = 1;
      touched.push(row);
      if (pivotOfRow[row] >= 0) pending.push(pivotOfRow[row]);
    };
    for (let k = 0; k < size; k += 1) {
      const column = pivotColumn[k];
      for (let i = matrix.start[column]; i < matrix.start[column + 1]; i += 1) {
        touch(matrix.index[i]);
        work[matrix.index[i]] += matrix.value[i];
      }
      // What stands in rows with a pivot is U; each is taken off the rows below it, in the order of the pivots.
      while (pending.length > 0) {
        const pivot = takeLeast(pending);
        const above = work[pivotRow[pivot]];
        if (above === 0) continue;
        upper.add(pivot, above);
        for (let i = lower.start(pivot); i < lower.start(pivot + 1); i += 1) {
          touch(lower.index(i));
          work[lower.index(i)] -= lower.value(i) * above;
        }
      }
      upper.end();
      const pivot = pivotAmong(touched, work, pivotOfRow, byRow, preferredRow[k]);
      if (pivot < 0) return undefined;
      pivotRow[k] = pivot;
      pivotOfRow[pivot] = k;
      diagonal[k] = work[pivot];
      for (const row of touched) {
        if (pivotOfRow[row] < 0 && work[row] !== 0) lower.add(row, work[row] / diagonal[k]);
        work[row] = 0;
        isTouched[row] = 0;
      }
      lower.end();
      touched.length = 0;
    }
    const lowerByPivot = lower.build((row) => pivotOfRow[row]);
    return new BasisFactor(
      pivotRow,
      pivotColumn,
      diagonal,
      lowerByPivot,
      upper.build((pivot) => pivot),
    );
  }

  /** Solves `B x = b` in place: `b` by rows comes in, `x` by columns goes out. */
  solve(vector: SparseVector): void {
    const inPivots = this.#renumbered(vector, this.#pivotOfRow);
    this.#eliminate(inPivots, this.#lowerByColumn);
    this.#eliminate(inPivots, this.#upperByColumn, this.#diagonal);
    giveBack(inPivots, vector, this.#pivotColumn);
  }

  /** Solves `Bᵀ y = c` in place: `c` by columns comes in, `y` by rows goes out. */
  solveTransposed(vector: SparseVector): void {
    const inPivots = this.#renumbered(vector, this.#pivotOfColumn);
    this.#eliminate(inPivots, this.#upperByRow, this.#diagonal);
    this.#eliminate(inPivots, this.#lowerByRow);
    giveBack(inPivots, vector, this.#pivotRow);
  }

  #renumbered(vector: SparseVector, pivotOf: Int32Array): SparseVector {
    for (let i = 0; i < vector.count; i += 1) {
      const position = vector.positions[i];
      if (vector.values[position] !== 0) this.#room.set(pivotOf[position], vector.values[position]);
    }
    vector.clear();
    return this.#room;
  }

  /**
   * Divides every entry by its diagonal, where there is one, and takes it off what comes after it; only entries that are reached
   * from those that are not 0 are looked at (Gilbert and Peierls 1988).
   */
  #eliminate(vector: SparseVector, { start, index, value }: SparseMatrix, diagonal?: Float64Array): void {
    const { values } = vector;
    const order = this.#order;
    let at = this.#orderReach(vector, start, index);
    while (at > 0) {
      at -= 1;
      const k = order[at];
      this.#isReached[k] = 0;
      if (values[k] === 0) continue;
      if (diagonal) values[k] /= diagonal[k];
      const entry = values[k];
      for (let i = start[k]; i < start[k + 1]; i += 1) values[index[i]] -= value[i] * entry;
    }
  }

  /** Lists in `#order` what the entries of a vector reach, each after all that it reaches; gives how many they are. */
  #orderReach(vector: SparseVector, start: Int32Array, index: Int32Array): number {
    const [stack, next, isReached] = [this.#stack, this.#next, this.#isReached];
    let count = 0;
    for (let i = 0; i < vector.count; i += 1) {
      if (isReached[vector.positions[i]] === 1) continue;
      let depth = 0;
      stack[0] = vector.positions[i];
      next[0] = start[stack[0]];
      isReached[stack[0]] = 1;
      while (depth >= 0) {
        const k = stack[depth];
        if (next[depth] === start[k + 1]) {
          this.#order[count] = k;
          count += 1;
          depth -= 1;
          continue;
        }
        const reached = index[next[depth]];
        next[depth] += 1;
        if (isReached[reached] === 1) continue;
        isReached[reached] = 1;
        depth += 1;
        stack[depth] = reached;
        next[depth] = start[reached];
      }
    }
    for (let i = 0; i < count; i += 1) vector.list(this.#order[i]);
    return count;
  }
}

function giveBack(inPivots: SparseVector, vector: SparseVector, positionOf: Int32Array): void {
  for (let i = 0; i < inPivots.count; i += 1) {
    const k = inPivots.positions[i];
    if (inPivots.values[k] !== 0) vector.set(positionOf[k], inPivots.values[k]);
  }
  inPivots.clear();
}

/** The entries of a triangle but its diagonal, column by column. */
class TriangleBuilder {
  readonly #start = [0];
  readonly #index: number[] = [];
  readonly #value: number[] = [];

  add(index: number, value: number): void {
    this.#index.push(index);
    this.#value.push(value);
  }

  /** The column is complete. */
  end(): void {
    this.#start.push(this.#index.length);
  }

  start(column: number): number {
    return this.#start[column];
  }

  index(at: number): number {
    return this.#index[at];
  }

  value(at: number): number {
    return this.#value[at];
  }

  build(positionOf: (index: number) => number): SparseMatrix {
    return {
      start: new Int32Array(this.#start),
      index: new Int32Array(this.#index.map(positionOf)),
      value: new Float64Array(this.#value),
    };
  }
}

function inverse(permutation: Int32Array): Int32Array {
  const inverted = new Int32Array(permutation.length);
  permutation.forEach((to, from) => {
    inverted[to] = from;
  });
  return inverted;
}

function takeLeast(pending: number[]): number {
  let least = 0;
  for (let i = 1; i < pending.length; i += 1) if (pending[i] < pending[least]) least = i;
  const [taken] = pending.splice(least, 1);
  return taken;
}

/** Of the rows without a pivot the one with the fewest entries among those that are large enough; -1 where none is. */
function pivotAmong(
  touched: readonly number[],
  work: Float64Array,
  pivotOfRow: Int32Array,
  { start }: SparseMatrix,
  preferred: number,
): number {
  let [largest, largestOfAll] = [0, 0];
  for (const row of touched) {
    const size = Math.abs(work[row]);
    if (size > largestOfAll) largestOfAll = size;
    if (pivotOfRow[row] < 0 && size > largest) largest = size;
  }
  if (!(largest > SINGULAR * Math.max(1, largestOfAll))) return -1;
  const isLargeEnough = (row: number) => Math.abs(work[row]) >= PIVOT_THRESHOLD * largest;
  if (preferred >= 0 && pivotOfRow[preferred] < 0 && isLargeEnough(preferred)) return preferred;
  const entriesIn = (row: number) => start[row + 1] - start[row];
  let best = -1;
  for (const row of touched) {
    if (pivotOfRow[row] >= 0 || !isLargeEnough(row)) continue;
    if (best < 0 || entriesIn(row) < entriesIn(best)) best = row;
  }
  return best;
}

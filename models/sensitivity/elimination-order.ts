import type { SparseMatrix } from './sparse-matrix.ts';

/** The columns of a square matrix in the order in which they get their pivots. */
interface Elimination {
  readonly columns: Int32Array;
  /** The row in which each of them has its pivot if that is large enough; −1 where any will do. */
  readonly rows: Int32Array;
}

/**
 * Columns with one entry left come first, then rows with one, each as long as there are any; then columns by their entries. The matrix
 * is given by both its sides.
 */
export function eliminationOrder(byColumn: SparseMatrix, byRow: SparseMatrix): Elimination {
  const size = byColumn.start.length - 1;
  const order: Elimination = { columns: new Int32Array(size), rows: new Int32Array(size).fill(-1) };
  const isLeft = { rows: new Uint8Array(size).fill(1), columns: new Uint8Array(size).fill(1) };
  let count = 0;
  const take = (column: number, row: number) => {
    order.columns[count] = column;
    order.rows[count] = row;
    count += 1;
    isLeft.columns[column] = 0;
    isLeft.rows[row] = 0;
  };
  peel(byColumn, byRow, isLeft.columns, isLeft.rows, take);
  peel(byRow, byColumn, isLeft.rows, isLeft.columns, (row, column) => {
    take(column, row);
  });
  const rest = Array.from(isLeft.columns.keys()).filter((column) => isLeft.columns[column] === 1);
  const entries = new Map(rest.map((column) => [column, countLeft(byColumn, column, isLeft.rows)]));
  rest.sort((a, b) => entries.get(a)! - entries.get(b)! || a - b);
  for (const column of rest) {
    order.columns[count] = column;
    count += 1;
  }
  return order;
}

/** Takes lines with one crossing left, one after the other; "lines" are columns and crossings rows, or the other way round. */
function peel(
  lines: SparseMatrix,
  crossings: SparseMatrix,
  isLineLeft: Uint8Array,
  isCrossingLeft: Uint8Array,
  take: (line: number, crossing: number) => void,
): void {
  const left = Int32Array.from(isLineLeft, (isLeft, line) =>
    isLeft ? countLeft(lines, line, isCrossingLeft) : 0,
  );
  const waiting = Array.from(left.keys()).filter((line) => left[line] === 1);
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    if (isLineLeft[line] === 0 || left[line] !== 1) continue;
    const crossing = firstLeft(lines, line, isCrossingLeft);
    take(line, crossing);
    for (let i = crossings.start[crossing]; i < crossings.start[crossing + 1]; i += 1) {
      const other = crossings.index[i];
      left[other] -= 1;
      if (left[other] === 1 && isLineLeft[other] === 1) waiting.push(other);
    }
  }
}

function countLeft({ start, index }: SparseMatrix, line: number, isCrossingLeft: Uint8Array): number {
  let count = 0;
  for (let i = start[line]; i < start[line + 1]; i += 1) count += isCrossingLeft[index[i]];
  return count;
}

function firstLeft({ start, index }: SparseMatrix, line: number, isCrossingLeft: Uint8Array): number {
  let i = start[line];
  while (isCrossingLeft[index[i]] === 0) i += 1;
  return index[i];
}

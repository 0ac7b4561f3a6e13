import type { LinearProgram } from './linear-program.ts';

/** The rows and columns at the given positions, in that order; entries of other columns are left out. */
export function partOfProgram(
  program: LinearProgram,
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
): LinearProgram {
  const newColumn = new Int32Array(program.columns.length).fill(-1);
  for (let position = 0; position < columns.length; position += 1) newColumn[columns[position]] = position;
  const [rowStart, columnIndex, coefficient] = [[0], [] as number[], [] as number[]];
  for (let position = 0; position < rows.length; position += 1) {
    const row = rows[position];
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      if (newColumn[program.columnIndex[i]] < 0) continue;
      columnIndex.push(newColumn[program.columnIndex[i]]);
      coefficient.push(program.coefficient[i]);
    }
    rowStart.push(columnIndex.length);
  }
  return {
    columns: Array.from(columns, (column) => program.columns[column]),
    rows: Array.from(rows, (row) => program.rows[row]),
    cost: taken(program.cost, columns, new Float64Array(columns.length)),
    isBinary: taken(program.isBinary, columns, new Uint8Array(columns.length)),
    rowLower: taken(program.rowLower, rows, new Float64Array(rows.length)),
    rowUpper: taken(program.rowUpper, rows, new Float64Array(rows.length)),
    rowStart: new Int32Array(rowStart),
    columnIndex: new Int32Array(columnIndex),
    coefficient: new Float64Array(coefficient),
  };
}

/** Rows by themselves, with the columns that stand in them; nothing costs anything, so any solution is an optimum. */
export function rowsAlone(program: LinearProgram, rows: readonly number[]): LinearProgram {
  const part = partOfProgram(program, rows, columnsIn(program, rows));
  return { ...part, cost: new Float64Array(part.columns.length) };
}

/** The columns that stand in some of the rows, in order. */
export function columnsIn(
  { columns, rowStart, columnIndex }: LinearProgram,
  rows: readonly number[],
): number[] {
  const isIn = new Uint8Array(columns.length);
  for (const row of rows) for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1) isIn[columnIndex[i]] = 1;
  return columns.flatMap((_, column) => (isIn[column] === 1 ? [column] : []));
}

/** A loop, because `from` of a typed array takes one value after the other from an iterator. */
function taken<List extends Float64Array | Uint8Array>(
  from: List,
  positions: ArrayLike<number>,
  into: List,
): List {
  for (let i = 0; i < positions.length; i += 1) into[i] = from[positions[i]];
  return into;
}

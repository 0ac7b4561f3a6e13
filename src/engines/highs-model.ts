import type { Highs, ModelData } from 'highs';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { PeriodPart } from './period-parts.ts';

/** The program with choices taken for any number between 0 and 1. */
export function modelDataOf(highs: Highs, program: LinearProgram): ModelData {
  const [numCols, numRows] = [program.columns.length, program.rows.length];
  const colLower = new Float64Array(numCols);
  const colUpper = new Float64Array(numCols).fill(highs.infinity);
  program.columns.forEach(({ kind }, column) => {
    // What a row defines as a sum has the sign of the sum: with a bound of its own it would have a price of its own.
    if (kind === 'hours-placed') colLower[column] = -highs.infinity;
    if (program.isBinary[column]) colUpper[column] = 1;
  });
  return {
    numCols,
    numRows,
    colCost: program.cost,
    colLower,
    colUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: program.rowStart,
      indices: program.columnIndex,
      values: program.coefficient,
    },
  };
}

/** A part of a model on its own; `localColumn` is room for the positions of its columns. */
export function modelDataOfPart(
  { columns, rows }: PeriodPart,
  whole: ModelData,
  localColumn: Int32Array,
): ModelData {
  const { starts, indices, values } = whole.matrix;
  for (let i = 0; i < columns.length; i += 1) localColumn[columns[i]] = i;
  const rowStart = new Int32Array(rows.length + 1);
  const mostEntries = rows.reduce((sum, row) => sum + starts[row + 1] - starts[row], 0);
  const columnIndex = new Int32Array(mostEntries);
  const coefficient = new Float64Array(mostEntries);
  let count = 0;
  for (let row = 0; row < rows.length; row += 1) {
    for (let i = starts[rows[row]]; i < starts[rows[row] + 1]; i += 1) {
      const local = localColumn[indices[i]];
      if (columns[local] !== indices[i]) continue;
      columnIndex[count] = local;
      coefficient[count] = values[i];
      count += 1;
    }
    rowStart[row + 1] = count;
  }
  const [numCols, numRows] = [columns.length, rows.length];
  return {
    numCols,
    numRows,
    colCost: taken(whole.colCost, columns),
    colLower: taken(whole.colLower, columns),
    colUpper: taken(whole.colUpper, columns),
    rowLower: taken(whole.rowLower, rows),
    rowUpper: taken(whole.rowUpper, rows),
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: rowStart,
      indices: columnIndex.subarray(0, count),
      values: coefficient.subarray(0, count),
    },
  };
}

/** A loop, because `Float64Array.from` takes one value after the other from an iterator. */
function taken(from: ModelData['colCost'], positions: Int32Array): Float64Array {
  const values = new Float64Array(positions.length);
  for (let i = 0; i < positions.length; i += 1) values[i] = from[positions[i]];
  return values;
}

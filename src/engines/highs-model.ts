import type { Highs, ModelData } from 'highs';
import { isFree, type LinearProgram } from '../../models/linear-program.ts';

/** The program with choices taken for any number between 0 and 1. */
export function modelDataOf(highs: Highs, program: LinearProgram): ModelData {
  const [numCols, numRows] = [program.columns.length, program.rows.length];
  const colLower = new Float64Array(numCols);
  const colUpper = new Float64Array(numCols).fill(highs.infinity);
  program.columns.forEach((key, column) => {
    if (isFree(key)) colLower[column] = -highs.infinity;
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

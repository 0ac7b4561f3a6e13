import { type LinearProgram, rightHandSide, senseOfRow } from '../../models/linear-program.ts';
import { columnName, CONSTANT_NAME, rowName } from './program-key.ts';

const ROW_TYPE = { '<=': 'L', '>=': 'G', '=': 'E' } as const;

/**
 * Writes a program in free MPS format, minimising the row `cost`.
 *
 * `constant` is money owed whatever the plan does; it enters as a column fixed at 1. Columns but binaries have the format's
 * default bounds, 0 to infinity, which are the program's own. Numbers are written so that they read back as the same doubles.
 */
export function writeMps(program: LinearProgram, constant: number): string {
  const lines = ['NAME apportion', 'ROWS', ' N cost'];
  program.rows.forEach((_, row) => lines.push(` ${ROW_TYPE[senseOfRow(program, row)]} ${rowName(row)}`));
  lines.push('COLUMNS');
  const entries = entriesByColumn(program);
  program.columns.forEach((_, column) => {
    lines.push(` ${columnName(column)} cost ${program.cost[column]}`);
    for (const [row, coefficient] of entries[column]) {
      lines.push(` ${columnName(column)} ${rowName(row)} ${coefficient}`);
    }
  });
  // Some readers take a program without columns for an empty one and never look at its rows.
  const hasConstant = constant !== 0 || program.columns.length === 0;
  if (hasConstant) lines.push(` ${CONSTANT_NAME} cost ${constant}`);
  lines.push('RHS');
  program.rows.forEach((_, row) => {
    if (rightHandSide(program, row) !== 0) lines.push(` RHS ${rowName(row)} ${rightHandSide(program, row)}`);
  });
  const bounds = program.columns.flatMap((_, column) =>
    program.isBinary[column] ? [` BV BND ${columnName(column)}`] : [],
  );
  if (hasConstant) bounds.push(` FX BND ${CONSTANT_NAME} 1`);
  if (bounds.length > 0) lines.push('BOUNDS', ...bounds);
  lines.push('ENDATA', '');
  return lines.join('\n');
}

function entriesByColumn(program: LinearProgram): [row: number, coefficient: number][][] {
  const entries = program.columns.map((): [number, number][] => []);
  program.rows.forEach((_, row) => {
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      entries[program.columnIndex[i]].push([row, program.coefficient[i]]);
    }
  });
  return entries;
}

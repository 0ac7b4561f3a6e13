import type { LinearProgram } from './linear-program.ts';

/** Limits and costs that are to be other than a program has them; each row and each column is named once at most. */
export interface ProgramChange {
  readonly rightHandSides?: readonly { readonly row: number; readonly value: number }[];
  readonly costs?: readonly { readonly column: number; readonly value: number }[];
}

/** The program with the change; a row keeps its sense. */
export function withChange(
  program: LinearProgram,
  { rightHandSides = [], costs = [] }: ProgramChange,
): LinearProgram {
  const [rowLower, rowUpper, cost] = [
    program.rowLower.slice(),
    program.rowUpper.slice(),
    program.cost.slice(),
  ];
  for (const { row, value } of rightHandSides) {
    if (Number.isFinite(rowLower[row])) rowLower[row] = value;
    if (Number.isFinite(rowUpper[row])) rowUpper[row] = value;
  }
  for (const { column, value } of costs) cost[column] = value;
  return { ...program, rowLower, rowUpper, cost };
}

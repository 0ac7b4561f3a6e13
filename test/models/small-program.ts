import {
  type ColumnKey,
  type LinearProgram,
  ProgramBuilder,
  type RowSense,
} from '../../models/linear-program.ts';

export type Row = readonly [coefficients: readonly number[], sense: RowSense, rightHandSide: number];

/** The program that minimises `cost · x` over columns at least 0. */
export function lp(cost: readonly number[], rows: readonly Row[]): LinearProgram {
  const program = new ProgramBuilder();
  cost.forEach((amount, team) => {
    const key: ColumnKey = { kind: 'placement', workflow: 0, team, period: 0 };
    program.addColumn(key, amount);
  });
  for (const [coefficients, sense, limit] of rows) {
    program.beginRow({ family: 'test', subject: { team: 'secret team' } }, sense, limit);
    coefficients.forEach((coefficient, column) => {
      program.addEntry(column, coefficient);
    });
  }
  return program.build();
}

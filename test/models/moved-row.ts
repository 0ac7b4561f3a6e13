import { costOf, type LinearProgram } from '../../models/linear-program.ts';
import type { Engine } from '../../src/engines/engine.ts';

/** The program with the limit of one row moved by `step`; all others are held. */
export function withMovedRow(program: LinearProgram, row: number, step: number): LinearProgram {
  const moved = (bounds: Float64Array) => bounds.map((bound, i) => (i === row ? bound + step : bound));
  return { ...program, rowLower: moved(program.rowLower), rowUpper: moved(program.rowUpper) };
}

/** Cost of the best plan of a program, payroll left out; undefined where there is no plan. */
export function optimumOf(engine: Engine, program: LinearProgram): number | undefined {
  const answer = engine.solve(program, { timeLimitSeconds: 60, ranges: false });
  if (answer.status === 'infeasible') return undefined;
  if (answer.status !== 'optimal') throw new Error(`The program is ${answer.status}.`);
  return costOf(program, answer.columnValue);
}

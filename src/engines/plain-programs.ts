import type { ProgramChange } from '../../models/changed-program.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import { type EngineAnswer, EngineError } from './engine.ts';

/** Engines take an infinite cost for an optimum and a NaN for a limit, or say more about it than we want. */
export function refuseUnusableNumbers({ cost, coefficient, rowLower, rowUpper }: LinearProgram): void {
  const isFinite = cost.every(Number.isFinite) && coefficient.every(Number.isFinite);
  const isLimited = !rowLower.some(Number.isNaN) && !rowUpper.some(Number.isNaN);
  if (!isFinite || !isLimited) throw new EngineError('The program has a number that is not finite.');
}

export function refuseUnusableChange({ rightHandSides = [], costs = [] }: ProgramChange): void {
  if (![...rightHandSides, ...costs].every(({ value }) => Number.isFinite(value)))
    throw new EngineError('The change has a number that is not finite.');
}

/** The answer to a program without columns or without rows, which engines refuse; undefined for any other. */
export function answerAtSight(program: LinearProgram): EngineAnswer | undefined {
  if (program.columns.length === 0) return answerWithoutColumns(program);
  if (program.rows.length === 0) return answerWithoutRows(program);
  return undefined;
}

/** Every row's activity is 0, and a limit above or below breaks it. */
function answerWithoutColumns(program: LinearProgram): EngineAnswer {
  const rowCount = program.rows.length;
  const broken = program.rowLower.findIndex((lower, row) => lower > 0 || program.rowUpper[row] < 0);
  if (broken >= 0) {
    const ray = new Float64Array(rowCount);
    ray[broken] = program.rowLower[broken] > 0 ? 1 : -1;
    return { status: 'infeasible', ray };
  }
  return {
    status: 'optimal',
    columnValue: new Float64Array(0),
    rowPrice: new Float64Array(rowCount),
    ranges: {
      isBasicRow: new Uint8Array(rowCount).fill(1),
      isBasicColumn: new Uint8Array(0),
      rowDown: new Float64Array(rowCount),
      rowUp: new Float64Array(rowCount),
      costDown: new Float64Array(0),
      costUp: new Float64Array(0),
    },
  };
}

/** A column stays 0, or grows without end where that saves. */
function answerWithoutRows(program: LinearProgram): EngineAnswer {
  if (program.cost.some((cost) => cost < 0)) return { status: 'unbounded' };
  const columnCount = program.columns.length;
  return {
    status: 'optimal',
    columnValue: new Float64Array(columnCount),
    rowPrice: new Float64Array(0),
    ranges: {
      isBasicRow: new Uint8Array(0),
      isBasicColumn: new Uint8Array(columnCount),
      rowDown: new Float64Array(0),
      rowUp: new Float64Array(0),
      costDown: new Float64Array(columnCount),
      costUp: new Float64Array(columnCount).fill(Infinity),
    },
  };
}

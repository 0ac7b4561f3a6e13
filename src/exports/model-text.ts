import { buildAllocationModel } from '../../models/allocation-model.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { writeJavascriptLpSolver } from './javascript-lp-solver-format.ts';
import { writeLp } from './lp-format.ts';
import { writeMps } from './mps-format.ts';
import { type ProgramKey, programKey } from './program-key.ts';

const WRITERS = { lp: writeLp, mps: writeMps, 'javascript-lp-solver': writeJavascriptLpSolver };

/** The exchange formats a program can be written in. */
export type ModelFormat = keyof typeof WRITERS;

export const MODEL_FORMATS = Object.keys(WRITERS) as ModelFormat[];

/** The program of a scenario in an exchange format, with the key to its opaque names. */
export function modelText(data: PlanningData, format: ModelFormat): { program: string; key: ProgramKey } {
  const program = buildAllocationModel(data);
  const payroll = constantCostOf(data, 0, data.periods.length - 1);
  const hasConstant = payroll !== 0 || program.columns.length === 0;
  return { program: WRITERS[format](program, payroll), key: programKey(data, program, hasConstant) };
}

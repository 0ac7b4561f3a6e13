import { families } from './constraints/index.ts';
import { addHoursPlacedRows } from './hours-placed.ts';
import { type LinearProgram, ProgramBuilder } from './linear-program.ts';
import type { PlanningData } from './planning-data.ts';

/** A scenario's planning data with the program that they make. */
export interface Formulation {
  readonly data: PlanningData;
  readonly program: LinearProgram;
}

/**
 * The whole formulation: one column for every eligible placement, then the columns and rows of every planning rule.
 *
 * Minimise Σ c[w,k,t] x[w,k,t] + Σ shortfallCost[w] u[w,t] + Σ backlogCost[w] b[w,t], all columns in hours and ≥ 0.
 * The payroll of teams paid for their whole capacity is a constant and is not part of the program.
 */
export function buildAllocationModel(data: PlanningData): LinearProgram {
  const program = new ProgramBuilder();
  program.addPlacements(data.placements);
  for (const family of families) if ('addColumns' in family) family.addColumns(data, program);
  for (const family of families) family.addRows(data, program);
  addHoursPlacedRows(data, program);
  return program.build();
}

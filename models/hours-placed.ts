import type { LinearProgram, ProgramBuilder, RowKey } from './linear-program.ts';
import { placementsByPeriod } from './placement-groups.ts';
import type { PlanningData } from './planning-data.ts';

/**
 * `p[t] = Σ_w Σ_k x[w,k,t]`, the workload hours placed in a period, as a column of its own.
 *
 * Shares of all work are limits on it. Written out in each of them, the sum made three quarters of a large program's
 * entries, and engines took up to six times as long. Families ask for the columns; the rows follow where there are any.
 */
export function addHoursPlacedColumns(data: PlanningData, program: ProgramBuilder): void {
  data.periods.forEach((_, period) => {
    const key = { kind: 'hours-placed', period } as const;
    if (program.columnOf(key) === undefined) program.addColumn(key, 0);
  });
}

/** The rows that say what the columns are. They are no limits of the user's and have no price of their own. */
export function addHoursPlacedRows(data: PlanningData, program: ProgramBuilder): void {
  const groups = placementsByPeriod(data);
  data.periods.forEach(({ id }, period) => {
    const column = program.columnOf({ kind: 'hours-placed', period });
    if (column === undefined) return;
    program.beginRow({ family: 'hours-placed', subject: { period: id }, isDefinition: true }, '=', 0);
    for (let i = groups.start[period]; i < groups.start[period + 1]; i += 1)
      program.addEntry(groups.member[i], 1);
    program.addEntry(column, -1);
  });
}

/** A column that is a sum, the row that says of what, and where the column's own entry stands in it. */
export interface DefinedSum {
  readonly column: number;
  readonly row: number;
  readonly at: number;
}

/** The columns above in a program, so that what is made of its rows can be told of placements alone. */
export function definedSums({ rows, rowStart, columnIndex, columns }: LinearProgram): DefinedSum[] {
  const sums: DefinedSum[] = [];
  rows.forEach(({ isDefinition }, row) => {
    if (!isDefinition) return;
    for (let at = rowStart[row]; at < rowStart[row + 1]; at += 1)
      if (columns[columnIndex[at]].kind === 'hours-placed') sums.push({ column: columnIndex[at], row, at });
  });
  return sums;
}

/** Most hours that can be placed in the period of a share's row, by its workflow or by all: what one unit of the share is at most. */
export function mostHoursOfShare({ workflows }: PlanningData, { shareOf }: RowKey): number {
  const { workflow, period } = shareOf!;
  const counted = workflow === undefined ? workflows : [workflows[workflow]];
  return counted.reduce((sum, { mostHours }) => sum + mostHours[period], 0);
}

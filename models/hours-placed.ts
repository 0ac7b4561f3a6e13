import type { ProgramBuilder, RowKey } from './linear-program.ts';
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

/** Most hours that can be placed in the period of a share's row, by its workflow or by all: what one unit of the share is at most. */
export function mostHoursOfShare({ workflows }: PlanningData, { shareOf }: RowKey): number {
  const { workflow, period } = shareOf!;
  const counted = workflow === undefined ? workflows : [workflows[workflow]];
  return counted.reduce((sum, { mostHours }) => sum + mostHours[period], 0);
}

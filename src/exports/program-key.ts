import { type ColumnKey, isPeople, isSecondSkill, type LinearProgram } from '../../models/linear-program.ts';
import type { PlanningData } from '../../models/planning-data.ts';

/** What the opaque names in an exported program stand for, in the order of its columns and rows. */
export interface ProgramKey {
  readonly columns: readonly Record<string, string | undefined>[];
  readonly rows: readonly { readonly name: string; readonly family: string; readonly subject: object }[];
}

/**
 * Names in an exported program are opaque: text from a scenario never reaches a format in which a vendor called `free`
 * is a keyword. The key tells what they mean.
 */
export const columnName = (column: number): string => `c${column}`;
export const rowName = (row: number): string => `r${row}`;

/** The objective's constant: a column that is always 1, since not every reader knows constants. */
export const CONSTANT_NAME = 'payroll';

/** `hasConstant` says whether the program is written with the column of the constant. */
export function programKey(data: PlanningData, program: LinearProgram, hasConstant: boolean): ProgramKey {
  const columns = program.columns.map((key, column) => ({
    name: columnName(column),
    ...describeColumn(data, key),
  }));
  return {
    columns: hasConstant ? [...columns, { name: CONSTANT_NAME, kind: 'payroll' }] : columns,
    rows: program.rows.map(({ family, subject }, row) => ({ name: rowName(row), family, subject })),
  };
}

function describeColumn(data: PlanningData, key: ColumnKey): Record<string, string> {
  if (key.kind === 'site-open') return { kind: key.kind, site: data.sites[key.site].id };
  if (key.kind === 'workflow-at-site') {
    return { kind: key.kind, workflow: data.workflows[key.workflow].id, site: data.sites[key.site].id };
  }
  if (key.kind === 'workflow-at-site-in-period') {
    const [workflow, site, period] = [
      data.workflows[key.workflow],
      data.sites[key.site],
      data.periods[key.period],
    ];
    return { kind: key.kind, workflow: workflow.id, site: site.id, period: period.id };
  }
  if (key.kind === 'relief') return { kind: key.kind, family: key.family };
  if (key.kind === 'hours-placed') return { kind: key.kind, period: data.periods[key.period].id };
  if (key.kind === 'billed' || key.kind === 'quality' || key.kind === 'bracket')
    return { kind: key.kind, vendor: data.vendors[key.vendor], period: data.periods[key.period].id };
  if (isSecondSkill(key)) {
    const { id, headcount } = data.teams[key.team];
    const { skill } = headcount!.crossTraining[key.skill];
    return { kind: key.kind, team: id, skill, period: data.periods[key.period].id };
  }
  if (isPeople(key) || key.kind === 'class' || key.kind === 'class-digit')
    return { kind: key.kind, team: data.teams[key.team].id, period: data.periods[key.period].id };
  return {
    kind: key.kind,
    workflow: data.workflows[key.workflow].id,
    ...(key.kind === 'placement' && { team: data.teams[key.team].id }),
    period: data.periods[key.period].id,
  };
}

import { buildAllocationModel } from '../../models/allocation-model.ts';
import {
  type ColumnKey,
  isPeople,
  isSecondSkill,
  type LinearProgram,
  rightHandSide,
  senseOfRow,
} from '../../models/linear-program.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { planningData } from './solved-plan.ts';

/**
 * One family's rows of a scenario's program, with every column and its cost, in names a planner can read:
 * `x[appeals,manila,P1]` hours placed, `u[appeals,P1]` shortfall, `b[appeals,P1]` backlog, `p[P1]` all hours placed.
 *
 * `offset` and `share` after a row say how the user's limit differs from its right-hand side.
 */
export function readableProgram(scenario: Scenario, family: string): string {
  const data = planningData(scenario);
  const program = buildAllocationModel(data);
  const costs = program.columns.map((key, j) => `  ${decimal(program.cost[j])} ${columnName(key, data)}`);
  const rows = program.rows.flatMap((key, row) =>
    key.family === family ? [`  ${readableRow(program, row, data)}`] : [],
  );
  const choices = program.columns
    .filter((_, column) => program.isBinary[column])
    .map((key) => columnName(key, data));
  const bounds = choices.length > 0 ? `all columns >= 0, ${choices.join(', ')} 0 or 1` : 'all columns >= 0';
  return ['minimise', ...costs, `subject to ${family}`, ...rows, bounds, ''].join('\n');
}

function readableRow(program: LinearProgram, row: number, data: PlanningData): string {
  const { subject, offset, shareOf } = program.rows[row];
  const terms: string[] = [];
  for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
    const coefficient = program.coefficient[i];
    const sign = terms.length === 0 ? '' : coefficient < 0 ? '- ' : '+ ';
    const size = terms.length === 0 ? coefficient : Math.abs(coefficient);
    terms.push(`${sign}${decimal(size)} ${columnName(program.columns[program.columnIndex[i]], data)}`);
  }
  const limit = `${senseOfRow(program, row)} ${decimal(rightHandSide(program, row))}`;
  const notes = [
    ...(offset === 0 ? [] : [`offset ${decimal(offset)}`]),
    ...(shareOf === undefined ? [] : [`share ${decimal(shareOf.share)}`]),
  ];
  const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `[${Object.values(subject).join(',') || 'all'}]: ${terms.join(' ') || '0'} ${limit}${note}`;
}

function columnName(key: ColumnKey, { workflows, teams, sites, periods, vendors }: PlanningData): string {
  if (key.kind === 'site-open') return `y[${sites[key.site].id}]`;
  if (key.kind === 'workflow-at-site-in-period')
    return `z[${workflows[key.workflow].id},${sites[key.site].id},${periods[key.period].id}]`;
  if (key.kind === 'workflow-at-site') return `v[${workflows[key.workflow].id},${sites[key.site].id}]`;
  if (key.kind === 'relief') return `r[${Object.values(key.limit).join(',')}]`;
  if (key.kind === 'hours-placed') return `p[${periods[key.period].id}]`;
  if (key.kind === 'billed') return `q[${vendors[key.vendor]},${periods[key.period].id},${key.slice}]`;
  if (key.kind === 'quality') return `g[${vendors[key.vendor]},${periods[key.period].id}]`;
  if (key.kind === 'bracket') return `z[${vendors[key.vendor]},${periods[key.period].id},${key.bracket}]`;
  if (key.kind === 'class-digit') return `d[${teams[key.team].id},${periods[key.period].id},${key.digit}]`;
  if (key.kind === 'class') return `c[${teams[key.team].id},${periods[key.period].id}]`;
  if (isPeople(key)) return `${key.kind}[${teams[key.team].id},${periods[key.period].id}]`;
  if (isSecondSkill(key)) {
    const { id, headcount } = teams[key.team];
    return `${key.kind}[${id},${headcount!.crossTraining[key.skill].skill},${periods[key.period].id}]`;
  }
  const [workflow, period] = [workflows[key.workflow].id, periods[key.period].id];
  if (key.kind === 'placement') return `x[${workflow},${teams[key.team].id},${period}]`;
  return `${key.kind === 'shortfall' ? 'u' : 'b'}[${workflow},${period}]`;
}

/** Ten significant digits: a reader checks 1.5, not 1.4999999999999998. */
function decimal(value: number): string {
  return String(Number(value.toPrecision(10)));
}

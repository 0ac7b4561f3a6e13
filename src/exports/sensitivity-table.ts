import type { Formulation } from '../../models/allocation-model.ts';
import { type Names, namesOf } from '../../models/constraint-family.ts';
import {
  isAllowance,
  type LinearProgram,
  type RowKey,
  senseOfRow,
  textOfLimit,
} from '../../models/linear-program.ts';
import type { ConstraintReport, PlacementReport, PricedReport } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { columnHolder } from '../../models/sensitivity/column-holder.ts';
import { type CsvCell, csvText } from './csv-text.ts';
import { columnName, rowName } from './program-key.ts';

/** The tables, each with its columns as Excel's Solver names and orders them. */
const COLUMNS = {
  variables: [
    'Cell',
    'Name',
    'Final Value',
    'Reduced Cost',
    'Objective Coefficient',
    'Allowable Increase',
    'Allowable Decrease',
  ],
  constraints: [
    'Cell',
    'Name',
    'Final Value',
    'Shadow Price',
    'Constraint R.H. Side',
    'Allowable Increase',
    'Allowable Decrease',
  ],
  'constraint-status': ['Cell', 'Name', 'Cell Value', 'Formula', 'Status', 'Slack'],
} as const;

/** A part of a Solver report; the last one is of the *Answer* report, the others are of the *Sensitivity* report. */
export type SensitivityTable = keyof typeof COLUMNS;

export const SENSITIVITY_TABLES = Object.keys(COLUMNS) as SensitivityTable[];

/** How a range without an end is written: as an empty cell, or as Solver writes it. */
export const INFINITIES = ['blank', '1E+30'] as const;

export type InfinityText = (typeof INFINITIES)[number];

/**
 * A classic sensitivity report as one table of CSV, with the columns, the order and the signs of Excel's Solver.
 *
 * `Cell` is the name of the column or row in the exported program (`model-text.ts`). The right-hand side of a limit is the
 * scenario's own number, and that of a share the allowance, 0 hours, by which the share may be passed: what is printed can be
 * changed by the printed ranges at the printed price. With choices held every name says `choices-fixed`.
 */
export function sensitivityTable(
  report: PricedReport,
  { data, program }: Formulation,
  table: SensitivityTable,
  infinity: InfinityText,
): string {
  const names = namesOf(data);
  const end = (range: number | null): CsvCell => range ?? (infinity === 'blank' ? '' : infinity);
  if (table === 'variables') {
    const rows = report.placements.map((placement, column) => [
      columnName(column),
      placementName(data, program, column, names) + remark(report, placement),
      ...numbersOfPlacement(placement, end),
    ]);
    return csvText(COLUMNS[table], rows);
  }
  const rowOf = rowFinder(program);
  const rows = report.constraints.map((reported) => {
    const row = rowOf(reported);
    const key = program.rows[row];
    const limit = asInSolver(reported, key);
    const formula = `${rowName(row)}${senseOfRow(program, row)}${limit.limit}`;
    const cells = table === 'constraints' ? pricesOfLimit(limit, end) : statusOfLimit(limit, formula);
    return [rowName(row), limitName(limit, key) + remark(report), ...cells];
  });
  return csvText(COLUMNS[table], rows);
}

type RangeEnd = (range: number | null) => CsvCell;

/** Placements are the first columns of every program, and a report has all of them in the same order. */
function placementName(data: PlanningData, program: LinearProgram, column: number, names: Names): string {
  return columnHolder(data, program.columns[column], names)?.label ?? '';
}

/** Solver gives no such report where there are yes/no choices, so nobody may take these prices for more than they are. */
function remark({ basis }: PricedReport, placement?: PlacementReport): string {
  if (basis === 'lp') return '';
  return placement?.closed ? ' [choices-fixed: closed]' : ' [choices-fixed]';
}

function numbersOfPlacement(
  { hours, reducedCost, costPerDemandHour, allowableIncrease, allowableDecrease }: PlacementReport,
  end: RangeEnd,
): CsvCell[] {
  return [hours, reducedCost, costPerDemandHour, end(allowableIncrease), end(allowableDecrease)];
}

/** Looks up the row of a limit; link rows and sums are no limits and may have the same subject. */
function rowFinder({ rows }: LinearProgram): (limit: ConstraintReport) => number {
  const found = new Map(
    rows.flatMap((key, row) => (key.isLink || key.isDefinition ? [] : [[textOfLimit(key), row] as const])),
  );
  return (limit) => {
    const row = found.get(textOfLimit(limit));
    if (row === undefined) throw new Error(`No row of the program is ${limit.label}.`);
    return row;
  };
}

function limitName({ label }: ConstraintReport, key: RowKey): string {
  return isAllowance(key) ? `${label}, hours above it` : label;
}

/** What of a limit is used, and the limit; of one that moves with the plan the hours above it (below it if negative) and the allowance, 0. */
function asInSolver(limit: ConstraintReport, key: RowKey): ConstraintReport {
  return isAllowance(key) ? { ...limit, used: limit.used - limit.limit, limit: 0 } : limit;
}

function pricesOfLimit(
  { used, shadowPrice, limit, allowableIncrease, allowableDecrease }: ConstraintReport,
  end: RangeEnd,
): CsvCell[] {
  return [used, shadowPrice, limit, end(allowableIncrease), end(allowableDecrease)];
}

function statusOfLimit({ used, binding, slack }: ConstraintReport, formula: string): CsvCell[] {
  return [used, formula, binding ? 'Binding' : 'Not Binding', slack];
}

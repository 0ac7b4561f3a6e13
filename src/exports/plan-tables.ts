import { PEOPLE_COSTS } from '../../models/people/headcount.ts';
import type { ConstraintReport, Plan, PlacementReport } from '../../models/plan.ts';
import { centsWithRounding, toCents } from './cents.ts';
import { type CsvCell, csvText } from './csv-text.ts';

/** The tables of a plan, each with the field that it is made of. */
export const FIELD_OF_TABLE = {
  allocation: 'allocation',
  shortfall: 'shortfall',
  backlog: 'backlog',
  sites: 'sites',
  people: 'people',
  'second-skills': 'people',
  classes: 'classes',
  contracts: 'contracts',
  constraints: 'sensitivity',
  placements: 'sensitivity',
} as const satisfies Record<string, keyof Plan>;

export type PlanTable = keyof typeof FIELD_OF_TABLE;

export const PLAN_TABLES = Object.keys(FIELD_OF_TABLE) as PlanTable[];

/**
 * A table of a plan as CSV; undefined where the plan does not have it.
 *
 * Money that adds up (`cost`, `opening_cost`) and bills are in cents, each line half-up; where that is not what the total is in cents, a last line
 * `rounding` has the difference. Everything else has every digit: hours, limits, ranges, and prices, which are money per unit. A range without
 * an end is an empty cell, and so is a price of one more or one less where there is no plan with it.
 */
export function planTable(table: PlanTable, plan: Partial<Plan>): string | undefined {
  const { allocation, sites, sensitivity, costs } = plan;
  switch (table) {
    case 'allocation':
      return allocation && costs && allocationTable(allocation, costs.handling);
    case 'sites':
      return sites && costs && siteTable(sites, costs.opening);
    case 'people':
      return plan.people && peopleTable(plan.people);
    case 'second-skills':
      return plan.people && secondSkillTable(plan.people);
    case 'classes':
      return plan.classes && classTable(plan.classes);
    case 'contracts':
      return plan.contracts && costs && billTable(plan.contracts, costs.contracts);
    case 'shortfall':
    case 'backlog':
      return plan[table] && hoursTable(plan[table]);
    case 'constraints':
    case 'placements': {
      if (!sensitivity || 'unavailable' in sensitivity) return undefined;
      const { basis } = sensitivity;
      return table === 'constraints'
        ? constraintTable(sensitivity.constraints, basis)
        : placementTable(sensitivity.placements, basis);
    }
  }
}

function allocationTable(lines: NonNullable<Plan['allocation']>, total: number): string {
  const costs = lines.map(({ cost }) => cost);
  const header = ['workflow', 'team', 'site', 'period', 'hours', 'contacts', 'team_hours', 'share', 'cost'];
  const rows = lines.map((line): CsvCell[] => [
    line.workflow,
    line.team,
    line.site,
    line.period,
    line.hours,
    line.contacts ?? '',
    line.teamHours,
    line.share,
  ]);
  return csvText(header, withMoney(rows, costs, total));
}

function siteTable(lines: NonNullable<Plan['sites']>, total: number): string {
  const costs = lines.map(({ openingCost }) => openingCost);
  const rows = lines.map(({ site, open }): CsvCell[] => [site, String(open)]);
  return csvText(['site', 'open', 'opening_cost'], withMoney(rows, costs, total));
}

/** Money for people in every line, each term by itself, with every digit: no total is made of one of them alone. */
function peopleTable(lines: NonNullable<Plan['people']>): string {
  const header = [
    ...[
      'team',
      'period',
      'heads',
      'heads_net_of_shrinkage',
      'hires',
      'in_training',
      'in_nesting',
      'released',
    ],
    ...['productive_hours', 'overtime_hours', 'trainer_hours', 'used_hours'],
    ...PEOPLE_COSTS,
  ];
  const rows = lines.map((line): CsvCell[] => [
    ...[line.team, line.period, line.heads, line.headsNetOfShrinkage],
    ...[line.hires, line.inTraining, line.inNesting, line.released],
    ...[line.productiveHours, line.overtimeHours, line.trainerHours, line.usedHours],
    ...PEOPLE_COSTS.map((term) => line.costs[term]),
  ]);
  return csvText(header, rows);
}

/** One row a team, period and second skill; none where no team has any. */
function secondSkillTable(lines: NonNullable<Plan['people']>): string {
  const rows = lines.flatMap(({ team, period, secondSkills = [] }) =>
    secondSkills.map(({ skill, heads, trainingBegins, released, usedHours }): CsvCell[] => [
      ...[team, period, skill, heads, trainingBegins, released, usedHours],
    ]),
  );
  return csvText(['team', 'period', 'skill', 'heads', 'training_begins', 'released', 'used_hours'], rows);
}

function classTable(lines: NonNullable<Plan['classes']>): string {
  const rows = lines.map(({ team, period, start, heads, headsFrom, graduates }): CsvCell[] => [
    ...[team, period, start ?? '', heads, headsFrom ?? '', graduates],
  ]);
  return csvText(['team', 'period', 'start', 'heads', 'heads_from', 'graduates'], rows);
}

function billTable(lines: NonNullable<Plan['contracts']>, total: number): string {
  const rows = lines.map((bill): CsvCell[] => [
    ...[bill.vendor, bill.period, bill.unit, bill.volume, toCents(bill.total) / 100, bill.exchangeRate],
  ]);
  const costs = lines.map(({ cost }) => cost);
  const header = [
    'vendor',
    'period',
    'unit',
    'volume',
    'total_in_contract_currency',
    'exchange_rate',
    'cost',
  ];
  return csvText(header, withMoney(rows, costs, total));
}

/** Rows with their money behind them, and what rounding leaves over. */
function withMoney(rows: readonly CsvCell[][], amounts: readonly number[], total: number): CsvCell[][] {
  const { cents, rounding } = centsWithRounding(amounts, total);
  const lines = rows.map((cells, i) => [...cells, cents[i] / 100]);
  if (rounding === 0 || rows.length === 0) return lines;
  const empty = rows[0].slice(1).map((): CsvCell => '');
  return [...lines, ['rounding', ...empty, rounding / 100]];
}

function hoursTable(lines: NonNullable<Plan['shortfall']>): string {
  const rows = lines.map(({ workflow, period, hours }) => [workflow, period, hours]);
  return csvText(['workflow', 'period', 'hours'], rows);
}

type Basis = 'lp' | 'choices-fixed';

const SUBJECT = ['workflow', 'team', 'skill', 'site', 'vendor', 'period'] as const;

function constraintTable(constraints: readonly ConstraintReport[], basis: Basis): string {
  // Second skills are in few plans: without them nobody needs a column for them.
  const kinds = SUBJECT.filter(
    (kind) => kind !== 'skill' || constraints.some(({ subject }) => subject.skill !== undefined),
  );
  // Both of a limit's true prices are in a full report only.
  const isFull = constraints.some(({ costOfOneMore }) => costOfOneMore !== undefined);
  const header = [
    ...['family', 'label', ...kinds, 'unit', 'used', 'limit', 'slack', 'binding', 'degenerate', 'basis'],
    ...['shadow_price', 'allowable_increase', 'allowable_decrease'],
    ...(isFull ? ['cost_of_one_more', 'saving_of_one_less'] : []),
  ];
  const rows = constraints.map((limit): CsvCell[] => [
    limit.family,
    limit.label,
    ...kinds.map((kind) => limit.subject[kind] ?? ''),
    limit.unit,
    limit.used,
    limit.limit,
    limit.slack,
    String(limit.binding),
    String(limit.degenerate),
    basis,
    limit.shadowPrice,
    limit.allowableIncrease ?? '',
    limit.allowableDecrease ?? '',
    ...(isFull ? [limit.costOfOneMore ?? '', limit.savingOfOneLess ?? ''] : []),
  ]);
  return csvText(header, rows);
}

function placementTable(placements: readonly PlacementReport[], basis: Basis): string {
  const header = [
    ...['workflow', 'team', 'period', 'hours', 'basis', 'closed', 'cost_per_demand_hour', 'reduced_cost'],
    ...['allowable_increase', 'allowable_decrease', 'break_even_cost_per_demand_hour'],
  ];
  const rows = placements.map((placement): CsvCell[] => [
    placement.workflow,
    placement.team,
    placement.period,
    placement.hours,
    basis,
    String(placement.closed ?? false),
    placement.costPerDemandHour,
    placement.reducedCost,
    placement.allowableIncrease ?? '',
    placement.allowableDecrease ?? '',
    placement.breakEvenCostPerDemandHour,
  ]);
  return csvText(header, rows);
}

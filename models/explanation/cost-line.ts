import type { LinearProgram } from '../linear-program.ts';
import { NOISE_HOURS } from '../plan-numbers.ts';
import type { PlanningData } from '../planning-data.ts';

/**
 * Costs of some placements that move together: at `at` each costs `at · perUnit` per workload hour. One placement's own
 * cost moves at 1; a team's rate moves all that it makes the cost of, each by what a unit of the rate comes to.
 */
export interface CostLine {
  /** Positions in the program, each once, all placements. */
  readonly columns: readonly number[];
  readonly perUnit: readonly number[];
}

/** The program with the costs of a line as they are at `at`: in the objective, and in the budgets, which count the same cost. */
export function withCostsAt(
  data: PlanningData,
  program: LinearProgram,
  { columns, perUnit }: CostLine,
  at: number,
): LinearProgram {
  const cost = program.cost.slice();
  columns.forEach((column, i) => {
    cost[column] = at * perUnit[i];
  });
  const moved = { ...program, cost };
  return program.rows.some(({ family }) => family === 'budget') ? withBudgets(data, moved, columns) : moved;
}

/** A cost of 0 has no entry in a budget, so those of the moved columns are made anew. */
function withBudgets(data: PlanningData, program: LinearProgram, columns: readonly number[]): LinearProgram {
  const isMoved = new Uint8Array(program.columns.length);
  for (const column of columns) isMoved[column] = 1;
  const [rowStart, columnIndex, coefficient] = [[0], [] as number[], [] as number[]];
  const add = (column: number, value: number) => {
    if (value === 0) return;
    columnIndex.push(column);
    coefficient.push(value);
  };
  program.rows.forEach((key, row) => {
    const isBudget = key.family === 'budget';
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1)
      if (!isBudget || !isMoved[program.columnIndex[i]]) add(program.columnIndex[i], program.coefficient[i]);
    if (isBudget)
      for (const column of columns)
        if (isCovered(data, program, row, column)) add(column, program.cost[column]);
    rowStart.push(columnIndex.length);
  });
  return {
    ...program,
    rowStart: new Int32Array(rowStart),
    columnIndex: new Int32Array(columnIndex),
    coefficient: new Float64Array(coefficient),
  };
}

/** Whether a budget counts the cost of a placement: that of its period and that of the whole horizon do. */
function isCovered(
  data: PlanningData,
  { rows, columns }: LinearProgram,
  budget: number,
  column: number,
): boolean {
  const { period } = rows[budget].subject;
  const key = columns[column];
  return key.kind === 'placement' && (period === undefined || data.periods[key.period].id === period);
}

/** The budgets that count any of the costs of a line. */
export function budgetsOf(data: PlanningData, program: LinearProgram, { columns }: CostLine): number[] {
  return program.rows.flatMap(({ family }, row) =>
    family === 'budget' && columns.some((column) => isCovered(data, program, row, column)) ? [row] : [],
  );
}

/** Change of the cost per unit of `at` in a plan: for a rate, what is billed in units of it. */
export function slopeOf({ columns, perUnit }: CostLine, columnValue: Float64Array): number {
  return columns.reduce(
    (sum, column, i) => sum + (columnValue[column] > NOISE_HOURS ? perUnit[i] * columnValue[column] : 0),
    0,
  );
}

/**
 * How far up the costs of a line could rise, from `at`, with this very plan, before a budget is full; `program` has the
 * costs as they are at `at`.
 */
export function reachWithinBudgets(
  data: PlanningData,
  program: LinearProgram,
  line: CostLine,
  at: number,
  columnValue: Float64Array,
): number {
  let reach = Infinity;
  for (const row of budgetsOf(data, program, line)) {
    let [spent, perUnit] = [0, 0];
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1)
      spent += program.coefficient[i] * columnValue[program.columnIndex[i]];
    line.columns.forEach((column, i) => {
      if (isCovered(data, program, row, column)) perUnit += line.perUnit[i] * columnValue[column];
    });
    if (perUnit > 0) reach = Math.min(reach, at + Math.max(0, program.rowUpper[row] - spent) / perUnit);
  }
  return reach;
}

/**
 * How much more a plan costs than another, each by its own program's costs. Differences first: of two costs of millions that
 * differ by cents, the cents are exact.
 */
export function costDifference(
  program: LinearProgram,
  columnValue: Float64Array,
  otherProgram: LinearProgram,
  otherValue: Float64Array,
): number {
  let difference = 0;
  for (let j = 0; j < columnValue.length; j += 1) {
    const [cost, other] = [program.cost[j], otherProgram.cost[j]];
    if (cost === other) difference += cost * (columnValue[j] - otherValue[j]);
    else difference += cost * columnValue[j] - other * otherValue[j];
  }
  return difference;
}

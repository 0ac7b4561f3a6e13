import {
  type LinearProgram,
  rightHandSide,
  senseOfRow,
  textOfKey,
  textOfLimit,
} from '../../models/linear-program.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import type { PlanNumbers, PlanPrice } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { buildAllocationModel } from '../../models/allocation-model.ts';

/**
 * A second opinion on a changed plan, from the program and not from the certificate's own arithmetic: whether the plan
 * still keeps every row, states its money right and is proven optimal by its prices.
 *
 * Sizes that only just differ are read in the certificate's favour: where two measures of the same violation disagree
 * in the last digits, a mutation counts as harmful only above twice the tolerance.
 */
export function isHarmless(scenario: Scenario, plan: PlanNumbers, duals: readonly PlanPrice[]): boolean {
  const { data } = normaliseScenario(scenario);
  if (data === undefined) return false;
  const program = buildAllocationModel(data);
  const value = columnValuesOf(data, program, plan);
  return (
    value !== undefined &&
    keepsEveryRow(data, program, value) &&
    statesTheSame(planNumbersOf(data, program, value), plan) &&
    provesOptimum(data, program, plan.totalCost, duals)
  );
}

const TOLERANCE = 2e-6;

function isClose(actual: number, expected: number, size = expected): boolean {
  return Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(size));
}

/** The values of the program's columns that a plan's lines say; undefined where a line fits no column or two fit one. */
export function columnValuesOf(
  data: PlanningData,
  program: LinearProgram,
  plan: Pick<PlanNumbers, 'allocation' | 'shortfall' | 'backlog'>,
): Float64Array | undefined {
  const columns = new Map(
    program.columns.flatMap((key, column) => {
      if (key.kind === 'relief') return [];
      const name =
        key.kind === 'placement' ? `placement ${key.workflow} ${key.team} ${key.period}` : textOfKey(key);
      return [[name, column] as const];
    }),
  );
  const value = new Float64Array(program.columns.length);
  const put = (name: string, hours: number) => {
    const column = columns.get(name);
    if (column === undefined || value[column] !== 0 || !(hours > 0)) return false;
    value[column] = hours;
    return true;
  };
  const { workflow, team, period } = data.positions;
  try {
    for (const line of plan.allocation) {
      const name = `placement ${workflow(line.workflow)} ${team(line.team)} ${period(line.period)}`;
      if (!put(name, line.hours)) return undefined;
    }
    for (const kind of ['shortfall', 'backlog'] as const) {
      for (const line of plan[kind]) {
        if (!put(`${kind} ${workflow(line.workflow)} ${period(line.period)}`, line.hours)) return undefined;
      }
    }
    for (const [j, hours] of value.entries()) {
      if (j >= data.placements.count) break;
      const sum = columns.get(`hours-placed ${data.placements.period[j]}`);
      if (sum !== undefined) value[sum] += hours;
    }
  } catch {
    return undefined; // an id that the scenario does not have
  }
  return value;
}

function keepsEveryRow(data: PlanningData, program: LinearProgram, value: Float64Array): boolean {
  return program.rows.every(({ offset, shareOf, isDefinition }, row) => {
    if (isDefinition) return true; // its column was added up from the plan
    let activity = 0;
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      activity += program.coefficient[i] * value[program.columnIndex[i]];
    }
    let size = rightHandSide(program, row) + offset;
    if (shareOf) {
      data.placements.period.forEach((t, j) => {
        const isCounted = shareOf.workflow === undefined || data.placements.workflow[j] === shareOf.workflow;
        if (t === shareOf.period && isCounted) size += shareOf.share * value[j];
      });
    }
    const violation = Math.max(program.rowLower[row] - activity, activity - program.rowUpper[row]);
    return violation <= TOLERANCE * Math.max(1, Math.abs(size));
  });
}

function statesTheSame(expected: PlanNumbers, plan: PlanNumbers): boolean {
  const terms = Object.keys(expected.costs) as (keyof PlanNumbers['costs'])[];
  return (
    plan.currency === expected.currency &&
    isClose(plan.totalCost, expected.totalCost) &&
    terms.every((term) => isClose(plan.costs[term], expected.costs[term])) &&
    plan.allocation.length === expected.allocation.length &&
    expected.allocation.every((line) => {
      const stated = plan.allocation.find(
        ({ workflow, team, period }) =>
          workflow === line.workflow && team === line.team && period === line.period,
      );
      return (
        stated?.site === line.site &&
        (stated.contacts === null) === (line.contacts === null) &&
        isClose(stated.contacts ?? 0, line.contacts ?? 0) &&
        isClose(stated.teamHours, line.teamHours) &&
        isClose(stated.share, line.share) &&
        isClose(stated.cost, line.cost)
      );
    }) &&
    plan.sites.length === expected.sites.length &&
    expected.sites.every(({ site, open, openingCost }) =>
      plan.sites.some(
        (stated) => stated.site === site && stated.open === open && isClose(stated.openingCost, openingCost),
      ),
    )
  );
}

/** Weak duality on the program's own matrix: signs, reduced costs and the bound. */
function provesOptimum(
  data: PlanningData,
  program: LinearProgram,
  totalCost: number,
  duals: readonly PlanPrice[],
): boolean {
  const rowOf = new Map(program.rows.map((key, row) => [textOfLimit(key), row]));
  const price = new Float64Array(program.rows.length);
  for (const { family, subject, price: given } of duals) {
    const row = rowOf.get(textOfLimit({ family, subject }));
    if (row === undefined || price[row] !== 0) return false;
    price[row] = given;
  }
  let bound = data.teams
    .flatMap(({ capacity }) => capacity)
    .reduce((sum, entry) => sum + (entry?.payroll ?? 0), 0);
  const reducedCost = program.cost.slice();
  const scale = program.cost.map((cost) => Math.max(1, cost));
  // Definitions come last in a program. The price of one is what the limits on its column are worth together.
  for (let row = 0; row < price.length; row += 1) {
    if (program.rows[row].isDefinition)
      price[row] = -reducedCost[program.columnIndex[program.rowStart[row + 1] - 1]];
    const sense = senseOfRow(program, row);
    const wrong = sense === '<=' ? price[row] : sense === '>=' ? -price[row] : 0;
    if (wrong > TOLERANCE) return false;
    bound += price[row] * rightHandSide(program, row);
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      const term = price[row] * program.coefficient[i];
      reducedCost[program.columnIndex[i]] -= term;
      scale[program.columnIndex[i]] = Math.max(scale[program.columnIndex[i]], Math.abs(term));
    }
  }
  return reducedCost.every((reduced, j) => reduced >= -TOLERANCE * scale[j]) && isClose(bound, totalCost);
}

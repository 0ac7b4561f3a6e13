import type { PlacementReport } from '../plan.ts';
import { distance, type LimitUsage, type PricedProgram } from './priced-program.ts';

/**
 * Every eligible placement with its reduced cost, its break-even and the range of its cost.
 *
 * A budget counts the same cost that the objective counts. So with a price `y_b ≤ 0` on the budgets that cover a
 * placement, one money unit more of its cost is felt as `1 − Σ y_b`, and the break-even lies at
 * `cost − reducedCost / (1 − Σ y_b)`.
 */
export function placementReports(solved: PricedProgram, usage: readonly LimitUsage[]): PlacementReport[] {
  const { data, columnValue, ranges } = solved;
  const { placements, workflows, teams, periods } = data;
  const reducedCost = reducedCostsOf(solved);
  const budgets = budgetsByPeriod(solved);
  return Array.from({ length: placements.count }, (_, j) => {
    const t = placements.period[j];
    const cost = placements.costPerDemandHour[j];
    const isBasic = ranges.isBasicColumn[j] === 1;
    const budgetPrice = budgets[t].reduce((sum, row) => sum + solved.rowPrice[row], 0);
    const saving = isBasic ? 0 : reducedCost[j] / (1 - budgetPrice);
    const isClosed = solved.isClosed?.[j] === 1;
    const range = isClosed
      ? NO_END
      : isBasic
        ? rangeWithinBudgets(solved, j, budgets[t], usage)
        : { allowableIncrease: null, allowableDecrease: Math.max(0, saving) };
    return {
      workflow: workflows[placements.workflow[j]].id,
      team: teams[placements.team[j]].id,
      period: periods[t].id,
      hours: columnValue[j] > 0 ? columnValue[j] : 0,
      costPerDemandHour: cost,
      reducedCost: isBasic ? 0 : reducedCost[j] + 0,
      ...range,
      breakEvenCostPerDemandHour: cost - saving,
      ...(isClosed && { closed: true as const }),
    };
  });
}

/** Whatever it costs, a placement at a closed site stays out of the plan while the choices are held. */
const NO_END = { allowableIncrease: null, allowableDecrease: null };

/** `c_j − Σ_i y_i a_ij`. */
function reducedCostsOf({ program, rowPrice }: PricedProgram): Float64Array {
  const reducedCost = program.cost.slice();
  rowPrice.forEach((price, row) => {
    if (price === 0) return;
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      reducedCost[program.columnIndex[i]] -= price * program.coefficient[i];
    }
  });
  return reducedCost;
}

/** The budget rows that cover each period: its own and that of the whole horizon. */
function budgetsByPeriod({ data, program }: PricedProgram): number[][] {
  const budgets = data.periods.map((): number[] => []);
  program.rows.forEach(({ family, subject }, row) => {
    if (family !== 'budget') return;
    data.periods.forEach((period, t) => {
      if (subject.period === undefined || subject.period === period.id) budgets[t].push(row);
    });
  });
  return budgets;
}

/**
 * How far the cost of a placement in use may move before the plan changes.
 *
 * The engine knows the cost in the objective only. A higher cost also eats into the budgets: until one is full the plan
 * stays. Where a full budget has a price, any change of cost moves hours at once.
 */
function rangeWithinBudgets(
  { data, columnValue, rowPrice, ranges }: PricedProgram,
  j: number,
  budgets: readonly number[],
  usage: readonly LimitUsage[],
): Pick<PlacementReport, 'allowableIncrease' | 'allowableDecrease'> {
  if (budgets.some((row) => rowPrice[row] !== 0)) return { allowableIncrease: 0, allowableDecrease: 0 };
  const cost = data.placements.costPerDemandHour[j];
  let allowableIncrease = distance(cost, ranges.costUp[j]);
  for (const row of budgets) {
    if (!(columnValue[j] > 0)) continue;
    allowableIncrease = Math.min(allowableIncrease ?? Infinity, usage[row].slack / columnValue[j]);
  }
  return { allowableIncrease, allowableDecrease: distance(ranges.costDown[j], cost) };
}

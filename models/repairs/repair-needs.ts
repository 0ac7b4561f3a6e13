import { patchedScenario } from './patched-scenario.ts';
import { relaxationOf } from '../constraints/index.ts';
import { type LinearProgram, senseOfRow } from '../linear-program.ts';
import type { PlanningData } from '../planning-data.ts';
import type { LimitChange, Rounding, ScenarioLimits } from '../relaxation.ts';
import type { ElasticProgram, Relief } from './elastic-program.ts';

/** How much of a relief a repair needs, in the unit of its kind. */
export interface Need {
  readonly relief: Relief;
  readonly amount: number;
}

/**
 * What a solution of the elastic program uses of the reliefs on offer.
 *
 * A share's relief is counted on the hours that are placed; the program counts it on the most that can be, because a
 * share times hours is no straight line. So a share may need more than its relief says, and never less. What weighs no more
 * than `noise` in the sum of reliefs is left out.
 */
export function needsOf(
  { program }: ElasticProgram,
  offered: readonly Relief[],
  values: Float64Array,
  noise: number,
): Need[] {
  return offered.flatMap((relief) => {
    const isShare = relaxationOf(relief.family).unit === 'share';
    const amount = isShare ? neededShare(program, relief, values) : values[relief.column];
    return amount * relief.weight > noise ? [{ relief, amount: Math.min(amount, relief.most) }] : [];
  });
}

/** Needs as the program's sum of all reliefs weighs them. */
export function weightedSum(needs: readonly Need[]): number {
  return needs.reduce((sum, { relief, amount }) => sum + relief.weight * amount, 0);
}

/** How much a share misses its limit by in the worst period, as a share of the hours placed there. */
function neededShare(program: LinearProgram, relief: Relief, values: Float64Array): number {
  let needed = 0;
  program.rows.forEach(({ shareOf }, row) => {
    const { rowStart, columnIndex, coefficient } = program;
    let isRelieved = false;
    let excess = 0;
    for (let i = rowStart[row]; shareOf && i < rowStart[row + 1]; i += 1) {
      if (columnIndex[i] === relief.column) isRelieved = true;
      else excess += coefficient[i] * values[columnIndex[i]];
    }
    if (!shareOf || !isRelieved) return;
    const missed = senseOfRow(program, row) === '<=' ? excess : -excess;
    const placed = hoursPlaced(program, shareOf, values);
    if (missed > 0 && placed > 0) needed = Math.max(needed, missed / placed);
  });
  return needed;
}

function hoursPlaced(
  { columns }: LinearProgram,
  { workflow, period }: { readonly workflow?: number; readonly period: number },
  values: Float64Array,
): number {
  return columns.reduce(
    (sum, key, column) =>
      key.kind === 'placement' &&
      key.period === period &&
      (workflow === undefined || key.workflow === workflow)
        ? sum + values[column]
        : sum,
    0,
  );
}

/** A need, and the change of the scenario that meets it. */
export interface MetNeed {
  readonly need: Need;
  readonly change: LimitChange;
}

/**
 * Every need as a change of the scenario, rounded outward. Where capacity is paid for whether it is used or not, rounding costs
 * money: budgets that change as well rise by that, too.
 */
export function metNeeds(
  data: PlanningData,
  scenario: ScenarioLimits,
  needs: readonly Need[],
  rounding: Rounding,
): MetNeed[] {
  const met = (need: Need, from: ScenarioLimits, more = 0): MetNeed => {
    const { family, limit } = need.relief;
    return { need, change: relaxationOf(family).changed(from, limit, need.amount + more, rounding) };
  };
  const isBudget = ({ relief }: Need) => relief.kind === 'higher-budget';
  // One after the other: a list that the first of them begins is there for the next.
  let changing = scenario;
  const others = needs
    .filter((need) => !isBudget(need))
    .map((need) => {
      const { change } = met(need, changing);
      changing = patchedScenario(changing, [change.patch]);
      return { need, change };
    });
  const spentOnRounding = (period: string | undefined) =>
    others.reduce((sum, { need: { relief, amount }, change }) => {
      const spending = relaxationOf(relief.family).spending?.(data, relief.limit);
      const counts = spending && (period === undefined || spending.period === period);
      return counts ? sum + (change.amount - amount) * spending.perUnit : sum;
    }, 0);
  const budgets = needs
    .filter(isBudget)
    .map((need) => met(need, changing, spentOnRounding(need.relief.limit.period)));
  return [...others, ...budgets];
}

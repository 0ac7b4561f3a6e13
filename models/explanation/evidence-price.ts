import { buildAllocationModel } from '../allocation-model.ts';
import { groupBy } from '../group-by.ts';
import { type LinearProgram, textOfLimit } from '../linear-program.ts';
import type { PlanningData } from '../planning-data.ts';
import type { PricedProgram } from '../sensitivity/priced-program.ts';
import type { Pair } from './evidence.ts';
import { chargesOfPlacements } from './placement-charges.ts';

/** What placements that the plan does not have would save, by its prices. Money. */
export interface EvidencePrice {
  /**
   * What the first workload hour at the best of them would save at most: one basis' prices show no less than it saves, at a degenerate
   * plan more.
   */
  readonly firstHourSaving: number;
  /** No plan with all of them saves more; proven by the prices where the plan has no choices. */
  readonly worthAtMost: number;
}

/** What one placement would save by the hour, and how many hours it could have. */
interface Saving {
  readonly workflow: number;
  readonly team: number;
  readonly period: number;
  readonly perHour: number;
  /** Workload hours, by demand and by the team's capacity. */
  readonly mostHours: number;
  readonly perTeamHour: number;
}

/**
 * Prices pairs that may not be placed, as columns of planning data in which they may: `granted` has the same workflows, teams, rules
 * and limits, and more placements.
 */
export function evidencePricer(
  { program, rowPrice }: Pick<PricedProgram, 'program' | 'rowPrice'>,
  granted: PlanningData,
): (pairs: readonly Pair[]) => EvidencePrice {
  const grantedProgram = buildAllocationModel(granted);
  const prices = pricesOfSameRows(program, rowPrice, grantedProgram);
  const costs = chargesOfPlacements(grantedProgram);
  const columnsOf = columnsByPair(granted);
  // A pair is opened by many changes of evidence, and is priced once.
  const known = new Map<number, readonly Saving[]>();
  const savingsOf = (pair: Pair): readonly Saving[] => {
    const key = keyOf(granted, pair);
    const savings =
      known.get(key) ??
      (columnsOf.get(key) ?? []).flatMap((column): Saving[] => {
        const { reducedCost, tolerance } = costs.chargedCost(column, prices);
        return reducedCost < -tolerance ? [savingAt(granted, column, -reducedCost)] : [];
      });
    known.set(key, savings);
    return savings;
  };
  return (pairs) => {
    const savings = pairs.flatMap(savingsOf);
    return {
      firstHourSaving: savings.reduce((most, { perHour }) => Math.max(most, perHour), 0),
      worthAtMost: Math.min(mostByDemand(granted, savings), mostByCapacity(granted, savings)),
    };
  };
}

/** The prices of the plan's limits, at the rows of another program that are the same limits. */
function pricesOfSameRows(
  program: LinearProgram,
  rowPrice: Float64Array,
  other: LinearProgram,
): Float64Array {
  const priceOf = new Map(program.rows.map((row, i) => [textOfLimit(row), rowPrice[i]]));
  return Float64Array.from(other.rows, (row) => (row.isLink ? 0 : (priceOf.get(textOfLimit(row)) ?? 0)));
}

function columnsByPair(data: PlanningData): Map<number, number[]> {
  const { count, workflow, team } = data.placements;
  const columns = new Map<number, number[]>();
  for (let j = 0; j < count; j += 1) {
    const key = keyOf(data, { workflow: workflow[j], team: team[j] });
    const known = columns.get(key);
    if (known) known.push(j);
    else columns.set(key, [j]);
  }
  return columns;
}

function keyOf({ teams }: PlanningData, { workflow, team }: Pair): number {
  return workflow * teams.length + team;
}

function savingAt({ placements, workflows, teams }: PlanningData, column: number, perHour: number): Saving {
  const [workflow, team, period] = [
    placements.workflow[column],
    placements.team[column],
    placements.period[column],
  ];
  const teamHours = placements.teamHoursPerDemandHour[column];
  const room = (teams[team].capacity[period]?.hours ?? 0) / teamHours;
  const mostHours = Math.min(workflows[workflow].mostHours[period], room);
  return { workflow, team, period, perHour, mostHours, perTeamHour: perHour / teamHours };
}

/** Each workflow's hours of a period go to the best of its new placements, as far as there is room. */
function mostByDemand({ workflows, periods }: PlanningData, savings: readonly Saving[]): number {
  const T = periods.length;
  return sumOfGroups(
    savings,
    ({ workflow, period }) => workflow * T + period,
    (group) => {
      const [{ workflow, period }] = group;
      const best = group.reduce((most, { perHour }) => Math.max(most, perHour), 0);
      const all = group.reduce((sum, { perHour, mostHours }) => sum + perHour * mostHours, 0);
      return Math.min(best * workflows[workflow].mostHours[period], all);
    },
  );
}

/** Each team's hours of a period go to the best of its new work, as far as there is work. */
function mostByCapacity({ teams, periods }: PlanningData, savings: readonly Saving[]): number {
  const T = periods.length;
  return sumOfGroups(
    savings,
    ({ team, period }) => team * T + period,
    (group) => {
      const [{ team, period }] = group;
      const best = group.reduce((most, { perTeamHour }) => Math.max(most, perTeamHour), 0);
      const all = group.reduce((sum, { perHour, mostHours }) => sum + perHour * mostHours, 0);
      return Math.min(best * (teams[team].capacity[period]?.hours ?? 0), all);
    },
  );
}

function sumOfGroups(
  savings: readonly Saving[],
  groupOf: (saving: Saving) => number,
  mostOf: (group: readonly Saving[]) => number,
): number {
  return [...groupBy(savings, groupOf).values()].reduce((sum, group) => sum + mostOf(group), 0);
}

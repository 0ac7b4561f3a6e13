import type { PlanningData } from './planning-data.ts';

/** Placements gathered by a key; those of group `g` stand at positions `start[g]` to `start[g + 1] − 1` of `member`. */
interface PlacementGroups {
  readonly start: Int32Array;
  readonly member: Int32Array;
}

/**
 * Gathers the placements by a key in one counting pass; within a group they keep their order.
 *
 * `keyOf` maps a placement's position to a group from 0 to `groupCount − 1`.
 */
export function groupPlacements(
  data: PlanningData,
  groupCount: number,
  keyOf: (placement: number) => number,
): PlacementGroups {
  const { count } = data.placements;
  const start = new Int32Array(groupCount + 1);
  for (let j = 0; j < count; j += 1) start[keyOf(j) + 1] += 1;
  for (let g = 0; g < groupCount; g += 1) start[g + 1] += start[g];
  const next = start.slice();
  const member = new Int32Array(count);
  for (let j = 0; j < count; j += 1) {
    const group = keyOf(j);
    member[next[group]] = j;
    next[group] += 1;
  }
  return { start, member };
}

/** The placements of each workflow in each period; group `w · T + t`. */
export function placementsByWorkflowAndPeriod(data: PlanningData): PlacementGroups {
  const { workflow, period } = data.placements;
  const T = data.periods.length;
  return groupPlacements(data, data.workflows.length * T, (j) => workflow[j] * T + period[j]);
}

/** The placements at each team in each period; group `k · T + t`. */
export function placementsByTeamAndPeriod(data: PlanningData): PlacementGroups {
  const { team, period } = data.placements;
  const T = data.periods.length;
  return groupPlacements(data, data.teams.length * T, (j) => team[j] * T + period[j]);
}

/** The placements of each period; group `t`. */
export function placementsByPeriod(data: PlanningData): PlacementGroups {
  const { period } = data.placements;
  return groupPlacements(data, data.periods.length, (j) => period[j]);
}

import type { PlanningData } from './planning-data.ts';

/** Placements gathered by a key; those of group `g` stand at positions `start[g]` to `start[g + 1] − 1` of `member`. */
export interface PlacementGroups {
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
  const groupOf = new Int32Array(count);
  const start = new Int32Array(groupCount + 1);
  for (let j = 0; j < count; j += 1) {
    groupOf[j] = keyOf(j);
    start[groupOf[j] + 1] += 1;
  }
  for (let g = 0; g < groupCount; g += 1) start[g + 1] += start[g];
  const next = start.slice();
  const member = new Int32Array(count);
  for (let j = 0; j < count; j += 1) {
    member[next[groupOf[j]]] = j;
    next[groupOf[j]] += 1;
  }
  return { start, member };
}

/** The same for a key by which the placements are sorted: each group is a stretch of them. */
function groupInOrder(
  count: number,
  groupCount: number,
  keyOf: (placement: number) => number,
): PlacementGroups {
  const start = new Int32Array(groupCount + 1).fill(count);
  const member = new Int32Array(count);
  let group = 0;
  for (let j = 0; j < count; j += 1) {
    const key = keyOf(j);
    while (group <= key) {
      start[group] = j;
      group += 1;
    }
    member[j] = j;
  }
  return { start, member };
}

/** The groupings that several families need, by the data they are of: each is made once. */
const groupings = new WeakMap<PlanningData, Map<string, PlacementGroups>>();

function once(data: PlanningData, name: string, make: () => PlacementGroups): PlacementGroups {
  const ofData = groupings.get(data) ?? new Map<string, PlacementGroups>();
  const groups = ofData.get(name) ?? make();
  groupings.set(data, ofData.set(name, groups));
  return groups;
}

/** The placements of each workflow in each period; group `w · T + t`. */
export function placementsByWorkflowAndPeriod(data: PlanningData): PlacementGroups {
  const { workflow, period } = data.placements;
  const T = data.periods.length;
  return once(data, 'workflow and period', () =>
    groupInOrder(data.placements.count, data.workflows.length * T, (j) => workflow[j] * T + period[j]),
  );
}

/** The placements at each team in each period; group `k · T + t`. */
export function placementsByTeamAndPeriod(data: PlanningData): PlacementGroups {
  const { team, period } = data.placements;
  const T = data.periods.length;
  return once(data, 'team and period', () =>
    groupPlacements(data, data.teams.length * T, (j) => team[j] * T + period[j]),
  );
}

/** The placements of each period; group `t`. */
export function placementsByPeriod(data: PlanningData): PlacementGroups {
  const { period } = data.placements;
  return once(data, 'period', () => groupPlacements(data, data.periods.length, (j) => period[j]));
}

/** The placements at the teams of each vendor in each period; group `v · T + t`, in-house work after that of all vendors. */
export function placementsByVendorAndPeriod(data: PlanningData): PlacementGroups {
  const { team, period } = data.placements;
  const T = data.periods.length;
  return once(data, 'vendor and period', () =>
    groupPlacements(data, (data.vendors.length + 1) * T, (j) => {
      const { vendor = data.vendors.length } = data.sites[data.teams[team[j]].site];
      return vendor * T + period[j];
    }),
  );
}

/** The placements of one workflow at one site in one period: what a yes/no choice opens or closes. */
export interface WorkflowAtSite {
  readonly workflow: number;
  readonly site: number;
  readonly period: number;
  /** Positions of the placements, one a team. */
  readonly placements: Int32Array;
  /** Hours of the workflow that the site's teams could do if they did nothing else. */
  readonly room: number;
  /** Most hours the workflow can have here: what it can have at all, and what there is room for. */
  readonly mostHours: number;
}

/** What `workflowsAtSites` found, by the data it is of: every family of choices asks for it twice. */
const foundAtSites = new WeakMap<PlanningData, readonly WorkflowAtSite[]>();

/** Every workflow at every site in every period in which it has a placement there, in that order. */
export function workflowsAtSites(data: PlanningData): readonly WorkflowAtSite[] {
  const found = foundAtSites.get(data) ?? findAtSites(data);
  foundAtSites.set(data, found);
  return found;
}

function findAtSites(data: PlanningData): WorkflowAtSite[] {
  const { workflow, team, period, teamHoursPerDemandHour } = data.placements;
  const [S, T] = [data.sites.length, data.periods.length];
  const groups = groupPlacements(
    data,
    data.workflows.length * S * T,
    (j) => (workflow[j] * S + data.teams[team[j]].site) * T + period[j],
  );
  const found: WorkflowAtSite[] = [];
  for (let group = 0; group < groups.start.length - 1; group += 1) {
    const placements = groups.member.subarray(groups.start[group], groups.start[group + 1]);
    if (placements.length === 0) continue;
    const [w, site, t] = [Math.floor(group / (S * T)), Math.floor(group / T) % S, group % T];
    const room = placements.reduce(
      (sum, j) => sum + (data.teams[team[j]].capacity[t]?.hours ?? 0) / teamHoursPerDemandHour[j],
      0,
    );
    const mostHours = Math.min(data.workflows[w].mostHours[t], room);
    found.push({ workflow: w, site, period: t, placements, room, mostHours });
  }
  return found;
}

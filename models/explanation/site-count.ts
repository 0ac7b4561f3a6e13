import { maxSites } from '../constraints/max-sites.ts';
import { namesOf } from '../constraint-family.ts';
import { formatQuantity } from '../number-text.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { workflowsAtSites } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';

/**
 * The plainest reason why choices cannot be made: workflows that need more in some period than the largest sites they
 * may be at, as many as they may have, can do of it. Undefined where there is no such workflow.
 */
export function describeTooFewSites(data: PlanningData): Diagnosis | undefined {
  const names = namesOf(data);
  const rooms = roomsOf(data);
  const conflict = data.workflows.flatMap(({ id }, w) => {
    const excess = firstExcess(data, w, rooms);
    if (excess === undefined) return [];
    const { period, needed, room } = excess;
    const subject = { workflow: id };
    const limit = formatQuantity(data.workflows[w].maxSites ?? 0);
    const needs = `but needs ${formatQuantity(needed)} hours in ${period}, where that is room for ${formatQuantity(room)} at most`;
    return [
      {
        family: maxSites.name,
        subject,
        label: maxSites.wording.label(subject, names),
        requirement: `${maxSites.wording.requirement(subject, names, limit)}, ${needs}`,
        weight: 1,
      },
    ];
  });
  if (conflict.length === 0) return undefined;
  const fitting = conflict.map(({ requirement }) => requirement).join('; ');
  return { conflict, facts: [], sentence: `There is no plan: ${fitting}.` };
}

/** What each workflow's sites have room for, by `w · T + t`. */
function roomsOf(data: PlanningData): Map<number, number[]> {
  const rooms = new Map<number, number[]>();
  for (const { workflow, period, room } of workflowsAtSites(data)) {
    const key = workflow * data.periods.length + period;
    rooms.set(key, [...(rooms.get(key) ?? []), room]);
  }
  return rooms;
}

/** The first period in which a workflow does not fit, with the hours it needs there and those its sites can do. */
function firstExcess(
  data: PlanningData,
  w: number,
  rooms: ReadonlyMap<number, readonly number[]>,
): { readonly period: string; readonly needed: number; readonly room: number } | undefined {
  const { maxSites: count, backlog, shortfallCostPerHour, demand } = data.workflows[w];
  if (count === undefined || shortfallCostPerHour !== undefined) return undefined;
  const T = data.periods.length;
  for (let t = 0; t < T; t += 1) {
    const largest = [...(rooms.get(w * T + t) ?? [])].sort((a, b) => b - a).slice(0, count);
    const room = largest.reduce((sum, each) => sum + each, 0);
    const arriving = (demand[t]?.hours ?? 0) + (t === 0 ? (backlog?.openingHours ?? 0) : 0);
    const needed = arriving - (t < T - 1 ? (backlog?.maxHours ?? 0) : 0);
    if (needed > room) return { period: data.periods[t].id, needed, room };
  }
  return undefined;
}

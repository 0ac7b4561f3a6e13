import type { Subject } from '../linear-program.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';
import type { PlanningData, Team } from '../planning-data.ts';
import {
  type AddedCapacity,
  type CapacityLimit,
  isSameId,
  type LimitChange,
  raised,
  positionOf,
  roundedUp,
  type Rounding,
  type ScenarioLimits,
  type Spending,
} from '../relaxation.ts';

/** How a team's capacity gives way: in FTE where it is given in FTE, in productive hours otherwise. */

/** Productive hours that all work that could ever be here in the period would use, beyond what there is. */
export function mostHoursMore(data: PlanningData, { team, period }: Subject): number {
  const [k, t] = [data.positions.team(team!), data.positions.period(period!)];
  const { start, member } = placementsByTeamAndPeriod(data);
  const group = k * data.periods.length + t;
  const { workflow, teamHoursPerDemandHour } = data.placements;
  let hours = 0;
  for (const j of member.subarray(start[group], start[group + 1]))
    hours += data.workflows[workflow[j]].mostHours[t] * teamHoursPerDemandHour[j];
  return Math.max(0, hours - (data.teams[k].capacity[t]?.hours ?? 0));
}

/** What one productive hour more costs where the whole capacity is paid for, used or not. */
export function payOfMoreHours(data: PlanningData, { team, period }: Subject): Spending | undefined {
  const paid = data.teams[data.positions.team(team!)];
  if (!paid.paidForCapacity) return undefined;
  return { period: period!, perUnit: payOfAnHour(paid, data.positions.period(period!)) };
}

function payOfAnHour({ rate: { basis, amount }, capacity }: Team, t: number): number {
  const fte = capacity[t]?.fte;
  if (fte === undefined || basis === 'productive-hour') return amount;
  return basis === 'paid-hour' ? amount / (1 - fte.shrinkage) : amount / fte.productiveHours;
}

/** The capacity entry that a team's period has, or would have in the form of the team's other entries: with nothing in it. */
export function emptyCapacity(capacity: readonly CapacityLimit[], period: string): AddedCapacity {
  const like = capacity.find(({ fte }) => fte !== undefined);
  if (like === undefined) return { period, hours: 0 };
  return { period, fte: 0, paidHoursPerFte: like.paidHoursPerFte, shrinkage: like.shrinkage };
}

export function changedCapacity(
  { teams }: ScenarioLimits,
  { team, period }: Subject,
  needed: number,
  rounding: Rounding,
): LimitChange {
  const k = positionOf(teams, team);
  const { capacity } = teams[k];
  const at = capacity.findIndex((entry) => isSameId(entry.period, period));
  const empty = emptyCapacity(capacity, period!);
  const entry = at < 0 ? empty : capacity[at];
  const isFte = entry.fte !== undefined;
  const productiveHours = isFte ? entry.paidHoursPerFte! * (1 - entry.shrinkage!) : 1;
  const from = entry.fte ?? entry.hours ?? 0;
  const more = roundedUp(needed / productiveHours, rounding);
  const to = raised(from, more);
  const field = isFte ? 'fte' : 'hours';
  return {
    unit: field,
    from,
    to,
    amount: more * productiveHours,
    patch:
      at < 0
        ? { op: 'add', path: `/teams/${k}/capacity/-`, value: { ...empty, [field]: to } }
        : { op: 'replace', path: `/teams/${k}/capacity/${at}/${field}`, value: to },
  };
}

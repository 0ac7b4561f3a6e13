import type { Subject } from '../linear-program.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import {
  isSameId,
  type LimitChange,
  positionOf,
  raised,
  roundedUp,
  type Rounding,
  type ScenarioLimits,
} from '../relaxation.ts';
import { LARGEST_AMOUNT } from '../scenario/fields.ts';

/** How a team's headcount gives way: more heads join in a period, fully productive; in the first they are there at the start. */

/** Heads joining in the period that all work that could ever be at the team, in this period or later, would keep busy. */
export function mostHeadsMore(data: PlanningData, { team, period }: Subject): number {
  const [k, first] = [data.positions.team(team!), data.positions.period(period!)];
  const { headcount, capacity } = data.teams[k];
  const { start, member } = placementsByTeamAndPeriod(data);
  const { workflow, teamHoursPerDemandHour } = data.placements;
  let [most, staying] = [0, 1];
  for (let t = first; t < data.periods.length && staying > 0; t += 1) {
    const group = k * data.periods.length + t;
    let hours = 0;
    for (const j of member.subarray(start[group], start[group + 1]))
      hours += data.workflows[workflow[j]].mostHours[t] * teamHoursPerDemandHour[j];
    most = Math.max(most, hours / (capacity[t]!.fte!.productiveHours * staying));
    staying *= 1 - headcount!.attrition;
  }
  return Math.min(LARGEST_AMOUNT, most);
}

export function changedHeadcount(
  { periods, teams }: ScenarioLimits,
  { team, period }: Subject,
  needed: number,
  rounding: Rounding,
): LimitChange {
  const k = positionOf(teams, team);
  const { openingHeads, joining } = teams[k].headcount!;
  const path = `/teams/${k}/headcount` as const;
  const more = roundedUp(needed, rounding);
  const change = (from: number, patch: (to: number) => LimitChange['patch']): LimitChange => {
    const to = raised(from, more);
    return { unit: 'fte', from, to, amount: more, patch: patch(to) };
  };
  if (isSameId(periods[0].id, period))
    return change(openingHeads, (value) => ({ op: 'replace', path: `${path}/openingHeads`, value }));
  const at = joining?.findIndex((entry) => isSameId(entry.period, period)) ?? -1;
  if (at >= 0)
    return change(joining![at].heads, (value) => ({
      op: 'replace',
      path: `${path}/joining/${at}/heads`,
      value,
    }));
  const entry = (heads: number) => ({ period: period!, heads });
  if (joining) return change(0, (heads) => ({ op: 'add', path: `${path}/joining/-`, value: entry(heads) }));
  return change(0, (heads) => ({ op: 'add', path: `${path}/joining`, value: [entry(heads)] }));
}

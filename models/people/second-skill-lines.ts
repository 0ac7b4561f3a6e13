import { isSecondSkill, type LinearProgram } from '../linear-program.ts';
import type { PlanSecondSkill } from '../plan.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import { type SecondSkill, type SecondSkillKind, secondSkills } from './cross-training.ts';

/**
 * Follows the heads with each second skill through the periods, from whose training begins and who is released. `values` are those of the
 * program's columns, noise taken out. Gives the lines of a team and a period, in the order of its `crossTraining`.
 */
export function secondSkillLines(
  data: PlanningData,
  program: LinearProgram,
  values: Float64Array,
): (team: number, period: number) => PlanSecondSkill[] {
  const decided = new Map<string, number>();
  const keyOf = (kind: SecondSkillKind, team: number, skill: number, period: number) =>
    `${kind} ${team} ${skill} ${period}`;
  program.columns.forEach((key, column) => {
    if (isSecondSkill(key)) decided.set(keyOf(key.kind, key.team, key.skill, key.period), values[column]);
  });
  const found = new Map<number, PlanSecondSkill[][]>();
  for (const second of secondSkills(data)) {
    const { team, skill } = second;
    const valueOf = (kind: SecondSkillKind, t: number) => decided.get(keyOf(kind, team, skill, t)) ?? 0;
    const lines = linesOf(data, second, valueOf, (t) => usedHoursOf(data, values, second, t));
    found.set(team, [...(found.get(team) ?? []), lines]);
  }
  return (team, period) => (found.get(team) ?? []).map((lines) => lines[period]);
}

function linesOf(
  { periods }: PlanningData,
  { training, staying }: SecondSkill,
  valueOf: (kind: SecondSkillKind, t: number) => number,
  usedHours: (t: number) => number,
): PlanSecondSkill[] {
  let heads = 0;
  return periods.map((_, t) => {
    const trained = staying ** training.periods * valueOf('cross-training', t - training.periods);
    const opening = t === 0 ? training.openingHeads : 0;
    const released = valueOf('cross-trained-released', t);
    // Of heads released to the last, rounding would leave less than nobody.
    heads = Math.max(0, staying * heads + trained + opening - released);
    return {
      skill: training.skill,
      heads,
      trainingBegins: valueOf('cross-training', t),
      released,
      usedHours: usedHours(t),
    };
  });
}

function usedHoursOf(
  data: PlanningData,
  values: Float64Array,
  { team, skill }: SecondSkill,
  t: number,
): number {
  const { start, member } = placementsByTeamAndPeriod(data);
  const { secondSkill, teamHoursPerDemandHour } = data.placements;
  const group = team * data.periods.length + t;
  let hours = 0;
  for (const j of member.subarray(start[group], start[group + 1]))
    if (secondSkill.get(j) === skill) hours += values[j] * teamHoursPerDemandHour[j];
  return hours;
}

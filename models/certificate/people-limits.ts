import type { LimitUse } from './limit-use.ts';
import type { TeamPeople } from './people-checks.ts';
import { canBeOfUse, earliestClass, hireAt, type RecomputedPeople } from './people.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';
import { canBegin, canRelease } from './second-skills.ts';

/** Every limit on a team's people in a period, with what the plan uses of it. */
export function peopleLimits(
  { people: all, scenario, T }: RecomputedScenario,
  teams: ReadonlyMap<number, TeamPeople>,
  teamHours: readonly Float64Array[],
  t: number,
): LimitUse[] {
  const period = scenario.periods[t].id;
  return [...teams].flatMap(([k, found]): LimitUse[] => {
    const people = all[k]!;
    const subject = { team: scenario.teams[k].id, period };
    const limit = (
      family: string,
      name: string,
      used: number,
      most: number,
      sense: LimitUse['sense'] = '<=',
    ): LimitUse => ({
      family,
      subject,
      what: () => `the ${name} of ${subject.team} in ${period}`,
      sense,
      used,
      limit: most,
    });
    const limits = limitsThere(people, t, T);
    return [
      limit(
        'team-capacity',
        'capacity',
        teamHours[k][t] + found.trainerHours[t],
        found.hours[t] + found.overtime[t],
      ),
      // Heads were followed by this very rule, so what joins is what joins.
      limit('headcount', 'headcount', people.joining[t], people.joining[t], '='),
      ...(limits.hiring ? [limit('hiring-limit', 'hires', found.hires[t], people.maxHires)] : []),
      ...classLimit(people, found.hires[t], (used, most, sense) =>
        limit('class-size', 'class', used, most, sense),
      ),
      ...(limits.training
        ? [limit('trainer-capacity', 'places in training', found.trainees[t], people.maxTrainees)]
        : []),
      ...(limits.release ? [limit('release-limit', 'releases', found.released[t], people.maxReleased)] : []),
      ...(limits.overtime
        ? [
            limit(
              'overtime-limit',
              'overtime',
              found.overtime[t],
              people.maxOvertimeShare * people.hoursPerHead[t] * found.heads[t],
            ),
          ]
        : []),
      ...secondSkillLimits(people, found, subject, t, T),
    ];
  });
}

/** What limits heads with a second skill, and the work they do with it. */
function secondSkillLimits(
  people: RecomputedPeople,
  found: TeamPeople,
  { team, period }: { readonly team: string; readonly period: string },
  t: number,
  T: number,
): LimitUse[] {
  return found.secondSkills.flatMap((skill, i): LimitUse[] => {
    const second = people.secondSkills[i];
    const subject = { team, skill: second.spelled, period };
    const limit = (
      family: string,
      used: number,
      most: number,
      sense: LimitUse['sense'] = '<=',
    ): LimitUse => ({
      family,
      subject,
      what: () => `the ${family} of ${team} in ${period} with ${second.spelled}`,
      sense,
      used,
      limit: most,
    });
    const opening = t === 0 ? second.opening : 0;
    return [
      // Heads were followed by this very rule, so who has the skill is who has it.
      limit('cross-trained', opening, opening, '='),
      limit('cross-trained-heads', skill.heads[t] + skill.inTraining[t], found.heads[t]),
      limit('second-skill', skill.usedHours[t], people.hoursPerHead[t] * skill.heads[t]),
      ...(canRelease(people, t)
        ? [limit('cross-trained-release', skill.released[t], found.released[t])]
        : []),
      ...(canBegin(people, second, t, T)
        ? [limit('cross-training-limit', skill.begins[t], second.maxTrained)]
        : []),
    ];
  });
}

/** A class that begins has a size; where none does, there is no such limit. */
function classLimit(
  { classes }: RecomputedPeople,
  heads: number,
  limit: (used: number, most: number, sense: LimitUse['sense']) => LimitUse,
): LimitUse[] {
  if (classes === undefined || !(heads > 0)) return [];
  return [classes.multiple === undefined ? limit(heads, classes.smallest, '>=') : limit(heads, heads, '=')];
}

/** Whether there is any period in which somebody may be hired who can be of use. */
export function mayHire(people: RecomputedPeople, T: number): boolean {
  for (let t = 0; t < T; t += 1) if (canHireIn(people, t, T)) return true;
  return false;
}

function canHireIn(people: RecomputedPeople, t: number, T: number): boolean {
  return people.maxHires > 0 && t >= people.hiresFrom && canBeOfUse(people, t, T);
}

/** Which limits on people there are in a period: where nothing can be decided nothing is limited. */
export function limitsThere(
  people: RecomputedPeople,
  t: number,
  T: number,
): Record<'hiring' | 'training' | 'release' | 'overtime', boolean> {
  const canHire = (start: number) => canHireIn(people, start, T);
  let mayTrain = false;
  for (let start = earliestClass(people, t); start <= t; start += 1)
    if (canHire(start) && hireAt(people, start, t)?.isTrainee) mayTrain = true;
  return {
    hiring: canHire(t),
    training: mayTrain && people.maxTrainees < Infinity,
    release: t >= people.releasesFrom && people.maxReleased > 0 && people.maxReleased < Infinity,
    overtime: people.maxOvertimeShare > 0,
  };
}

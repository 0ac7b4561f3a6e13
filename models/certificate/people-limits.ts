import type { LimitUse } from './limit-use.ts';
import type { TeamPeople } from './people-checks.ts';
import { canBeOfUse, earliestClass, hireAt, type RecomputedPeople } from './people.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';

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
      sense: '<=' | '=' = '<=',
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
    ];
  });
}

/** Which limits on people there are in a period: where nothing can be decided nothing is limited. */
export function limitsThere(
  people: RecomputedPeople,
  t: number,
  T: number,
): Record<'hiring' | 'training' | 'release' | 'overtime', boolean> {
  const canHire = (start: number) =>
    people.maxHires > 0 && start >= people.hiresFrom && canBeOfUse(people, start, T);
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

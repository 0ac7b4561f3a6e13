import type { PlanNumbers } from '../plan.ts';
import type { Scenario } from '../scenario/schema.ts';
import { type Finding, note, refuse } from './finding.ts';
import type { RecomputedPeople } from './people.ts';

/** A second skill of a team as the scenario says, read here a second time. Imports types only. */
export interface RecomputedSecondSkill {
  /** Normalised. */
  readonly skill: string;
  /** As it was sent. */
  readonly spelled: string;
  readonly opening: number;
  readonly maxTrained: number;
  readonly cost: number;
  /** Periods from the beginning of training to the first with the skill. */
  readonly after: number;
  readonly trainerHours: number;
  readonly productivity: number;
}

type Headcount = NonNullable<Scenario['teams'][number]['headcount']>;

export function recomputeSecondSkills({ crossTraining = [] }: Headcount): RecomputedSecondSkill[] {
  const read = crossTraining.map((each): RecomputedSecondSkill => ({
    skill: each.skill.normalize(),
    spelled: each.skill,
    opening: each.openingHeads ?? 0,
    maxTrained: each.maxHeadsPerPeriod,
    cost: each.costPerHead ?? 0,
    after: each.periods ?? 0,
    trainerHours: each.trainerHoursPerHead ?? 0,
    productivity: each.productivity,
  }));
  return read.sort((one, other) => (one.skill > other.skill ? 1 : -1));
}

/** Of all who begin training, at least this share has to be there in the end for it to be of any use. */
const LEAST_LEFT = 1e-6;

/** Whether training that begins in the period is done while the skill can still be used, by anybody who is then there. */
export function canBegin(
  { staying }: RecomputedPeople,
  { maxTrained, after }: RecomputedSecondSkill,
  t: number,
  T: number,
): boolean {
  return maxTrained > 0 && t + after < T && Math.pow(staying, after) >= LEAST_LEFT;
}

export function canRelease({ releasesFrom, maxReleased }: RecomputedPeople, t: number): boolean {
  return t >= releasesFrom && maxReleased > 0;
}

type Line = NonNullable<PlanNumbers['people']>[number];

/** A second skill of a team followed through the periods; `[t]`. */
export interface FollowedSkill {
  readonly heads: Float64Array;
  readonly begins: Float64Array;
  readonly released: Float64Array;
  /** Heads whose training has begun and is not over. */
  readonly inTraining: Float64Array;
  readonly usedHours: Float64Array;
}

/** The heads with each second skill of a team, as its lines make them; every line is held against them. `usedHours` by skill. */
export function followSecondSkills(
  people: RecomputedPeople,
  lines: readonly (Line | undefined)[],
  usedHours: readonly Float64Array[],
  finding: Finding,
): FollowedSkill[] {
  for (const line of lines) if (line) checkEntries(people, line, finding);
  return people.secondSkills.map((second, i) => {
    const entries = lines.map((line) =>
      line?.secondSkills?.find(({ skill }) => skill.normalize() === second.skill),
    );
    const followed: FollowedSkill = {
      heads: new Float64Array(lines.length),
      begins: Float64Array.from(entries, (entry) => entry?.trainingBegins ?? 0),
      released: Float64Array.from(entries, (entry) => entry?.released ?? 0),
      inTraining: new Float64Array(lines.length),
      usedHours: usedHours[i],
    };
    const { after, opening } = second;
    let remaining = 0;
    lines.forEach((line, t) => {
      remaining = remaining * people.staying - followed.released[t] + (t === 0 ? opening : 0);
      if (t >= after) remaining += Math.pow(people.staying, after) * followed.begins[t - after];
      followed.heads[t] = remaining;
      for (let age = 0; age < after && age <= t; age += 1)
        followed.inTraining[t] += Math.pow(people.staying, age) * followed.begins[t - age];
      const entry = entries[t];
      if (line && entry) checkEntry(people, second, followed, { line, entry, t }, finding);
    });
    return followed;
  });
}

/** Each second skill of the team stands in its line once, and nothing else does. */
function checkEntries({ secondSkills }: RecomputedPeople, line: Line, finding: Finding): void {
  const stated = line.secondSkills?.map(({ skill }) => skill.normalize()) ?? [];
  const isWhole =
    stated.length === secondSkills.length && secondSkills.every(({ skill }) => stated.includes(skill));
  if (!isWhole) refuse(finding, `the second skills of ${nameOf(line)} are not those of the team`);
}

interface Stated {
  readonly line: Line;
  readonly entry: NonNullable<Line['secondSkills']>[number];
  readonly t: number;
}

function checkEntry(
  people: RecomputedPeople,
  second: RecomputedSecondSkill,
  followed: FollowedSkill,
  { line, entry, t }: Stated,
  finding: Finding,
): void {
  const { maxTrained, spelled } = second;
  const what = `with ${spelled} of ${nameOf(line)}`;
  const heads = followed.heads[t];
  note(finding, () => `the heads ${what}`, Math.abs(entry.heads - heads), heads);
  note(finding, () => `the heads ${what} below 0`, -heads, heads);
  const hours = followed.usedHours[t];
  note(finding, () => `the hours ${what}`, Math.abs(entry.usedHours - hours), hours);
  note(finding, () => `the heads trained ${what}`, entry.trainingBegins - maxTrained, maxTrained);
  if (!(entry.trainingBegins >= 0)) refuse(finding, `the heads trained ${what} are below 0`);
  if (entry.trainingBegins > 0 && !canBegin(people, second, t, followed.heads.length))
    refuse(finding, `there can be no heads trained ${what}`);
  if (!(entry.released >= 0)) refuse(finding, `the releases ${what} are below 0`);
  if (entry.released > 0 && !canRelease(people, t)) refuse(finding, `there can be no releases ${what}`);
}

function nameOf({ team, period }: Line): string {
  return `${team} / ${period}`;
}

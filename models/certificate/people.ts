import type { Scenario } from '../scenario/schema.ts';
import { recomputeSecondSkills, type RecomputedSecondSkill } from './second-skills.ts';

/**
 * The people of a team as the scenario says, computed here a second time: what one hire is at each age, what a head costs and gives.
 * Imports types only.
 */
export interface RecomputedPeople {
  /** Heads who join, opening heads with the first period. */
  readonly joining: readonly number[];
  /** Of the heads of a period, who are there in the next. */
  readonly staying: number;
  /** Productive hours, and money, of one head in a period. */
  readonly hoursPerHead: readonly number[];
  readonly shrinkage: readonly number[];
  readonly pay: readonly number[];
  /** First periods in which training may begin, and people may be released; Infinity where never. */
  readonly hiresFrom: number;
  readonly releasesFrom: number;
  readonly maxHires: number;
  readonly maxTrainees: number;
  readonly maxReleased: number;
  readonly maxOvertimeShare: number;
  readonly overtimeCost: readonly number[];
  readonly releaseCost: number;
  readonly hiringCost: number;
  /** What a class may be: undefined where any number may be hired, and no class costs by itself. */
  readonly classes: RecomputedClasses | undefined;
  readonly trainingCost: number;
  /** How long training lasts, and training with nesting. */
  readonly trainingPeriods: number;
  readonly headAfter: number;
  readonly afterTraining: number;
  readonly graduates: number;
  readonly traineePayShare: number;
  readonly trainerHours: number;
  /** Productivity in each period of nesting. */
  readonly nesting: readonly number[];
  /** No plan has more heads than this in a period. */
  readonly mostHeads: readonly number[];
  /** By their names. */
  readonly secondSkills: readonly RecomputedSecondSkill[];
}

/** Sizes of classes in heads, and money per class. */
export interface RecomputedClasses {
  readonly smallest: number;
  readonly multiple: number | undefined;
  readonly cost: number;
}

export function recomputePeople(
  { headcount, rate, capacity }: Scenario['teams'][number],
  { periods, periodsPerYear }: Scenario,
  periodAt: (id: string) => number | undefined,
): RecomputedPeople | undefined {
  if (headcount === undefined) return undefined;
  const { hiring, release, overtime } = headcount;
  const [hoursPerHead, shrinkage, paidHours] = [[] as number[], [] as number[], [] as number[]];
  for (const entry of capacity) {
    const t = periodAt(entry.period)!;
    [shrinkage[t], paidHours[t]] = [entry.shrinkage!, entry.paidHoursPerFte!];
    hoursPerHead[t] = entry.paidHoursPerFte! * (1 - entry.shrinkage!);
  }
  const unitsOfHead = { 'fte-period': () => 1, 'paid-hour': (t: number) => paidHours[t] };
  const unitsOf =
    rate.basis in unitsOfHead ? unitsOfHead[rate.basis as 'paid-hour'] : (t: number) => hoursPerHead[t];
  const pay = periods.map((_, t) => rate.amount * unitsOf(t));
  const joining = periods.map(() => 0);
  for (const { period, heads } of headcount.joining ?? []) joining[periodAt(period)!] = heads;
  joining[0] += headcount.openingHeads;
  const staying =
    headcount.attritionPerYear === undefined
      ? 1 - (headcount.attritionPerPeriod ?? 0)
      : Math.pow(1 - headcount.attritionPerYear, 1 / periodsPerYear!);
  const afterTraining = 1 - (hiring?.training?.attrition ?? 0);
  const graduates = afterTraining * (1 - (hiring?.nestingAttrition ?? 0));
  const trainingPeriods = hiring?.training?.periods ?? 0;
  const nesting = (hiring?.nesting ?? []).map(({ productivity, ahtFactors }) => {
    if (productivity !== undefined) return productivity;
    let done = 0;
    for (const factor of ahtFactors!) done += 1 / factor / ahtFactors!.length;
    return done;
  });
  const maxHires = hiring?.maxHeadsPerPeriod ?? 0;
  const mostHeads: number[] = [];
  joining.forEach((joined, t) => {
    mostHeads[t] = joined + graduates * maxHires + (t === 0 ? 0 : staying * mostHeads[t - 1]);
  });
  return {
    joining,
    staying,
    hoursPerHead,
    shrinkage,
    pay,
    hiresFrom: hiring === undefined ? Infinity : (hiring.leadPeriods ?? 0),
    releasesFrom: release === undefined ? Infinity : (release.noticePeriods ?? 0),
    maxHires,
    maxTrainees: hiring?.training?.maxTrainees ?? Infinity,
    maxReleased: release?.maxHeadsPerPeriod ?? Infinity,
    maxOvertimeShare: overtime?.maxShare ?? 0,
    overtimeCost: pay.map((perHead, t) => (perHead / hoursPerHead[t]) * (1 + (overtime?.premium ?? 0))),
    releaseCost: release?.costPerHead ?? 0,
    hiringCost: hiring?.costPerHead ?? 0,
    classes: hiring && recomputeClasses(hiring),
    trainingCost: hiring?.training?.costPerHead ?? 0,
    trainingPeriods,
    headAfter: trainingPeriods + nesting.length,
    afterTraining,
    graduates,
    traineePayShare: hiring?.training?.payShare ?? 1,
    trainerHours: hiring?.training?.trainerHoursPerHead ?? 0,
    nesting,
    mostHeads,
    secondSkills: recomputeSecondSkills(headcount),
  };
}

function recomputeClasses({
  classSize,
  costPerClass,
}: NonNullable<NonNullable<Scenario['teams'][number]['headcount']>['hiring']>):
  RecomputedClasses | undefined {
  const classes = {
    smallest: classSize?.minHeads ?? 0,
    multiple: classSize?.multiple,
    cost: costPerClass ?? 0,
  };
  const isFree = classes.smallest === 0 && classes.multiple === undefined && classes.cost === 0;
  return isFree ? undefined : classes;
}

/** What one hire is so many periods after training began; undefined for heads. */
export interface Hire {
  readonly isTrainee: boolean;
  readonly heads: number;
  readonly pay: number;
  /** Productive hours given, and taken of the heads. */
  readonly gives: number;
  readonly takes: number;
}

export function hireAt(people: RecomputedPeople, start: number, t: number): Hire | undefined {
  const age = t - start;
  if (age < 0 || age >= people.headAfter) return undefined;
  if (age < people.trainingPeriods) {
    const { traineePayShare, trainerHours: takes, pay } = people;
    return { isTrainee: true, heads: 1, pay: traineePayShare * pay[t], gives: 0, takes };
  }
  const gives = people.afterTraining * people.nesting[age - people.trainingPeriods] * people.hoursPerHead[t];
  const heads = people.afterTraining;
  return { isTrainee: false, heads, pay: heads * people.pay[t], gives, takes: 0 };
}

/** The first period whose hires may not be heads yet. */
export function earliestClass({ headAfter }: RecomputedPeople, t: number): number {
  return Math.max(0, t - headAfter + 1);
}

/** Whether hires of a period have a share in any work of the horizon: the others cannot save anything. */
export function canBeOfUse(people: RecomputedPeople, start: number, T: number): boolean {
  for (let t = start; t < T; t += 1) {
    const hire = hireAt(people, start, t);
    if (hire === undefined ? people.graduates > 0 : hire.gives > 0) return true;
  }
  return false;
}

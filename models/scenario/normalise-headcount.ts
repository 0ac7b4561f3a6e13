import type { HeadcountInput } from '../people/headcount-schema.ts';
import type { CrossTraining } from '../people/cross-training.ts';
import type { CrossTrainingInput } from '../people/cross-training-schema.ts';
import { type Fault, jsonPointer } from '../fault.ts';
import { classSizesOf, MAX_CLASS_STEPS } from '../people/class-sizes.ts';
import type { Headcount, Hiring, Overtime, Release, Stage } from '../people/headcount.ts';
import type { TeamCapacity } from '../planning-data.ts';
import { plainZero } from './plain-zero.ts';

type Rate = { readonly basis: string; readonly amount: number };
type HiringInput = NonNullable<HeadcountInput['hiring']>;

/** What the people of a team need to know of the scenario around them. */
interface Surroundings {
  readonly rate: Rate;
  /** One entry a period, with what one FTE gives: reference faults have seen to that. */
  readonly capacity: readonly (TeamCapacity | undefined)[];
  readonly periodsPerYear: number | undefined;
  readonly periodAt: (id: string) => number;
}

/** A team's people with defaults filled in; expects no reference faults. */
export function normaliseHeadcount(sent: HeadcountInput, around: Surroundings): Headcount {
  const joining = around.capacity.map(() => 0);
  joining[0] = plainZero(sent.openingHeads);
  for (const { period, heads } of sent.joining ?? []) joining[around.periodAt(period)] += heads;
  const pay = around.capacity.map((entry) => plainZero(payOfHead(around.rate, entry!.fte!)));
  return {
    joining,
    attrition: attritionOf(sent, around.periodsPerYear),
    pay,
    ...(sent.hiring && { hiring: hiringOf(sent.hiring) }),
    ...(sent.release && { release: releaseOf(sent.release) }),
    ...(sent.overtime && { overtime: overtimeOf(sent.overtime, pay, around.capacity) }),
    crossTraining: crossTrainingOf(sent.crossTraining ?? []),
  };
}

/** Why hires can be in no class at all, or in too many for a choice; `path` is that of the headcount. */
export function classFaults({ hiring }: HeadcountInput, path: readonly PropertyKey[]): Fault[] {
  const classes = hiring && classesOf(hiring).classes;
  if (!classes || hiring.maxHeadsPerPeriod === 0) return [];
  const { smallest, largest, steps } = classes;
  const at = [...path, 'hiring', 'classSize'];
  if (largest < smallest) {
    const message = `No class can begin: the smallest has ${smallest} heads, and ${hiring.maxHeadsPerPeriod} can be hired in a period. Use a smaller class, or a larger maxHeadsPerPeriod.`;
    return [{ pointer: jsonPointer(at), code: 'no-class-size', message }];
  }
  if (steps <= MAX_CLASS_STEPS) return [];
  const message = `These are ${steps} sizes of a class. Use a larger multiple, so that there are at most ${MAX_CLASS_STEPS}.`;
  return [{ pointer: jsonPointer([...at, 'multiple']), code: 'too-many-class-sizes', message }];
}

/** Second skills that more heads have at the start than there are; `path` is that of the headcount. */
export function secondSkillFaults(
  { openingHeads, crossTraining = [] }: HeadcountInput,
  path: readonly PropertyKey[],
): Fault[] {
  return crossTraining.flatMap(({ openingHeads: trained = 0 }, at) => {
    if (trained <= openingHeads) return [];
    const pointer = jsonPointer([...path, 'crossTraining', at, 'openingHeads']);
    const message = `${trained} heads have the second skill at the start, of ${openingHeads} who are there. Use at most as many.`;
    return [{ pointer, code: 'more-than-heads', message }];
  });
}

/** Yearly attrition compounds from period to period: what is left of a stock after a year is the same either way. */
function attritionOf({ attritionPerYear, attritionPerPeriod }: HeadcountInput, periodsPerYear = 1): number {
  if (attritionPerYear === undefined) return plainZero(attritionPerPeriod ?? 0);
  return plainZero(1 - (1 - attritionPerYear) ** (1 / periodsPerYear));
}

/** Money per head in a period. */
function payOfHead(
  { basis, amount }: Rate,
  { productiveHours, shrinkage }: NonNullable<TeamCapacity['fte']>,
): number {
  if (basis === 'fte-period') return amount;
  return basis === 'paid-hour' ? (amount * productiveHours) / (1 - shrinkage) : amount * productiveHours;
}

function hiringOf(sent: HiringInput): Hiring {
  const { training, nesting = [] } = sent;
  const inNesting = 1 - (training?.attrition ?? 0);
  const trainee: Stage = {
    isTraining: true,
    heads: 1,
    productivity: 0,
    payShare: plainZero(training?.payShare ?? 1),
    trainerHours: plainZero(training?.trainerHoursPerHead ?? 0),
  };
  return {
    maxHeads: plainZero(sent.maxHeadsPerPeriod),
    costPerHead: plainZero(sent.costPerHead ?? 0),
    trainingCostPerHead: plainZero(training?.costPerHead ?? 0),
    firstPeriod: sent.leadPeriods ?? 0,
    stages: [
      ...new Array<Stage>(training?.periods ?? 0).fill(trainee),
      ...nesting.map((each): Stage => ({
        isTraining: false,
        heads: inNesting,
        productivity: productivityOf(each),
        payShare: 1,
        trainerHours: 0,
      })),
    ],
    graduates: inNesting * (1 - (sent.nestingAttrition ?? 0)),
    ...(training?.maxTrainees !== undefined && { maxTrainees: plainZero(training.maxTrainees) }),
    ...classesOf(sent),
  };
}

/** A class of any size that costs nothing by itself is no choice. */
function classesOf({ maxHeadsPerPeriod, classSize, costPerClass = 0 }: HiringInput): Pick<Hiring, 'classes'> {
  const { minHeads = 0, multiple } = classSize ?? {};
  if (minHeads === 0 && multiple === undefined && costPerClass === 0) return {};
  return {
    classes: classSizesOf(
      plainZero(maxHeadsPerPeriod),
      plainZero(minHeads),
      multiple,
      plainZero(costPerClass),
    ),
  };
}

/** Work done in equal parts of a period adds up, so productivities are averaged, and not the AHT they come from. */
function productivityOf({
  productivity,
  ahtFactors = [],
}: NonNullable<HiringInput['nesting']>[number]): number {
  if (productivity !== undefined) return plainZero(productivity);
  return ahtFactors.reduce((sum, factor) => sum + 1 / factor, 0) / ahtFactors.length;
}

function releaseOf({
  maxHeadsPerPeriod,
  costPerHead,
  noticePeriods,
}: NonNullable<HeadcountInput['release']>): Release {
  return {
    costPerHead: plainZero(costPerHead ?? 0),
    firstPeriod: noticePeriods ?? 0,
    ...(maxHeadsPerPeriod !== undefined && { maxHeads: plainZero(maxHeadsPerPeriod) }),
  };
}

/** An hour of overtime gives what any paid hour gives, and costs its pay and the premium. */
function overtimeOf(
  { maxShare, premium }: NonNullable<HeadcountInput['overtime']>,
  pay: readonly number[],
  capacity: Surroundings['capacity'],
): Overtime {
  return {
    maxShare: plainZero(maxShare),
    costPerHour: pay.map((perHead, t) => ((1 + premium) * perHead) / capacity[t]!.fte!.productiveHours),
  };
}

/** By name, so that the order of the input does not matter. */
function crossTrainingOf(sent: readonly CrossTrainingInput[]): CrossTraining[] {
  const second = sent.map((each): CrossTraining => ({
    skill: each.skill,
    openingHeads: plainZero(each.openingHeads ?? 0),
    maxHeads: plainZero(each.maxHeadsPerPeriod),
    costPerHead: plainZero(each.costPerHead ?? 0),
    periods: each.periods ?? 0,
    trainerHours: plainZero(each.trainerHoursPerHead ?? 0),
    productivity: each.productivity,
  }));
  return second.sort((a, b) => (a.skill.normalize() < b.skill.normalize() ? -1 : 1));
}

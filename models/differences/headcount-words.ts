import type { CrossTrainingInput } from '../people/cross-training-schema.ts';
import type { HeadcountInput } from '../people/headcount-schema.ts';
import { exactMoney, exactQuantity, exactShare } from '../number-text.ts';

type Hiring = NonNullable<HeadcountInput['hiring']>;

/** Everything a scenario says of a team's people, in one line. */
export function headcountText(people: HeadcountInput, currency: string): string {
  const {
    openingHeads,
    joining = [],
    attritionPerYear,
    attritionPerPeriod,
    hiring,
    release,
    overtime,
    crossTraining = [],
  } = people;
  const money = (amount: number) => `${exactMoney(amount)} ${currency}`;
  return [
    `${exactQuantity(openingHeads)} heads at the start`,
    ...joining.map(({ period, heads }) => `${exactQuantity(heads)} join in ${period}`),
    ...said(attritionPerYear, (share) => `${exactShare(share)} leave a year`),
    ...said(attritionPerPeriod, (share) => `${exactShare(share)} leave a period`),
    ...(hiring ? hiringTexts(hiring, money) : ['nobody is hired']),
    ...(release
      ? [
          release.maxHeadsPerPeriod === undefined
            ? 'releases not limited'
            : `at most ${exactQuantity(release.maxHeadsPerPeriod)} released a period`,
          ...said(release.costPerHead, (cost) => `${money(cost)} a release`),
          ...said(release.noticePeriods, (periods) => `${periods} periods of notice`),
        ]
      : ['nobody is released']),
    ...(overtime
      ? [`overtime up to ${exactShare(overtime.maxShare)} at ${exactShare(overtime.premium)} more pay`]
      : ['no overtime']),
    ...crossTraining.map((each) => crossTrainingText(each, money)),
  ].join(', ');
}

function hiringTexts(hiring: Hiring, money: (amount: number) => string): string[] {
  const { maxHeadsPerPeriod, costPerHead, costPerClass, classSize, leadPeriods } = hiring;
  const { training, nesting = [], nestingAttrition } = hiring;
  return [
    `at most ${exactQuantity(maxHeadsPerPeriod)} hired a period`,
    ...said(costPerHead, (cost) => `${money(cost)} a hire`),
    ...said(costPerClass, (cost) => `${money(cost)} a class`),
    ...said(classSize?.minHeads, (heads) => `classes of at least ${exactQuantity(heads)}`),
    ...said(classSize?.multiple, (heads) => `in multiples of ${exactQuantity(heads)}`),
    ...said(leadPeriods, (periods) => `the first after ${periods} periods`),
    ...said(training?.periods, (periods) => `${periods} periods of training`),
    ...said(training?.costPerHead, (cost) => `${money(cost)} a trainee`),
    ...said(training?.payShare, (share) => `trainees paid ${exactShare(share)}`),
    ...said(training?.attrition, (share) => `${exactShare(share)} leave in training`),
    ...said(training?.trainerHoursPerHead, (hours) => `${exactQuantity(hours)} hours of others a trainee`),
    ...said(training?.maxTrainees, (heads) => `at most ${exactQuantity(heads)} in training`),
    ...nesting.map(({ productivity, ahtFactors = [] }) =>
      productivity === undefined
        ? `nesting at AHT factors ${ahtFactors.map(exactQuantity).join(' and ')}`
        : `nesting at ${exactShare(productivity)}`,
    ),
    ...said(nestingAttrition, (share) => `${exactShare(share)} leave in nesting`),
  ];
}

function crossTrainingText(second: CrossTrainingInput, money: (amount: number) => string): string {
  const { skill, openingHeads = 0, maxHeadsPerPeriod, productivity } = second;
  const details = [
    `${exactQuantity(openingHeads)} heads at the start`,
    `at most ${exactQuantity(maxHeadsPerPeriod)} trained a period`,
    ...said(second.costPerHead, (cost) => `${money(cost)} each`),
    ...said(second.periods, (periods) => `${periods} periods until it can be used`),
    ...said(second.trainerHoursPerHead, (hours) => `${exactQuantity(hours)} hours of the team each`),
  ];
  return `${skill} as a second skill at ${exactShare(productivity)} of the speed (${details.join(', ')})`;
}

function said<Value>(value: Value | undefined, text: (value: Value) => string): string[] {
  return value === undefined ? [] : [text(value)];
}

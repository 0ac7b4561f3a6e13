import { z } from 'zod';
import { amount, id, MAX_PERIODS, positiveAmount, share } from '../scenario/fields.ts';
import { crossTraining } from './cross-training-schema.ts';

/** What a scenario says of a team's people; what it means is in `models/README.md`, "People". */

/** Longer than this nobody trains, or nests, in periods. */
const MAX_STAGES = 100;

const periods = (what: string, most = MAX_PERIODS) =>
  z
    .number()
    .min(0)
    .max(most)
    .int()
    .meta({ description: `${what} Periods, a whole number; default 0.` });

const joining = z
  .strictObject({
    period: id('The period.'),
    heads: amount('Heads who join fully productive in the period.'),
  })
  .meta({ id: 'JoiningHeads' });

const nestingPeriod = z
  .strictObject({
    productivity: share('Of a tenured head.').optional(),
    ahtFactors: z
      .array(positiveAmount('AHT of a new hire / AHT of a tenured head: handling time over handling time.'))
      .min(1)
      .max(MAX_STAGES)
      .meta({
        description:
          'Instead of `productivity`: AHT of a new hire / AHT of a tenured head, in equal parts of the period. What is averaged is 1 / factor, the productivity.',
      })
      .optional(),
  })
  .meta({ id: 'NestingPeriod', description: 'Either `productivity` or `ahtFactors`.' });

const training = z
  .strictObject({
    periods: periods('How long training lasts; nobody is productive in it.', MAX_STAGES).optional(),
    attrition: share('Of those in training, who leave when it ends; default 0.').optional(),
    costPerHead: amount('Money per hire, once, when training begins; default 0.').optional(),
    trainerHoursPerHead: amount(
      "Productive hours of the team's own heads that one trainee takes in one period; default 0.",
    ).optional(),
    maxTrainees: amount('Heads that may be in training at once; absent = not limited.').optional(),
    payShare: share('Pay of a trainee / pay of a head; default 1.').optional(),
  })
  .meta({ id: 'Training' });

const classSize = z
  .strictObject({
    minHeads: amount('A class that begins has at least so many heads; default 0.').optional(),
    multiple: positiveAmount(
      'Heads of which a class has a whole multiple: 1 for whole heads; absent = any part of a head.',
    ).optional(),
  })
  .meta({
    id: 'ClassSize',
    description: 'How many are hired together: nobody, or as many as this says; at most `maxHeadsPerPeriod`.',
  });

const hiring = z
  .strictObject({
    maxHeadsPerPeriod: amount('Most hires whose training can begin in one period, in heads.'),
    costPerHead: amount('Money per hire, once, when training begins; default 0.').optional(),
    costPerClass: amount(
      'Money per period in which training begins for anybody, once, whatever their number; default 0.',
    ).optional(),
    classSize: classSize.optional(),
    leadPeriods: periods(
      'Before training can begin for anybody, counted from the first period: time to recruit.',
    ).optional(),
    training: training.optional(),
    nesting: z
      .array(nestingPeriod)
      .max(MAX_STAGES)
      .meta({ description: 'The periods after training, in order: who is there works, but not as fast.' })
      .optional(),
    nestingAttrition: share('Of those in nesting, who leave when it ends; default 0.').optional(),
  })
  .meta({ id: 'Hiring' });

const release = z
  .strictObject({
    maxHeadsPerPeriod: amount('Most heads released in one period; absent = as many as there are.').optional(),
    costPerHead: amount('Money per head released, once; default 0.').optional(),
    noticePeriods: periods('Before anybody can be released, counted from the first period.').optional(),
  })
  .meta({ id: 'Release' });

const overtime = z
  .strictObject({
    maxShare: share('Overtime / productive hours of the heads, at most, in each period.'),
    premium: amount(
      'What an hour of overtime is paid on top of its pay, as a share of it: 0.5 = time and a half.',
    ),
  })
  .meta({ id: 'Overtime' });

export const headcount = z
  .strictObject({
    openingHeads: amount('Heads at work in the first period, fully productive. One head is one FTE.'),
    joining: z
      .array(joining)
      .max(MAX_PERIODS)
      .meta({ description: 'Heads who are hired or moved here already, by the period they join in.' })
      .optional(),
    attritionPerYear: share(
      'Of heads, who leave in a year; in a period it is 1 − (1 − attritionPerYear)^(1 / periodsPerYear).',
    ).optional(),
    attritionPerPeriod: share('Of heads, who leave from one period to the next; default 0.').optional(),
    hiring: hiring.optional(),
    release: release.optional(),
    overtime: overtime.optional(),
    crossTraining: crossTraining.optional(),
  })
  .meta({
    id: 'Headcount',
    description:
      'The people of the team, instead of `fte` or `hours` in its capacity entries. All of them are paid, with or without work.',
  });

export type HeadcountInput = z.infer<typeof headcount>;

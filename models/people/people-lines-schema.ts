import { z } from 'zod';
import { text } from '../plan-fields.ts';

/** What a plan says of people, line by line. */

/** Cost terms of people, in money. */
export const PEOPLE_TERMS = {
  hiring: z.number(),
  training: z.number(),
  release: z.number(),
  overtime: z.number(),
};

const secondSkillLine = z
  .strictObject({
    skill: text,
    heads: z.number().meta({ description: 'Heads who have the skill and can use it in the period.' }),
    trainingBegins: z.number().meta({ description: 'Heads whose training in it begins with the period.' }),
    released: z.number().meta({ description: 'Heads who have it, of those released.' }),
    usedHours: z
      .number()
      .meta({ description: 'Team hours of work that is done with it, part of `usedHours` of the team.' }),
  })
  .meta({ id: 'SecondSkillLine', description: 'A second skill of a team in a period.' });

export const peopleLine = z
  .strictObject({
    team: text,
    period: text,
    heads: z
      .number()
      .meta({ description: 'Heads at work throughout the period, past training and nesting.' }),
    headsNetOfShrinkage: z.number().meta({ description: 'heads · (1 − shrinkage).' }),
    hires: z.number().meta({ description: 'Heads whose training begins with the period.' }),
    inTraining: z.number().meta({ description: 'Heads in training.' }),
    inNesting: z.number().meta({ description: 'Heads in nesting.' }),
    released: z.number().meta({ description: 'Heads released at the start of the period.' }),
    productiveHours: z
      .number()
      .meta({ description: 'Productive hours of heads and of people in nesting, without overtime.' }),
    overtimeHours: z.number().meta({ description: 'Productive hours of overtime.' }),
    trainerHours: z.number().meta({
      description: 'Productive hours that training takes: of hires, and of heads in a second skill.',
    }),
    usedHours: z.number().meta({ description: 'Team hours that the placed work uses.' }),
    secondSkills: z.array(secondSkillLine).optional().meta({
      description: 'Present where heads of the team may be trained in a second skill; one entry a skill.',
    }),
    costs: z.strictObject({ payroll: z.number(), ...PEOPLE_TERMS }).meta({
      description: 'Money paid for the people in this period, by cost term.',
    }),
  })
  .meta({ id: 'PeopleLine', description: 'The people of a team in a period.' });

export const classLine = z
  .strictObject({
    team: text,
    period: text.meta({ description: 'The period with which training begins.' }),
    start: z.string().nullable().meta({ description: 'Its first day, where the period has one.' }),
    heads: z.number().meta({ description: 'Heads hired, above 0.' }),
    headsFrom: text
      .nullable()
      .meta({ description: 'The period from which they count as heads; null = after the last.' }),
    graduates: z.number().meta({ description: 'How many of them do: heads less those who leave before.' }),
  })
  .meta({ id: 'ClassLine', description: 'People hired together, who go through training and nesting.' });

export type PlanPeople = z.infer<typeof peopleLine>;
export type PlanSecondSkill = z.infer<typeof secondSkillLine>;
export type PlanClass = z.infer<typeof classLine>;

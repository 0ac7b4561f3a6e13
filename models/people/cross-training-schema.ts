import { z } from 'zod';
import { amount, id, MAX_PERIODS } from '../scenario/fields.ts';

/** What a scenario says of a second skill in which heads of a team may be trained; what it means is in `models/README.md`, "People". */

/** More second skills than this no team has. */
export const MAX_SECOND_SKILLS = 100;

/** Slower than this nobody is put to work. */
const SLOWEST = 0.01;

const secondSkill = z
  .strictObject({
    skill: id('The skill, one that the team does not have.'),
    openingHeads: amount(
      'Heads who have it in the first period; part of the `openingHeads` of the team. Default 0.',
    ).optional(),
    maxHeadsPerPeriod: amount('Most heads whose training in it can begin in one period.'),
    costPerHead: amount('Money per head trained in it, once, when training begins; default 0.').optional(),
    periods: z
      .number()
      .min(0)
      .max(MAX_PERIODS)
      .int()
      .meta({
        description:
          'From the period in which training begins to the first in which the skill can be used; heads work with their own skills meanwhile. Periods, a whole number; default 0: it can be used at once.',
      })
      .optional(),
    trainerHoursPerHead: amount(
      'Productive hours of the team that training one head takes, of trainer and trained together, in the period in which it begins; default 0.',
    ).optional(),
    productivity: z
      .number()
      .min(SLOWEST)
      .max(1)
      .meta({
        description: `Work done in an hour with the second skill / work done by a team that has it as its own; ${SLOWEST} to 1.`,
      }),
  })
  .meta({ id: 'CrossTraining' });

export const crossTraining = z.array(secondSkill).max(MAX_SECOND_SKILLS).meta({
  description:
    'Skills in which heads of the team may be trained besides its own, each once. Work that needs just one of them, and otherwise only what the team has, may go to the team, as far as its trained heads have hours for it.',
});

export type CrossTrainingInput = z.infer<typeof secondSkill>;

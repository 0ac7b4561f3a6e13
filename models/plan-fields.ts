import { z } from 'zod';

/** Fields that plans, diagnoses and explanations share. */

/** An id, or a name of ours. */
export const text = z.string().max(200);
export const optionalId = text.optional();

/** The ids a limit is about. */
export const subjectSchema = z
  .strictObject({
    workflow: optionalId,
    team: optionalId,
    skill: optionalId,
    site: optionalId,
    vendor: optionalId,
    period: optionalId,
  })
  .meta({
    id: 'Subject',
    description: 'The ids a limit is about; which of them are present depends on the family.',
  });

/** A limit with its name in words. */
export const namedLimit = z
  .strictObject({ family: text, subject: subjectSchema, label: z.string() })
  .meta({ id: 'NamedLimit' });

const words = z.array(text);
/** A team that may not take a workflow, with every rule that it fails. */
export const ineligible = z
  .strictObject({
    workflow: text,
    team: text,
    period: optionalId,
    reasons: z.array(
      z.strictObject({
        rule: z.enum(['skill', 'security-tier', 'control', 'country', 'complexity', 'not-allowed']),
        needed: z.union([z.number(), z.boolean(), words, z.strictObject({ not: words })]),
        has: z.union([z.number(), z.boolean(), text, words, z.null()]),
      }),
    ),
  })
  .meta({ id: 'IneligiblePlacement' });

export type NamedLimit = z.infer<typeof namedLimit>;

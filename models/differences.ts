import { z } from 'zod';
import { subjectSchema, text } from './plan-fields.ts';

/** What has changed between two scenarios, as the API gives it: an item for each thing that a planner would say by itself. */

/** What a difference is about, in the order in which they are told. */
export const DIFFERENCE_KINDS = [
  'scenario',
  'period',
  'site',
  'team',
  'workflow',
  'vendor-share',
  'in-house-share',
  'budget',
  'contract',
  'capacity',
  'demand',
  'placement',
] as const;

const fact = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const value = z.union([fact, z.array(z.unknown()), z.record(z.string(), z.unknown())]);

const difference = z
  .strictObject({
    change: z.enum(['added', 'removed', 'changed']),
    what: z.enum(DIFFERENCE_KINDS).meta({
      description:
        'The part of the scenario. A site, team or workflow that is added or removed is one item with all that stands within it; rules and `placement` facts about it are items of their own.',
    }),
    subject: subjectSchema.meta({
      id: 'DifferenceSubject',
      description: 'The ids it is about; which of them are present depends on `what`.',
    }),
    field: text.optional().meta({
      description:
        'The field that changed, as the scenario calls it; absent where the whole entry is meant. `order`: the periods stand in another order.',
    }),
    from: value
      .optional()
      .meta({ description: 'As the scenario had it, in its units; absent where it said nothing.' }),
    to: value.optional().meta({ description: 'As the scenario has it; absent where it says nothing.' }),
    sentence: z.string().meta({ description: 'The difference in words, with names and units.' }),
  })
  .meta({ id: 'ScenarioDifference' });

export const differenceFields = {
  total: z.int().meta({ description: 'How many differences there are, listed or not; 0 = none.' }),
  counts: z
    .partialRecord(z.enum(DIFFERENCE_KINDS), z.int())
    .meta({ description: 'How many there are of each kind, listed or not; kinds without one are left out.' }),
  items: z.array(difference).meta({
    description:
      'The first 1,000 of them: the scenario itself, periods, sites, teams and workflows (added and removed ones first), rules, contracts, then the tables of capacity, demand and placements.',
  }),
};

export type Difference = z.infer<typeof difference>;
export type DifferenceValue = z.infer<typeof value>;
export type DifferenceKind = Difference['what'];
export type Differences = z.infer<z.ZodObject<typeof differenceFields>>;

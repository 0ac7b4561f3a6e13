import { z } from 'zod';
import { ineligible, namedLimit, optionalId, subjectSchema, text } from './plan-fields.ts';
import { REPAIR_KINDS } from './relaxation.ts';

/**
 * What a plan says of plans that it is not: why there is none and what would have to change, and what a choice made the other way costs.
 *
 * All hours, money and shares are unrounded doubles.
 */

const repairKind = z.enum(REPAIR_KINDS);

const joiningHeads = z.strictObject({ period: text, heads: z.number() });

const limitChange = z
  .strictObject({
    kind: repairKind,
    family: text,
    subject: subjectSchema,
    unit: z.enum(['hours', 'fte', 'seats', 'share', 'money', 'sites', 'contacts']),
    from: z.number().meta({ description: 'What the field of the scenario says now.' }),
    to: z.number().meta({ description: 'What it has to say.' }),
    amount: z.number().meta({
      description:
        'The change in the unit of the kind: hours where `unit` is FTE or contacts, FTE where it is seats.',
    }),
    patch: z
      .strictObject({
        op: z.enum(['replace', 'add']),
        path: z.string(),
        value: z.union([
          z.number(),
          z.strictObject({
            period: text,
            hours: z.number().optional(),
            fte: z.number().optional(),
            paidHoursPerFte: z.number().optional(),
            shrinkage: z.number().optional(),
          }),
          joiningHeads,
          z.array(joiningHeads).readonly(),
        ]),
      })
      .meta({ description: 'The change as an operation of JSON Patch (RFC 6902) on the scenario as sent.' }),
    sentence: z.string(),
  })
  .meta({ id: 'LimitChange' });

const repair = z
  .strictObject({
    kinds: z
      .array(repairKind)
      .meta({ description: 'One kind, or several where none of them suffices alone.' }),
    suffices: z.boolean().meta({ description: 'Whether there is a plan with these kinds of change.' }),
    changes: z.array(limitChange).meta({
      description: 'Every limit to change, each rounded outward; empty where the kinds do not suffice.',
    }),
    amount: z.number().optional().meta({
      description: 'The sum of the changes; one kind only.',
    }),
    unit: z.enum(['hours', 'fte', 'share', 'money', 'sites']).optional(),
    isLeast: z.boolean().optional().meta({
      description:
        'Whether no amount smaller by a thousandth suffices, rounding left out: of the kinds, or of the team, workflow, site or vendor that alone changes. With several kinds money, shares and FTE are counted by the hours they are about.',
    }),
    totalCost: z.number().optional().meta({
      description: 'Cost of the plan of the scenario with these changes: solved, and proven like any plan.',
    }),
    gap: z.number().optional().meta({ description: 'As of any plan with yes/no choices.' }),
    stillInTheWay: z.array(namedLimit).optional().meta({
      description: 'Where the kinds do not suffice: limits that cannot all hold however far these kinds go.',
    }),
    sentence: z.string(),
  })
  .meta({ id: 'Repair' });

export const diagnosis = z
  .strictObject({
    conflict: z
      .array(
        z.strictObject({
          family: text,
          subject: subjectSchema,
          label: z.string(),
          requirement: z.string().meta({ description: 'What the rule demands, in words.' }),
          weight: z.number().optional().meta({
            description:
              'Multiplier of the limit in the proof that no plan exists; absent where that is the engine’s word.',
          }),
        }),
      )
      .meta({
        description:
          'Rules that cannot all hold, proven by weights. Without weights where only yes/no choices stand in the way: then it is the word of the engine that they cannot. Empty where an engine without proofs says that there is no plan.',
      }),
    irreducible: z.boolean().optional().meta({
      description:
        'Whether without any one of the rules the others can all hold; false where the time did not suffice to find out. Absent where the conflict is no set of limits.',
    }),
    facts: z.array(z.string()).meta({
      description: 'Who may not take the work in conflict, and why; and whether the conflict rests on that.',
    }),
    restsOn: z.array(ineligible).optional().meta({
      description:
        'Teams that may not take the work in conflict, each of which alone would end this conflict if it might, however many of its reasons there are. Empty where no single one would. Absent where that was not found out.',
    }),
    sentence: z.string(),
    repairs: z.array(repair).optional().meta({
      description:
        'Ways out: first what suffices and serves all work, by total cost; then what leaves work undone; then what does not suffice alone. Each has the least amount of its kind and, with that, the least cost. No skill, security tier, control, country, complexity or prohibition is ever touched.',
    }),
    repairsNotDone: z.number().int().optional().meta({
      description: 'Ways out that the time did not suffice to work out, where there are any.',
    }),
  })
  .meta({ id: 'Diagnosis' });

export const flippedChoice = z
  .strictObject({
    workflow: optionalId,
    team: optionalId,
    site: optionalId,
    period: optionalId,
    taken: z
      .boolean()
      .meta({ description: 'How the plan makes the choice; the costs are those of the other way.' }),
    totalCost: z.number().nullable().meta({
      description: 'Cost of the best plan with the choice made the other way; null = there is none.',
    }),
    change: z.number().nullable().meta({ description: 'totalCost less that of the plan.' }),
    gap: z.number().optional().meta({ description: 'As of any plan with yes/no choices.' }),
    sentence: z.string(),
  })
  .meta({ id: 'FlippedChoice' });

export type Repair = z.infer<typeof repair>;
export type RepairedLimit = z.infer<typeof limitChange>;
export type Diagnosis = z.infer<typeof diagnosis>;
export type FlippedChoice = z.infer<typeof flippedChoice>;

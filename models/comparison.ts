import { z } from 'zod';
import { optionalId, subjectSchema, text } from './plan-fields.ts';
import { planSchema } from './plan.ts';

/**
 * Plans beside each other, as `GET /v1/comparisons` gives them: what each comes to, and what every other one has different from
 * the first.
 *
 * All hours are workload hours, unrounded; money is in the currency of the plans.
 */

const costs = planSchema.shape.costs.unwrap();

const hours = (what: string) => z.number().meta({ description: `${what} Workload hours.` });

/** Absent for in-house work. */
const vendor = optionalId.meta({ description: 'The vendor; absent for in-house work.' });

const share = z
  .number()
  .nullable()
  .meta({ description: 'Share of all hours placed, 0 to 1; null where nothing is placed.' });

const figures = z
  .strictObject({
    plan: z.string().meta({ description: 'The id of the plan.' }),
    scenarioId: z.string(),
    revision: z.int(),
    scenarioName: z.string(),
    status: planSchema.shape.status,
    gap: planSchema.shape.gap,
    engine: text,
    totalCost: z.number(),
    costs,
    placedHours: hours('Placed over all periods.'),
    shortfallHours: hours('Not served, over all periods.'),
    backlogHours: hours('Waiting, added up over the ends of all periods.'),
    operators: z
      .array(z.strictObject({ vendor, hours: hours('Placed with it.'), share }))
      .meta({ description: 'In-house work first, then every vendor of the scenario.' }),
    sites: z.array(
      z.strictObject({
        site: text,
        name: z.string(),
        open: z.boolean().meta({ description: 'Whether any work is there in any period.' }),
        hours: hours('Placed there.'),
      }),
    ),
  })
  .meta({ id: 'PlanFigures', description: 'What one of the plans comes to.' });

const fromTo = { from: hours('In the first plan.'), to: hours('In this plan.') };

const place = z
  .strictObject({
    kind: z.enum(['team', 'shortfall', 'other-periods', 'demand']).meta({
      description:
        '`team`: placed there; `shortfall`: not served; `other-periods`: waits, or is done for another period; `demand`: as `from`, work that the first plan did not have, as `to`, work that is gone.',
    }),
    team: optionalId,
    site: optionalId,
  })
  .meta({ id: 'MovePlace', description: 'Where hours are, or come from.' });

const move = z
  .strictObject({ from: place, to: place, hours: hours('Moved.') })
  .meta({ id: 'Move', description: 'Hours of one workflow that are somewhere else than in the first plan.' });

const moves = z.array(move).meta({ description: 'The most hours first.' });

const workflowMoves = z
  .strictObject({
    workflow: text,
    hours: hours('Moved in all.'),
    moves: moves.meta({ description: 'Over all periods, added up; the most hours first.' }),
    periods: z
      .array(z.strictObject({ period: text, moves }))
      .optional()
      .meta({
        description:
          'The periods in which anything moved, in their order; left out of further workflows once 2,000 moves in single periods are listed.',
      }),
    sentence: z.string(),
  })
  .meta({ id: 'WorkflowMoves' });

const sides = z
  .strictObject({
    limit: z.number(),
    shadowPrice: z.number(),
    costOfOneMore: z.number().nullable().optional(),
    savingOfOneLess: z.number().nullable().optional(),
  })
  .meta({ id: 'ComparedPrice', description: 'A limit and its prices as the report of one plan has them.' });

const priceChange = z
  .strictObject({
    family: text,
    subject: subjectSchema,
    label: z.string(),
    unit: z.string(),
    from: sides,
    to: sides,
    size: z.number().meta({
      description:
        'Money per unit of the limit by which the price changed, at the side where it changed more; of a side that is possible in one plan only, the price there.',
    }),
    sentence: z.string(),
  })
  .meta({ id: 'PriceChange' });

const priceChanges = z
  .union([
    z.strictObject({
      compared: z.int().meta({ description: 'Limits that both reports have.' }),
      changed: z.int().meta({ description: 'Those among them whose price is another one.' }),
      items: z.array(priceChange).meta({ description: 'The 20 that changed most.' }),
    }),
    z.strictObject({ unavailable: z.string() }),
  ])
  .meta({ id: 'PriceChanges' });

const planDifferences = z
  .strictObject({
    plan: z.string().meta({ description: 'The plan that is compared with the first.' }),
    totalCost: z.number().meta({ description: 'This plan less the first, in money.' }),
    costs: z
      .strictObject(costs.shape)
      .meta({ description: 'This plan less the first, in money by cost term; they add up to totalCost.' }),
    placedHours: hours('This plan less the first:'),
    shortfallHours: hours('This plan less the first:'),
    backlogHours: hours('This plan less the first:'),
    sentence: z.string().meta({ description: 'The costs in words.' }),
    operators: z
      .array(
        z.strictObject({
          vendor,
          ...fromTo,
          fromShare: share,
          toShare: share,
          sentence: z.string(),
        }),
      )
      .meta({ description: 'In-house work and vendors whose hours differ.' }),
    sites: z
      .array(
        z.strictObject({
          site: text,
          ...fromTo,
          wasOpen: z.boolean(),
          isOpen: z.boolean(),
          sentence: z.string(),
        }),
      )
      .meta({ description: 'Sites that have other hours.' }),
    prices: priceChanges,
    moves: z.strictObject({
      hours: hours(
        'Moved in all, as few as explain the differences. Of plans of the same cost the engine takes any, so a move need not be owed to what changed in the scenario.',
      ),
      workflows: z.array(workflowMoves).meta({
        description:
          'What moved, workflow by workflow, the most hours first; so many of them that they have at most 2,000 moves over all periods.',
      }),
      workflowsNotListed: z.int(),
    }),
  })
  .meta({
    id: 'PlanDifferences',
    description:
      'What a plan has different from the first. Ids are matched after Unicode normalisation (NFC), across scenarios too.',
  });

export const comparisonSchema = z
  .strictObject({
    currency: z.string(),
    plans: z.array(figures).meta({ description: 'In the order in which they were asked for.' }),
    differences: z
      .array(planDifferences)
      .meta({ description: 'Every plan but the first, against the first.' }),
  })
  .meta({ id: 'Comparison' });

export type Comparison = z.infer<typeof comparisonSchema>;
export type PlanFigures = z.infer<typeof figures>;
export type PlanDifferences = z.infer<typeof planDifferences>;
export type PriceChange = z.infer<typeof priceChange>;
export type WorkflowMoves = z.infer<typeof workflowMoves>;
export type Move = z.infer<typeof move>;
export type MovePlace = z.infer<typeof place>;

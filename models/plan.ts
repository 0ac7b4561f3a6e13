import { z } from 'zod';

/**
 * What `POST /v1/solve` answers and `verify` reads: the plan, its certificate and its sensitivity report.
 *
 * All hours, money and shares are unrounded doubles. Numbers exist only in answers whose status has them.
 */

const text = z.string().max(200);
const optionalId = text.optional();

/** The ids a limit is about. */
export const subjectSchema = z
  .strictObject({
    workflow: optionalId,
    team: optionalId,
    site: optionalId,
    vendor: optionalId,
    period: optionalId,
  })
  .meta({
    id: 'Subject',
    description: 'The ids a limit is about; which of them are present depends on the family.',
  });

const allocationLine = z
  .strictObject({
    workflow: text,
    team: text,
    site: text,
    period: text,
    hours: z.number().meta({ description: 'Workload hours placed, above 0.' }),
    contacts: z
      .number()
      .nullable()
      .meta({ description: 'Contacts these hours are, where the demand has an AHT.' }),
    teamHours: z.number().meta({ description: 'Team hours used, hours · handlingFactor / occupancy.' }),
    share: z
      .number()
      .meta({ description: 'Share of what is placed for that workflow in that period, 0 to 1.' }),
    cost: z.number().meta({ description: 'Money charged per hour placed here.' }),
  })
  .meta({ id: 'AllocationLine' });

const workflowHours = z.strictObject({ workflow: text, period: text, hours: z.number() });

const costs = z
  .strictObject({
    handling: z.number(),
    payroll: z.number(),
    opening: z.number(),
    backlog: z.number(),
    shortfall: z.number(),
  })
  .meta({ id: 'Costs', description: 'Money by cost term; their sum is totalCost.' });

const price = z
  .strictObject({
    family: text,
    subject: subjectSchema,
    price: z.number().meta({ description: 'Change of total cost per unit increase of the limit.' }),
  })
  .meta({ id: 'Price' });

const certificate = z
  .strictObject({
    verified: z.boolean(),
    maxPrimalViolation: z
      .number()
      .meta({ description: 'Largest violation of a rule, relative to max(1, |limit|).' }),
    maxDualViolation: z.number().optional().meta({
      description:
        'Largest wrong sign of a price or reduced cost, relative to the costs it is made of; absent without duals.',
    }),
    relativeGap: z.number().meta({ description: '(cost − bound) / max(1, |cost|).' }),
    boundSource: z.enum(['duals', 'engine']).meta({
      description:
        '`duals`: the duals prove that no plan is cheaper. `engine`: that is the word of the engine; duals, where there are any, prove it among the plans with the same yes/no choices.',
    }),
    engine: text,
    duals: z.array(price).optional().meta({
      description:
        'The prices that prove the bound; limits that are not listed have price 0. Absent from an engine without prices.',
    }),
    solvedAfresh: z.literal(true).optional().meta({
      description: 'The first answer was not proven, so the program was solved again from nothing.',
    }),
    crossCheck: z.strictObject({ engine: text, totalCost: z.number() }).optional().meta({
      description: 'The other engine and its cost, where `crossCheck` was asked for and both agree.',
    }),
    faults: z.array(z.string()).optional().meta({ description: 'What the proof stumbled over, at most 20.' }),
  })
  .meta({ id: 'Certificate' });

const range = z.number().nullable();
const constraintReport = z
  .strictObject({
    family: text,
    subject: subjectSchema,
    label: z.string(),
    unit: z.string(),
    used: z.number(),
    limit: z.number(),
    slack: z.number(),
    binding: z.boolean(),
    degenerate: z.boolean().meta({
      description: 'True where the price holds for no step at all on one side, so that it may be one-sided.',
    }),
    shadowPrice: z.number(),
    allowableIncrease: range.meta({
      description: 'How far the limit may rise at this price; null = no end.',
    }),
    allowableDecrease: range.meta({
      description: 'How far the limit may fall at this price; null = no end.',
    }),
    sentence: z.string().optional().meta({ description: 'The price in words; binding limits only.' }),
  })
  .meta({ id: 'ConstraintReport' });

const placementReport = z
  .strictObject({
    workflow: text,
    team: text,
    period: text,
    hours: z.number(),
    costPerDemandHour: z.number(),
    reducedCost: z.number(),
    allowableIncrease: range.meta({
      description: 'How far the cost may rise before the plan changes; null = no end.',
    }),
    allowableDecrease: range.meta({
      description: 'How far the cost may fall before the plan changes; null = no end.',
    }),
    breakEvenCostPerDemandHour: z.number(),
    closed: z
      .literal(true)
      .optional()
      .meta({ description: 'A yes/no choice of the plan keeps the work from here, whatever it costs.' }),
  })
  .meta({ id: 'PlacementReport' });

const sensitivity = z
  .union([
    z.strictObject({
      convention: z.literal('change of total cost per unit increase of the limit'),
      basis: z.enum(['lp', 'choices-fixed']),
      constraints: z.array(constraintReport),
      placements: z.array(placementReport),
    }),
    z.strictObject({ unavailable: z.string() }),
  ])
  .meta({ id: 'Sensitivity' });

const words = z.array(text);
const ineligible = z
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

const diagnosis = z
  .strictObject({
    conflict: z
      .array(
        z.strictObject({
          family: text,
          subject: subjectSchema,
          label: z.string(),
          requirement: z.string().meta({ description: 'What the rule demands, in words.' }),
          weight: z
            .number()
            .meta({ description: 'Multiplier of the limit in the proof that no plan exists.' }),
        }),
      )
      .meta({
        description:
          'Rules that cannot all hold, proven by weights; empty where the engine alone says that there is no plan: only yes/no choices stand in the way, or it gives no proofs.',
      }),
    facts: z.array(z.string()).meta({ description: 'Who may not take the work in conflict, and why.' }),
    sentence: z.string(),
  })
  .meta({ id: 'Diagnosis' });

const warning = z.strictObject({ pointer: z.string(), code: z.string(), message: z.string() }).meta({
  id: 'Warning',
  description:
    'What to beware of in the scenario, with a JSON pointer into it. `number-range`: numbers of one unit lie more than 1e9 apart; more than 1e12 is refused.',
});

export const planSchema = z
  .strictObject({
    status: z.enum(['optimal', 'feasible', 'infeasible', 'unbounded', 'failed']),
    reason: z.enum(['time-limit', 'certificate', 'engine', 'memory']).optional(),
    totalCost: z.number().optional(),
    currency: z.string().optional(),
    costs: costs.optional(),
    gap: z
      .number()
      .optional()
      .meta({ description: '(cost − bound) / max(1, |cost|); plans with yes/no choices only.' }),
    allocation: z.array(allocationLine).optional(),
    shortfall: z.array(workflowHours).optional(),
    backlog: z.array(workflowHours).optional().meta({ description: 'Waiting at the end of the period.' }),
    sites: z.array(z.strictObject({ site: text, open: z.boolean(), openingCost: z.number() })).optional(),
    sensitivity: sensitivity.optional(),
    ineligible: z.array(ineligible).optional(),
    certificate: certificate.optional(),
    diagnosis: diagnosis.optional(),
    warnings: z.array(warning).optional().meta({ description: 'Present where there are any.' }),
  })
  .meta({ id: 'Plan' });

export type Plan = z.infer<typeof planSchema>;
export type PlanPrice = z.infer<typeof price>;
export type Certificate = z.infer<typeof certificate>;
export type ConstraintReport = z.infer<typeof constraintReport>;
export type PlacementReport = z.infer<typeof placementReport>;
export type Diagnosis = z.infer<typeof diagnosis>;

/** The numbers of a plan, before its certificate and report. */
export type PlanNumbers = {
  [
    Field in 'totalCost' | 'currency' | 'costs' | 'allocation' | 'shortfall' | 'backlog' | 'sites'
  ]: NonNullable<Plan[Field]>;
};

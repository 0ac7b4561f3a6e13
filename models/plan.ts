import { z } from 'zod';
import { REPAIR_KINDS } from './relaxation.ts';

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

const priceHolder = z
  .strictObject({
    kind: z.enum(['limit', 'placement', 'shortfall', 'backlog']),
    family: text.optional(),
    subject: subjectSchema,
    label: z.string(),
  })
  .meta({
    id: 'PriceHolder',
    description: 'A limit, or hours placed, not served or waiting, on which a price rests.',
  });

const limitEnd = z
  .strictObject({
    limit: z.number().meta({ description: 'The limit at which the price ends.' }),
    totalCost: z.number().meta({ description: 'Cost of the best plan there.' }),
    nextPrice: z
      .number()
      .nullable()
      .meta({ description: 'The price from there on; null = there is no plan beyond.' }),
    endedBy: priceHolder
      .optional()
      .meta({ description: 'The limit that is reached there, or the hours that fall to 0.' }),
    takenOverBy: priceHolder.optional().meta({
      description: 'The hours that take over from there on, or the limit that is no longer reached.',
    }),
  })
  .meta({ id: 'LimitEnd' });

const namedLimit = z
  .strictObject({ family: text, subject: subjectSchema, label: z.string() })
  .meta({ id: 'NamedLimit' });

const side = z.number().nullable();
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
    costOfOneMore: side.optional().meta({
      description:
        '`full` only: what one more costs, true also where the plan is degenerate; null = there is no plan with it.',
    }),
    savingOfOneLess: side.optional().meta({
      description:
        '`full` only: what one less saves, true also where the plan is degenerate; null = there is no plan with it, or it would be below zero.',
    }),
    increaseEnd: limitEnd
      .optional()
      .meta({ description: '`full` only: what happens at the end of allowableIncrease.' }),
    decreaseEnd: limitEnd
      .optional()
      .meta({ description: '`full` only: what happens at the end of allowableDecrease.' }),
    sameAs: z.array(namedLimit).optional().meta({
      description:
        'Limits that say the same in other words, where there are any: they are reached together, and a `shadowPrice` is split between them in an arbitrary way.',
    }),
    heldBy: z.array(namedLimit).optional().meta({
      description:
        '`full` only, where loosening this limit alone is worth nothing and tightening it is not: other limits that are reached at the same place; were they looser, it would be worth something.',
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
      constraintsConfirmed: z.number().int().optional().meta({
        description:
          '`full` only: limits that were moved up and down, and whose plan there, proven to be the cheapest, costs what their prices say.',
      }),
      constraintsNotDone: z.number().int().optional().meta({
        description:
          '`full` only, where there are any: limits left out of the report, because time ended or rounding left no price to be trusted.',
      }),
      warmAnswersRefused: z.number().int().optional().meta({
        description:
          '`full` only, where there are any: plans with a limit moved that were reached from this plan, could not be proven, and were solved again from nothing.',
      }),
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

const repairKind = z.enum(REPAIR_KINDS);

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

const diagnosis = z
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

const flippedChoice = z
  .strictObject({
    workflow: optionalId,
    site: text,
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
    flips: z.array(flippedChoice).optional().meta({
      description: 'What each of the yes/no choices named in `options.flips` costs, made the other way.',
    }),
    flipsNotDone: z.number().int().optional().meta({
      description:
        'Named choices that the time did not suffice to flip, or whose plan was not proven; where there are any.',
    }),
    warnings: z.array(warning).optional().meta({ description: 'Present where there are any.' }),
  })
  .meta({ id: 'Plan' });

export type Plan = z.infer<typeof planSchema>;
export type PlanPrice = z.infer<typeof price>;
export type Certificate = z.infer<typeof certificate>;
export type ConstraintReport = z.infer<typeof constraintReport>;
/** A sensitivity report that there is. */
export type PricedReport = Extract<NonNullable<Plan['sensitivity']>, { readonly constraints: unknown }>;
export type FlippedChoice = z.infer<typeof flippedChoice>;
export type NamedLimit = z.infer<typeof namedLimit>;
export type LimitEnd = z.infer<typeof limitEnd>;
export type PriceHolder = z.infer<typeof priceHolder>;
export type PlacementReport = z.infer<typeof placementReport>;
export type Repair = z.infer<typeof repair>;
export type RepairedLimit = z.infer<typeof limitChange>;
export type Diagnosis = z.infer<typeof diagnosis>;

/** The numbers of a plan, before its certificate and report. */
export type PlanNumbers = {
  [
    Field in 'totalCost' | 'currency' | 'costs' | 'allocation' | 'shortfall' | 'backlog' | 'sites'
  ]: NonNullable<Plan[Field]>;
};

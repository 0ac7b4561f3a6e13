import { z } from 'zod';
import { invoiceLine } from './contracts/bill.ts';
import { diagnosis, flippedChoice } from './diagnosis.ts';
import { SECOND_SKILL_KINDS } from './people/cross-training.ts';
import { PEOPLE_KINDS } from './people/headcount.ts';
import { classLine, PEOPLE_TERMS, peopleLine } from './people/people-lines-schema.ts';
import { ineligible, namedLimit, subjectSchema, text } from './plan-fields.ts';

/**
 * What `POST /v1/solve` answers and `verify` reads: the plan, its certificate and its sensitivity report.
 *
 * All hours, money and shares are unrounded doubles. Numbers exist only in answers whose status has them.
 */

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
    teamHours: z.number().meta({
      description:
        'Team hours used, hours · handlingFactor / occupancy, with a second skill divided by its productivity.',
    }),
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
    ...PEOPLE_TERMS,
    contracts: z.number(),
  })
  .meta({ id: 'Costs', description: 'Money by cost term; their sum is totalCost.' });

const contractBill = z
  .strictObject({
    vendor: text,
    period: text,
    unit: z
      .enum(['hours', 'contacts'])
      .meta({ description: 'What the contract bills: team hours, or contacts.' }),
    volume: z.number().meta({ description: 'Hours or contacts that are billed.' }),
    lines: z
      .array(invoiceLine)
      .meta({ description: 'How the bill comes about, in the contract’s currency.' }),
    total: z.number().meta({ description: 'Money of the contract’s currency.' }),
    exchangeRate: z.number().meta({ description: 'Money of the scenario’s currency for one unit of it.' }),
    cost: z.number().meta({ description: 'total · exchangeRate: money of the scenario’s currency.' }),
    bracket: z
      .strictObject({
        fromVolume: z.number(),
        toVolume: z.number().nullable().meta({ description: 'null = no end.' }),
      })
      .optional()
      .meta({
        description:
          'Present where the contract makes an hour cheaper or the bill jumps somewhere: the hours or contacts between which neither is so. Prices hold the bill within them.',
      }),
  })
  .meta({ id: 'ContractBill' });

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
    kind: z.enum(['limit', 'placement', 'shortfall', 'backlog', ...PEOPLE_KINDS, ...SECOND_SKILL_KINDS]),
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
    nextPrice: z.number().nullable().meta({
      description:
        'The price from there on; null = there is no plan beyond, with choices held where there are any.',
    }),
    endedBy: priceHolder
      .optional()
      .meta({ description: 'The limit that is reached there, or the hours that fall to 0.' }),
    takenOverBy: priceHolder.optional().meta({
      description: 'The hours that take over from there on, or the limit that is no longer reached.',
    }),
  })
  .meta({ id: 'LimitEnd' });

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
        '`full` only: what one more costs, true also where the plan is degenerate; null = there is no plan with it, with choices held where there are any.',
    }),
    savingOfOneLess: side.optional().meta({
      description:
        '`full` only: what one less saves, true also where the plan is degenerate; null = there is no plan with it, with choices held where there are any, or it would be below zero.',
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

const exchangeRateReport = z
  .strictObject({
    vendor: text,
    period: text,
    currency: z.string(),
    exchangeRate: z.number().meta({ description: 'Money of the scenario’s currency for one unit of it.' }),
    spend: z.number().meta({ description: 'What the vendor bills in the period, in its currency.' }),
    costOfOnePercentMore: z.number().meta({
      description:
        'Money of the scenario’s currency by which the plan’s cost rises if the rate is 1 % higher, as long as the plan stays; another plan may cost less.',
    }),
    sentence: z.string(),
  })
  .meta({ id: 'ExchangeRateReport' });

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
      exchangeRates: z.array(exchangeRateReport).optional().meta({
        description: 'Present where contracts are in another currency: what each period’s rate is worth.',
      }),
    }),
    z.strictObject({ unavailable: z.string() }),
  ])
  .meta({ id: 'Sensitivity' });

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
    contracts: z.array(contractBill).optional().meta({
      description: 'What vendors with a contract bill in every period; present where there are contracts.',
    }),
    people: z.array(peopleLine).optional().meta({
      description:
        'The people of teams with a headcount, in every period; present where there are such teams.',
    }),
    classes: z.array(classLine).optional().meta({ description: 'Everybody hired; present with `people`.' }),
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

export type { PlanClass, PlanPeople, PlanSecondSkill } from './people/people-lines-schema.ts';
export type Plan = z.infer<typeof planSchema>;
export type ExchangeRateReport = z.infer<typeof exchangeRateReport>;
export type PlanBill = z.infer<typeof contractBill>;
export type PlanPrice = z.infer<typeof price>;
export type Certificate = z.infer<typeof certificate>;
export type ConstraintReport = z.infer<typeof constraintReport>;
/** A sensitivity report that there is. */
export type PricedReport = Extract<NonNullable<Plan['sensitivity']>, { readonly constraints: unknown }>;
export type LimitEnd = z.infer<typeof limitEnd>;
export type PriceHolder = z.infer<typeof priceHolder>;
export type PlacementReport = z.infer<typeof placementReport>;

/** The numbers of a plan, before its certificate and report. */
export type PlanNumbers = {
  [
    Field in 'totalCost' | 'currency' | 'costs' | 'allocation' | 'shortfall' | 'backlog' | 'sites'
  ]: NonNullable<Plan[Field]>;
} & Partial<PeopleLines> &
  Partial<{ contracts: NonNullable<Plan['contracts']> }>;

/** What a plan says of people, where there are teams with a headcount. */
type PeopleLines = { [Field in 'people' | 'classes']: NonNullable<Plan[Field]> };

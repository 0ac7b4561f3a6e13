import { z } from 'zod';
import { subjectSchema } from './plan-fields.ts';
import { planSchema } from './plan.ts';

/**
 * What `POST /v1/explanations` answers: why each workflow is where it is and not elsewhere.
 *
 * All hours and money are unrounded doubles. Costs are money per workload hour unless the name says otherwise.
 */

const text = z.string().max(200);

/** A limit, without its period where it stands for several periods. */
const limitName = z.strictObject({ family: text, subject: subjectSchema });

const charge = z
  .strictObject({
    family: text,
    subject: subjectSchema,
    perHour: z.number().meta({
      description:
        'Money per workload hour: above 0 it speaks against the placement, below 0 for it. Minus the price of the limit times what the hour uses of it.',
    }),
  })
  .meta({ id: 'Charge', description: 'What a limit adds to the cost of a workload hour at a place.' });

const rate = z
  .strictObject({
    basis: z.enum(['productive-hour', 'paid-hour', 'fte-period', 'contact']),
    amount: z.number(),
  })
  .meta({ id: 'BreakEvenRate', description: 'A rate in the basis of the team.' });

const breakEven = z
  .strictObject({
    costPerDemandHour: z.number(),
    rate: rate.optional().meta({
      description:
        "The team's rate at which the placement costs that; absent where its cost is given or the team is paid for its capacity.",
    }),
    hours: z.number().meta({
      description:
        'Workload hours that move there: unused, those it gets just below; used, those it loses just above.',
    }),
    hoursAtCost: z.number().optional().meta({
      description:
        'Present where a full budget counts the cost: the hours are those at this cost, a thousandth below, and change with it.',
    }),
  })
  .meta({
    id: 'BreakEven',
    description:
      'The cost at which the placement gets its first hours, or loses its first, if only this cost changes. Confirmed by solving again on the other side of it.',
  });

const placementPrice = z
  .strictObject({
    period: text,
    hours: z.number(),
    costPerDemandHour: z.number(),
    charges: z.array(charge).meta({ description: 'Largest first; limits without a price are left out.' }),
    demandPrice: z
      .number()
      .meta({ description: 'What one more hour of the work costs in this period, by the same prices.' }),
    reducedCost: z.number().meta({
      description:
        'costPerDemandHour + the sum of charges − demandPrice: what an hour here costs more than elsewhere.',
    }),
    planHoldsFrom: z.number().nullable().meta({
      description:
        'The plan stays the cheapest while this cost alone falls to here; null = no end. Below 0: at no cost.',
    }),
    planHoldsTo: z.number().nullable().meta({
      description: 'The plan stays the cheapest while this cost alone rises to here; null = no end.',
    }),
    breakEven: breakEven.nullable().optional().meta({
      description:
        'null = no cost from 0 up changes the plan. Absent where it has not been confirmed, or a yes/no choice keeps the placement out.',
    }),
    closed: z
      .literal(true)
      .optional()
      .meta({ description: 'A yes/no choice of the plan keeps the work from here, whatever it costs.' }),
  })
  .meta({ id: 'PlacementPrice', description: 'One placement in one period, with its cost taken apart.' });

const evidence = z
  .strictObject({
    kind: z.enum(['skill', 'security-tier', 'control', 'country', 'complexity']),
    team: text.optional().meta({ description: 'Who would need it: skill and complexity.' }),
    site: text.optional().meta({ description: 'Where it would be needed: tier and control.' }),
    workflow: text
      .optional()
      .meta({ description: 'Whose list of allowed countries would be longer: country.' }),
    words: z.array(text).optional().meta({ description: 'Skills, controls or the country.' }),
    level: z.number().int().optional().meta({ description: 'Security tier or highest complexity.' }),
  })
  .meta({ id: 'Evidence', description: 'What a team or a site would have to show, or a workflow to allow.' });

const requirement = z
  .strictObject({
    rule: z.enum(['skill', 'security-tier', 'control', 'country', 'complexity', 'not-allowed']),
    sentence: z.string(),
    satisfiedBy: evidence
      .optional()
      .meta({ description: 'Absent where nothing would: a prohibition, or a country nobody names.' }),
  })
  .meta({
    id: 'Requirement',
    description: 'A rule that keeps a workflow from a team, and what would satisfy it.',
  });

const place = { workflow: text, team: text, site: text, periods: z.array(text) };

const ineligiblePlacement = z
  .strictObject({
    ...place,
    cause: z.literal('ineligible'),
    requirements: z.array(requirement),
    sentence: z.string(),
  })
  .meta({ id: 'IneligibleExplanation' });

const eligiblePlacement = z
  .strictObject({
    ...place,
    cause: z.enum(['used', 'same-cost', 'too-dear', 'no-room', 'held-by-rule']),
    because: z.array(limitName).optional().meta({
      description:
        '`no-room` and `held-by-rule`: the limits or choices that keep it out, without their period.',
    }),
    prices: z
      .array(placementPrice)
      .meta({ description: 'Period by period; periods without any capacity of the team have none.' }),
    sentence: z.string(),
  })
  .meta({ id: 'EligibleExplanation' });

const placement = z.union([ineligiblePlacement, eligiblePlacement]).meta({
  id: 'PlacementExplanation',
  description:
    'A workflow at a team in the periods in which the same thing is so. `ineligible`: a rule keeps them apart. `used`. `no-room`: the team or its seats have no capacity, or without the charges of team capacity and seats the reduced cost were 0 or less. `held-by-rule`: a yes/no choice keeps it out at a reduced cost of 0 or less, or without the charges of other limits (or of these and capacity) the reduced cost were 0 or less. `same-cost`: unused at a reduced cost of 0. `too-dear`: its own cost is above the price of the demand.',
});

const worthLine = z
  .strictObject({
    evidence,
    label: z.string(),
    opens: z
      .array(z.strictObject({ workflow: text, team: text }))
      .meta({ description: 'Everything that would become eligible: what nothing else keeps apart.' }),
    firstHourSaving: z.number().optional().meta({
      description:
        'What the first workload hour there would save at most, by the prices of the plan (`choices-fixed`: as if no choice kept it out).',
    }),
    worth: z.number().optional().meta({
      description:
        'Total cost of the plan less that of the plan with it granted, over the horizon; absent where the time did not suffice.',
    }),
    worthAtLeast: z
      .number()
      .optional()
      .meta({ description: 'Where yes/no choices leave a gap: the worth is no less.' }),
    worthAtMost: z
      .number()
      .optional()
      .meta({ description: 'The worth is no more: by the prices, or where yes/no choices leave a gap.' }),
    placed: z
      .array(z.strictObject({ workflow: text, team: text, hours: z.number() }))
      .optional()
      .meta({
        description:
          'Workload hours that the plan with it granted places on what becomes eligible, over the horizon.',
      }),
    provenBy: z.enum(['prices', 'plan']).optional().meta({
      description:
        'What says the worth. `prices`: no new placement has a reduced cost below 0, so it is 0. `plan`: the scenario with it granted was solved and certified.',
    }),
    unavailable: z
      .string()
      .optional()
      .meta({ description: 'Why there is no worth, where that is not for want of time.' }),
    sentence: z.string(),
  })
  .meta({
    id: 'EvidenceWorth',
    description:
      'What one change of evidence would be worth. It is information: nothing is granted, and prohibitions are not listed.',
  });

const gainAt = z.strictObject({
  rate: z.number(),
  units: z.number().meta({ description: 'Units of the rate that move there, above 0.' }),
  hours: z.number().meta({
    description: 'Workload hours that move with them; work that takes longer may replace other work.',
  }),
});

const rateStep = z
  .strictObject({
    rateFrom: z.number(),
    rateTo: z.number(),
    units: z.number().meta({
      description:
        'What the team bills between the two rates, in units of its rate: never more at a higher one.',
    }),
    hours: z.number().meta({ description: 'Workload hours placed at the team, in a best plan there.' }),
    spendFrom: z.number().meta({ description: 'Money charged for these hours at `rateFrom`.' }),
    spendTo: z.number().meta({ description: 'The same at `rateTo`.' }),
    totalCostFrom: z.number().meta({ description: 'Cost of the best plan at `rateFrom`.' }),
    totalCostTo: z.number().meta({ description: 'Cost of the best plan at `rateTo`.' }),
  })
  .meta({ id: 'RateStep', description: 'A stretch of rates over which the team bills the same.' });

const ratePoint = z
  .strictObject({
    rate: z.number(),
    units: z.number().optional(),
    hours: z.number().optional(),
    spend: z.number().optional(),
    totalCost: z.number().optional().meta({ description: 'Absent, as all else, where there is no plan.' }),
  })
  .meta({ id: 'RatePoint' });

const sheetLine = z
  .strictObject({
    team: text,
    site: text,
    rate,
    units: z.number().meta({ description: 'Units of the rate that the plan takes.' }),
    hours: z.number().meta({ description: 'Workload hours that the plan places at the team.' }),
    spend: z
      .number()
      .meta({ description: 'Money charged for these hours; payroll of a whole capacity is none of it.' }),
    payroll: z.number().optional().meta({
      description:
        'Money owed for the whole capacity over the horizon, used or not: present where the team is paid for it.',
    }),
    winsBelow: gainAt.nullable().optional().meta({
      description: 'The rate below which the team wins its first more; null = none down to half its rate.',
    }),
    losesAbove: gainAt.nullable().optional().meta({
      description:
        'The rate above which the team loses its first; null = none up to one and a half times its rate.',
    }),
    steps: z.array(rateStep).optional().meta({
      description:
        'Exact and confirmed by solving again, by rising rate: at most five steps on either side of today, within half its rate of it.',
    }),
    points: z.array(ratePoint).optional().meta({
      description:
        'Instead of steps where a budget is full and bends the curve: what the best plan is at some rates.',
    }),
    unavailable: z.string().optional().meta({ description: 'Why there are neither steps nor points.' }),
    sentence: z.string(),
  })
  .meta({ id: 'BreakEvenSheetLine', description: "One team's rate, if it alone changes." });

const sheet = z
  .strictObject({ vendor: text, teams: z.array(sheetLine) })
  .meta({ id: 'BreakEvenSheet', description: "A vendor's teams for a negotiation of their rates." });

export const explanationSchema = z
  .strictObject({
    status: planSchema.shape.status,
    reason: planSchema.shape.reason,
    totalCost: z.number().optional(),
    currency: z.string().optional(),
    basis: z.enum(['lp', 'choices-fixed']).optional(),
    placements: z.array(placement).optional().meta({ description: 'Periods without work are left out.' }),
    breakEvensConfirmed: z.number().int().optional(),
    breakEvensNotDone: z.number().int().optional().meta({
      description:
        'Break-evens left out, because time ended, a full budget bends the curve or rounding left none to be trusted.',
    }),
    worth: z.array(worthLine).optional().meta({
      description:
        'Every single change of evidence that would make something asked about eligible, with no more than it lacks, worth most first; then those not solved.',
    }),
    worthNotDone: z.number().int().optional().meta({
      description:
        'Changes of evidence without a worth, because time ended or the scenario with them is not complete.',
    }),
    breakEvenSheets: z.array(sheet).optional().meta({
      description: 'One a vendor asked about; absent where only workflows are.',
    }),
    breakEvenSheetTeamsNotDone: z
      .number()
      .int()
      .optional()
      .meta({ description: 'Teams without steps or points, because time ended.' }),
    unavailable: z.string().optional().meta({ description: 'Why a plan has no explanations.' }),
    warnings: planSchema.shape.warnings,
  })
  .meta({ id: 'Explanation' });

export type Explanation = z.infer<typeof explanationSchema>;
export type PlacementExplanation = z.infer<typeof placement>;
export type EligibleExplanation = z.infer<typeof eligiblePlacement>;
export type PlacementPriceLine = z.infer<typeof placementPrice>;
export type BreakEven = z.infer<typeof breakEven>;
export type LimitName = z.infer<typeof limitName>;
export type Evidence = z.infer<typeof evidence>;
export type EvidenceWorth = z.infer<typeof worthLine>;
export type BreakEvenSheet = z.infer<typeof sheet>;
export type SheetLine = z.infer<typeof sheetLine>;
export type RateStep = z.infer<typeof rateStep>;
export type RatePoint = z.infer<typeof ratePoint>;
export type Requirement = z.infer<typeof requirement>;

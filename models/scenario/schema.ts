import { z } from 'zod';
import { families } from '../constraints/index.ts';
import { contractSchema } from '../contracts/contract-schema.ts';
import {
  amount,
  date,
  id,
  label,
  level,
  MAX_ENTITIES,
  MAX_PERIODS,
  MAX_PLACEMENTS,
  positiveAmount,
  share,
  words,
} from './fields.ts';

/**
 * The scenario as a user sends it. Unknown fields are refused with their path. Fields that belong to one planning rule
 * come from that rule's family; what stands here belongs to no single rule.
 */

const period = z
  .strictObject({
    id: id('The period.'),
    start: date('First day.').optional(),
    end: date('Last day.').optional(),
  })
  .meta({ id: 'Period' });

const site = z
  .strictObject({
    id: id('The site.'),
    name: label('What people call the site; default its id.').optional(),
    operator: z
      .enum(['in-house', 'bpo'])
      .meta({ description: '`bpo` requires `vendor`, `in-house` forbids it.' }),
    vendor: id('The vendor that operates the site.').optional(),
    country: id('The country the work is seen from.').optional(),
    timeZone: label('IANA time zone, for people; not used by the model.').optional(),
    securityTier: level(
      5,
      'Highest tier of work the site is certified for, 1 open to 5 most sensitive; default 1.',
    ).optional(),
    controls: words('Named controls the site can prove.').optional(),
    ...inputsFor('site'),
  })
  .meta({ id: 'Site' });

const rate = z
  .strictObject({
    basis: z.enum(['productive-hour', 'paid-hour', 'fte-period', 'contact']),
    amount: amount('Money per unit of the basis.'),
  })
  .meta({ id: 'Rate', description: 'What the work costs; available time is included in a productive hour.' });

const team = z
  .strictObject({
    id: id('The team.'),
    name: label('What people call the team; default its id.').optional(),
    site: id('The site the team works at.'),
    skills: words('Skills everyone in the team has.').optional(),
    maxComplexity: level(100, 'Hardest complexity tier the team may take; absent = any.').optional(),
    rate,
    paid: z
      .enum(['used', 'capacity'])
      .meta({ description: '`used` (default): only hours used cost; `capacity`: the whole capacity costs.' })
      .optional(),
    ...inputsFor('team'),
  })
  .meta({ id: 'Team', description: 'People at one site with the same skills and the same rate.' });

const workflow = z
  .strictObject({
    id: id('The workflow (queue).'),
    name: label('What people call the workflow; default its id.').optional(),
    channel: label('Voice, chat, email and so on; for people, not used by the model.').optional(),
    skills: words('Skills a team needs.').optional(),
    securityTier: level(5, 'Tier a site needs; default 1.').optional(),
    controls: words('Controls a site needs.').optional(),
    complexity: level(100, 'Complexity tier; default 1.').optional(),
    allowedCountries: words('Countries the work may be seen from; absent = any.').optional(),
    deniedCountries: words('Countries the work may not be seen from.').optional(),
    occupancy: z
      .number()
      .min(0.01)
      .max(1)
      .meta({ description: 'Handling time / (handling + available time), above 0 to 1; default 1.' })
      .optional(),
    ...inputsFor('workflow'),
  })
  .meta({ id: 'Workflow' });

const placement = z
  .strictObject({
    workflow: id('The workflow.'),
    team: id('The team.'),
    period: id(
      'The period; absent = all periods. A placement with a period overrides one without, field by field.',
    ).optional(),
    handlingFactor: positiveAmount('AHT at the team / reference AHT; default 1.').optional(),
    costPerDemandHour: amount('Money per workload hour; replaces whatever the rate implies.').optional(),
    quality: share(
      'Quality of the work, as the vendor’s contract measures it; absent = its target. Counts only where the contract pays for quality.',
    ).optional(),
    allowed: z
      .boolean()
      .meta({ description: 'false forbids the placement; true lifts only an `allowed: false`.' })
      .optional(),
  })
  .meta({ id: 'Placement', description: 'Facts about one workflow at one team.' });

export const scenarioSchema = z
  .strictObject({
    name: label('What people call the scenario.'),
    currency: z
      .string()
      .max(3, { error: 'Use a three-letter code such as USD.', abort: true })
      .regex(/^[A-Z]{3}$/, 'Use a three-letter code such as USD.')
      .meta({ description: 'ISO 4217 code of all money in the scenario.' }),
    periods: z.array(period).min(1).max(MAX_PERIODS).meta({ description: 'In time order.' }),
    periodsPerYear: positiveAmount(
      'Periods in a year: 12 for months, 52 for weeks; needed where attrition is given by year.',
    ).optional(),
    sites: z.array(site).max(MAX_ENTITIES),
    teams: z.array(team).max(MAX_ENTITIES),
    workflows: z.array(workflow).max(MAX_ENTITIES),
    placements: z.array(placement).max(MAX_PLACEMENTS).optional(),
    contracts: z
      .array(contractSchema)
      .max(MAX_ENTITIES)
      .meta({
        description:
          'At most one with a vendor: it pays for the hours of its teams, whose `rate` is then not used.',
      })
      .optional(),
    rules: z.strictObject(inputsFor('rules')).meta({ id: 'Rules' }).optional(),
  })
  .meta({ id: 'Scenario' });

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioSite = Scenario['sites'][number];
export type ScenarioTeam = Scenario['teams'][number];
export type ScenarioWorkflow = Scenario['workflows'][number];
export type ScenarioPlacement = NonNullable<Scenario['placements']>[number];

type Level = 'workflow' | 'team' | 'site' | 'rules';
type UnionToIntersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;
type InputsOf<Family, Place extends Level> = Family extends { inputs: Record<Place, infer Shape> }
  ? Shape
  : never;

/** The fields that all registered families add at one place of the scenario. */
function inputsFor<Place extends Level>(
  place: Place,
): UnionToIntersection<InputsOf<(typeof families)[number], Place>> {
  const shapes = families.map((family) => (family.inputs as Partial<Record<Level, object>>)[place] ?? {});
  // The union of literal shapes is their intersection once merged; Object.assign cannot say so in types.
  return Object.assign({}, ...shapes) as UnionToIntersection<InputsOf<(typeof families)[number], Place>>;
}

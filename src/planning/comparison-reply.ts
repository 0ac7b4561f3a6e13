import { z } from 'zod';
import { comparedPlans } from '../../models/comparison/compared-plans.ts';
import type { ComparedPlan } from '../../models/comparison/compared-plan.ts';
import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { fullNameOf } from '../engines/engine.ts';
import type { HandlerReply, ReceivedRequest } from '../processes/serve-requests.ts';
import { scenarioIn } from '../scenarios/kept-content.ts';
import type { LARGE_FIELDS } from './plan-fields.ts';
import type { Engines, Handling } from './handling.ts';
import { jsonAnswer, nothingReply } from './replies.ts';

/** The fields of a plan that are compared, besides the small ones. */
export const COMPARED_FIELDS = [
  'allocation',
  'shortfall',
  'backlog',
  'sites',
  'sensitivity',
  'certificate',
] as const satisfies readonly (typeof LARGE_FIELDS)[number][];

/** Which part of the request is what; several plans may be of one scenario. */
const comparisonParts = z.object({
  plans: z.array(
    z.object({
      id: z.string(),
      scenarioId: z.string(),
      revision: z.int(),
      scenario: z.int(),
      summary: z.int(),
      fields: z.partialRecord(z.enum(COMPARED_FIELDS), z.int()),
    }),
  ),
});

export type ComparisonParts = z.infer<typeof comparisonParts>;

/** Compares finished plans, which come in parts as they are kept; `nothing` where they cannot be compared. */
export function replyWithComparison(
  { parts, options }: ReceivedRequest,
  { engines }: Pick<Handling, 'engines'>,
): HandlerReply {
  const plans = plansIn(parts, comparisonParts.parse(options));
  const detail = whyNotComparable(plans, engines);
  if (detail !== undefined) return nothingReply({ detail });
  return jsonAnswer(comparedPlans(plans as ComparedPlan[]));
}

type SentPlan = Omit<ComparedPlan, 'plan'> & { readonly plan: Plan };

/** The parts are what earlier requests were answered with, so they are read as they are. */
function plansIn(parts: readonly Buffer[], { plans }: ComparisonParts): SentPlan[] {
  const scenarios = new Map<number, Scenario>();
  const read = (part: number): unknown => JSON.parse(parts[part].toString());
  return plans.map(({ id, scenarioId, revision, scenario: at, summary, fields }) => {
    const scenario = scenarios.get(at) ?? scenarioIn(parts[at]);
    scenarios.set(at, scenario);
    const large = Object.entries(fields).map(([field, part]) => [field, read(part)] as const);
    const plan = { ...(read(summary) as object), ...Object.fromEntries(large) } as Plan;
    return { id, scenarioId, revision, scenario, plan };
  });
}

/** Why numbers of these plans must not stand beside each other; undefined where they may. */
function whyNotComparable(plans: readonly SentPlan[], engines: Engines): string | undefined {
  const costless = plans.find(({ plan }) => plan.totalCost === undefined || !plan.certificate);
  if (costless)
    return `Plan ${costless.id} is ${costless.plan.status} and has no cost. Compare plans that are optimal or feasible.`;
  const currency = differing(plans, ({ plan }) => plan.currency ?? '');
  if (currency) return `The plans are in different currencies: ${currency}. Compare plans of one currency.`;
  const engine = differing(plans, engineOf);
  return engine && `The plans were made by ${engine}. ${remedyFor(plans, engines)}`;
}

/** How plans of several engines, or versions of one, come to be of one. */
function remedyFor(plans: readonly SentPlan[], engines: Engines): string {
  const today = Object.values(engines).find(({ name }) =>
    plans.every((plan) => engineOf(plan).startsWith(`${name} `)),
  );
  if (!today) return 'Plan the scenarios again with one engine (options.engine).';
  const name = fullNameOf(today);
  const calls = plans
    .filter((plan) => engineOf(plan) !== name)
    .map(({ id }) => `POST /v1/plans/${id}/replay`);
  return `Those of another version than ${name} are made again with it by ${calls.join(', ')}; compare the replays.`;
}

function engineOf({ plan }: SentPlan): string {
  return plan.certificate!.engine;
}

/** "USD (plan a), EUR (plan b)", where plans differ in something. */
function differing(plans: readonly SentPlan[], valueOf: (plan: SentPlan) => string): string | undefined {
  const owners = new Map<string, string>();
  for (const plan of plans) if (!owners.has(valueOf(plan))) owners.set(valueOf(plan), plan.id);
  if (owners.size < 2) return undefined;
  return [...owners].map(([value, id]) => `${value} (plan ${id})`).join(', ');
}

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { verifyAnswer } from '../../models/certificate.ts';
import { type Plan, planSchema } from '../../models/plan.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { jsonIn } from '../scenarios/kept-content.ts';

/** A kept revision. */
export interface RevisionToProve {
  readonly scenario: string;
  readonly revision: number;
  readonly sha256: string;
  /** As `kept-content.ts` has it. */
  readonly content: Buffer;
}

/** A kept plan in its pieces, with the revision that it is of. */
export interface PlanToProve {
  readonly id: string;
  readonly sha256: string;
  readonly scenario: RevisionToProve | undefined;
  readonly summary: string;
  readonly fields: readonly { readonly field: string; readonly content: Buffer }[];
}

/** How many there are, how many of them are proven, and what is wrong with the others. */
export interface Proven {
  readonly total: number;
  readonly proven: number;
  /** Those that claim nothing which could be proven. */
  readonly withoutClaim: number;
  readonly faults: readonly string[];
}

/** Recomputes the digest of every revision. */
export function proveRevisions(revisions: Iterable<RevisionToProve>): Proven {
  return proveAll(revisions, (revision) => {
    if (digestOf(revision) === revision.sha256) return 'proven';
    return `revision ${revision.revision} of scenario ${revision.scenario} is not what its SHA-256 says`;
  });
}

/** Proves every plan again from its scenario and its own numbers, as `apportion verify` does. */
export function provePlans(plans: Iterable<PlanToProve>): Proven {
  return proveAll(plans, (plan) => {
    const why = faultOfPlan(plan);
    return why === 'proven' || why === 'without-claim' ? why : `plan ${plan.id}: ${why}`;
  });
}

function proveAll<Item>(items: Iterable<Item>, prove: (item: Item) => string): Proven {
  let [total, proven, withoutClaim] = [0, 0, 0];
  const faults: string[] = [];
  for (const item of items) {
    total += 1;
    const found = prove(item);
    if (found === 'proven') proven += 1;
    else if (found === 'without-claim') withoutClaim += 1;
    else faults.push(found);
  }
  return { total, proven, withoutClaim, faults };
}

function faultOfPlan({ scenario: revision, sha256, summary, fields }: PlanToProve): string {
  if (!revision) return 'its scenario is missing';
  if (revision.sha256 !== sha256) return 'it is of another scenario than it says';
  const read = planSchema.safeParse(parsed(() => planJson(summary, fields)));
  if (!read.success) return 'it cannot be read';
  if (!claimsSomething(read.data)) return 'without-claim';
  const { scenario } = checkScenario(parsed(() => jsonIn(revision.content)));
  if (!scenario) return 'its scenario cannot be read';
  return verifyAnswer(scenario, read.data).at(0) ?? 'proven';
}

/** A failed plan has no numbers, and of some scenarios only the engine says that there is no plan. */
function claimsSomething({ status, diagnosis }: Plan): boolean {
  if (status === 'infeasible') return diagnosis?.conflict.some(({ weight }) => weight !== undefined) ?? false;
  return status !== 'failed';
}

function planJson(summary: string, fields: PlanToProve['fields']): string {
  const members = fields.map(({ field, content }) => `${JSON.stringify(field)}:${content.toString()}`);
  const small = summary.slice(1, -1);
  return `{${[...(small === '' ? [] : [small]), ...members].join(',')}}`;
}

function digestOf({ content }: RevisionToProve): string | undefined {
  const value = parsed(() => jsonIn(content));
  if (value === undefined) return undefined;
  return createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
}

/** Undefined where the text is no JSON, or cannot be had. */
function parsed(text: () => string): unknown {
  try {
    return JSON.parse(text());
  } catch {
    return undefined;
  }
}

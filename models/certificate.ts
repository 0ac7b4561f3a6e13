import { dualBound } from './certificate/dual-bound.ts';
import type { LimitUse } from './certificate/limit-use.ts';
import { recompute, type RecomputedScenario } from './certificate/recomputed-scenario.ts';
import { reportFaults } from './certificate/report-checks.ts';
import { checkRules, TOLERANCE } from './certificate/rule-checks.ts';
import type { Certificate, Plan, PlanNumbers, PlanPrice } from './plan.ts';
import type { Scenario } from './scenario/schema.ts';

/**
 * Proves a plan from the scenario and the plan's own numbers alone.
 *
 * Imports no builder, no normaliser and no engine: hours, rates and eligibility are computed here a second time. A plan
 * is verified when it breaks no rule, its stated money is what the scenario's rates make of its hours, its prices are
 * feasible, and the bound they prove is its cost, each within 1e-6 of the size concerned.
 */
export function certify(
  scenario: Scenario,
  plan: PlanNumbers,
  duals: readonly PlanPrice[],
  engine: string,
): Certificate {
  return certifyRecomputed(recompute(scenario), plan, duals, engine).certificate;
}

/**
 * Proves a whole answer again, as `verify` does: the plan's numbers, its prices, and the sensitivity report as far as
 * plan and prices determine it (every limit with its price, use and slack, every placement with its hours, reduced cost
 * and break-even; ranges are not part of the proof). For an infeasible answer, that its conflict cannot be satisfied.
 *
 * Returns what is wrong, in words; nothing where everything holds.
 */
export function verifyAnswer(scenario: Scenario, answer: Plan): string[] {
  const model = recompute(scenario);
  if (answer.status === 'infeasible') {
    const weights = (answer.diagnosis?.conflict ?? []).map(({ family, subject, weight }) => ({
      family,
      subject,
      price: weight,
    }));
    return provesInfeasible(model, weights) ? [] : ['the conflict does not prove that there is no plan'];
  }
  if (answer.status !== 'optimal')
    return [`an answer with status ${answer.status} claims nothing that could be proven`];
  const { totalCost, currency, costs, allocation, shortfall, backlog, sites, certificate } = answer;
  if (
    totalCost === undefined ||
    currency === undefined ||
    !costs ||
    !allocation ||
    !shortfall ||
    !backlog ||
    !sites
  ) {
    return ['the plan lacks some of its numbers'];
  }
  const duals = certificate?.duals ?? [];
  const numbers = { totalCost, currency, costs, allocation, shortfall, backlog, sites };
  const proof = certifyRecomputed(model, numbers, duals, certificate?.engine ?? '');
  return [
    ...(proof.certificate.faults ?? []),
    ...(proof.certificate.verified ? [] : ['the plan is not proven optimal']),
    ...reportFaults(model, answer, duals, proof.uses),
  ];
}

/** Whether the weights prove that no plan can satisfy the limits they are on (a Farkas ray). */
export function isProvenInfeasible(scenario: Scenario, weights: readonly PlanPrice[]): boolean {
  return provesInfeasible(recompute(scenario), weights);
}

/** Rounding may make a sum of terms differ by this fraction of the sum of their sizes, with much room to spare. */
const ROUNDING = 1e-11;

function provesInfeasible(model: RecomputedScenario, weights: readonly PlanPrice[]): boolean {
  const { bound, magnitude, unknownPrices } = dualBound(model, weights, false);
  return unknownPrices.length === 0 && bound > magnitude * ROUNDING;
}

function certifyRecomputed(
  model: RecomputedScenario,
  plan: PlanNumbers,
  duals: readonly PlanPrice[],
  engine: string,
): { readonly certificate: Certificate; readonly uses: readonly LimitUse[] } {
  const { finding, uses } = checkRules(model, plan);
  const dual = dualBound(model, duals, true);
  const relativeGap = (plan.totalCost - dual.bound) / Math.max(1, Math.abs(plan.totalCost));
  const faults = [...finding.faults];
  if (dual.unknownPrices.length > 0)
    faults.push(`${dual.unknownPrices.length} prices name no limit of the scenario, or one twice`);
  if (!(dual.worstViolation <= TOLERANCE))
    faults.push(`a price or reduced cost has the wrong sign by ${dual.worstViolation}`);
  if (!(Math.abs(relativeGap) <= TOLERANCE))
    faults.push(`the proven bound differs from the cost by ${relativeGap} of it`);
  const certificate: Certificate = {
    verified: faults.length === 0,
    // Infinity is no JSON number; a violation without size is as large as can be said.
    maxPrimalViolation: Math.min(finding.worst, Number.MAX_VALUE),
    maxDualViolation: Math.min(dual.worstViolation, Number.MAX_VALUE),
    relativeGap,
    boundSource: 'duals',
    engine,
    ...(duals.length > 0 && { duals: [...duals] }),
    ...(faults.length > 0 && { faults }),
  };
  return { certificate, uses };
}

import { dualBound, placementKey } from './certificate/dual-bound.ts';
import { recompute, type RecomputedScenario } from './certificate/recomputed-scenario.ts';
import { checkRules, type Finding, note, refuse, TOLERANCE } from './certificate/rule-checks.ts';
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
  return certifyRecomputed(recompute(scenario), plan, duals, engine);
}

/**
 * Proves a whole answer again, as `verify` does: the plan's numbers, its prices, and the sensitivity report as far as
 * the prices determine it (prices, reduced costs, break-evens, use and slack; ranges are not part of the proof). For
 * an infeasible answer, that its conflict cannot be satisfied.
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
  const { verified, faults } = certifyRecomputed(model, numbers, duals, certificate?.engine ?? '');
  return [
    ...(faults ?? []),
    ...(verified ? [] : ['the plan is not proven optimal']),
    ...reportFaults(model, answer, duals),
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
): Certificate {
  const finding = checkRules(model, plan);
  const dual = dualBound(model, duals, true);
  const relativeGap = (plan.totalCost - dual.bound) / Math.max(1, Math.abs(plan.totalCost));
  const faults = [...finding.faults];
  if (dual.unknownPrices.length > 0)
    faults.push(`${dual.unknownPrices.length} prices name no limit of the scenario, or one twice`);
  if (!(dual.worstViolation <= TOLERANCE))
    faults.push(`a price or reduced cost has the wrong sign by ${dual.worstViolation}`);
  if (!(Math.abs(relativeGap) <= TOLERANCE))
    faults.push(`the proven bound differs from the cost by ${relativeGap} of it`);
  return {
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
}

/** Holds the sensitivity report against the prices that travel with the plan. */
function reportFaults(model: RecomputedScenario, answer: Plan, duals: readonly PlanPrice[]): string[] {
  const report = answer.sensitivity;
  if (report === undefined || 'unavailable' in report) return [];
  const finding: Finding = { worst: 0, faults: [] };
  const priceOf = new Map(duals.map(({ family, subject, price }) => [keyOf(family, subject), price]));
  for (const row of report.constraints) {
    const price = priceOf.get(keyOf(row.family, row.subject)) ?? 0;
    note(finding, `the price of "${row.label}"`, Math.abs(row.shadowPrice - price), price);
    const slack = row.family === 'in-house-share' ? row.used - row.limit : row.limit - row.used;
    note(finding, `the slack of "${row.label}"`, Math.abs(row.slack - slack), row.limit);
  }
  const { reducedCosts } = dualBound(model, duals, true);
  const budgetPrice = (period: string) =>
    (priceOf.get(keyOf('budget', {})) ?? 0) + (priceOf.get(keyOf('budget', { period })) ?? 0);
  for (const line of report.placements) {
    const [w, k, t] = [
      model.find.workflow(line.workflow),
      model.find.team(line.team),
      model.find.period(line.period),
    ];
    const facts =
      w === undefined || k === undefined || t === undefined
        ? undefined
        : reducedCosts.get(placementKey(model, w, k, t));
    const name = `${line.workflow} / ${line.team} / ${line.period}`;
    if (facts === undefined) {
      refuse(finding, `${name} is not a placement the scenario permits`);
      continue;
    }
    const breakEven = facts.cost - facts.reducedCost / (1 - budgetPrice(line.period));
    note(finding, `the cost of ${name}`, Math.abs(line.costPerDemandHour - facts.cost), facts.cost);
    note(finding, `the reduced cost of ${name}`, Math.abs(line.reducedCost - facts.reducedCost), facts.cost);
    note(
      finding,
      `the break-even of ${name}`,
      Math.abs((line.breakEvenCostPerDemandHour ?? breakEven) - breakEven),
      facts.cost,
    );
  }
  return finding.faults;
}

function keyOf(family: string, { workflow, team, site, vendor, period }: PlanPrice['subject']): string {
  return JSON.stringify([family, workflow, team, site, vendor, period].map((id) => id ?? null));
}

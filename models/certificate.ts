import { dualBound } from './certificate/dual-bound.ts';
import type { HeldChoices } from './certificate/held-choices.ts';
import type { LimitUse } from './certificate/limit-use.ts';
import { recompute, type RecomputedScenario } from './certificate/recomputed-scenario.ts';
import { mayHire } from './certificate/people-limits.ts';
import { reportFaults } from './certificate/report-checks.ts';
import { fitsNowhere } from './certificate/site-count.ts';
import { TOLERANCE } from './certificate/finding.ts';
import { checkRules } from './certificate/rule-checks.ts';
import type { Certificate, Plan, PlanNumbers, PlanPrice } from './plan.ts';
import type { Scenario } from './scenario/schema.ts';

/**
 * Proves a plan from the scenario and the plan's own numbers alone.
 *
 * Imports no builder, no normaliser and no engine: hours, rates and eligibility are computed here a second time. A plan
 * is verified when it breaks no rule, its stated money is what the scenario's rates make of its hours, its prices are
 * feasible, and the bound they prove is its cost, each within 1e-6 of the size concerned.
 *
 * Where the scenario has yes/no choices, the prices prove that no plan with the same choices is cheaper; that no other
 * choices are better by more than `engineGap` (relative) is the engine's word, and the certificate says so. So it does of
 * an engine without prices, whose optimum nothing proves: then `duals` must be the word `engine` itself.
 */
export function certify(
  scenario: Scenario,
  plan: PlanNumbers,
  duals: Duals,
  engine: string,
  engineGap?: number,
): Certificate {
  return certifyRecomputed(recompute(scenario), plan, duals, engine, engineGap).certificate;
}

/** Prices that prove that no plan is cheaper; `engine` where the engine has none and its word is all there is. */
export type Duals = readonly PlanPrice[] | 'engine';

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
    const conflict = answer.diagnosis?.conflict ?? [];
    const weights = conflict.flatMap(({ family, subject, weight }) =>
      weight === undefined ? [] : [{ family, subject, price: weight }],
    );
    if (weights.length === 0) return ['that there is no plan is the word of the engine alone'];
    return provesInfeasible(model, weights) ? [] : ['the conflict does not prove that there is no plan'];
  }
  if (answer.status !== 'optimal' && answer.status !== 'feasible')
    return [`an answer with status ${answer.status} claims nothing that could be proven`];
  const { totalCost, currency, costs, allocation, shortfall, backlog, sites, people, classes, contracts } =
    answer;
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
  const duals = dualsOf(answer);
  const numbers = {
    totalCost,
    currency,
    costs,
    allocation,
    shortfall,
    backlog,
    sites,
    ...(contracts && { contracts }),
    ...(people && { people }),
    ...(classes && { classes }),
  };
  const proof = certifyRecomputed(model, numbers, duals, '', answer.gap);
  return [
    ...(proof.certificate.faults ?? []),
    ...(proof.certificate.verified ? [] : [`the plan is not proven ${answer.status}`]),
    ...(duals === 'engine' ? faultsOfUnprovenReport(answer) : reportFaults(model, answer, duals, proof)),
    ...crossCheckFaults(answer, totalCost),
  ];
}

/** The cost that a second engine found is no lower than the plan's gap allows, and without choices it is the plan's. */
function crossCheckFaults({ certificate, gap }: Plan, totalCost: number): string[] {
  if (certificate?.crossCheck === undefined) return [];
  const size = Math.max(1, Math.abs(totalCost));
  const saving = (totalCost - certificate.crossCheck.totalCost) / size;
  const holds = saving <= TOLERANCE + (gap ?? 0) && (gap !== undefined || saving >= -TOLERANCE);
  return holds ? [] : ['the cross-check found another cost than the plan states'];
}

/** What of a verified answer is not proven but the word of its engine, in words; undefined where all is proven. */
export function wordOfEngine(scenario: Scenario, answer: Plan): string | undefined {
  const { allocation, certificate, gap, people, contracts } = answer;
  if (!allocation || !certificate) return undefined;
  if (dualsOf(answer) === 'engine')
    return `that no plan is cheaper is the word of ${certificate.engine} alone`;
  if (choicesOf(recompute(scenario), { allocation, people, contracts }) === undefined) return undefined;
  const percent = `${Number(((gap ?? 0) * 100).toPrecision(2))} %`;
  return `that no other choices are better by more than ${percent} is the word of ${certificate.engine} alone`;
}

/** An answer is taken at its engine's word only where it says so; otherwise its prices, none if need be, have to prove it. */
function dualsOf({ certificate }: Plan): Duals {
  if (certificate?.boundSource === 'engine' && certificate.duals === undefined) return 'engine';
  return certificate?.duals ?? [];
}

function faultsOfUnprovenReport({ sensitivity }: Plan): string[] {
  const hasPrices = sensitivity !== undefined && !('unavailable' in sensitivity);
  return hasPrices ? ['the report has prices, and the plan has none that prove them'] : [];
}

/** Whether the weights prove that no plan can satisfy the limits they are on (a Farkas ray). */
export function isProvenInfeasible(scenario: Scenario, weights: readonly PlanPrice[]): boolean {
  return provesInfeasible(recompute(scenario), weights);
}

/** Rounding may make a sum of terms differ by this fraction of the sum of their sizes, with much room to spare. */
const ROUNDING = 1e-11;

function provesInfeasible(model: RecomputedScenario, weights: readonly PlanPrice[]): boolean {
  if (weights.length > 0 && weights.every(({ family }) => family === 'max-sites')) {
    // No multipliers are needed: each of these workflows alone makes a plan impossible.
    return weights.every(({ subject }) => {
      const w = model.find.workflow(subject.workflow ?? '');
      return w !== undefined && fitsNowhere(model, w);
    });
  }
  const { bound, magnitude, unknownPrices } = dualBound(model, weights, false);
  return unknownPrices.length === 0 && bound > magnitude * ROUNDING;
}

function certifyRecomputed(
  model: RecomputedScenario,
  plan: PlanNumbers,
  duals: Duals,
  engine: string,
  engineGap: number | undefined,
): Proof {
  const { finding, uses } = checkRules(model, plan);
  const choices = choicesOf(model, plan);
  const proven = duals === 'engine' ? undefined : proveBound(model, plan, duals, choices);
  const faults = [...finding.faults, ...(proven?.faults ?? [])];
  // The gap of a linear program is proven here; that of choices is what the engine says, and must be said.
  const gap = choices === undefined ? (proven?.gap ?? 0) : engineGap;
  if (choices && !(gap! >= 0)) faults.push('the plan has choices and says no gap');
  const certificate: Certificate = {
    verified: faults.length === 0,
    // Infinity is no JSON number; a violation without size is as large as can be said.
    maxPrimalViolation: Math.min(finding.worst, Number.MAX_VALUE),
    ...(proven && { maxDualViolation: Math.min(proven.worstViolation, Number.MAX_VALUE) }),
    relativeGap: gap ?? Number.MAX_VALUE,
    boundSource: proven && choices === undefined ? 'duals' : 'engine',
    engine,
    ...(duals !== 'engine' && { duals: [...duals] }),
    ...(faults.length > 0 && { faults }),
  };
  return { certificate, uses, choices };
}

/** How far the prices prove a plan, relative to its cost; with choices, among the plans that have the same. */
function proveBound(
  model: RecomputedScenario,
  { totalCost }: PlanNumbers,
  duals: readonly PlanPrice[],
  choices: HeldChoices | undefined,
): { gap: number; worstViolation: number; faults: string[] } {
  const { bound, worstViolation, unknownPrices } = dualBound(model, duals, true, choices);
  const gap = (totalCost - bound) / Math.max(1, Math.abs(totalCost));
  const faults: string[] = [];
  if (unknownPrices.length > 0)
    faults.push(`${unknownPrices.length} prices name no limit of the scenario, or one twice`);
  if (!(worstViolation <= TOLERANCE))
    faults.push(`a price or reduced cost has the wrong sign by ${worstViolation}`);
  if (!(Math.abs(gap) <= TOLERANCE)) faults.push(`the proven bound differs from the cost by ${gap} of it`);
  return { gap, worstViolation, faults };
}

/** What a proof leaves behind for the check of the report. */
export interface Proof {
  readonly certificate: Certificate;
  readonly uses: readonly LimitUse[];
  readonly choices: HeldChoices | undefined;
}

/** Whether any team may take the workflow in any period: otherwise there is no site to choose. */
function mayBePlaced(model: RecomputedScenario, w: number): boolean {
  return model.scenario.teams.some((_, k) =>
    model.scenario.periods.some((_period, t) => model.placement(w, k, t) !== undefined),
  );
}

/** The choices that a plan has made; undefined where the scenario has none to make. */
function choicesOf(
  model: RecomputedScenario,
  {
    allocation,
    people = [],
    contracts = [],
  }: Pick<Plan, 'people' | 'contracts'> & Pick<PlanNumbers, 'allocation'>,
): HeldChoices | undefined {
  const { sites, workflows } = model.scenario;
  const isOpened = sites.map(({ openingCost }) => (openingCost ?? 0) > 0);
  const isTied = workflows.map(({ maxSites }, w) => maxSites !== undefined && mayBePlaced(model, w));
  const hasMinimum = workflows.map((each, w) => (each.minimumTeamHours ?? 0) > 0 && mayBePlaced(model, w));
  const hasClasses = model.people.map((each) => each?.classes !== undefined && mayHire(each, model.T));
  const isHeld = contracts.map(({ bracket }) => bracket !== undefined);
  if (![isOpened, isTied, hasMinimum, hasClasses, isHeld].some((choices) => choices.includes(true)))
    return undefined;
  const hires = new Map(
    people.map((line) => [`${model.find.team(line.team)} ${model.find.period(line.period)}`, line.hires]),
  );
  const classOf = (k: number, t: number) => (hasClasses[k] ? (hires.get(`${k} ${t}`) ?? 0) : undefined);
  const used = new Set<string>();
  for (const line of allocation) {
    const [w, s, t] = [
      model.find.workflow(line.workflow),
      model.find.site(line.site),
      model.find.period(line.period),
    ];
    for (const key of [`${s}`, `${w} ${s}`, `${w} ${s} ${t}`]) used.add(key);
  }
  return {
    isClosed: (w, s, t) =>
      (isOpened[s] && !used.has(`${s}`)) ||
      (isTied[w] && !used.has(`${w} ${s}`)) ||
      (hasMinimum[w] && !used.has(`${w} ${s} ${t}`)),
    hasMinimum: (w, s, t) => hasMinimum[w] && used.has(`${w} ${s} ${t}`),
    openingCost: sites.reduce((sum, site, s) => sum + (used.has(`${s}`) ? (site.openingCost ?? 0) : 0), 0),
    classOf,
    bracketOf: bracketsHeld(model, contracts),
    classCost: (t) =>
      model.people.reduce(
        (sum, each, k) => sum + ((classOf(k, t) ?? 0) > 0 ? (each?.classes?.cost ?? 0) : 0),
        0,
      ),
  };
}

/** The brackets in which a plan says that its bills are held. */
function bracketsHeld(
  { contracts, find, T }: RecomputedScenario,
  bills: NonNullable<Plan['contracts']>,
): HeldChoices['bracketOf'] {
  const held = new Map(
    bills.flatMap(({ vendor, period, bracket }) => {
      const contract = contracts.findIndex((each) => each.vendor === vendor.normalize());
      const place = contract * T + (find.period(period) ?? 0);
      return bracket
        ? [[place, { from: bracket.fromVolume, to: bracket.toVolume ?? Infinity }] as const]
        : [];
    }),
  );
  return (contract, t) => held.get(contract * T + t);
}

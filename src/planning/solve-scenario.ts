import { buildAllocationModel } from '../../models/allocation-model.ts';
import { certify, isProvenInfeasible } from '../../models/certificate.ts';
import { describeConflict, rayOfOneRow, weightsOfRay } from '../../models/explanation/conflict.ts';
import { describeTooFewSites } from '../../models/explanation/site-count.ts';
import type { Fault } from '../../models/fault.ts';
import {
  closedChoices,
  type HeldChoices,
  hasChoices,
  holdChoices,
  rangesWithClosed,
  unusedChoices,
  withClosed,
  withoutChoices,
} from '../../models/choices.ts';
import type { BasisRanges, LinearProgram } from '../../models/linear-program.ts';
import type { Diagnosis, Plan, PlanPrice } from '../../models/plan.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { classicReport } from '../../models/sensitivity/classic-report.ts';
import type { Engine, EngineAnswer } from '../engines/engine.ts';
import { crossCheck } from './cross-check.ts';
import { sizeFault } from './size-limit.ts';
import type { OptionFault, SolveOptions } from './solve-options.ts';

/** The stations a solve passes, in order; each is announced before it begins. */
export type Stage = 'formulate' | 'solve' | 'certify' | 'price' | 'cross-check';

export type SolveOutcome =
  | { readonly plan: Plan; readonly faults?: undefined }
  | { readonly plan?: undefined; readonly faults: readonly (Fault | OptionFault)[] };

/**
 * From a valid scenario to a certified plan: normalise, formulate, solve, certify, price; and solve again with
 * `checkEngine`, where there is one, in the time that is left.
 *
 * Nothing is called optimal that the certificate has not verified, and no conflict is named that it has not proven: either
 * ends as `failed`, without numbers. What an engine without prices says of optimum and conflict is its word, and so is that only
 * yes/no choices stand in the way: the answer says so. Throws `EngineError` where the engine gives no answer.
 */
export function solveScenario(
  scenario: Scenario,
  options: SolveOptions,
  engine: Engine,
  announce: (stage: Stage) => void,
  checkEngine?: Engine,
): SolveOutcome {
  announce('formulate');
  const { data, faults, warnings } = normaliseScenario(scenario);
  if (faults) return { faults };
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const secondsLeft = () => Math.max(SHORTEST_RUN_SECONDS, (end - performance.now()) / 1000);
  const program = buildAllocationModel(data);
  const tooLarge =
    sizeFault(program, engine, 'engine') ?? (checkEngine && sizeFault(program, checkEngine, 'crossCheck'));
  if (tooLarge) return { faults: [tooLarge] };
  const solving: Solving = { scenario, data, program, options, engine, secondsLeft, announce };
  announce('solve');
  const answer = engine.solve(solving.program, {
    // A search over choices leaves time to price and prove what it finds.
    timeLimitSeconds: hasChoices(program) ? secondsLeft() * SEARCH_SHARE : secondsLeft(),
    mipGap: options.mipGap,
    ranges: options.sensitivity === 'classic',
  });
  const plan = planOfAnswer(solving, answer);
  const checked = checkEngine ? crossChecked(plan, solving, checkEngine) : plan;
  return { plan: warnings.length > 0 ? { ...checked, warnings: [...warnings] } : checked };
}

function crossChecked(plan: Plan, solving: Solving, checkEngine: Engine): Plan {
  const { data, program, options, secondsLeft, announce } = solving;
  announce('cross-check');
  const again = { timeLimitSeconds: secondsLeft(), mipGap: options.mipGap, ranges: false };
  return crossCheck(plan, data, program, checkEngine, again);
}

/** An engine needs some time to say that it had none. */
const SHORTEST_RUN_SECONDS = 0.01;

/** Of the time that is left, so much goes into the search over choices. */
const SEARCH_SHARE = 0.8;

/** What the stations after the engine work with. */
interface Solving {
  readonly scenario: Scenario;
  readonly data: PlanningData;
  readonly program: LinearProgram;
  readonly options: SolveOptions;
  readonly engine: Engine;
  readonly secondsLeft: () => number;
  readonly announce: (stage: Stage) => void;
}

function planOfAnswer(solving: Solving, answer: EngineAnswer): Plan {
  switch (answer.status) {
    case 'optimal':
      return certifiedPlan(solving, { ...answer, program: solving.program });
    case 'incumbent':
      return planWithChoices(solving, answer.columnValue, answer.bound);
    case 'infeasible':
      return hasChoices(solving.program)
        ? infeasibleByRelaxation(solving)
        : infeasiblePlan(solving, answer.ray);
    case 'unbounded':
      return { status: 'unbounded' };
    case 'time-limit':
      return { status: 'failed', reason: 'time-limit' };
  }
}

/** A linear program solved: the scenario's own, or what is left of it with its choices held. */
interface SolvedProgram {
  readonly program: LinearProgram;
  readonly columnValue: Float64Array;
  readonly rowPrice?: Float64Array;
  readonly ranges?: BasisRanges;
  /** Present where choices are held: which columns they close, and how far at most from the best choices. */
  readonly held?: { readonly isClosed: Uint8Array; readonly gap: number };
}

function certifiedPlan(solving: Solving, solved: SolvedProgram): Plan {
  const { scenario, data, options, engine, announce } = solving;
  announce('certify');
  const numbers = planNumbersOf(data, solved.program, solved.columnValue);
  // A linear program's prices are owed; a plan that the search found is not lost for want of them.
  const isTakenAtItsWord = !engine.capabilities.prices || (solved.held && !solved.rowPrice);
  const duals = isTakenAtItsWord ? 'engine' : pricesOf(solved.program, solved.rowPrice);
  const certificate = certify(scenario, numbers, duals, fullNameOf(engine), solved.held?.gap);
  if (!certificate.verified) {
    const { duals: _unproven, ...rest } = certificate;
    return { status: 'failed', reason: 'certificate', certificate: rest };
  }
  const isOptimal = solved.held === undefined || solved.held.gap <= options.mipGap;
  const plan: Plan = {
    status: isOptimal ? 'optimal' : 'feasible',
    ...numbers,
    ...(solved.held && { gap: solved.held.gap }),
    certificate,
    ineligible: ineligibleOf(data),
  };
  if (options.sensitivity === 'none' || !isOptimal) return plan;
  if (isTakenAtItsWord) {
    const unavailable = engine.capabilities.prices
      ? 'The time ended before the plan could be priced. Allow more with timeLimitSeconds.'
      : `The engine ${engine.name} gives no prices; highs does.`;
    return { ...plan, sensitivity: { unavailable } };
  }
  announce('price');
  const { ranges, rowPrice } = solved;
  const isClosed = solved.held && { isClosed: solved.held.isClosed };
  const sensitivity =
    ranges && rowPrice
      ? classicReport({ ...solved, data, ranges, rowPrice, ...isClosed })
      : { unavailable: 'The engine ended without a basis, so it has no prices with ranges.' };
  return { ...plan, sensitivity };
}

/** So often are the choices held again: a site can turn out to be opened for nothing. */
const MAX_ROUNDS = 5;

/**
 * A plan from the choices the engine found: they are held, the linear program that remains is solved anew, and its
 * prices are those of the plan. What remains costs no more than what the engine found.
 */
function planWithChoices(solving: Solving, columnValue: Float64Array, bound: number): Plan {
  const { data, program, options, engine, secondsLeft } = solving;
  const ranges = options.sensitivity === 'classic';
  let closed = closedChoices(program, columnValue);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const choices = holdChoices(data, program, closed);
    const answer = engine.solve(choices.solved, { timeLimitSeconds: secondsLeft(), ranges });
    if (answer.status === 'time-limit') return planAsFound(solving, columnValue, bound);
    if (answer.status !== 'optimal') return { status: 'failed', reason: 'engine' };
    const all = withClosed(choices, answer.columnValue, 0);
    const unused = unusedChoices(data, program, all);
    if (unused.size > closed.size) {
      closed = unused;
      continue;
    }
    return certifiedPlan(solving, {
      program: choices.program,
      columnValue: all,
      ...(answer.rowPrice && { rowPrice: answer.rowPrice }),
      ...(answer.ranges && { ranges: rangesWithClosed(choices, answer.ranges) }),
      held: { isClosed: choices.isClosed, gap: gapOf(data, choices, all, bound) },
    });
  }
  return { status: 'failed', reason: 'engine' };
}

/** The plan as the search left it, without prices: time ended before what remains of it was solved. */
function planAsFound({ data, program, ...rest }: Solving, columnValue: Float64Array, bound: number): Plan {
  const choices = holdChoices(data, program, closedChoices(program, columnValue));
  const open = Float64Array.from(choices.openColumns, (column) => columnValue[column]);
  const all = withClosed(choices, open, 0);
  return certifiedPlan(
    { data, program, ...rest },
    {
      program: choices.program,
      columnValue: all,
      held: { isClosed: choices.isClosed, gap: gapOf(data, choices, all, bound) },
    },
  );
}

/** How far at most a plan is from the best one, relative to its cost; `bound` leaves the payroll out. */
function gapOf(data: PlanningData, choices: HeldChoices, columnValue: Float64Array, bound: number): number {
  const { totalCost, costs } = planNumbersOf(data, choices.program, columnValue);
  return Math.max(0, (totalCost - costs.payroll - bound) / Math.max(1, Math.abs(totalCost)));
}

/**
 * Why no choices give a plan: a workflow that fits nowhere; else the conflict of the easier program without choices; else
 * the choices themselves, and that is the engine's word: no reason is known.
 */
function infeasibleByRelaxation(solving: Solving): Plan {
  const { scenario, data, program, engine, secondsLeft } = solving;
  const tooFewSites = describeTooFewSites(data);
  if (tooFewSites && isProvenInfeasible(scenario, weightsOf(tooFewSites)))
    return infeasibleAnswer(data, tooFewSites);
  const relaxed = withoutChoices(program);
  const answer = engine.solve(relaxed, { timeLimitSeconds: secondsLeft(), ranges: false });
  if (answer.status === 'infeasible') return infeasiblePlan({ ...solving, program: relaxed }, answer.ray);
  if (answer.status !== 'optimal') return { status: 'failed', reason: 'time-limit' };
  return infeasibleAnswer(data, { conflict: [], facts: [], sentence: NO_REASON_KNOWN });
}

function ineligibleOf(data: PlanningData): NonNullable<Plan['ineligible']> {
  // The same lines; only the answer's type is free to be changed.
  return data.ineligible as NonNullable<Plan['ineligible']>;
}

/** The prices that are not 0, by the limit they belong to. */
function pricesOf(
  program: LinearProgram,
  rowPrice: Float64Array = new Float64Array(program.rows.length),
): PlanPrice[] {
  return program.rows.flatMap(({ family, subject, isDefinition }, row) =>
    isDefinition || rowPrice[row] === 0 ? [] : [{ family, subject, price: rowPrice[row] }],
  );
}

/** An engine's name with its version. */
function fullNameOf({ name, version }: Engine): string {
  return `${name} ${version}`;
}

function infeasiblePlan(
  { scenario, data, program, engine }: Solving,
  ray: Float64Array | undefined = rayOfOneRow(program),
): Plan {
  if (!ray && !engine.capabilities.prices) {
    const sentence = `There is no plan, says ${fullNameOf(engine)}, and gives no reason; highs names the rules that cannot all hold.`;
    return infeasibleAnswer(data, { conflict: [], facts: [], sentence });
  }
  const weights = ray ? weightsOfRay(program, ray) : [];
  if (!isProvenInfeasible(scenario, weights)) return { status: 'failed', reason: 'certificate' };
  return infeasibleAnswer(data, describeConflict(data, program, weights));
}

function weightsOf({ conflict }: Diagnosis): PlanPrice[] {
  return conflict.map(({ family, subject, weight }) => ({ family, subject, price: weight }));
}

const NO_REASON_KNOWN =
  'There is no plan, whatever the yes/no choices. Without them (sites to be opened, numbers of sites, minimum hours) there would be one; no closer reason is known.';

function infeasibleAnswer(data: PlanningData, diagnosis: Diagnosis): Plan {
  return { status: 'infeasible', currency: data.currency, ineligible: ineligibleOf(data), diagnosis };
}

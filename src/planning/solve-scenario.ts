import { buildAllocationModel, type Formulation } from '../../models/allocation-model.ts';
import { hasChoices } from '../../models/choices.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import type { Fault } from '../../models/fault.ts';
import { costOf } from '../../models/linear-program.ts';
import type { Plan } from '../../models/plan.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine, EngineAnswer, SearchState } from '../engines/engine.ts';
import { type Announce, certifiedPlan, type Solving } from './certified-plan.ts';
import { crossCheck } from './cross-check.ts';
import { infeasibleByRelaxation, infeasiblePlan } from './no-plan.ts';
import { firstPlan, planWithChoices } from './plan-with-choices.ts';
import { sizeFault } from './size-limit.ts';
import type { OptionFault, SolveOptions } from './solve-options.ts';

/** The answer to a scenario, and the program it was solved as. */
export interface SolvedScenario {
  readonly plan: Plan;
  readonly formulation: Formulation;
  /** The engine threw over what the answer can do without: it must not be used again. */
  readonly isEngineSpent?: boolean;
  readonly faults?: undefined;
}

export type SolveOutcome =
  SolvedScenario | { readonly plan?: undefined; readonly faults: readonly (Fault | OptionFault)[] };

/** A scenario as the stations work with it, or what is wrong with it. */
export type Formulated =
  | { readonly solving: Solving; readonly warnings: readonly Fault[]; readonly faults?: undefined }
  | { readonly solving?: undefined; readonly warnings?: undefined; readonly faults: readonly Fault[] };

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
  announce: Announce,
  checkEngine?: Engine,
): SolveOutcome {
  return solveFormulated(formulated(scenario, options, engine, announce), checkEngine);
}

/** `solveScenario` from where the scenario is formulated. */
export function solveFormulated(
  { solving, warnings, faults }: Formulated,
  checkEngine: Engine | undefined,
): SolveOutcome {
  if (faults) return { faults };
  const { data, program, engine } = solving;
  const tooLarge =
    sizeFault(program, engine, 'engine') ?? (checkEngine && sizeFault(program, checkEngine, 'crossCheck'));
  if (tooLarge) return { faults: [tooLarge] };
  const proven = provenPlan(solving, checkEngine && CHECKED_SEARCH_SHARE);
  const checked = checkEngine ? crossChecked(proven, solving, checkEngine) : proven;
  const plan = warnings.length > 0 ? { ...checked, warnings: [...warnings] } : checked;
  return { plan, formulation: { data, program } };
}

/** Normalises and formulates. The time limit counts from here. */
export function formulated(
  scenario: Scenario,
  options: SolveOptions,
  engine: Engine,
  announce: Announce,
): Formulated {
  announce('formulate');
  const { data, faults, warnings } = normaliseScenario(scenario);
  if (faults) return { faults };
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const secondsLeft = () => Math.max(SHORTEST_RUN_SECONDS, (end - performance.now()) / 1000);
  const program = buildAllocationModel(data);
  return { solving: { scenario, data, program, options, engine, secondsLeft, announce }, warnings };
}

/**
 * Solved, and solved once more from nothing where the answer is not proven: engines have been seen to call a plan optimal
 * that a start from another basis left unfinished (ERGO-Code/HiGHS#3194, #3294).
 */
export function provenPlan(solving: Solving, searchShare = 1): Plan {
  const plan = planOf(solving, searchShare);
  if (plan.reason !== 'certificate') return plan;
  const engine: Engine = {
    ...solving.engine,
    solve: (program, options) => solving.engine.solve(program, { ...options, afresh: true }),
  };
  const again = planOf({ ...solving, engine }, searchShare);
  return again.certificate ? { ...again, certificate: { ...again.certificate, solvedAfresh: true } } : again;
}

function planOf(solving: Solving, searchShare: number): Plan {
  const { program, options, engine, secondsLeft, announce } = solving;
  announce('solve');
  const answer = hasChoices(program)
    ? searchOverChoices(solving, searchShare)
    : engine.solve(program, { timeLimitSeconds: secondsLeft(), ranges: options.sensitivity !== 'none' });
  return planOfAnswer(solving, answer);
}

function crossChecked(plan: Plan, solving: Solving, checkEngine: Engine): Plan {
  const { data, program, options, secondsLeft, announce } = solving;
  announce('cross-check');
  const again = { timeLimitSeconds: secondsLeft(), mipGap: options.mipGap, ranges: false };
  return crossCheck(plan, data, program, checkEngine, again);
}

/** An engine needs some time to say that it had none. */
const SHORTEST_RUN_SECONDS = 0.01;

/** Of the time that is left, so much goes into the search where a second engine is to search as well. */
const CHECKED_SEARCH_SHARE = 0.5;

/** Of a search's time so much is kept, for a search that ends late and for pricing and proving what it finds. */
const RESERVE_SHARE = 0.1;

/** Kept at least, in times of what the first plan took: what is still to be done takes about as long. */
const RESERVE_FIRST_PLANS = 2;

/** A first plan, and the engine's search from there. */
function searchOverChoices(solving: Solving, share: number): EngineAnswer {
  const { program, options, engine, secondsLeft } = solving;
  const onSearch = searchTeller(solving);
  const atFirst = secondsLeft();
  const start = firstPlan(solving);
  if (start) onSearch({ incumbent: costOf(program, start.columnValue), bound: start.bound });
  const left = secondsLeft();
  const reserve = Math.max(RESERVE_SHARE * left, RESERVE_FIRST_PLANS * (atFirst - left));
  const timeLimitSeconds = Math.max(SHORTEST_RUN_SECONDS, (left - reserve) * share);
  return engine.solve(program, {
    timeLimitSeconds,
    mipGap: options.mipGap,
    ranges: false,
    onSearch,
    ...(start && { start }),
  });
}

/** Tells how far a search is in the money of plans: a program's cost leaves the payroll out. */
function searchTeller({ data, announce }: Solving): (state: SearchState) => void {
  const payroll = constantCostOf(data, 0, data.periods.length - 1);
  return (state) => {
    const bound = state.bound + payroll;
    if (state.incumbent === undefined) {
      announce('solve', { bound });
      return;
    }
    const incumbent = state.incumbent + payroll;
    const gap = Math.max(0, (incumbent - bound) / Math.max(1, Math.abs(incumbent)));
    announce('solve', { incumbent, bound, gap });
  };
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

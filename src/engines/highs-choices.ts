import type { Highs, Model } from 'highs';
import { costOf, type LinearProgram } from '../../models/linear-program.ts';
import { type EngineAnswer, EngineError, type EngineOptions } from './engine.ts';
import { dive } from './highs-dive.ts';
import { FEASIBILITY_TOLERANCE, NO_LIMIT } from './highs-settings.ts';

/**
 * A dive for a first plan, then the engine's own search from there, for as long as the time allows. `model` is the relaxation,
 * and `solveRelaxation` runs it and gives its status.
 */
export function solveWithChoices(
  highs: Highs,
  model: Model,
  program: LinearProgram,
  solveRelaxation: () => number,
  options: EngineOptions,
): EngineAnswer {
  const status = highs.constants.modelStatus;
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const secondsLeft = () => Math.max(0, (end - performance.now()) / 1000);
  const choices = [...program.isBinary].flatMap((isBinary, column) => (isBinary ? [column] : []));
  const given = options.start && planOf(program, options.start.columnValue, options.start.bound);
  const first = dive(highs, model, choices, solveRelaxation, secondsLeft);
  if (first.relaxation === status.infeasible || first.relaxation === status.unboundedOrInfeasible)
    return { status: 'infeasible' };
  if (first.relaxation === status.timeLimit) return given ?? { status: 'time-limit' };
  if (first.bound === undefined) throw new EngineError(`HiGHS ended in model status ${first.relaxation}.`);
  const start = cheaper(planOf(program, first.columnValue, first.bound), given);
  const mipGap = options.mipGap ?? 1e-6;
  if (start && start.cost - start.bound <= mipGap * Math.abs(start.cost)) return start;
  // The search does not look at its clock before it has solved the relaxation once more.
  if (start && secondsLeft() < 2 * first.relaxationSeconds) return start;
  return searchChoices(highs, model, program, choices, start, {
    ...options,
    timeLimitSeconds: secondsLeft(),
    mipGap,
  });
}

type Incumbent = Extract<EngineAnswer, { status: 'incumbent' }> & { readonly cost: number };

function planOf(
  program: LinearProgram,
  columnValue: Float64Array | undefined,
  bound: number,
): Incumbent | undefined {
  if (columnValue === undefined) return undefined;
  return { status: 'incumbent', columnValue, bound, cost: costOf(program, columnValue) };
}

/** The cheaper of two plans, if there is any, with the better of their bounds. */
function cheaper(first: Incumbent | undefined, second: Incumbent | undefined): Incumbent | undefined {
  if (!first || !second) return first ?? second;
  const bound = Math.max(first.bound, second.bound);
  return { ...(second.cost < first.cost ? second : first), bound };
}

/**
 * Integrality is as tight as feasibility: a choice of 1e-7 times a thousand hours would be work at a closed site.
 *
 * With a plan in hand, two of the engine's heuristics are left out: they search parts of the program in searches of their
 * own, for a plan from the relaxation alone, and without regard to `mip_heuristic_effort`. On sixteen programs of about 170
 * choices they took most of the time, over trees of a few nodes: all sixteen are done in 14 s without them, in 47 s with.
 * A third, which looks between relaxation and plan, stays: without it the slowest takes 7.4 s instead of 4.6.
 */
function searchChoices(
  highs: Highs,
  model: Model,
  program: LinearProgram,
  choices: readonly number[],
  start: Incumbent | undefined,
  options: Required<Pick<EngineOptions, 'mipGap' | 'timeLimitSeconds'>>,
): EngineAnswer {
  const status = highs.constants.modelStatus;
  model.clearSolver();
  model.zeroAllClocks();
  for (const column of choices) {
    model.changeColBounds(column, 0, 1);
    model.changeColIntegrality(column, highs.constants.variableType.integer);
  }
  model.options.set({
    solver: 'choose',
    time_limit: options.timeLimitSeconds,
    simplex_iteration_limit: NO_LIMIT,
    mip_rel_gap: options.mipGap,
    mip_abs_gap: 0,
    mip_feasibility_tolerance: FEASIBILITY_TOLERANCE,
    mip_heuristic_run_rens: start === undefined,
    mip_heuristic_run_root_reduced_cost: start === undefined,
  });
  if (start) model.setSolution({ colValue: start.columnValue });
  const { modelStatus } = model.run();
  if (modelStatus === status.infeasible || modelStatus === status.unboundedOrInfeasible) {
    if (start) throw new EngineError('HiGHS calls a program infeasible that it has a plan for.');
    return { status: 'infeasible' };
  }
  if (modelStatus !== status.optimal && modelStatus !== status.timeLimit)
    throw new EngineError(`HiGHS ended in model status ${modelStatus} on a program with choices.`);
  const bound = Math.max(Number(model.info.get('mip_dual_bound')), start?.bound ?? -Infinity);
  const hasPlan = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  const found = planOf(program, hasPlan ? model.getSolution().colValue : undefined, bound);
  // A start can miss the search's own tolerance by a hair: then what was found may be worse, or nothing.
  if (start && !(found && found.cost <= start.cost)) return { ...start, bound };
  return found ?? { status: 'time-limit' };
}

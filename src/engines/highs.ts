import highsModule, { type Basis, type Highs, type Model } from 'highs';
import { hasChoices } from '../../models/choices.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import { type Engine, type EngineAnswer, EngineError, type EngineOptions } from './engine.ts';
import {
  infeasibleAnswer,
  optimalAnswer,
  settleUnboundedOrInfeasible,
  unboundedAnswer,
  rerunWithoutPresolve,
} from './highs-answers.ts';
import { solveWithChoices } from './highs-choices.ts';
import { withoutEngineText } from './highs-errors.ts';
import { keepInHighs } from './highs-kept.ts';
import { modelDataOf } from './highs-model.ts';
import { basisFromPeriods } from './highs-periods.ts';
import { EVERY_RUN, NO_LIMIT, RANDOM_SEED } from './highs-settings.ts';
import { answerAtSight, refuseUnusableNumbers } from './plain-programs.ts';
import { scaleProgram } from './scaling.ts';

/** After how many iterations simplex is given up on in a program of so many rows. */
export type Patience = (rowCount: number) => {
  /** From a basis put together from the periods; then simplex starts anew. */
  readonly fromPeriods: number;
  /** From nothing; then interior point with crossover takes over. */
  readonly fromNothing: number;
};

/**
 * On allocation programs simplex ends after 0.7 to 1.6 iterations a row (transportation problems: up to 2.1), and from the
 * basis of the periods after 0.02 to 0.15. It takes 0.2 to 1.1 times as long as interior point, at 14k, 43k and 237k columns alike, with and
 * without backlog and differing handling times (`test/bench/README.md`). A program on which it has not ended after four a row is one on
 * which it can take many times as long. So small a program that thousands are nothing is never given up on.
 */
const usualPatience: Patience = (rowCount) => ({
  fromPeriods: Math.max(1_000, Math.ceil(rowCount / 2)),
  fromNothing: Math.max(10_000, 4 * rowCount),
});

// The package describes its one type file as CommonJS, so its ES module's default export looks like a namespace.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/** Loads HiGHS and answers with an engine that makes a fresh model for every program but those it is told to keep. */
export async function loadHighsEngine(patience = usualPatience): Promise<Engine> {
  const highs = await loadHighs();
  const solve: Engine['solve'] = (program, options) =>
    solveWithHighs(highs, program, { ...options, patience: patience(program.rows.length) });
  return {
    name: 'highs',
    version: highs.version.string,
    build: highs.version.gitHash,
    seed: RANDOM_SEED,
    capabilities: { prices: true, ranges: true },
    solve,
    keep: (program, basis) =>
      withoutEngineText(() =>
        keepInHighs(highs, program, basis, patience(program.rows.length).fromPeriods, solve),
      ),
  };
}

interface HighsOptions extends EngineOptions {
  readonly patience: ReturnType<Patience>;
}

function solveWithHighs(highs: Highs, program: LinearProgram, options: HighsOptions): EngineAnswer {
  refuseUnusableNumbers(program);
  const atSight = answerAtSight(program);
  if (atSight) return atSight;
  const scaling = scaleProgram(program);
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const secondsLeft = () => Math.max(0, (end - performance.now()) / 1000);
  return withoutEngineText(() => {
    const start =
      options.afresh || hasChoices(program)
        ? undefined
        : basisFromPeriods(highs, scaling.program, secondsLeft);
    return scaling.unscale(
      highs.withModel(modelDataOf(highs, scaling.program), (model) =>
        runModel(highs, model, program, start, { ...options, timeLimitSeconds: secondsLeft() }),
      ),
    );
  });
}

function runModel(
  highs: Highs,
  model: Model,
  program: LinearProgram,
  start: Basis | undefined,
  options: HighsOptions,
): EngineAnswer {
  model.options.set({ ...EVERY_RUN, time_limit: options.timeLimitSeconds });
  const run = () => runLinear(highs, model, options.patience.fromNothing);
  if (hasChoices(program)) return solveWithChoices(highs, model, program, run, options);
  const status = highs.constants.modelStatus;
  const nearby = start ? runFrom(highs, model, start, options.patience.fromPeriods) : status.iterationLimit;
  const isOpen = nearby === status.iterationLimit || nearby === status.unknown;
  const modelStatus = isOpen ? run() : nearby;
  switch (modelStatus) {
    case status.optimal:
    case status.empty:
      return optimalAnswer(highs, model, options);
    case status.infeasible:
      return infeasibleAnswer(highs, model);
    case status.unboundedOrInfeasible:
      return settleUnboundedOrInfeasible(highs, model, program);
    case status.unbounded:
      return unboundedAnswer(program);
    case status.timeLimit:
      return { status: 'time-limit' };
    default:
      throw new EngineError(`HiGHS ended in model status ${modelStatus}.`);
  }
}

/** Simplex from a basis, without presolve, which has no use for one. The model is as it was where the iterations do not suffice. */
function runFrom(highs: Highs, model: Model, start: Basis, iterations: number): number {
  model.options.set({ solver: 'simplex', simplex_iteration_limit: iterations });
  model.setBasis(start);
  const { modelStatus } = model.run();
  const { iterationLimit, unknown } = highs.constants.modelStatus;
  if (modelStatus === iterationLimit || modelStatus === unknown) model.clearSolver();
  return modelStatus;
}

/**
 * Simplex, then interior point where simplex loses its way, then simplex to the end where that ends without an answer. Where simplex
 * knows no answer after presolve, it does without.
 */
function runLinear(highs: Highs, model: Model, simplexIterations: number): number {
  const status = highs.constants.modelStatus;
  model.options.set({ solver: 'simplex', simplex_iteration_limit: simplexIterations });
  const presolved = model.run().modelStatus;
  const first = presolved === status.unknown ? rerunWithoutPresolve(model) : presolved;
  if (first !== status.iterationLimit && first !== status.unknown) return first;
  model.clearSolver();
  model.options.set({ solver: 'ipm', simplex_iteration_limit: NO_LIMIT });
  const second = runInteriorPoint(model, status.solveError);
  if (second !== status.unknown && second !== status.iterationLimit && second !== status.solveError)
    return second;
  model.clearSolver();
  model.options.set({ solver: 'simplex' });
  return model.run().modelStatus;
}

/** Interior point ends some small programs without a plan in an error of its own; the model is none the worse for it. */
function runInteriorPoint(model: Model, solveError: number): number {
  try {
    return model.run().modelStatus;
  } catch (error) {
    if (model.getModelStatus() !== solveError) throw error;
    return solveError;
  }
}

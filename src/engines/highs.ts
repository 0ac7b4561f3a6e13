import highsModule, { type Basis, type Highs, type Model } from 'highs';
import { hasChoices } from '../../models/choices.ts';
import type { BasisRanges, LinearProgram } from '../../models/linear-program.ts';
import { type Engine, type EngineAnswer, EngineError, type EngineOptions } from './engine.ts';
import { solveWithChoices } from './highs-choices.ts';
import { modelDataOf } from './highs-model.ts';
import { basisFromPeriods } from './highs-periods.ts';
import { EVERY_RUN, NO_LIMIT } from './highs-settings.ts';
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

/** Loads HiGHS and answers with an engine that makes a fresh model for every program. */
export async function loadHighsEngine(patience = usualPatience): Promise<Engine> {
  const highs = await loadHighs();
  return {
    name: 'highs',
    version: highs.version.string,
    capabilities: { prices: true, ranges: true },
    solve: (program, options) =>
      solveWithHighs(highs, program, { ...options, patience: patience(program.rows.length) }),
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
  try {
    const start = startOf(highs, scaling.program, options, secondsLeft);
    return scaling.unscale(
      highs.withModel(modelDataOf(highs, scaling.program), (model) =>
        runModel(highs, model, program, start, { ...options, timeLimitSeconds: secondsLeft() }),
      ),
    );
  } catch (error) {
    if (error instanceof EngineError) throw error;
    // The engine's own message can quote the program, and its stack is its minified source.
    throw new EngineError(
      `HiGHS threw ${error instanceof Error ? error.name : 'something that is no error'}.`,
    );
  }
}

/** A basis to start from, as far as there is one. */
function startOf(
  highs: Highs,
  program: LinearProgram,
  { afresh, basis }: EngineOptions,
  secondsLeft: () => number,
): Basis | undefined {
  if (afresh || hasChoices(program)) return undefined;
  if (basis === undefined) return basisFromPeriods(highs, program, secondsLeft);
  const { basic, nonbasic } = highs.constants.basisStatus;
  const statusOf = (isBasic: number) => (isBasic ? basic : nonbasic);
  return {
    colStatus: Int32Array.from(basis.isBasicColumn, statusOf),
    rowStatus: Int32Array.from(basis.isBasicRow, statusOf),
  };
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
  const modelStatus = nearby === status.iterationLimit ? run() : nearby;
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
  if (modelStatus === highs.constants.modelStatus.iterationLimit) model.clearSolver();
  return modelStatus;
}

/** Simplex, then interior point where simplex loses its way, then simplex to the end where that ends without an answer. */
function runLinear(highs: Highs, model: Model, simplexIterations: number): number {
  const status = highs.constants.modelStatus;
  model.options.set({ solver: 'simplex', simplex_iteration_limit: simplexIterations });
  const first = model.run().modelStatus;
  if (first !== status.iterationLimit) return first;
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

function optimalAnswer(highs: Highs, model: Model, options: EngineOptions): EngineAnswer {
  const answer = solutionOf(model);
  const hasValidBasis = model.info.get('basis_validity') === highs.constants.basisValidity.valid;
  if (!options.ranges || !hasValidBasis) return answer;
  // Ranging needs the basis' factors: interior point leaves none, and after a start from another basis those made anew are three times as fast.
  model.options.set({ solver: 'simplex' });
  model.setBasis(model.getBasis());
  if (model.run().modelStatus !== highs.constants.modelStatus.optimal) return answer;
  return { ...solutionOf(model), ranges: rangesOf(highs, model) };
}

function solutionOf(model: Model): Extract<EngineAnswer, { status: 'optimal' }> {
  const { colValue, rowDual } = model.getSolution();
  return { status: 'optimal', columnValue: colValue, rowPrice: rowDual };
}

function rangesOf(highs: Highs, model: Model): BasisRanges {
  const { rowStatus, colStatus } = model.getBasis();
  const { basic } = highs.constants.basisStatus;
  const ranging = model.getRanging();
  return {
    isBasicRow: Uint8Array.from(rowStatus, (status) => Number(status === basic)),
    isBasicColumn: Uint8Array.from(colStatus, (status) => Number(status === basic)),
    rowDown: ranging.rowBoundDown.value,
    rowUp: ranging.rowBoundUp.value,
    costDown: ranging.colCostDown.value,
    costUp: ranging.colCostUp.value,
  };
}

/** Presolve finds most infeasible programs but leaves no ray; simplex without it does. */
function infeasibleAnswer(highs: Highs, model: Model): EngineAnswer {
  const known = model.getDualRay();
  if (known) return { status: 'infeasible', ray: known.values };
  const modelStatus = rerunWithoutPresolve(model);
  // Without time for its proof the verdict is worth nothing: nobody is told that there is no plan on the engine's word.
  if (modelStatus === highs.constants.modelStatus.timeLimit) return { status: 'time-limit' };
  if (modelStatus !== highs.constants.modelStatus.infeasible) return { status: 'infeasible' };
  const ray = model.getDualRay();
  return ray ? { status: 'infeasible', ray: ray.values } : { status: 'infeasible' };
}

function settleUnboundedOrInfeasible(highs: Highs, model: Model, program: LinearProgram): EngineAnswer {
  const modelStatus = rerunWithoutPresolve(model);
  const status = highs.constants.modelStatus;
  if (modelStatus === status.infeasible) return infeasibleAnswer(highs, model);
  if (modelStatus === status.unbounded) return unboundedAnswer(program);
  if (modelStatus === status.timeLimit) return { status: 'time-limit' };
  throw new EngineError(`HiGHS ended in model status ${modelStatus} without presolve.`);
}

/** Without a negative cost nothing can fall without end: then the engine lost its way among the sizes. */
function unboundedAnswer({ cost }: LinearProgram): EngineAnswer {
  if (cost.some((each) => each < 0)) return { status: 'unbounded' };
  throw new EngineError('HiGHS calls a program unbounded that has no negative cost.');
}

function rerunWithoutPresolve(model: Model): number {
  model.clearSolver();
  model.options.set({ presolve: 'off', solver: 'simplex', simplex_iteration_limit: NO_LIMIT });
  return model.run().modelStatus;
}

import highsModule, { type Highs, type Model, type ModelData } from 'highs';
import type { BasisRanges, LinearProgram } from '../../models/linear-program.ts';
import { type Engine, type EngineAnswer, EngineError, type EngineOptions } from './engine.ts';
import { solveWithChoices } from './highs-choices.ts';
import { FEASIBILITY_TOLERANCE, NO_LIMIT } from './highs-settings.ts';
import { answerAtSight, refuseUnusableNumbers } from './plain-programs.ts';
import { scaleProgram } from './scaling.ts';

/**
 * Simplex gets this many iterations a row, then interior point with crossover takes over.
 *
 * On allocation programs simplex ends after 0.7 to 1.6 iterations a row (transportation problems: up to 2.1) and takes 0.2 to 1.1 times as
 * long as interior point, at 14k, 43k and 237k columns alike, with and without backlog and differing handling times
 * (`test/bench/README.md`). A program on which it has not ended after four is one on which it can take many times as long.
 */
const SIMPLEX_ITERATIONS_A_ROW = 4;

/** So small a program is never given up on. */
const FEWEST_SIMPLEX_ITERATIONS = 10_000;

// The package describes its one type file as CommonJS, so its ES module's default export looks like a namespace.
const loadHighs = highsModule as unknown as typeof highsModule.default;

/**
 * Loads HiGHS and answers with an engine that makes a fresh model for every program.
 *
 * `simplexIterations` says, by the number of rows, after how many iterations simplex is given up on.
 */
export async function loadHighsEngine(simplexIterations = usualSimplexIterations): Promise<Engine> {
  const highs = await loadHighs();
  return {
    name: 'highs',
    version: highs.version.string,
    capabilities: { prices: true, ranges: true },
    solve: (program, options) =>
      solveWithHighs(highs, program, {
        ...options,
        simplexIterations: simplexIterations(program.rows.length),
      }),
  };
}

interface HighsOptions extends EngineOptions {
  readonly simplexIterations: number;
}

function usualSimplexIterations(rowCount: number): number {
  return Math.max(FEWEST_SIMPLEX_ITERATIONS, SIMPLEX_ITERATIONS_A_ROW * rowCount);
}

function solveWithHighs(highs: Highs, program: LinearProgram, options: HighsOptions): EngineAnswer {
  refuseUnusableNumbers(program);
  const atSight = answerAtSight(program);
  if (atSight) return atSight;
  const scaling = scaleProgram(program);
  try {
    return scaling.unscale(
      highs.withModel(modelDataOf(highs, scaling.program), (model) =>
        runModel(highs, model, program, options),
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

/** The program with choices taken for any number between 0 and 1. */
function modelDataOf(highs: Highs, program: LinearProgram): ModelData {
  const [numCols, numRows] = [program.columns.length, program.rows.length];
  const colLower = new Float64Array(numCols);
  const colUpper = new Float64Array(numCols).fill(highs.infinity);
  program.columns.forEach(({ kind }, column) => {
    // What a row defines as a sum has the sign of the sum: with a bound of its own it would have a price of its own.
    if (kind === 'hours-placed') colLower[column] = -highs.infinity;
    if (program.isBinary[column]) colUpper[column] = 1;
  });
  return {
    numCols,
    numRows,
    colCost: program.cost,
    colLower,
    colUpper,
    rowLower: program.rowLower,
    rowUpper: program.rowUpper,
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: program.rowStart,
      indices: program.columnIndex,
      values: program.coefficient,
    },
  };
}

function runModel(highs: Highs, model: Model, program: LinearProgram, options: HighsOptions): EngineAnswer {
  model.options.set({
    output_flag: false,
    time_limit: options.timeLimitSeconds,
    primal_feasibility_tolerance: FEASIBILITY_TOLERANCE,
    dual_feasibility_tolerance: FEASIBILITY_TOLERANCE,
  });
  const run = () => runLinear(highs, model, options.simplexIterations);
  if (program.isBinary.includes(1)) return solveWithChoices(highs, model, program, run, options);
  const modelStatus = run();
  const status = highs.constants.modelStatus;
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

/** Simplex, then interior point where simplex loses its way, then simplex to the end where that ends without an answer. */
function runLinear(highs: Highs, model: Model, simplexIterations: number): number {
  const status = highs.constants.modelStatus;
  model.options.set({ solver: 'simplex', simplex_iteration_limit: simplexIterations });
  const first = model.run().modelStatus;
  if (first !== status.iterationLimit) return first;
  model.clearSolver();
  model.options.set({ solver: 'ipm', simplex_iteration_limit: NO_LIMIT });
  const second = model.run().modelStatus;
  if (second !== status.unknown && second !== status.iterationLimit) return second;
  model.clearSolver();
  model.options.set({ solver: 'simplex' });
  return model.run().modelStatus;
}

function optimalAnswer(highs: Highs, model: Model, options: EngineOptions): EngineAnswer {
  const answer = solutionOf(model);
  const hasValidBasis = model.info.get('basis_validity') === highs.constants.basisValidity.valid;
  if (!options.ranges || !hasValidBasis) return answer;
  if (model.options.get('solver') === 'simplex') return { ...answer, ranges: rangesOf(highs, model) };
  // Interior point with crossover leaves a basis but not its factors, without which ranging fails; simplex makes them.
  model.options.set({ solver: 'simplex' });
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

import type { Highs, Model } from 'highs';
import type { BasisRanges, LinearProgram } from '../../models/linear-program.ts';
import { type EngineAnswer, EngineError, type EngineOptions } from './engine.ts';
import { NO_LIMIT } from './highs-settings.ts';

/** The optimum a model has come to, with its ranges where they are asked for. */
export function optimalAnswer(
  highs: Highs,
  model: Model,
  { ranges }: Pick<EngineOptions, 'ranges'>,
): EngineAnswer {
  const answer = solutionOf(model);
  const hasValidBasis = model.info.get('basis_validity') === highs.constants.basisValidity.valid;
  if (!ranges || !hasValidBasis) return answer;
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
export function infeasibleAnswer(highs: Highs, model: Model): EngineAnswer {
  const known = model.getDualRay();
  if (known) return { status: 'infeasible', ray: known.values };
  const modelStatus = rerunWithoutPresolve(model);
  // Without time for its proof the verdict is worth nothing: nobody is told that there is no plan on the engine's word.
  if (modelStatus === highs.constants.modelStatus.timeLimit) return { status: 'time-limit' };
  if (modelStatus !== highs.constants.modelStatus.infeasible) return { status: 'infeasible' };
  const ray = model.getDualRay();
  return ray ? { status: 'infeasible', ray: ray.values } : { status: 'infeasible' };
}

export function settleUnboundedOrInfeasible(
  highs: Highs,
  model: Model,
  program: LinearProgram,
): EngineAnswer {
  const modelStatus = rerunWithoutPresolve(model);
  const status = highs.constants.modelStatus;
  if (modelStatus === status.infeasible) return infeasibleAnswer(highs, model);
  if (modelStatus === status.unbounded) return unboundedAnswer(program);
  if (modelStatus === status.timeLimit) return { status: 'time-limit' };
  throw new EngineError(`HiGHS ended in model status ${modelStatus} without presolve.`);
}

/** Without a negative cost nothing can fall without end: then the engine lost its way among the sizes. */
export function unboundedAnswer({ cost }: LinearProgram): EngineAnswer {
  if (cost.some((each) => each < 0)) return { status: 'unbounded' };
  throw new EngineError('HiGHS calls a program unbounded that has no negative cost.');
}

export function rerunWithoutPresolve(model: Model): number {
  model.clearSolver();
  model.options.set({ presolve: 'off', solver: 'simplex', simplex_iteration_limit: NO_LIMIT });
  return model.run().modelStatus;
}

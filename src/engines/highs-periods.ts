import type { Basis, Highs, ModelData } from 'highs';
import type { LinearProgram } from '../../models/linear-program.ts';
import { modelDataOfPart } from './highs-model.ts';
import { FEASIBILITY_TOLERANCE } from './highs-settings.ts';
import { alikeColumns, alikeRows, periodParts } from './period-parts.ts';

/**
 * A basis to start a linear program from, put together from the optimal bases of its periods; undefined where there is one period
 * only, where a period has no plan of its own, or when the time is over.
 *
 * Little ties periods together: work that waits, and limits over several of them. Each period is solved without
 * either, starting from the basis of the period before, in which nearly the same rows bind. On allocation programs this takes a tenth of
 * the iterations and a third of the time of the whole, and leaves a twentieth of the iterations to be done (`test/bench/README.md`).
 */
export function basisFromPeriods(
  highs: Highs,
  program: LinearProgram,
  whole: ModelData,
  secondsLeft: () => number,
): Basis | undefined {
  const parts = periodParts(program);
  if (parts.length < 2) return undefined;
  const [columnGroup, rowGroup] = [alikeColumns(program), alikeRows(program)];
  // What ties periods together stays out of the way: its columns at 0, its rows loose.
  const { lower, basic } = highs.constants.basisStatus;
  const together = {
    colStatus: new Int32Array(program.columns.length).fill(lower),
    rowStatus: new Int32Array(program.rows.length).fill(basic),
  };
  const latest = {
    colStatus: new Int32Array(columnGroup.count).fill(lower),
    rowStatus: new Int32Array(rowGroup.count).fill(basic),
  };
  const localColumn = new Int32Array(program.columns.length);
  for (const part of parts) {
    const start = {
      colStatus: part.columns.map((column) => latest.colStatus[columnGroup.groupOf[column]]),
      rowStatus: part.rows.map((row) => latest.rowStatus[rowGroup.groupOf[row]]),
    };
    const basis = optimalBasis(highs, modelDataOfPart(part, whole, localColumn), start, secondsLeft());
    if (basis === undefined) return undefined;
    part.columns.forEach((column, i) => {
      together.colStatus[column] = latest.colStatus[columnGroup.groupOf[column]] = basis.colStatus[i];
    });
    part.rows.forEach((row, i) => {
      together.rowStatus[row] = latest.rowStatus[rowGroup.groupOf[row]] = basis.rowStatus[i];
    });
  }
  return together;
}

/** Without presolve: what it saves in so small a program, it costs. */
function optimalBasis(highs: Highs, part: ModelData, start: Basis, seconds: number): Basis | undefined {
  return highs.withModel(part, (model) => {
    model.options.set({
      output_flag: false,
      solver: 'simplex',
      presolve: 'off',
      time_limit: seconds,
      primal_feasibility_tolerance: FEASIBILITY_TOLERANCE,
      dual_feasibility_tolerance: FEASIBILITY_TOLERANCE,
    });
    model.setBasis(start);
    const { modelStatus } = model.run();
    return modelStatus === highs.constants.modelStatus.optimal ? model.getBasis() : undefined;
  });
}

import { costOf, type LinearProgram, rightHandSide } from '../../models/linear-program.ts';
import type { ConstraintReport } from '../../models/plan.ts';
import type { Engine, EngineOptions } from '../engines/engine.ts';

/** What came of solving again with some limits moved. */
export interface Confirmation {
  /** Limits of which both sides are confirmed. */
  readonly count: number;
  /** The label of a limit whose price is not the change of the cost. */
  readonly refuted?: string;
}

/** So many limits are tried of every report. */
const SAMPLE = 3;

/** Relative to the plan's cost: what solving twice may differ by. */
const NOISE = 1e-8;

/** Of a side without an end: so far is the limit moved, as a share of it. */
const STEP_SHARE = 0.1;

interface Priced {
  readonly program: LinearProgram;
  readonly columnValue: Float64Array;
  readonly basis: NonNullable<EngineOptions['basis']>;
}

/**
 * Moves some of the limits half as far as their prices are said to hold, up and down, and solves again, from the plan's own basis:
 * the cost must change by the price. Where there is said to be no plan, there must be none. Which limits depends on the program alone.
 */
export function confirmPrices(
  engine: Engine,
  { program, columnValue, basis }: Priced,
  reports: readonly ConstraintReport[],
  secondsLeft: () => number,
): Confirmation {
  const rowOf = new Map(program.rows.map(({ family, subject }, row) => [keyOf(family, subject), row]));
  const cost = costOf(program, columnValue);
  const noise = NOISE * Math.max(1, Math.abs(cost));
  let count = 0;
  for (const report of sampleOf(reports)) {
    const row = rowOf.get(keyOf(report.family, report.subject))!;
    for (const { step, change } of stepsOf(report)) {
      const timeLimitSeconds = secondsLeft();
      const answer = engine.solve(withMovedRow(program, row, step), {
        timeLimitSeconds,
        ranges: false,
        basis,
      });
      if (answer.status === 'time-limit') return { count };
      const found = answer.status === 'optimal' ? costOf(program, answer.columnValue) - cost : undefined;
      const isConfirmed =
        change === undefined || found === undefined
          ? change === found
          : Math.abs(found - change) <= noise + NOISE * Math.abs(change);
      if (!isConfirmed) return { count, refuted: report.label };
    }
    count += 1;
  }
  return { count };
}

function keyOf(family: string, subject: object): string {
  return JSON.stringify([family, subject]);
}

/** Binding limits, where there are enough of them, spread over the report. */
function sampleOf(reports: readonly ConstraintReport[]): ConstraintReport[] {
  const binding = reports.filter((report) => report.binding);
  const from = binding.length >= SAMPLE ? binding : reports;
  const count = Math.min(SAMPLE, from.length);
  return Array.from({ length: count }, (_, i) => from[Math.floor(((i + 0.5) * from.length) / count)]);
}

/** How far to move a limit, and by how much the cost must change then; undefined where there must be no plan. */
function stepsOf(report: ConstraintReport): { readonly step: number; readonly change: number | undefined }[] {
  const {
    costOfOneMore = null,
    savingOfOneLess = null,
    allowableIncrease,
    allowableDecrease,
    limit,
  } = report;
  const far = Math.max(1, Math.abs(limit)) * STEP_SHARE;
  const up = costOfOneMore === null ? far : allowableIncrease === null ? far : allowableIncrease / 2;
  const more = { step: up, change: costOfOneMore === null ? undefined : up * costOfOneMore };
  if (savingOfOneLess === null) return [more];
  const down = allowableDecrease === null ? far : allowableDecrease / 2;
  return [more, { step: -down, change: -down * savingOfOneLess }];
}

function withMovedRow(program: LinearProgram, row: number, step: number): LinearProgram {
  const limit = rightHandSide(program, row) + step;
  const moved = (bounds: Float64Array) => (Number.isFinite(bounds[row]) ? bounds.with(row, limit) : bounds);
  return { ...program, rowLower: moved(program.rowLower), rowUpper: moved(program.rowUpper) };
}

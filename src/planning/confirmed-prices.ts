import { costOf, rightHandSide, textOfLimit } from '../../models/linear-program.ts';
import type { ConstraintReport } from '../../models/plan.ts';
import type { Engine } from '../engines/engine.ts';
import { type ProgramAtOptimum, WhatIf, type WhatIfAnswer } from './what-if.ts';

/** What came of moving some limits. */
export interface Confirmation {
  /** Limits of which both sides are confirmed. */
  readonly count: number;
  /** The label of a limit whose price is not the change of the cost. */
  readonly refuted?: string;
  /** How many plans with a limit moved were not proven, and were solved anew. */
  readonly warmAnswersRefused: number;
}

/** So many limits are tried of every report. */
const SAMPLE = 3;

/** Relative to the plan's cost: what solving twice may differ by. */
const NOISE = 1e-8;

/** Of a side without an end: so far is the limit moved, as a share of it. */
const STEP_SHARE = 0.1;

/**
 * Moves some of the limits half as far as their prices are said to hold, up and down: the cost of the plan there, which is proven,
 * must differ by the price. Where there is said to be no plan, that there is none must be proven. Which limits depends on the
 * program alone; one of which nothing is proven, or for which there is no time, is not counted.
 */
export function confirmPrices(
  engine: Engine,
  solved: ProgramAtOptimum & { readonly columnValue: Float64Array },
  reports: readonly ConstraintReport[],
  secondsLeft: () => number,
): Confirmation {
  const { program } = solved;
  const rowOf = new Map(program.rows.map((key, row) => [textOfLimit(key), row]));
  const cost = costOf(program, solved.columnValue);
  const whatIf = new WhatIf(engine, solved);
  let count = 0;
  try {
    for (const report of sampleOf(reports)) {
      const row = rowOf.get(textOfLimit(report))!;
      const verdicts = stepsOf(report).map(({ step, change }) => {
        const value = rightHandSide(program, row) + step;
        const answer = whatIf.answer({ rightHandSides: [{ row, value }] }, secondsLeft());
        return verdictOn(answer, change, cost, (values) => costOf(program, values));
      });
      if (verdicts.includes('refuted'))
        return { count, refuted: report.label, warmAnswersRefused: whatIf.warmAnswersRefused };
      if (verdicts.every((verdict) => verdict === 'confirmed')) count += 1;
    }
    return { count, warmAnswersRefused: whatIf.warmAnswersRefused };
  } finally {
    whatIf.end();
  }
}

/** Whether the cost changes as it is said to, or there is no plan where there is said to be none; `open` where nothing is proven. */
function verdictOn(
  answer: WhatIfAnswer,
  change: number | undefined,
  cost: number,
  costOfPlan: (columnValue: Float64Array) => number,
): 'confirmed' | 'refuted' | 'open' {
  if (answer.status === 'infeasible') return change === undefined ? 'confirmed' : 'refuted';
  if (answer.status !== 'optimal') return 'open';
  if (change === undefined) return 'refuted';
  const found = costOfPlan(answer.columnValue) - cost;
  const noise = NOISE * (Math.max(1, Math.abs(cost)) + Math.abs(change));
  return Math.abs(found - change) <= noise ? 'confirmed' : 'refuted';
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

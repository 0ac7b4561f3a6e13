import { relaxationOf } from '../constraints/index.ts';
import { type LinearProgram, senseOfRow } from '../linear-program.ts';
import type { ElasticProgram, Relief } from './elastic-program.ts';

/** How much of a relief a repair needs, in the unit of its kind. */
export interface Need {
  readonly relief: Relief;
  readonly amount: number;
}

/**
 * What a solution of the elastic program uses of the reliefs on offer.
 *
 * A share's relief is counted on the hours that are placed; the program counts it on the most that can be, because a
 * share times hours is no straight line. So a share may need more than its relief says, and never less. What weighs no more
 * than `noise` in the sum of reliefs is left out.
 */
export function needsOf(
  { program, sumRow }: ElasticProgram,
  offered: readonly Relief[],
  values: Float64Array,
  noise: number,
): Need[] {
  const weightOf = new Map<number, number>();
  for (let i = program.rowStart[sumRow]; i < program.rowStart[sumRow + 1]; i += 1)
    weightOf.set(program.columnIndex[i], program.coefficient[i]);
  return offered.flatMap((relief) => {
    const isShare = relaxationOf(relief.family).unit === 'share';
    const amount = isShare ? neededShare(program, relief, values) : values[relief.column];
    return amount * weightOf.get(relief.column)! > noise
      ? [{ relief, amount: Math.min(amount, relief.most) }]
      : [];
  });
}

/** The sum of all reliefs as the program weighs them. */
export function weightedSum(
  { program, sumRow }: ElasticProgram,
  amountOf: (column: number) => number,
): number {
  let sum = 0;
  for (let i = program.rowStart[sumRow]; i < program.rowStart[sumRow + 1]; i += 1)
    sum += program.coefficient[i] * amountOf(program.columnIndex[i]);
  return sum;
}

/** How much a share misses its limit by in the worst period, as a share of the hours placed there. */
function neededShare(program: LinearProgram, relief: Relief, values: Float64Array): number {
  let needed = 0;
  program.rows.forEach(({ shareOf }, row) => {
    const { rowStart, columnIndex, coefficient } = program;
    let isRelieved = false;
    let excess = 0;
    for (let i = rowStart[row]; shareOf && i < rowStart[row + 1]; i += 1) {
      if (columnIndex[i] === relief.column) isRelieved = true;
      else excess += coefficient[i] * values[columnIndex[i]];
    }
    if (!shareOf || !isRelieved) return;
    const missed = senseOfRow(program, row) === '<=' ? excess : -excess;
    const placed = hoursPlaced(program, shareOf, values);
    if (missed > 0 && placed > 0) needed = Math.max(needed, missed / placed);
  });
  return needed;
}

function hoursPlaced(
  { columns }: LinearProgram,
  { workflow, period }: { readonly workflow?: number; readonly period: number },
  values: Float64Array,
): number {
  return columns.reduce(
    (sum, key, column) =>
      key.kind === 'placement' &&
      key.period === period &&
      (workflow === undefined || key.workflow === workflow)
        ? sum + values[column]
        : sum,
    0,
  );
}

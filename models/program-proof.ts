import { costOf, isFree, type LinearProgram } from './linear-program.ts';

/**
 * Proofs on a linear program itself, whoever found the answer: quick, in one pass over its entries.
 *
 * They say that an answer is right for the program, not that the program is right for a scenario: that is what the certificate
 * proves, which knows no program. So they are for programs that differ in a number from one whose plan is certified.
 */

/** How far a limit or a sign may be missed, relative to the sizes of what is added up there, at least 1; the engine's own tolerance is 1e-9. */
const MISSED = 1e-8;

/** How far the cost may be above what the prices prove, relative to it, at least 1. */
const GAP = 1e-9;

/** Multipliers of a ray below this fraction of the largest are noise. */
const NOISE = 1e-9;

/**
 * Whether the values keep every limit, and the prices prove that nothing is cheaper: their signs and those of the reduced costs are
 * right, and what they leave between cost and bound, `Σ |d_j x_j| + Σ |y_i (a_i x − b_i)|`, is nothing.
 *
 * For a linear program without choices.
 */
export function provesOptimum(
  program: LinearProgram,
  columnValue: Float64Array,
  rowPrice: Float64Array,
): boolean {
  const { columns, cost, rowLower, rowUpper, rowStart, columnIndex, coefficient } = program;
  const reducedCost = cost.slice();
  const costSize = cost.map(Math.abs);
  const priceSize = largest(rowPrice);
  let left = 0;
  for (let row = 0; row < rowPrice.length; row += 1) {
    const price = rowPrice[row];
    let [activity, size] = [0, 1];
    for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1) {
      const [column, entry] = [columnIndex[i], coefficient[i]];
      const used = entry * columnValue[column];
      activity += used;
      size += Math.abs(used);
      const charged = price * entry;
      reducedCost[column] -= charged;
      costSize[column] += Math.abs(charged);
    }
    const [above, below] = [activity - rowUpper[row], rowLower[row] - activity];
    if (!(Math.max(above, below) <= MISSED * size)) return false;
    const room = price < 0 ? above : below;
    // A price on the side that has no limit is noise, or a wrong sign.
    if (price !== 0 && Number.isFinite(room)) left += Math.abs(price * room);
    else if (!(Math.abs(price) <= MISSED * priceSize)) return false;
  }
  const valueSize = largest(columnValue);
  for (let column = 0; column < columns.length; column += 1) {
    const [value, reduced] = [columnValue[column], reducedCost[column]];
    const most = MISSED * Math.max(1, costSize[column]);
    if (isFree(columns[column])) {
      if (!(Math.abs(reduced) <= most)) return false;
    } else if (!(-value <= MISSED * valueSize && -reduced <= most)) return false;
    left += Math.abs(value * reduced);
  }
  return left <= GAP * Math.max(1, Math.abs(costOf(program, columnValue)));
}

/**
 * Whether the multipliers prove that nothing satisfies the program (a Farkas ray): no column can raise their sum of the rows above
 * 0, and the limits ask for more.
 */
export function provesNoPlan(program: LinearProgram, ray: Float64Array): boolean {
  const { columns, rowLower, rowUpper, rowStart, columnIndex, coefficient } = program;
  const sum = new Float64Array(columns.length);
  const size = new Float64Array(columns.length);
  const noise = NOISE * ray.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  let [asked, askedSize] = [0, 0];
  for (let row = 0; row < ray.length; row += 1) {
    const multiplier = ray[row];
    if (Math.abs(multiplier) <= noise) continue;
    const term = multiplier * (multiplier < 0 ? rowUpper[row] : rowLower[row]);
    asked += term;
    askedSize += Math.abs(term);
    for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1) {
      const raised = multiplier * coefficient[i];
      sum[columnIndex[i]] += raised;
      size[columnIndex[i]] += Math.abs(raised);
    }
  }
  const raisesNothing = columns.every((key, column) => {
    const raised = isFree(key) ? Math.abs(sum[column]) : sum[column];
    return raised <= MISSED * size[column];
  });
  return raisesNothing && asked > MISSED * askedSize;
}

/** The size of the largest entry, at least 1. */
function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}

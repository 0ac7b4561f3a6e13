import type { ConstraintReport, LimitEnd } from '../plan.ts';
import { type Finding, note, refuse, TOLERANCE } from './finding.ts';

/**
 * Holds the two sides of a limit's price against each other and against the price that is proven: cost is convex in any
 * limit, so one less saves at most what the proven price says and one more costs at least that; prices rise from end to end;
 * and a side's end costs what its price makes of the way there.
 */
export function checkSides(row: ConstraintReport, totalCost: number, finding: Finding): void {
  const { costOfOneMore: more, savingOfOneLess: less, shadowPrice: price, label } = row;
  if (more === undefined && less === undefined) return;
  if (more === undefined || less === undefined) {
    refuse(finding, `the price of "${label}" is told on one side only`);
    return;
  }
  const isAbove = (high: number, low: number) => high >= low - TOLERANCE * Math.max(1, Math.abs(low));
  if (more !== null && !isAbove(more, price))
    refuse(finding, `one more of "${label}" costs less than its price`);
  if (less !== null && !isAbove(price, less))
    refuse(finding, `one less of "${label}" saves more than its price`);
  checkEnd(
    { row, end: row.increaseEnd, price: more, reach: row.allowableIncrease, sign: 1 },
    totalCost,
    finding,
  );
  checkEnd(
    { row, end: row.decreaseEnd, price: less, reach: row.allowableDecrease, sign: -1 },
    totalCost,
    finding,
  );
}

interface Side {
  readonly row: ConstraintReport;
  readonly end: LimitEnd | undefined;
  readonly price: number | null;
  readonly reach: number | null;
  readonly sign: 1 | -1;
}

function checkEnd({ row, end, price, reach, sign }: Side, totalCost: number, finding: Finding): void {
  if (end === undefined) return;
  const what = `the ${sign > 0 ? 'upper' : 'lower'} end of "${row.label}"`;
  if (price === null || reach === null) {
    refuse(finding, `${what} belongs to no price`);
    return;
  }
  const [limit, cost] = [row.limit + sign * reach, totalCost + sign * reach * price];
  note(finding, () => `the limit at ${what}`, Math.abs(end.limit - limit), limit);
  note(finding, () => `the cost at ${what}`, Math.abs(end.totalCost - cost), cost);
  if (end.nextPrice !== null && !(sign * (end.nextPrice - price) > 0))
    refuse(finding, `the price after ${what} is none that ends the one before`);
}

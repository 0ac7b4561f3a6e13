import { breakEvenOf, type FoundBreakEven } from '../../models/explanation/break-even.ts';
import { LostCurve } from '../../models/explanation/concave-curve.ts';
import { type PricedLine, withBreakEven } from '../../models/explanation/placement-lines.ts';
import type { PricedProgram } from '../../models/sensitivity/priced-program.ts';
import type { PlanAgain } from './solve-again.ts';

/** The lines with their break-evens, as far as there are any to be trusted. */
export interface ConfirmedLines {
  readonly lines: readonly PricedLine[];
  readonly confirmed: number;
  readonly notDone: number;
}

interface Asking {
  readonly solved: PricedProgram;
  /** The columns of the lines. */
  readonly columns: readonly number[];
  /** The positions of the program's columns in the one that is solved again. */
  readonly positionOf: (column: number) => number;
  readonly rateUnits: Float64Array;
  readonly makeLine: (column: number, rowPrice: Float64Array) => PricedLine;
  readonly again: PlanAgain;
  readonly isTimeUp: () => boolean;
}

/**
 * Finds the break-even of one placement after the other, those first that the least change of cost would move, until the time
 * is up. What a choice keeps out has none.
 */
export function confirmBreakEvens(lines: readonly PricedLine[], asking: Asking): ConfirmedLines {
  const largestCost = asking.solved.program.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0);
  const open = lines.flatMap(({ price }, i) => (price.closed ? [] : [i]));
  open.sort((a, b) => nearness(lines[a]) - nearness(lines[b]) || a - b);
  const found = [...lines];
  let confirmed = 0;
  for (const i of open) {
    if (asking.isTimeUp()) break;
    const line = lineWithBreakEven(lines[i], asking.columns[i], largestCost, asking);
    if (line === undefined) continue;
    found[i] = line;
    confirmed += 1;
  }
  return { lines: found, confirmed, notDone: open.length - confirmed };
}

/** How far a cost must move until the plan may change, relative to it. */
function nearness({
  price: { costPerDemandHour: cost, planHoldsFrom, planHoldsTo, hours },
}: PricedLine): number {
  const end = hours > 0 ? planHoldsTo : planHoldsFrom;
  return end === null ? Infinity : Math.abs(end - cost) / Math.max(cost, Number.MIN_VALUE);
}

/** So far above a break-even other prices are asked for, of the way to what the plan's own basis shows. */
const ASIDE = 1e-7;

/** At least so far, engines tell no nearer costs apart: in money, and of the largest cost where all are small. A shorter way is none. */
const LEAST_ASIDE = 1e-6;
const LEAST_ASIDE_OF_LARGEST = 1e-7;

function lineWithBreakEven(
  line: PricedLine,
  column: number,
  largestCost: number,
  { solved, positionOf, rateUnits, makeLine, again }: Asking,
): PricedLine | undefined {
  const costLine = { columns: [positionOf(column)], perUnit: [1] };
  const { costPerDemandHour: cost, planHoldsFrom: holdsFrom, planHoldsTo: holdsTo } = line.price;
  try {
    const plan = again.planAt(costLine, cost);
    const found = breakEvenOf({ plan, holdsFrom, holdsTo }, largestCost, (at) => again.solveAt(costLine, at));
    const apart = wayBeyond(line, found);
    const least = Math.min(LEAST_ASIDE, LEAST_ASIDE_OF_LARGEST * largestCost);
    const aside = Math.max(ASIDE * apart, least);
    if (found === null || apart <= aside) return withBreakEven(solved, line, found, rateUnits[column]);
    // The plan's basis lets the placement in earlier than it comes: prices just above where it comes say what keeps it out.
    const above = again.solveAt(costLine, found.cost + aside);
    if (above.slope > 0) return undefined;
    const other = makeLine(column, above.rowPrice);
    if (other.cause === 'same-cost') return undefined;
    return withBreakEven(solved, other, found, rateUnits[column]);
  } catch (error) {
    if (error instanceof LostCurve) return undefined;
    throw error;
  }
}

/** How much lower the break-even of an unused placement lies than its basis shows. */
function wayBeyond({ price: { hours, planHoldsFrom } }: PricedLine, found: FoundBreakEven): number {
  if (hours > 0 || planHoldsFrom === null || found === null) return 0;
  return Math.max(0, planHoldsFrom - found.cost);
}

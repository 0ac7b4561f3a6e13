import { type CurvePoint, kinksBetween, LostCurve } from './concave-curve.ts';

/** The plan solved again with another cost of one placement; `value` is the change of the plan's cost, `slope` its hours. */
export interface SolvedCost extends CurvePoint {
  /** Present where a full budget that counts the cost has a price: there the curve is no concave one. */
  readonly isBent?: true;
}

/** A placement as the plan has it, at its cost, and how far that may move by the plan's own basis. */
export interface PlacedCost {
  readonly plan: SolvedCost;
  /** The plan holds for certain from here; null = no end. */
  readonly holdsFrom: number | null;
  /** The plan holds for certain up to here; null = no end. */
  readonly holdsTo: number | null;
}

/**
 * The cost at which hours move, and how many; null where no cost from 0 up moves any. Below 0 it says how far from coming in a placement
 * is that costs nothing. Where a full budget counts the cost, the
 * hours differ from cost to cost: then `hoursAtCost` says to which they belong.
 */
export type FoundBreakEven = {
  readonly cost: number;
  readonly hours: number;
  readonly hoursAtCost?: number;
} | null;

/** How far beyond the end of what holds for certain a plan is solved first, as a share of the cost there. */
const STEP = 1e-3;

/** A step is no smaller than this share of the program's largest cost: engines tell no smaller ones apart. */
const LEAST_STEP = 1e-6;

/** Costs that differ by less, relative to their size, are one; so are those that differ by less of the largest cost than that. */
const SAME = 1e-7;
const SAME_OF_LARGEST = 1e-10;

/**
 * Where an unused placement gets its first hours, or a used one loses its first, if its cost alone moves.
 *
 * The plan's cost is a concave curve in that cost, flat where the placement is unused, so its first kink is the break-even. The basis
 * says from where on nothing moves; one plan just beyond shows most times that something does. Throws `LostCurve` where that cannot
 * be told.
 */
export function breakEvenOf(
  placed: PlacedCost,
  largestCost: number,
  solve: (cost: number) => SolvedCost,
): FoundBreakEven {
  return placed.plan.slope > 0
    ? whereHoursLeave(placed, largestCost, solve)
    : whereHoursCome(placed, largestCost, solve);
}

function whereHoursCome(
  { plan, holdsFrom }: PlacedCost,
  largestCost: number,
  solve: (cost: number) => SolvedCost,
): FoundBreakEven {
  const cost = plan.at;
  if (holdsFrom === null || (holdsFrom <= 0 && cost > 0)) return null;
  const end = Math.min(holdsFrom, cost);
  // What costs nothing as it is and might come in as well is tried at less than nothing.
  const least = cost > 0 ? 0 : -largestCost;
  const below = Math.max(least, end - stepAt(end, largestCost));
  const point = solve(below);
  // A rise or fall of less than half of what the hours would make is no use of the lower cost.
  if (point.isBent) {
    if (point.slope > 0 && point.value <= -0.5 * (end - below) * point.slope)
      return { cost: end, hours: point.slope, hoursAtCost: below };
    throw new LostCurve('budget');
  }
  const straight = straightOnly(solve);
  const kink =
    firstKink(plan, point, straight) ??
    (below > least ? firstKink(plan, straight(least), straight) : undefined);
  if (kink === undefined) return null;
  const at = nearTo(end, kink.at, largestCost);
  if (at > end) throw new LostCurve('rounding');
  return { cost: at, hours: kink.slopeBehind, ...(plan.isBent && { hoursAtCost: kink.behind.at }) };
}

function whereHoursLeave(
  { plan, holdsTo }: PlacedCost,
  largestCost: number,
  solve: (cost: number) => SolvedCost,
): FoundBreakEven {
  if (holdsTo === null) return null;
  if (plan.isBent) throw new LostCurve('budget');
  const end = Math.max(holdsTo, plan.at);
  const straight = straightOnly(solve);
  const far = Math.max(largestCost, end);
  for (const above of [end + stepAt(end, largestCost), end + far, end + 100 * far]) {
    const kink = firstKink(plan, straight(above), straight);
    if (kink !== undefined)
      return { cost: nearTo(end, kink.at, largestCost), hours: kink.slopeBefore - kink.slopeBehind };
  }
  throw new LostCurve('rounding');
}

function stepAt(end: number, largestCost: number): number {
  return Math.max(STEP * end, LEAST_STEP * largestCost);
}

/** The cost that the basis shows, where a kink lies there but for rounding; else the kink's. */
function nearTo(shown: number, kink: number, largestCost: number): number {
  const tolerance = Math.max(SAME * Math.max(shown, kink), SAME_OF_LARGEST * largestCost);
  return Math.abs(kink - shown) <= tolerance ? shown : kink;
}

function firstKink(near: CurvePoint, far: CurvePoint, solve: (cost: number) => CurvePoint) {
  for (const kink of kinksBetween(near, far, solve)) return kink;
  return undefined;
}

/** The same, but for points at which the curve is no concave one. */
export function straightOnly<Point extends SolvedCost>(solve: (at: number) => Point): (at: number) => Point {
  return (at) => {
    const point = solve(at);
    if (point.isBent) throw new LostCurve('budget');
    return point;
  };
}

/**
 * A point of a concave curve of straight pieces: where, how high, and a slope that the curve has there. At a kink any slope
 * between those of its two pieces will do.
 */
export interface CurvePoint {
  readonly at: number;
  readonly value: number;
  readonly slope: number;
  /** So far up the straight line through this point is known to be reached; absent where there is no such end. */
  readonly reachesTo?: number;
}

/** A place where the slope changes, with the slopes of the pieces on its nearer and on its farther side. */
export interface Kink<Point extends CurvePoint = CurvePoint> {
  readonly at: number;
  readonly value: number;
  readonly slopeBefore: number;
  readonly slopeBehind: number;
  /** The point that was evaluated on the piece behind. */
  readonly behind: Point;
}

/** Why a curve cannot be followed: the time is over, there is no plan, a full budget bends it, or rounding leaves no curve. */
export type WhyLost = 'time' | 'no-plan' | 'budget' | 'rounding';

/** The curve cannot be followed. */
export class LostCurve extends Error {
  override readonly name = 'LostCurve';
  readonly why: WhyLost;

  constructor(why: WhyLost) {
    super(`The curve is lost (${why}).`);
    this.why = why;
  }
}

/** Slopes that differ by less, relative to their size, are one. */
const SAME_SLOPE = 1e-9;

/** So are places: engines tell costs apart to about that, so between nearer ones a plan may be that of either side. */
const SAME_PLACE = 1e-7;

/** Of the height a kink could have at most: less is no kink. */
const FLAT = 1e-7;

/** Deeper than this the search does not get but for lost arithmetic. */
const MOST_DEPTH = 60;

/**
 * The kinks of a concave curve from `near` up to `far`, that one left out; the one next to `near` first. Either may be the lower one.
 *
 * Two lines that touch a concave curve meet on it or above. Where they meet on it, that is the only kink between them and both
 * pieces are straight up to it: no third point could lie below. Where they meet above it, the point below parts the search in two
 * (Eisner and Severance 1976). So every kink is proven by points that were evaluated, on either side of it and at it.
 *
 * Throws `LostCurve` where `evaluate` does or where a piece is not known to be reached.
 */
export function* kinksBetween<Point extends CurvePoint>(
  near: CurvePoint,
  far: Point,
  evaluate: (at: number) => Point,
): Generator<Kink<Point>, void> {
  let atPoint: Kink<Point> | undefined;
  for (const kink of kinksOf(near, far, evaluate, 0)) {
    if (atPoint !== undefined && !isSamePlace(atPoint.at, kink.at)) yield atPoint;
    const { slopeBefore } = atPoint !== undefined && isSamePlace(atPoint.at, kink.at) ? atPoint : kink;
    const whole = { ...kink, slopeBefore };
    // A point that was evaluated just at a kink knows the slope of neither piece: the next kink goes on from there.
    const isAtPoint = isSamePlace(kink.at, kink.behind.at);
    atPoint = isAtPoint ? whole : undefined;
    if (!isAtPoint) yield whole;
  }
  if (atPoint !== undefined && !isSamePlace(atPoint.at, far.at)) yield atPoint;
}

function* kinksOf<Point extends CurvePoint>(
  near: CurvePoint,
  far: Point,
  evaluate: (at: number) => Point,
  depth: number,
): Generator<Kink<Point>, void> {
  if (depth > MOST_DEPTH) throw new LostCurve('rounding');
  const bend = near.slope - far.slope;
  const width = far.at - near.at;
  const isStraight = Math.abs(bend) <= SAME_SLOPE * Math.max(Math.abs(near.slope), Math.abs(far.slope));
  if (isStraight || width === 0) return;
  const share = (far.value - near.value - far.slope * width) / (bend * width);
  // Slopes fall from left to right and the lines meet between the points, but for rounding.
  if (bend * width < 0 || share < -FLAT || share > 1 + FLAT) throw new LostCurve('rounding');
  const at = near.at + share * width;
  if (isSamePlace(at, near.at) || isSamePlace(at, far.at)) {
    yield kinkAt(isSamePlace(at, near.at) ? near : far, near, far);
    return;
  }
  const meeting = { at, value: near.value + near.slope * (at - near.at) };
  const point = evaluate(at);
  if (Math.abs(point.value - meeting.value) <= FLAT * bend * width) {
    yield kinkAt(meeting, near, far);
    return;
  }
  yield* kinksOf(near, point, evaluate, depth + 1);
  yield* kinksOf(point, far, evaluate, depth + 1);
}

/** The kink of two lines, once the lower one is known to be reached up to it. */
function kinkAt<Point extends CurvePoint>(
  { at, value }: Pick<CurvePoint, 'at' | 'value'>,
  near: CurvePoint,
  far: Point,
): Kink<Point> {
  const { reachesTo = Infinity } = near.at < far.at ? near : far;
  if (reachesTo < at - FLAT * Math.max(1, Math.abs(at))) throw new LostCurve('budget');
  return { at, value, slopeBefore: near.slope, slopeBehind: far.slope, behind: far };
}

function isSamePlace(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME_PLACE * Math.max(Math.abs(a), Math.abs(b));
}

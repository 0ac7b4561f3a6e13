import type { RateStep, SheetLine } from '../explanation.ts';
import { type CurvePoint, type Kink, kinksBetween } from './concave-curve.ts';

/** The best plan at a rate: `value` is the change of its cost, `slope` the units that the team bills. */
export interface SolvedRate extends CurvePoint {
  /** Workload hours at the team. */
  readonly hours: number;
  /** Money for hours at the team whose cost is not made by the rate. */
  readonly otherSpend: number;
}

/** The curve of a team's rate around today's, told by its steps. */
export type RateCurve = Required<Pick<SheetLine, 'winsBelow' | 'losesAbove' | 'steps'>>;

/** Steps told on either side of today. */
const MOST_STEPS = 5;

/** A stretch of the curve with a plan that is a best one all along it. */
interface Stretch {
  readonly to: number;
  readonly plan: SolvedRate;
}

/**
 * The steps of a team's billing as its rate moves between two ends, up to `MOST_STEPS` changes on either side of `today`.
 *
 * The plan's cost is concave in the rate and its slope is what is billed. So each step is proven by the plans at its kinks, and
 * billing never rises with the rate. Throws `LostCurve` as `solve` does.
 */
export function rateCurve(
  today: SolvedRate,
  totalCost: number,
  [lowest, highest]: readonly [number, number],
  solve: (rate: number) => SolvedRate,
): RateCurve {
  const below = firstKinks(today, lowest, solve);
  const above = firstKinks(today, highest, solve);
  const down = stretches(below, lowest);
  const up = stretches(above, highest);
  const [nearestBelow, nearestAbove] = [below.at(0)?.at ?? lowest, above.at(0)?.at ?? highest];
  const middle = stepOf(today, nearestBelow, nearestAbove, totalCost);
  const lower = down.map(({ to, plan }, i) => stepOf(plan, to, below[i].at, totalCost)).reverse();
  const upper = up.map(({ to, plan }, i) => stepOf(plan, above[i].at, to, totalCost));
  return {
    winsBelow: changeAt(today, below.at(0)),
    losesAbove: changeAt(today, above.at(0)),
    // Where another rate's plan costs the same, today's is one of many at this very rate and no step of its own.
    steps: [...lower, middle, ...upper].filter(({ rateFrom, rateTo }) => rateTo > rateFrom),
  };
}

/** The kinks next to today, and one more, which ends the last step. */
function firstKinks(today: SolvedRate, end: number, solve: (rate: number) => SolvedRate): Kink<SolvedRate>[] {
  const kinks: Kink<SolvedRate>[] = [];
  for (const kink of kinksBetween(today, solve(end), solve)) {
    kinks.push(kink);
    if (kinks.length > MOST_STEPS) break;
  }
  return kinks;
}

/** What lies behind each kink, up to the next one or to the end. */
function stretches(kinks: readonly Kink<SolvedRate>[], end: number): Stretch[] {
  return kinks
    .slice(0, MOST_STEPS)
    .map(({ behind }, i) => ({ to: kinks.at(i + 1)?.at ?? end, plan: behind }));
}

function stepOf(plan: SolvedRate, rateFrom: number, rateTo: number, totalCost: number): RateStep {
  const costAt = (rate: number) => totalCost + plan.value + plan.slope * (rate - plan.at);
  return {
    rateFrom,
    rateTo,
    units: plan.slope,
    hours: plan.hours,
    spendFrom: plan.slope * rateFrom + plan.otherSpend,
    spendTo: plan.slope * rateTo + plan.otherSpend,
    totalCostFrom: costAt(rateFrom),
    totalCostTo: costAt(rateTo),
  };
}

function changeAt(today: SolvedRate, kink: Kink<SolvedRate> | undefined): RateCurve['winsBelow'] {
  if (kink === undefined) return null;
  return {
    rate: kink.at,
    units: Math.abs(kink.slopeBehind - kink.slopeBefore),
    hours: Math.abs(kink.behind.hours - today.hours),
  };
}

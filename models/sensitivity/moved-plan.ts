import { LostWay, type MovingBasis, type PricedPlan, type RowStep } from './moving-basis.ts';

/** The optimum with right-hand sides moved, or the multipliers that prove that there is none. */
export type MovedPlan =
  | (PricedPlan & { readonly status: 'optimal' })
  | { readonly status: 'infeasible'; readonly ray: Float64Array };

/**
 * So many exchanges are made on a way. Most ways take a few (a tenth of a capacity at 14k columns: four); each carries all before it
 * along, and an engine is faster on a long way.
 */
const MOST_EXCHANGES = 100;

/** As a share of the way: what stands in the way this near its end, as a capacity of 0 does, stands at the end but for rounding. */
const ARRIVED = 1e-10;

/**
 * The plan once each right-hand side has gone its step, from the optimal basis (dual simplex); undefined where the way is too long
 * or lost. It is not proven: whoever relies on it does that (`program-proof.ts`).
 */
export function movedPlan(basis: MovingBasis, steps: readonly RowStep[]): MovedPlan | undefined {
  try {
    return walkTo(basis, steps);
  } catch (error) {
    if (error instanceof LostWay) return undefined;
    throw error;
  }
}

function walkTo(basis: MovingBasis, steps: readonly RowStep[]): MovedPlan | undefined {
  basis.startFrom(steps);
  let way = 1;
  while (basis.exchangeCount < MOST_EXCHANGES) {
    const { step, place } = basis.firstToBlock(false);
    if (step >= way - ARRIVED) {
      basis.advance(way);
      return { status: 'optimal', ...basis.plan() };
    }
    basis.advance(step, place);
    way -= step;
    if (!basis.exchange(place, false)) return { status: 'infeasible', ray: basis.rayAt(place) };
  }
  return undefined;
}

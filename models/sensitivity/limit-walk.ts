import { type Blocking, LostWay, MovingBasis, PATIENCE, type RowStep } from './moving-basis.ts';
import type { OptimalBasis, Variable } from './optimal-basis.ts';
import { BINDING_TOLERANCE } from './priced-program.ts';

/** What one more, or one less, of a limit costs, and how long that holds. */
export interface LimitSide {
  /** Change of the cost per unit of the limit, in the direction of the walk per unit increase; undefined where there is no plan that way. */
  readonly price?: number;
  /** How far the price holds; Infinity where there is no end. */
  readonly reach: number;
  /** In the basis that has room this way: the prices, by row, that are not those of the basis all walks start from. */
  readonly repriced?: ReadonlyMap<number, number>;
  /** What happens there; absent where there is no end or no plan that way. */
  readonly end?: {
    /** What is used up or given up there. */
    readonly stops: Variable;
    /** What takes over, and the price from there on; absent where there is no plan beyond. */
    readonly takesOver?: Variable;
    readonly price?: number;
  };
}

/** Prices nearer to each other than this, relative to the costs, are one. */
const SAME = 1e-9;

/** After so many changes of basis a walk has lost its way. */
const MOST_PIVOTS = 5_000;

/**
 * Walks single limits up and down from an optimal basis: the dual simplex method with a moving right-hand side (parametric
 * programming, Gass and Saaty 1955).
 *
 * Where the plan is degenerate the basis at hand may have no room that way. Then it is exchanged until one has, and its price is the
 * true one: upwards the largest price of the row over all optimal bases, downwards the smallest. Walks of one instance
 * follow each other; each starts from the basis anew.
 */
export class LimitWalk {
  readonly #basis: MovingBasis;

  constructor(basis: OptimalBasis) {
    this.#basis = new MovingBasis(basis);
  }

  /**
   * `limit` is the size of the row's limit in the user's terms: steps far below it are none. Throws `LostWay` where rounding
   * leaves no answer to be trusted.
   */
  walk(row: number, sign: 1 | -1, limit: number): LimitSide {
    this.#basis.startFrom([{ row, by: sign }]);
    const smallestStep = BINDING_TOLERANCE * Math.max(1, Math.abs(limit));
    let room = this.#makeRoom(smallestStep);
    if (room === undefined) return { reach: 0 };
    const price = sign * this.#basis.checkedRate();
    const repriced = this.#basis.repricedRows();
    let reach = 0;
    // An exchange where something else costs just as much changes the basis and not the price.
    for (;;) {
      if (room.step === Infinity) return { price, reach: Infinity, repriced };
      const stops = this.#basis.variableAt(room.place);
      reach += room.step;
      this.#basis.advance(room.step, room.place);
      room = this.#makeRoom(smallestStep);
      if (room === undefined) return { price, reach, repriced, end: { stops } };
      const next = sign * this.#basis.checkedRate();
      const takesOver = this.#basis.entered!;
      if (Math.abs(next - price) > SAME * this.#basis.costSize)
        return { price, reach, repriced, end: { stops, takesOver, price: next } };
    }
  }

  /** Change of the cost in a unit of a walk on which several limits move together; undefined where there is no plan that way. */
  rateAlong(steps: readonly RowStep[]): number | undefined {
    this.#basis.startFrom(steps);
    return this.#makeRoom(BINDING_TOLERANCE) && this.#basis.checkedRate();
  }

  /** Exchanges the basis until a step is possible; undefined where there is no plan that way. */
  #makeRoom(smallestStep: number): Blocking | undefined {
    for (let pivots = 0; this.#basis.exchangeCount < MOST_PIVOTS; pivots += 1) {
      const blocking = this.#basis.firstToBlock(pivots > PATIENCE);
      if (blocking.step > smallestStep) return blocking;
      if (!this.#basis.exchange(blocking.place, pivots > PATIENCE)) return undefined;
    }
    throw new LostWay();
  }
}

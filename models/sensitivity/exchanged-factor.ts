import type { BasisFactor } from './basis-factor.ts';
import type { SparseVector } from './sparse-vector.ts';

/** Entries smaller than this, relative to the largest, are noise of the arithmetic. */
export const NOISE = 1e-10;

/** A column that took a place of the basis over: what it takes to carry a vector over to the new basis. */
interface Exchange {
  readonly place: number;
  readonly pivot: number;
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** The factors of a basis some of whose columns have been exchanged since (product form of the inverse, Dantzig and Orchard-Hays 1954). */
export class ExchangedFactor {
  readonly #factor: BasisFactor;
  #exchanges: Exchange[] = [];

  constructor(factor: BasisFactor) {
    this.#factor = factor;
  }

  get exchanges(): readonly Pick<Exchange, 'place'>[] {
    return this.#exchanges;
  }

  forgetExchanges(): void {
    this.#exchanges = [];
  }

  /** Solves `B x = b` in place: `b` by rows comes in, `x` by places goes out. */
  solve(vector: SparseVector): void {
    this.#factor.solve(vector);
    for (const exchange of this.#exchanges) {
      if (vector.values[exchange.place] !== 0) carryOver(vector, exchange);
    }
  }

  /** Solves `Bᵀ y = c` in place: `c` by places comes in, `y` by rows goes out. */
  solveTransposed(vector: SparseVector): void {
    for (let e = this.#exchanges.length - 1; e >= 0; e -= 1) {
      const { place, pivot, places, values } = this.#exchanges[e];
      let sum = vector.values[place];
      for (let i = 0; i < places.length; i += 1) sum -= values[i] * vector.values[places[i]];
      if (sum !== 0) vector.set(place, sum / pivot);
      else vector.values[place] = 0;
    }
    this.#factor.solveTransposed(vector);
  }

  /** Puts a column, given in terms of the basis, at a place, and carries a vector in those terms over to the new basis. */
  exchange(place: number, column: SparseVector, carried: SparseVector): void {
    const { values: entries, positions, count } = column;
    const [places, values]: [number[], number[]] = [[], []];
    const noise = NOISE * column.largest();
    for (let i = 0; i < count; i += 1) {
      const p = positions[i];
      if (p === place || Math.abs(entries[p]) <= noise) continue;
      places.push(p);
      values.push(entries[p]);
    }
    const exchange = { place, pivot: entries[place], places, values };
    this.#exchanges.push(exchange);
    carryOver(carried, exchange);
  }
}

function carryOver(vector: SparseVector, { place, pivot, places, values }: Exchange): void {
  const entry = vector.values[place] / pivot;
  for (let i = 0; i < places.length; i += 1) vector.add(places[i], -values[i] * entry);
  vector.set(place, entry);
}

import { type SparseEntries, SparseVector } from './sparse-vector.ts';
import { BINDING_TOLERANCE } from './priced-program.ts';
import { BOTH, DOWN, NOWHERE, type OptimalBasis, UP, type Variable } from './optimal-basis.ts';

/** What one more, or one less, of a limit costs, and how long that holds. */
export interface LimitSide {
  /** Change of the cost per unit of the limit, in the direction of the walk per unit increase; undefined where there is no plan that way. */
  readonly price?: number;
  /** How far the price holds; Infinity where there is no end. */
  readonly reach: number;
  /** What happens there; absent where there is no end or no plan that way. */
  readonly end?: {
    /** What is used up or given up there. */
    readonly stops: Variable;
    /** What takes over, and the price from there on; absent where there is no plan beyond. */
    readonly takesOver?: Variable;
    readonly price?: number;
  };
}

/** Entries smaller than this, relative to the largest, are noise of the arithmetic. */
const NOISE = 1e-10;

/** A pivot computed in two ways, or a price, may differ by so much, relative to its size; more, and the arithmetic is lost. */
const DISAGREEMENT = 1e-6;

/** Prices nearer to each other than this, relative to the costs, are one. */
const SAME = 1e-9;

/** From so many changes of basis at one point on, ties are broken by position, so that no walk goes in circles (Bland 1977). */
const PATIENCE = 100;
const MOST_PIVOTS = 5_000;

/** A walk that ended without an answer to be trusted. */
export class LostWay extends Error {
  override readonly name = 'LostWay';
}

/** A column that entered the basis at a place: what it takes to carry a vector over to the new basis. */
interface Exchange {
  readonly place: number;
  readonly entered: Variable;
  readonly pivot: number;
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** What an exchange of the basis that all walks start from needs. */
interface FirstExchange {
  readonly entering: Variable;
  readonly inverseRow: SparseEntries;
  readonly column: SparseEntries;
}

/**
 * Walks single limits up and down from an optimal basis: the dual simplex method with a moving right-hand side (parametric
 * programming, Gass and Saaty 1955).
 *
 * Where the plan is degenerate the basis at hand may have no room that way. Then it is exchanged until one has, and its price is the
 * true one: upwards the largest price of the row over all optimal bases, downwards the smallest. Walks of one instance
 * follow each other; each starts from the basis anew.
 */
export class LimitWalk {
  readonly #basis: OptimalBasis;
  readonly #head: Int32Array;
  readonly #placeOf: Int32Array;
  readonly #value: Float64Array;
  readonly #reducedCost: Float64Array;
  readonly #costSize: number;
  /** Change of each value in the basis per unit of the walk. */
  readonly #direction: SparseVector;
  readonly #entering: SparseVector;
  readonly #inverseRow: SparseVector;
  readonly #tableauRow: SparseVector;
  #isTableauRowFilled = false;
  readonly #candidates: Int32Array;
  readonly #firstExchanges = new Map<number, FirstExchange>();
  /** How far the last exchange moves the reduced costs, along its tableau row; done when they are needed. */
  #repricing = 0;
  /** What the last walk changed, to be changed back. */
  #movedPlaces: number[] = [];
  #repricedVariables: Variable[] = [];
  #exchanges: Exchange[] = [];
  #price = 0;

  constructor(basis: OptimalBasis) {
    const [m, variables] = [basis.head.length, basis.placeOf.length];
    this.#basis = basis;
    this.#head = basis.head.slice();
    this.#placeOf = basis.placeOf.slice();
    this.#value = basis.value.slice();
    this.#reducedCost = basis.reducedCost.slice();
    this.#costSize = basis.program.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 1);
    this.#direction = new SparseVector(m);
    this.#entering = new SparseVector(m);
    this.#inverseRow = new SparseVector(m);
    this.#tableauRow = new SparseVector(variables);
    this.#candidates = new Int32Array(variables);
  }

  /**
   * `limit` is the size of the row's limit in the user's terms: steps far below it are none. Throws `LostWay` where rounding
   * leaves no answer to be trusted.
   */
  walk(row: number, sign: 1 | -1, limit: number): LimitSide {
    this.#startFrom(row, sign);
    const smallestStep = BINDING_TOLERANCE * Math.max(1, Math.abs(limit));
    let room = this.#makeRoom(row, smallestStep);
    if (room === undefined) return { reach: 0 };
    const price = this.#checkedPrice(sign);
    let reach = 0;
    // An exchange where something else costs just as much changes the basis and not the price.
    for (;;) {
      if (room.step === Infinity) return { price, reach: Infinity };
      const stops = this.#head[room.place];
      reach += room.step;
      this.#advance(room);
      room = this.#makeRoom(row, smallestStep);
      if (room === undefined) return { price, reach, end: { stops } };
      const next = this.#checkedPrice(sign);
      const takesOver = this.#head[this.#exchanges.at(-1)!.place];
      if (Math.abs(next - price) > SAME * this.#costSize)
        return { price, reach, end: { stops, takesOver, price: next } };
    }
  }

  #startFrom(row: number, sign: 1 | -1): void {
    const { head, placeOf, value, reducedCost, price, factor } = this.#basis;
    for (const place of this.#movedPlaces) this.#value[place] = value[place];
    for (const variable of this.#repricedVariables) this.#reducedCost[variable] = reducedCost[variable];
    for (const { place } of this.#exchanges) {
      this.#placeOf[this.#head[place]] = -1;
      this.#head[place] = head[place];
    }
    for (const { place, entered } of this.#exchanges) {
      this.#placeOf[entered] = placeOf[entered];
      this.#placeOf[head[place]] = place;
    }
    [this.#movedPlaces, this.#repricedVariables, this.#exchanges] = [[], [], []];
    this.#price = price[row];
    this.#repricing = 0;
    this.#direction.clear();
    this.#direction.set(row, sign);
    factor.solve(this.#direction);
  }

  /** Exchanges the basis until a step is possible; undefined where there is no plan that way. */
  #makeRoom(row: number, smallestStep: number): Blocking | undefined {
    for (let pivots = 0; this.#exchanges.length < MOST_PIVOTS; pivots += 1) {
      const blocking = this.#firstToBlock(pivots > PATIENCE);
      if (blocking.step > smallestStep) return blocking;
      if (!this.#exchange(blocking.place, row, pivots > PATIENCE)) return undefined;
    }
    throw new LostWay();
  }

  /** The place whose value is the first to reach its bound, and after which step. */
  #firstToBlock(isByPosition: boolean): Blocking {
    const { way } = this.#basis;
    const { values, positions, count } = this.#direction;
    const noise = NOISE * this.#direction.largest();
    let [step, place, size] = [Infinity, -1, 0];
    for (let i = 0; i < count; i += 1) {
      const p = positions[i];
      const change = values[p];
      if (Math.abs(change) <= noise) continue;
      const each = way[this.#head[p]];
      const isBlocked = each === NOWHERE || (change < 0 ? each === UP : each === DOWN);
      if (!isBlocked) continue;
      const until = each === NOWHERE ? 0 : Math.max(0, -this.#value[p] / change);
      const tie = 1e-12 * Math.max(1, step === Infinity ? until : step);
      if (until > step + tie) continue;
      const isPreferred = isByPosition ? this.#head[p] < this.#head[place] : Math.abs(change) > size;
      if (until < step - tie || place < 0 || isPreferred) {
        [step, place, size] = [Math.min(step, until), p, Math.abs(change)];
      }
    }
    return { step, place };
  }

  #advance({ step, place }: Blocking): void {
    const { values, positions, count } = this.#direction;
    for (let i = 0; i < count; i += 1) {
      const p = positions[i];
      this.#value[p] += step * values[p];
      this.#movedPlaces.push(p);
    }
    this.#value[place] = 0;
  }

  /** Takes the variable at a place, which stands at its bound, out of the basis; false where nothing can take its place. */
  #exchange(place: number, row: number, isByPosition: boolean): boolean {
    const isRaised = this.#direction.values[place] < 0;
    this.#reprice();
    const entering = this.#findEntering(place, isRaised, isByPosition);
    if (entering < 0) return false;
    const pivot = this.#entering.values[place];
    const rate = this.#reducedCost[entering] / pivot;
    this.#price += rate * this.#inverseRow.values[row];
    this.#repricing = rate;
    const leaving = this.#head[place];
    this.#replace(place, pivot, entering);
    this.#head[place] = entering;
    this.#placeOf[entering] = place;
    this.#placeOf[leaving] = -1;
    this.#value[place] = 0;
    this.#movedPlaces.push(place);
    return true;
  }

  /**
   * The variable that takes a place over, −1 where there is none, with its column and the row of the inverse. Walks end at the same
   * places again and again: of the basis they all start from, each is worked out once (two in three are known already).
   */
  #findEntering(place: number, isRaised: boolean, isByPosition: boolean): Variable {
    this.#isTableauRowFilled = false;
    const key = this.#exchanges.length === 0 ? 2 * place + Number(isRaised) : undefined;
    const known = key === undefined ? undefined : this.#firstExchanges.get(key);
    if (known) {
      this.#inverseRow.load(known.inverseRow);
      this.#entering.load(known.column);
      return known.entering;
    }
    this.#fillRowOfInverse(place);
    this.#fillTableauRow();
    const entering = this.#cheapest(isRaised, isByPosition);
    this.#entering.clear();
    if (entering >= 0) {
      this.#fillColumnInBasis(entering);
      const pivot = this.#entering.values[place];
      const entry = this.#tableauRow.values[entering];
      if (Math.abs(pivot - entry) > DISAGREEMENT * Math.max(1, Math.abs(pivot))) throw new LostWay();
    }
    if (key !== undefined) {
      const [inverseRow, column] = [this.#inverseRow.entries(), this.#entering.entries()];
      this.#firstExchanges.set(key, { entering, inverseRow, column });
    }
    return entering;
  }

  /** Most walks end with an exchange that only tells the next price: reduced costs are kept up when another one follows. */
  #reprice(): void {
    const rate = this.#repricing;
    if (rate === 0) return;
    if (!this.#isTableauRowFilled) this.#fillTableauRow();
    const { values, positions, count } = this.#tableauRow;
    for (let i = 0; i < count; i += 1) {
      const variable = positions[i];
      if (this.#placeOf[variable] >= 0) this.#reducedCost[variable] = 0;
      else this.#reducedCost[variable] -= rate * values[variable];
      this.#repricedVariables.push(variable);
    }
    this.#repricing = 0;
  }

  /** Row `place` of the inverse of the basis, by rows of the program. */
  #fillRowOfInverse(place: number): void {
    const vector = this.#inverseRow;
    vector.clear();
    vector.set(place, 1);
    for (let e = this.#exchanges.length - 1; e >= 0; e -= 1) {
      const { place: at, pivot, places, values } = this.#exchanges[e];
      let sum = vector.values[at];
      for (let i = 0; i < places.length; i += 1) sum -= values[i] * vector.values[places[i]];
      if (sum !== 0) vector.set(at, sum / pivot);
      else vector.values[at] = 0;
    }
    this.#basis.factor.solveTransposed(vector);
  }

  /** How the value at the place falls as each variable rises. */
  #fillTableauRow(): void {
    const { rowStart, columnIndex, coefficient, columns } = this.#basis.program;
    const { values, positions, count } = this.#inverseRow;
    const tableauRow = this.#tableauRow;
    const noise = NOISE * this.#inverseRow.largest();
    tableauRow.clear();
    this.#isTableauRowFilled = true;
    for (let i = 0; i < count; i += 1) {
      const row = positions[i];
      const entry = values[row];
      if (Math.abs(entry) <= noise) continue;
      tableauRow.add(columns.length + row, entry);
      tableauRow.addMultiple(entry, columnIndex, coefficient, rowStart[row], rowStart[row + 1]);
    }
  }

  /** The variable that may enter at the least change of prices; of those as good as equal the one with the largest entry. */
  #cheapest(isRaised: boolean, isByPosition: boolean): Variable {
    const { values, positions, count } = this.#tableauRow;
    const noise = 1e-9 * this.#costSize;
    const candidates = this.#candidates;
    let [candidateCount, most] = [0, Infinity];
    for (let i = 0; i < count; i += 1) {
      const variable = positions[i];
      if (!this.#mayEnter(variable, isRaised)) continue;
      candidates[candidateCount] = variable;
      candidateCount += 1;
      const ratio = (Math.abs(this.#reducedCost[variable]) + noise) / Math.abs(values[variable]);
      if (ratio < most) most = ratio;
    }
    let best = -1;
    for (let i = 0; i < candidateCount; i += 1) {
      const variable = candidates[i];
      const size = Math.abs(values[variable]);
      if (Math.abs(this.#reducedCost[variable]) > most * size) continue;
      const isBetter = isByPosition ? variable < best : size > Math.abs(values[best]);
      if (best < 0 || isBetter) best = variable;
    }
    return best;
  }

  #mayEnter(variable: Variable, isRaised: boolean): boolean {
    if (this.#placeOf[variable] >= 0) return false;
    const entry = this.#tableauRow.values[variable];
    if (Math.abs(entry) <= SMALLEST_PIVOT) return false;
    const way = this.#basis.way[variable];
    if (way === NOWHERE || way === BOTH) return way === BOTH;
    // A variable that rises lowers the value by its entry.
    return way === (entry < 0 === isRaised ? UP : DOWN);
  }

  /** A variable's column in terms of the basis, by places. */
  #fillColumnInBasis(variable: Variable): void {
    const { program, columns, factor } = this.#basis;
    const vector = this.#entering;
    const n = program.columns.length;
    vector.clear();
    if (variable >= n) vector.set(variable - n, 1);
    else
      for (let e = columns.start[variable]; e < columns.start[variable + 1]; e += 1)
        vector.set(columns.index[e], columns.value[e]);
    factor.solve(vector);
    for (const { place, pivot, places, values } of this.#exchanges) {
      if (vector.values[place] === 0) continue;
      const entry = vector.values[place] / pivot;
      for (let i = 0; i < places.length; i += 1) vector.add(places[i], -values[i] * entry);
      vector.values[place] = entry;
    }
  }

  /** The direction in terms of the new basis, and what carries other vectors over. */
  #replace(place: number, pivot: number, entered: Variable): void {
    const { values: column, positions, count } = this.#entering;
    const direction = this.#direction;
    const [places, values]: [number[], number[]] = [[], []];
    const entry = direction.values[place] / pivot;
    const noise = NOISE * this.#entering.largest();
    for (let i = 0; i < count; i += 1) {
      const p = positions[i];
      if (p === place || Math.abs(column[p]) <= noise) continue;
      places.push(p);
      values.push(column[p]);
      direction.add(p, -column[p] * entry);
    }
    direction.set(place, entry);
    this.#exchanges.push({ place, entered, pivot, places, values });
  }

  /** The price of the row, counted a second time from the plan's own change: primal and dual must say the same. */
  #checkedPrice(sign: 1 | -1): number {
    const { cost, columns } = this.#basis.program;
    let change = 0;
    const { values, positions, count } = this.#direction;
    for (let i = 0; i < count; i += 1) {
      const variable = this.#head[positions[i]];
      if (variable < columns.length) change += cost[variable] * values[positions[i]];
    }
    if (Math.abs(sign * change - this.#price) > DISAGREEMENT * this.#costSize) throw new LostWay();
    return this.#price;
  }
}

interface Blocking {
  readonly step: number;
  readonly place: number;
}

/** Smaller entries are no pivots. */
const SMALLEST_PIVOT = 1e-8;

import { ExchangedFactor, NOISE } from './exchanged-factor.ts';
import { BOTH, DOWN, NOWHERE, type OptimalBasis, UP, type Variable } from './optimal-basis.ts';
import { type SparseEntries, SparseVector } from './sparse-vector.ts';

/** How far a right-hand side moves, or how far in each unit of a walk. */
export interface RowStep {
  readonly row: number;
  readonly by: number;
}

/** A pivot computed in two ways, or a price, may differ by so much, relative to its size; more, and the arithmetic is lost. */
const DISAGREEMENT = 1e-6;

/** Smaller entries are no pivots. */
const SMALLEST_PIVOT = 1e-8;

/** From so many changes of basis at one point on, ties are broken by position, so that no walk goes in circles (Bland 1977). */
export const PATIENCE = 100;

/** A walk that ended without an answer to be trusted. */
export class LostWay extends Error {
  override readonly name = 'LostWay';
}

/** What an optimum is and what proves it. */
export interface PricedPlan {
  readonly columnValue: Float64Array;
  readonly rowPrice: Float64Array;
}

/** What stands in the way first: the variable at a place, after a step. */
export interface Blocking {
  readonly step: number;
  readonly place: number;
}

/** What an exchange of the basis that all walks start from needs. */
interface FirstExchange {
  readonly entering: Variable;
  readonly inverseRow: SparseEntries;
  readonly column: SparseEntries;
}

/**
 * An optimal basis while right-hand sides move: the dual simplex method, one exchange at a time.
 *
 * A walk starts from the optimal basis, moves on until a variable of the basis stands at its bound, and exchanges that. Walks of
 * one instance follow each other; each starts from the optimal basis anew.
 */
export class MovingBasis {
  readonly #basis: OptimalBasis;
  readonly #head: Int32Array;
  readonly #placeOf: Int32Array;
  readonly #value: Float64Array;
  readonly #reducedCost: Float64Array;
  readonly #factor: ExchangedFactor;
  #steps: readonly RowStep[] = [];
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
  #rate = 0;

  constructor(basis: OptimalBasis) {
    const [m, variables] = [basis.head.length, basis.placeOf.length];
    this.#basis = basis;
    this.#head = basis.head.slice();
    this.#placeOf = basis.placeOf.slice();
    this.#value = basis.value.slice();
    this.#reducedCost = basis.reducedCost.slice();
    this.#factor = new ExchangedFactor(basis.factor);
    this.#direction = new SparseVector(m);
    this.#entering = new SparseVector(m);
    this.#inverseRow = new SparseVector(m);
    this.#tableauRow = new SparseVector(variables);
    this.#candidates = new Int32Array(variables);
  }

  /** The size of the largest cost, at least 1. */
  get costSize(): number {
    return this.#basis.costSize;
  }

  get exchangeCount(): number {
    return this.#factor.exchanges.length;
  }

  variableAt(place: number): Variable {
    return this.#head[place];
  }

  /** The variable that entered the basis last. */
  get entered(): Variable | undefined {
    const last = this.#factor.exchanges.at(-1);
    return last && this.#head[last.place];
  }

  /** Begins a walk from the optimal basis, on which each of the right-hand sides moves by its step in a unit of the walk. */
  startFrom(steps: readonly RowStep[]): void {
    const { head, value, reducedCost, price } = this.#basis;
    for (const place of this.#movedPlaces) this.#value[place] = value[place];
    for (const variable of this.#repricedVariables) this.#reducedCost[variable] = reducedCost[variable];
    for (const { place } of this.#factor.exchanges) this.#placeOf[this.#head[place]] = -1;
    for (const { place } of this.#factor.exchanges) {
      this.#head[place] = head[place];
      this.#placeOf[head[place]] = place;
    }
    [this.#movedPlaces, this.#repricedVariables] = [[], []];
    this.#factor.forgetExchanges();
    this.#steps = steps;
    this.#rate = alongSteps(steps, price);
    this.#repricing = 0;
    this.#direction.clear();
    for (const { row, by } of steps) this.#direction.add(row, by);
    this.#factor.solve(this.#direction);
  }

  /** The place whose value is the first to reach its bound, and after which step. */
  firstToBlock(isByPosition: boolean): Blocking {
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

  /** Moves on by a step; what stands in the way after it is at its bound then. */
  advance(step: number, blockedPlace?: number): void {
    const { values, positions, count } = this.#direction;
    for (let i = 0; i < count; i += 1) {
      const p = positions[i];
      this.#value[p] += step * values[p];
      this.#movedPlaces.push(p);
    }
    if (blockedPlace !== undefined) this.#value[blockedPlace] = 0;
  }

  /** Takes the variable at a place, which stands at its bound, out of the basis; false where nothing can take its place. */
  exchange(place: number, isByPosition: boolean): boolean {
    const isRaised = this.#direction.values[place] < 0;
    this.#reprice();
    const entering = this.#findEntering(place, isRaised, isByPosition);
    if (entering < 0) return false;
    const pivot = this.#entering.values[place];
    const rate = this.#reducedCost[entering] / pivot;
    this.#rate += rate * alongSteps(this.#steps, this.#inverseRow.values);
    this.#repricing = rate;
    const leaving = this.#head[place];
    this.#factor.exchange(place, this.#entering, this.#direction);
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
    const key = this.#factor.exchanges.length === 0 ? 2 * place + Number(isRaised) : undefined;
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

  /** The prices, by row, that exchanges have changed. */
  repricedRows(): ReadonlyMap<number, number> {
    if (this.exchangeCount === 0) return NO_ROWS;
    this.#reprice();
    const repriced = new Map<number, number>();
    const { length: n } = this.#basis.program.columns;
    for (const variable of this.#repricedVariables)
      if (variable >= n) repriced.set(variable - n, -this.#reducedCost[variable]);
    return repriced;
  }

  /** Row `place` of the inverse of the basis, by rows of the program. */
  #fillRowOfInverse(place: number): void {
    const vector = this.#inverseRow;
    vector.clear();
    vector.set(place, 1);
    this.#factor.solveTransposed(vector);
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
    const noise = 1e-9 * this.#basis.costSize;
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
    const { program, columns } = this.#basis;
    const vector = this.#entering;
    const n = program.columns.length;
    vector.clear();
    if (variable >= n) vector.set(variable - n, 1);
    else
      for (let e = columns.start[variable]; e < columns.start[variable + 1]; e += 1)
        vector.set(columns.index[e], columns.value[e]);
    this.#factor.solve(vector);
  }

  /** The plan where the walk stands, and its prices: optimal as long as nothing in the basis is beyond its bound. */
  plan(): PricedPlan {
    this.#reprice();
    const n = this.#basis.program.columns.length;
    const columnValue = new Float64Array(n);
    this.#head.forEach((variable, place) => {
      if (variable < n) columnValue[variable] = this.#value[place];
    });
    const rowPrice = new Float64Array(this.#head.length);
    for (let row = 0; row < rowPrice.length; row += 1)
      if (this.#placeOf[n + row] < 0) rowPrice[row] = -this.#reducedCost[n + row];
    return { columnValue, rowPrice };
  }

  /** Multipliers of the rows that prove that there is no plan beyond, where nothing could take a place (a Farkas ray). */
  rayAt(place: number): Float64Array {
    const sign = this.#direction.values[place] < 0 ? -1 : 1;
    return this.#inverseRow.values.map((value) => sign * value);
  }

  /**
   * Change of the cost in a unit of the walk, from the prices and once more from the plan's own change. Throws `LostWay` where
   * the two do not say the same.
   */
  checkedRate(): number {
    const { cost, columns } = this.#basis.program;
    let change = 0;
    const { values, positions, count } = this.#direction;
    for (let i = 0; i < count; i += 1) {
      const variable = this.#head[positions[i]];
      if (variable < columns.length) change += cost[variable] * values[positions[i]];
    }
    if (Math.abs(change - this.#rate) > DISAGREEMENT * this.#basis.costSize) throw new LostWay();
    return this.#rate;
  }
}

const NO_ROWS: ReadonlyMap<number, number> = new Map();

function alongSteps(steps: readonly RowStep[], values: Float64Array): number {
  return steps.reduce((sum, { row, by }) => sum + by * values[row], 0);
}

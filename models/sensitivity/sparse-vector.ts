/** The entries of a sparse vector, to be kept. */
export interface SparseEntries {
  readonly positions: Int32Array;
  readonly values: Float64Array;
}

/** A vector of which few entries are not 0, with the positions of those that may not be. */
export class SparseVector {
  readonly values: Float64Array;
  /** The first `count` positions; an entry there may be 0 again. */
  readonly positions: Int32Array;
  count = 0;
  readonly #isListed: Uint8Array;

  constructor(size: number) {
    this.values = new Float64Array(size);
    this.positions = new Int32Array(size);
    this.#isListed = new Uint8Array(size);
  }

  /** Lists a position without changing its entry. */
  list(position: number): void {
    if (this.#isListed[position] === 1) return;
    this.#isListed[position] = 1;
    this.positions[this.count] = position;
    this.count += 1;
  }

  set(position: number, value: number): void {
    this.list(position);
    this.values[position] = value;
  }

  add(position: number, amount: number): void {
    this.list(position);
    this.values[position] += amount;
  }

  /** Adds a multiple of some entries of another vector, given as positions and values from `from` to before `to`. */
  addMultiple(factor: number, index: Int32Array, value: Float64Array, from: number, to: number): void {
    const [values, positions, isListed] = [this.values, this.positions, this.#isListed];
    let { count } = this;
    for (let i = from; i < to; i += 1) {
      const position = index[i];
      if (isListed[position] === 0) {
        isListed[position] = 1;
        positions[count] = position;
        count += 1;
      }
      values[position] += factor * value[i];
    }
    this.count = count;
  }

  entries(): SparseEntries {
    const positions = this.positions.slice(0, this.count);
    const values = new Float64Array(positions.length);
    for (let i = 0; i < positions.length; i += 1) values[i] = this.values[positions[i]];
    return { positions, values };
  }

  /** Becomes the vector that these entries were taken from. */
  load({ positions, values }: SparseEntries): void {
    this.clear();
    for (let i = 0; i < positions.length; i += 1) this.set(positions[i], values[i]);
  }

  clear(): void {
    for (let i = 0; i < this.count; i += 1) {
      this.values[this.positions[i]] = 0;
      this.#isListed[this.positions[i]] = 0;
    }
    this.count = 0;
  }

  /** The size of the largest entry. */
  largest(): number {
    let largest = 0;
    for (let i = 0; i < this.count; i += 1) {
      const size = Math.abs(this.values[this.positions[i]]);
      if (size > largest) largest = size;
    }
    return largest;
  }
}

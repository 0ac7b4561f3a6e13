const CHUNK_BITS = 16;
const CHUNK = 2 ** CHUNK_BITS;

/** Numbers that are pushed one by one, in chunks: it grows without being copied, and takes hardly more memory than its numbers. */
export class NumberColumn<List extends Int32Array | Float64Array> {
  readonly #make: () => List;
  readonly #chunks: List[] = [];
  #length = 0;

  private constructor(make: () => List) {
    this.#make = make;
  }

  static ofInt32 = (): NumberColumn<Int32Array> => new NumberColumn(() => new Int32Array(CHUNK));
  static ofFloat64 = (): NumberColumn<Float64Array> => new NumberColumn(() => new Float64Array(CHUNK));

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const at = this.#length % CHUNK;
    if (at === 0) this.#chunks.push(this.#make());
    this.#chunks[this.#chunks.length - 1][at] = value;
    this.#length += 1;
  }

  /** The number at a position, which must be below `length`. */
  at(position: number): number {
    return this.#chunks[position >>> CHUNK_BITS][position % CHUNK];
  }
}

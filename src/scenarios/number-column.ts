const CHUNK_BITS = 16;
const CHUNK = 2 ** CHUNK_BITS;
/** Most files are small, and a chunk takes time to be made. */
const FIRST_ROOM = 1024;

/**
 * Numbers that are pushed one by one, in chunks: it grows without being copied, takes hardly more memory than its numbers, and what it takes
 * goes back to the system, for chunks are large.
 */
export class NumberColumn<List extends Int32Array | Float64Array> {
  readonly #make: (length: number) => List;
  readonly #chunks: List[] = [];
  #length = 0;

  private constructor(make: (length: number) => List) {
    this.#make = make;
  }

  static ofInt32 = (): NumberColumn<Int32Array> => new NumberColumn((length) => new Int32Array(length));
  static ofFloat64 = (): NumberColumn<Float64Array> => new NumberColumn((length) => new Float64Array(length));

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    const [last, at] = [this.#length >>> CHUNK_BITS, this.#length % CHUNK];
    if (at === (this.#chunks.at(last)?.length ?? 0)) this.#makeRoom(last);
    this.#chunks[last][at] = value;
    this.#length += 1;
  }

  /** The number at a position, which must be below `length`. */
  at(position: number): number {
    return this.#chunks[position >>> CHUNK_BITS][position % CHUNK];
  }

  /** The first chunk grows to its size, others have it from the beginning. */
  #makeRoom(last: number): void {
    const full = this.#chunks.at(last);
    const length = full ? full.length * 2 : last === 0 ? FIRST_ROOM : CHUNK;
    this.#chunks[last] = this.#make(length);
    if (full) this.#chunks[last].set(full);
  }
}

const FIRST_ROOM = 1024;

/** Numbers that are pushed one by one, without an object for each. `room` is a guess of how many there will be. */
export class GrowingList<List extends Int32Array | Float64Array | Uint8Array> {
  readonly #make: (length: number) => List;
  #room: List;
  #length = 0;

  private constructor(make: (length: number) => List, room: number) {
    this.#make = make;
    this.#room = make(room);
  }

  static ofInt32 = (room = FIRST_ROOM): GrowingList<Int32Array> =>
    new GrowingList((length) => new Int32Array(length), room);
  static ofFloat64 = (room = FIRST_ROOM): GrowingList<Float64Array> =>
    new GrowingList((length) => new Float64Array(length), room);
  static ofUint8 = (room = FIRST_ROOM): GrowingList<Uint8Array> =>
    new GrowingList((length) => new Uint8Array(length), room);

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#room.length) {
      const room = this.#make(this.#length * 2);
      room.set(this.#room);
      this.#room = room;
    }
    this.#room[this.#length] = value;
    this.#length += 1;
  }

  pushAll(values: List): void {
    const length = this.#length + values.length;
    if (length > this.#room.length) {
      const room = this.#make(Math.max(length, this.#room.length * 2));
      room.set(this.#room);
      this.#room = room;
    }
    this.#room.set(values, this.#length);
    this.#length = length;
  }

  /** A copy of what is in the list. */
  toArray(): List {
    return this.#room.slice(0, this.#length) as List;
  }
}

import type { CsvId } from './csv-cells.ts';
import { NumberColumn } from './number-column.ts';

const FIRST_SLOTS = 1024;
const EMPTY = 0;

/**
 * What the rows of a file are about, each pair of ids once: a million rows take 20 MB, as columns of numbers and, while it is asked for repeats, a
 * table of slots, where objects would take a quarter of a gigabyte.
 */
export class RowPlaces {
  readonly #ids = new Spellings();
  readonly #periods = new Spellings();
  readonly #id = NumberColumn.ofInt32();
  readonly #period = NumberColumn.ofInt32();
  readonly #line = NumberColumn.ofInt32();
  /** Where a pair is to be looked for follows from its hash; in a slot is the number of its row, counted from 1. */
  #slots: Int32Array = new Int32Array(FIRST_SLOTS);
  /** Drawn anew for each file, so that nobody can write one whose pairs all meet in a few slots. Which slots there are changes no answer. */
  readonly #factors = [oddNumber(), oddNumber()] as const;
  #byId: RowsById | undefined;

  get length(): number {
    return this.#line.length;
  }

  /** Adds a row; where an earlier one is about the same, it adds nothing and gives the line of that one. */
  add(id: CsvId, period: CsvId, line: number): number | undefined {
    const slot = this.#slotOf(this.#slots, id.ordinal, period.ordinal);
    if (this.#slots[slot] !== EMPTY) return this.#line.at(this.#slots[slot] - 1);
    this.#id.push(this.#ids.add(id));
    this.#period.push(this.#periods.add(period));
    this.#line.push(line);
    this.#slots[slot] = this.length;
    if (this.length * 2 > this.#slots.length) this.#slots = this.#slotsFor(this.length);
    return undefined;
  }

  /** Lets go of what only `add` needs: nothing can be added any more. */
  close(): void {
    this.#slots = new Int32Array(0);
  }

  /** The id of a row as it is written there. */
  idAt(row: number): string {
    return this.#ids.texts[this.#id.at(row)];
  }

  /** The period of a row as it is written there. */
  periodAt(row: number): string {
    return this.#periods.texts[this.#period.at(row)];
  }

  lineAt(row: number): number {
    return this.#line.at(row);
  }

  /** The rows about an id, which is given after NFC, in the order of the file. */
  rowsOf(id: string): Int32Array {
    this.#byId ??= this.#sorted();
    const { ordinals, start, rows } = this.#byId;
    const ordinal = ordinals.get(id);
    return ordinal === undefined ? rows.subarray(0, 0) : rows.subarray(start[ordinal], start[ordinal + 1]);
  }

  /** The slot of a pair, or the empty one that it would have. */
  #slotOf(slots: Int32Array, id: number, period: number): number {
    const last = slots.length - 1;
    for (let slot = this.#hash(id, period) & last; ; slot = (slot + 1) & last) {
      const row = slots[slot] - 1;
      if (row < 0) return slot;
      if (this.#idOrdinal(row) === id && this.#periods.ordinals[this.#period.at(row)] === period) return slot;
    }
  }

  #hash(id: number, period: number): number {
    const mixed = Math.imul(id + 1, this.#factors[0]) + Math.imul(period + 1, this.#factors[1]);
    const once = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    return once ^ (once >>> 13);
  }

  #slotsFor(rows: number): Int32Array {
    let length = FIRST_SLOTS;
    while (length < rows * 2 + 1) length *= 2;
    const slots = new Int32Array(length);
    for (let row = 0; row < rows; row += 1) {
      const period = this.#periods.ordinals[this.#period.at(row)];
      slots[this.#slotOf(slots, this.#idOrdinal(row), period)] = row + 1;
    }
    return slots;
  }

  #sorted(): RowsById {
    const ordinals = new Map<string, number>();
    let count = 0;
    this.#ids.texts.forEach((text, spelling) => {
      const ordinal = this.#ids.ordinals[spelling];
      ordinals.set(text.normalize(), ordinal);
      count = Math.max(count, ordinal + 1);
    });
    const start = new Int32Array(count + 1);
    for (let row = 0; row < this.length; row += 1) start[this.#idOrdinal(row) + 1] += 1;
    for (let ordinal = 0; ordinal < count; ordinal += 1) start[ordinal + 1] += start[ordinal];
    const next = start.slice();
    const rows = new Int32Array(this.length);
    for (let row = 0; row < this.length; row += 1) rows[next[this.#idOrdinal(row)]++] = row;
    return { ordinals, start, rows };
  }

  #idOrdinal(row: number): number {
    return this.#ids.ordinals[this.#id.at(row)];
  }
}

/** All rows, those of one id after those of another. */
interface RowsById {
  readonly ordinals: ReadonlyMap<string, number>;
  /** Where the rows of each ordinal begin in `rows`, and at its end where the last ones end. */
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** The ways in which the ids of a column are written, by their numbers; there are holes where a cell has faults. */
class Spellings {
  readonly texts: string[] = [];
  readonly ordinals: number[] = [];

  add({ spelling, text, ordinal }: CsvId): number {
    this.texts[spelling] ??= text;
    this.ordinals[spelling] ??= ordinal;
    return spelling;
  }
}

function oddNumber(): number {
  return (Math.floor(Math.random() * 2 ** 31) << 1) | 1;
}

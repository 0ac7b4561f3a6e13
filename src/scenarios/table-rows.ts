import type { CsvId } from './csv-cells.ts';
import { NumberColumn } from './number-column.ts';
import { RowPlaces } from './row-places.ts';

/** Makes a row; `numbers` are those of the form that it fills, in the order in which the form lists its columns. */
export type MakeRow<Row> = (line: number, id: string, period: string, numbers: (number | null)[]) => Row;

/**
 * The rows of a file in its order, kept as columns of numbers: each becomes an object when it is asked for, and those about one id can be
 * had by themselves.
 *
 * A form with one number may have null in its place, which is NaN here; no other number is. Other forms have two or three, and where a row does
 * not fill so many, what it does not fill is NaN.
 */
export class TableRows<Row> implements Iterable<Row> {
  readonly #makeRow: MakeRow<Row>;
  readonly #places = new RowPlaces();
  readonly #numbers = [NumberColumn.ofFloat64()];
  #isEmpty = false;

  constructor(makeRow: MakeRow<Row>) {
    this.#makeRow = makeRow;
  }

  get length(): number {
    return this.#isEmpty ? 0 : this.#places.length;
  }

  /** Begins a row; where an earlier one is about the same, it begins none and gives the line of that one. */
  begin(id: CsvId, period: CsvId, line: number): number | undefined {
    return this.#places.add(id, period, line);
  }

  /** Ends the row that was begun; without this, the rows must be left out in the end. */
  end(numbers: readonly (number | null)[]): void {
    const row = this.#places.length - 1;
    while (this.#numbers.length < numbers.length) this.#numbers.push(NumberColumn.ofFloat64());
    this.#numbers.forEach((column, at) => {
      while (column.length < row) column.push(NaN);
      column.push(numbers[at] ?? NaN);
    });
  }

  /** Says that there are no more rows, or that those there are do not count. */
  close(areLeftOut: boolean): this {
    this.#places.close();
    this.#isEmpty = areLeftOut;
    return this;
  }

  /** Those about an id, which is given after NFC, in the order of the file. */
  of(id: string): Row[] {
    return this.#isEmpty ? [] : Array.from(this.#places.rowsOf(id), (row) => this.#rowAt(row));
  }

  /** How many there are about an id, which is given after NFC. */
  countOf(id: string): number {
    return this.#isEmpty ? 0 : this.#places.rowsOf(id).length;
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (let row = 0; row < this.length; row += 1) yield this.#rowAt(row);
  }

  #rowAt(row: number): Row {
    const numbers: (number | null)[] = [];
    for (const column of this.#numbers) {
      const number = column.at(row);
      if (Number.isNaN(number)) break;
      numbers.push(number);
    }
    if (numbers.length === 0) numbers.push(null);
    return this.#makeRow(
      this.#places.lineAt(row),
      this.#places.idAt(row),
      this.#places.periodAt(row),
      numbers,
    );
  }
}

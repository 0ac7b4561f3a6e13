import type { Scenario } from '../../models/scenario/schema.ts';
import { contentPieces, isCompressed, LARGE_BYTES, scenarioIn } from './kept-content.ts';
import { TABLE_PLACES, type TableName } from './table-files.ts';
import { TableScanner } from './table-scanner.ts';

type Item = Scenario['teams'][number] | Scenario['workflows'][number];

/**
 * A kept scenario without the entries of one of its tables, which are read item by item, so that they are never all there at once. A small scenario is
 * parsed as a whole: that is faster.
 */
export class KeptTable {
  /** Every team or workflow has an empty table here. */
  readonly rest: Scenario;
  readonly #content: Buffer;
  readonly #table: TableName;
  /** Of a small scenario. */
  readonly #items: readonly Item[] | undefined;

  /** Throws where the content is damaged. */
  constructor(content: Buffer, table: TableName) {
    this.#content = content;
    this.#table = table;
    if (!isCompressed(content) && content.length < LARGE_BYTES) {
      const whole = scenarioIn(content);
      const { list } = TABLE_PLACES[table];
      this.#items = whole[list];
      this.rest = { ...whole, [list]: this.#items.map((item) => ({ ...item, [table]: [] })) };
      return;
    }
    const pieces: Buffer[] = [];
    for (const { bytes, isTable } of this.#runs()) if (!isTable) pieces.push(Buffer.from(bytes));
    this.rest = JSON.parse(Buffer.concat(pieces).toString()) as Scenario;
  }

  /** The teams or workflows, one after the other, each with its entries. */
  *items(): Generator<Item, void> {
    if (this.#items) {
      yield* this.#items;
      return;
    }
    const items = this.rest[TABLE_PLACES[this.#table].list].values() as IterableIterator<Item>;
    let pieces: Uint8Array[] = [];
    for (const { bytes, isTable, isEnd } of this.#runs()) {
      if (!isTable) continue;
      pieces.push(bytes);
      if (!isEnd) continue;
      const entries: unknown = JSON.parse(`[${Buffer.concat(pieces).toString()}]`);
      pieces = [];
      yield { ...items.next().value, [this.#table]: entries } as Item;
    }
  }

  *#runs() {
    const scanner = new TableScanner(TABLE_PLACES[this.#table].list, this.#table);
    for (const piece of contentPieces(this.#content)) yield* scanner.runs(piece);
  }
}

import type { SqlValue } from './thread-messages.ts';

/** There are some fifty different statements; with lists in them a few more. */
const MOST_STATEMENTS = 200;

/** A prepared statement keeps what it was given last. */
const MOST_KEPT_BYTES = 64 * 1024;

/** Whose plans do not depend on what other statements do to tables, or are made anew by SQLite where they do. */
const IS_KEPT = /^\s*(?:select|insert|update|delete|begin|commit|rollback)\b/i;

/** Prepared statements by their text: preparing one takes twice as long as running most of them. */
export class StatementCache<Prepared> {
  readonly #prepare: (sql: string) => Prepared;
  readonly #prepared = new Map<string, Prepared>();

  constructor(prepare: (sql: string) => Prepared) {
    this.#prepare = prepare;
  }

  /** Runs a statement. One that throws, or was given large bytes, is not used again; neither is any after the tables were changed. */
  use<Result>(sql: string, parameters: readonly SqlValue[], run: (statement: Prepared) => Result): Result {
    const kept = this.#prepared.get(sql);
    // Put back at the end once it has run, so that the one used longest ago comes first.
    this.#prepared.delete(sql);
    const statement = kept ?? this.#prepare(sql);
    const result = run(statement);
    if (!IS_KEPT.test(sql)) this.#prepared.clear();
    else if (parameters.every(isSmall)) this.#keep(sql, statement);
    return result;
  }

  #keep(sql: string, statement: Prepared): void {
    this.#prepared.set(sql, statement);
    if (this.#prepared.size <= MOST_STATEMENTS) return;
    const [oldest] = this.#prepared.keys();
    this.#prepared.delete(oldest);
  }
}

function isSmall(value: SqlValue): boolean {
  if (value instanceof Uint8Array) return value.byteLength <= MOST_KEPT_BYTES;
  return typeof value !== 'string' || value.length <= MOST_KEPT_BYTES;
}

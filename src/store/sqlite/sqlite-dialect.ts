import {
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteThread } from './sqlite-file.ts';
import type { SqlValue } from './thread-messages.ts';

/** What runs statements, as `SqliteFile` does. */
export interface SqliteDatabase {
  thread(): Promise<Pick<SqliteThread, 'run'>>;
  close(): Promise<void>;
}

/** Kysely over a database file in a thread of its own. */
export class SqliteThreadDialect implements Dialect {
  readonly #file: SqliteDatabase;

  constructor(file: SqliteDatabase) {
    this.#file = file;
  }

  createAdapter(): SqliteAdapter {
    return new Adapter();
  }

  createDriver(): Driver {
    return new SqliteThreadDriver(this.#file);
  }

  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler();
  }
}

class Adapter extends SqliteAdapter {
  // SQLite can: a migration that is killed leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * The one connection that the thread has, shared: statements go to it as they come, and come back in that order. A transaction has it for itself:
 * it begins when the one before has ended, and statements that come after it wait for its end.
 *
 * Who waits for the same end goes on in the order in which he came, and hands his statement over at once: so none of the others ever gets into a
 * transaction.
 */
class SqliteThreadDriver implements Driver {
  readonly #file: SqliteDatabase;
  /** The end of the last transaction that was asked for. */
  #free: Promise<void> = Promise.resolve();
  /** Whether a transaction may be open that nobody has: what came next would be part of it, and lost with it. */
  #isLeftOpen = false;

  constructor(file: SqliteDatabase) {
    this.#file = file;
  }

  async init(): Promise<void> {
    await this.#file.thread();
  }

  async acquireConnection(): Promise<SqliteThreadConnection> {
    const thread = await this.#file.thread();
    const run: SqliteThread['run'] = (sql, parameters, isOfTransaction) => {
      if (this.#isLeftOpen) {
        this.#isLeftOpen = false;
        // Where it is not open after all, nothing is to be rolled back.
        thread.run('rollback', []).catch(() => undefined);
      }
      return thread.run(sql, parameters, isOfTransaction);
    };
    return new SqliteThreadConnection(run, () => this.#free);
  }

  async beginTransaction(connection: SqliteThreadConnection): Promise<void> {
    const before = this.#free;
    this.#free = new Promise((resolve) => {
      connection.endTransaction = resolve;
    });
    await before;
    // Not waited for: what follows is refused where this fails.
    connection.begin(this.#orLeftOpen(connection.run('begin immediate', [])));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // Some errors, a full disk among them, roll back by themselves; to fail here as well would hide what has happened.
    await this.#orLeftOpen(connection.executeQuery(CompiledQuery.raw('rollback'))).catch(() => undefined);
  }

  releaseConnection(connection: SqliteThreadConnection): Promise<void> {
    connection.endTransaction?.();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    await this.#file.close();
  }

  /** What failed may have been done nevertheless, or not. */
  async #orLeftOpen(done: Promise<unknown>): Promise<void> {
    try {
      await done;
    } catch (error) {
      this.#isLeftOpen = true;
      throw error;
    }
  }
}

class SqliteThreadConnection implements DatabaseConnection {
  /** There while a transaction is asked for or open. */
  endTransaction: (() => void) | undefined;
  readonly run: SqliteThread['run'];
  readonly #free: () => Promise<void>;
  #whyNotBegun: unknown;

  constructor(run: SqliteThread['run'], free: () => Promise<void>) {
    this.run = run;
    this.#free = free;
  }

  /** Where a transaction has not begun, this is why its statements fail. */
  begin(begun: Promise<unknown>): void {
    this.#whyNotBegun = undefined;
    begun.catch((error: unknown) => {
      this.#whyNotBegun = error;
    });
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const run = () => this.run(sql, parameters as readonly SqlValue[], this.endTransaction !== undefined);
    try {
      const { rows, changes } = await (this.endTransaction ? run() : this.#free().then(run));
      return { rows: rows.map(withBuffers) as Row[], numAffectedRows: BigInt(changes) };
    } catch (error) {
      throw this.#whyNotBegun ?? error;
    }
  }

  streamQuery(): never {
    throw new Error('Rows are read whole.');
  }
}

/** The binding gives blobs as bare memory. */
function withBuffers(row: Record<string, unknown>): Record<string, unknown> {
  for (const name in row) {
    const value = row[name];
    if (value instanceof ArrayBuffer) row[name] = Buffer.from(value);
  }
  return row;
}

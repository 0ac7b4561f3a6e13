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

/** One connection, lent to one borrower at a time, first come, first served. */
class SqliteThreadDriver implements Driver {
  readonly #file: SqliteDatabase;
  #free: Promise<void> = Promise.resolve();

  constructor(file: SqliteDatabase) {
    this.#file = file;
  }

  async init(): Promise<void> {
    await this.#file.thread();
  }

  async acquireConnection(): Promise<SqliteThreadConnection> {
    const before = this.#free;
    let giveBack = (): void => undefined;
    this.#free = new Promise((resolve) => {
      giveBack = resolve;
    });
    await before;
    try {
      return new SqliteThreadConnection(await this.#file.thread(), giveBack);
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const begin = CompiledQuery.raw('begin immediate');
    try {
      await connection.executeQuery(begin);
    } catch {
      // Where the end of the one before failed as well, it is still open.
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
      await connection.executeQuery(begin);
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // Some errors, a full disk among them, roll back by themselves; to fail here as well would hide what has happened. What is still
    // open is ended by the next beginning.
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
  }

  releaseConnection(connection: SqliteThreadConnection): Promise<void> {
    connection.giveBack();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    await this.#file.close();
  }
}

class SqliteThreadConnection implements DatabaseConnection {
  readonly giveBack: () => void;
  readonly #thread: Pick<SqliteThread, 'run'>;

  constructor(thread: Pick<SqliteThread, 'run'>, giveBack: () => void) {
    this.#thread = thread;
    this.giveBack = giveBack;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#thread.run(sql, parameters as readonly SqlValue[]);
    return { rows: rows.map(withBuffers) as Row[], numAffectedRows: BigInt(changes) };
  }

  streamQuery(): never {
    throw new Error('Rows are read whole.');
  }
}

/** The binding gives blobs as bare memory. */
function withBuffers(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row);
  if (!entries.some(([, value]) => value instanceof ArrayBuffer)) return row;
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof ArrayBuffer ? Buffer.from(value) : value]),
  );
}

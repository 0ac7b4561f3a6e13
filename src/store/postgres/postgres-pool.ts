import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { RequestTime } from '../../request-time.ts';
import { StoreError, storeError } from '../store-error.ts';

/** How long it may take to get a connection: a free one, or a new one that answers. */
const CONNECT_MS = 3000;

/** Connections at most. */
const MOST_CONNECTIONS = 10;

/** Times in milliseconds and counts are read as numbers: exact for longer than anybody will ask. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Connections to PostgreSQL for Kysely. Everything rejects with a `StoreError`.
 *
 * Whoever borrows a connection has it for so many milliseconds, in all its statements together, and a request for no longer than it has left.
 * Then it is torn down under him, so that nobody waits for a server that is slow, or for one that has gone without saying so.
 */
export class TimedPostgresPool implements PostgresPool {
  readonly #pool: pg.Pool;
  readonly #mostMs: number;
  #isEnded = false;

  constructor(url: string, mostMs: number) {
    this.#mostMs = mostMs;
    this.#pool = new pg.Pool({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      max: MOST_CONNECTIONS,
      // What was torn down here ends there as well, and lets go of its locks.
      idle_in_transaction_session_timeout: mostMs,
      statement_timeout: mostMs,
      application_name: 'apportion',
      types,
    });
    // A connection that breaks is replaced; whoever has it learns of it from its statement.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
    });
  }

  async connect(): Promise<PostgresPoolClient> {
    if (this.#isEnded) throw new StoreError('unavailable', 'The store is closed.');
    const request = RequestTime.current();
    if (request && request.leftMs <= 0) throw new StoreError('unavailable', 'The request has had its time.');
    const since = performance.now();
    const spend = () => request?.spend(performance.now() - since);
    try {
      const client = await this.#pool.connect();
      const leftMs = request ? request.leftMs - (performance.now() - since) : Infinity;
      return new TimedClient(client, Math.max(0, Math.min(this.#mostMs, leftMs)), spend);
    } catch (error) {
      spend();
      throw storeError(error as Error);
    }
  }

  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    await this.#pool.end();
  }
}

/** A connection while it is borrowed. */
class TimedClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #timer: NodeJS.Timeout;
  readonly #onRelease: () => void;
  #last: Promise<unknown> = Promise.resolve();
  #lost: StoreError | undefined;

  constructor(client: pg.PoolClient, mostMs: number, onRelease: () => void) {
    this.#client = client;
    this.#onRelease = onRelease;
    this.#timer = setTimeout(() => {
      this.#tearDown(new StoreError('unavailable', `The database took more than ${mostMs} ms.`));
    }, mostMs);
  }

  /** As Kysely wants it; cursors, which it asks for in streams, are not used. */
  readonly query = ((sql: string, parameters: readonly unknown[]) =>
    this.#run(sql, parameters)) as unknown as PostgresPoolClient['query'];

  release(): void {
    clearTimeout(this.#timer);
    this.#onRelease();
    this.#client.release(this.#lost);
  }

  /** One statement at a time: a connection has no use for a second one before, and pg would warn of it. */
  #run(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const result = this.#last.then(() => this.#runNext(sql, parameters));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #runNext(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (this.#lost) throw this.#lost;
    try {
      return await this.#client.query(sql, [...parameters]);
    } catch (error) {
      // A statement that was refused has an SQLSTATE; without one it is the connection that failed.
      if (isRefusal(error)) throw storeError(error as Error);
      throw this.#tearDown(storeError(error as Error));
    }
  }

  /** Gives why it is lost: the first reason. */
  #tearDown(why: StoreError): StoreError {
    this.#lost ??= why;
    (this.#client as unknown as { readonly connection: pg.Connection }).connection.stream.destroy();
    return this.#lost;
  }
}

function isRefusal(error: unknown): boolean {
  return /^[0-9A-Z]{5}$/.test((error as { readonly code?: string }).code ?? '');
}

import { type Kysely as Database, Kysely, PostgresDialect, sql } from 'kysely';
import { placeOf } from '../database-place.ts';
import { DatabaseStore, migrate } from '../database-store.ts';
import type { Database as Tables } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import { onStatementOf, type StatementListener } from '../statement-listener.ts';
import type { Store } from '../store.ts';
import { TimedPostgresPool } from './postgres-pool.ts';

/** So long a request may keep a connection. */
const MOST_MS = 8000;

/** So long bringing the tables up to date may take, with another service that starts before this one. */
const MOST_MIGRATION_MS = 10 * 60 * 1000;

/** Without these, what is acknowledged can be lost with the power. */
const SAFE_SETTINGS = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/**
 * The store in a PostgreSQL database, which any number of processes share; its tables are made where they do not exist.
 *
 * Rejects with a `StoreError` that names host and database, never the password.
 */
export async function openPostgresStore(
  url: string,
  { now, onStatement }: { readonly now?: () => number; readonly onStatement?: StatementListener } = {},
): Promise<Store> {
  const where = placeOf(url);
  try {
    await prepare(url);
  } catch (error) {
    const why = (error as Error).message;
    throw new StoreError(
      'unavailable',
      `The database ${where} cannot be used: ${why}. See DATABASE_URL.`,
      error,
    );
  }
  const pool = new TimedPostgresPool(url, MOST_MS);
  return new DatabaseStore({ db: over(pool, onStatement), lock, close: () => pool.end() }, now);
}

async function prepare(url: string): Promise<void> {
  const db = over(new TimedPostgresPool(url, MOST_MIGRATION_MS));
  try {
    await requireSafety(db);
    await migrate(db, { bytes: 'bytea' });
  } finally {
    await db.destroy();
  }
}

async function requireSafety(db: Database<Tables>): Promise<void> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in (${sql.join([...SAFE_SETTINGS])})`.execute(db);
  const unsafe = rows.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  if (unsafe.length > 0)
    throw new StoreError(
      'unavailable',
      `it runs with ${unsafe.join(' and ')} off, so that a power cut loses what was acknowledged`,
    );
}

function over(pool: TimedPostgresPool, onStatement?: StatementListener): Database<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), ...onStatementOf(onStatement) });
}

/** Nobody else gets the lock of that name before this transaction has ended. */
async function lock(db: Database<Tables>, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`apportion ${name}`}, 0))`.execute(db);
}

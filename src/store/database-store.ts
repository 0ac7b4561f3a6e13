import { type Kysely, Migrator, sql } from 'kysely';
import { DatabasePlanRecords } from './plan-records.ts';
import { DatabaseScenarioRecords } from './scenario-records.ts';
import { type ColumnTypes, migrations } from './migrations/migrations.ts';
import type { Database } from './schema.ts';
import { StoreError, storeError } from './store-error.ts';
import type { IdempotencyKey, KeptAnswer, Once, Records, Store, Tenant } from './store.ts';

/** A database to keep things in. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly types: ColumnTypes;
  /** From then on every query rejects with a `StoreError`; Kysely would throw errors of its own. */
  readonly close: () => Promise<void>;
}

/** A store over a database whose tables are brought up to date first. Rejects with a `StoreError`. */
export async function openDatabaseStore(
  { db, types, close }: OpenDatabase,
  now: () => number = Date.now,
): Promise<Store> {
  const { error } = await new Migrator({ db, provider: migrations(types) }).migrateToLatest();
  if (error !== undefined) {
    await close();
    throw storeError(error as Error);
  }
  return new DatabaseStore(db, now, close);
}

class DatabaseStore implements Store {
  readonly scenarios: DatabaseScenarioRecords;
  readonly plans: DatabasePlanRecords;
  readonly #db: Kysely<Database>;
  readonly #now: () => number;
  readonly #close: () => Promise<void>;

  constructor(db: Kysely<Database>, now: () => number, close: () => Promise<void>) {
    this.#db = db;
    this.#now = now;
    this.#close = close;
    this.scenarios = new DatabaseScenarioRecords(db, now);
    this.plans = new DatabasePlanRecords(db, now);
  }

  async once(
    tenant: Tenant,
    key: IdempotencyKey | undefined,
    work: (records: Records) => Promise<KeptAnswer>,
  ): Promise<Once> {
    try {
      return await this.#tryOnce(tenant, key, work);
    } catch (error) {
      // Somebody with the same key was faster.
      if (key && error instanceof StoreError && error.kind === 'conflict')
        return this.#tryOnce(tenant, key, work);
      throw error;
    }
  }

  async check(): Promise<void> {
    await sql`select 1`.execute(this.#db);
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async #tryOnce(
    tenant: Tenant,
    key: IdempotencyKey | undefined,
    work: (records: Records) => Promise<KeptAnswer>,
  ): Promise<Once> {
    return this.#db.transaction().execute(async (db) => {
      const before = key && (await this.#keptAnswer(db, tenant, key));
      if (before) return before;
      const records: Records = {
        scenarios: new DatabaseScenarioRecords(db, this.#now),
        plans: new DatabasePlanRecords(db, this.#now),
      };
      const answer = await work(records);
      if (key)
        await db
          .insertInto('idempotency_keys')
          .values({ tenant, ...key, answer: JSON.stringify(answer), created_at: this.#now() })
          .execute();
      return { answer, isReplay: false };
    });
  }

  async #keptAnswer(
    db: Kysely<Database>,
    tenant: Tenant,
    { key, fingerprint }: IdempotencyKey,
  ): Promise<Once | undefined> {
    await db
      .deleteFrom('idempotency_keys')
      .where('created_at', '<=', this.#now() - KEPT_MS)
      .execute();
    const row = await db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'answer'])
      .where('tenant', '=', tenant)
      .where('key', '=', key)
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.fingerprint !== fingerprint) return 'mismatch';
    return { answer: JSON.parse(row.answer) as KeptAnswer, isReplay: true };
  }
}

/** A key is known for a day. */
const KEPT_MS = 24 * 60 * 60 * 1000;

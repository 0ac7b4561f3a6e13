import { type Kysely, Migrator, sql } from 'kysely';
import { DatabasePlanRecords, type Lock } from './plan-records.ts';
import { DatabaseScenarioRecords } from './scenario-records.ts';
import { type ColumnTypes, migrations } from './migrations/migrations.ts';
import type { Database } from './schema.ts';
import { StoreError, storeError } from './store-error.ts';
import type { Backups, IdempotencyKey, KeptAnswer, Once, Records, Store, Tenant } from './store.ts';

/** A database to keep things in. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  /** From then on every query rejects with a `StoreError`; Kysely would throw errors of its own. */
  readonly close: () => Promise<void>;
  readonly lock?: Lock;
  readonly backups?: Backups;
}

/** Brings the tables up to date; of several at once one does, and the others wait for it. Rejects with a `StoreError`. */
export async function migrate(db: Kysely<Database>, types: ColumnTypes): Promise<void> {
  const { error } = await new Migrator({ db, provider: migrations(types) }).migrateToLatest();
  if (error !== undefined) throw storeError(error as Error);
}

/** A store over a database whose tables are up to date. */
export class DatabaseStore implements Store {
  readonly scenarios: DatabaseScenarioRecords;
  readonly plans: DatabasePlanRecords;
  readonly backups?: Backups;
  readonly #database: OpenDatabase;
  readonly #now: () => number;

  constructor(database: OpenDatabase, now: () => number = Date.now) {
    if (database.backups) this.backups = database.backups;
    this.#database = database;
    this.#now = now;
    ({ scenarios: this.scenarios, plans: this.plans } = this.#recordsIn(database.db));
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

  async forgetAnswers(): Promise<number> {
    const { numDeletedRows } = await this.#database.db
      .deleteFrom('idempotency_keys')
      .where('created_at', '<=', this.#now() - KEPT_MS)
      .executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  async check(): Promise<void> {
    await sql`select 1`.execute(this.#database.db);
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  async #tryOnce(
    tenant: Tenant,
    key: IdempotencyKey | undefined,
    work: (records: Records) => Promise<KeptAnswer>,
  ): Promise<Once> {
    // What was done before is asked for while it is done again, which is then undone: that is rare, and each question by itself takes time.
    let before: Once | undefined;
    try {
      return await this.#database.db.transaction().execute(async (db) => {
        const [kept, done] = await Promise.allSettled([
          key && this.#keptAnswer(db, tenant, key),
          work(this.#recordsIn(db)),
        ]);
        if (kept.status === 'rejected') throw kept.reason;
        before = kept.value;
        if (before) throw new DoneBefore();
        if (done.status === 'rejected') throw done.reason;
        const answer = done.value;
        if (key)
          await db
            .insertInto('idempotency_keys')
            .values({ tenant, ...key, answer: JSON.stringify(answer), created_at: this.#now() })
            .execute();
        return { answer, isReplay: false };
      });
    } catch (error) {
      if (before && error instanceof DoneBefore) return before;
      throw error;
    }
  }

  #recordsIn(db: Kysely<Database>): { scenarios: DatabaseScenarioRecords; plans: DatabasePlanRecords } {
    return {
      scenarios: new DatabaseScenarioRecords(db, this.#now),
      plans: new DatabasePlanRecords(db, this.#now, this.#database.lock),
    };
  }

  async #keptAnswer(
    db: Kysely<Database>,
    tenant: Tenant,
    { key, fingerprint }: IdempotencyKey,
  ): Promise<Once | undefined> {
    const row = await db
      .selectFrom('idempotency_keys')
      .select(['fingerprint', 'answer', 'created_at'])
      .where('tenant', '=', tenant)
      .where('key', '=', key)
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.created_at <= this.#now() - KEPT_MS) {
      await db.deleteFrom('idempotency_keys').where('tenant', '=', tenant).where('key', '=', key).execute();
      return undefined;
    }
    if (row.fingerprint !== fingerprint) return 'mismatch';
    return { answer: JSON.parse(row.answer) as KeptAnswer, isReplay: true };
  }
}

/** Undoes a transaction. */
class DoneBefore extends Error {}

/** A key is known for a day. */
const KEPT_MS = 24 * 60 * 60 * 1000;

import { type Kysely, sql, type UpdateObject } from 'kysely';
import { inTransaction } from './in-transaction.ts';
import { paged } from './pages.ts';
import type { Database, PlanRow } from './schema.ts';
import type {
  NewPlan,
  Page,
  PageStart,
  PlanAttempt,
  PlanFailure,
  PlanLoad,
  PlanName,
  PlanOrigin,
  PlanRecord,
  PlanRecords,
  PlanReplay,
  PlanResult,
  PlanState,
  Tenant,
} from './store.ts';

/** So many planning processes a plan may take down with it. */
const MOST_PROCESSES = 3;

/** So often a plan may be running when its service is lost: most likely that is not its doing. */
const MOST_SERVICES = 20;

/** Keeps others out of something until the transaction has ended, where transactions run beside each other. */
export type Lock = (db: Kysely<Database>, name: string) => Promise<void>;

/** Plans in a database; every method is one transaction, or part of the one that `db` is. */
export class DatabasePlanRecords implements PlanRecords {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;
  readonly #lock: Lock | undefined;

  constructor(db: Kysely<Database>, now: () => number, lock?: Lock) {
    this.#db = db;
    this.#now = now;
    this.#lock = lock;
  }

  async submit(
    tenant: Tenant,
    { id, scenario, revision, sha256, options, expiresAt, replayOf }: NewPlan,
  ): Promise<PlanRecord> {
    const row: PlanRow = {
      tenant,
      id,
      scenario,
      revision,
      sha256,
      options,
      state: 'queued',
      attempt: 0,
      queued_at: this.#now(),
      expires_at: expiresAt,
      started_at: null,
      finished_at: null,
      summary: null,
      failures: '[]',
      origin: null,
      beat: 0,
      progress: null,
      replay_of: replayOf ?? null,
      replay: null,
    };
    await this.#db.insertInto('plans').values(row).execute();
    return planOf(row);
  }

  async find(tenant: Tenant, id: string): Promise<PlanRecord | undefined> {
    const row = await this.#db
      .selectFrom('plans')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && planOf(row);
  }

  async list(tenant: Tenant, scenario: string, limit: number, after?: PageStart): Promise<Page<PlanRecord>> {
    let query = this.#db
      .selectFrom('plans')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('scenario', '=', scenario);
    if (after)
      query = query.where((expression) =>
        expression(expression.refTuple('queued_at', 'id'), '<=', expression.tuple(after.at, after.id)),
      );
    const rows = await query
      .orderBy('queued_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return paged(rows.map(planOf), limit, ({ queuedAt, id }) => ({ at: queuedAt, id }));
  }

  async finishedOf(tenant: Tenant, sha256: string, limit: number): Promise<readonly PlanRecord[]> {
    const rows = await this.#db
      .selectFrom('plans')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('sha256', '=', sha256)
      .where('state', '=', 'finished')
      .orderBy('finished_at', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(planOf);
  }

  async fields(tenant: Tenant, id: string, names: readonly string[]): Promise<ReadonlyMap<string, Buffer>> {
    const rows = await this.#db
      .selectFrom('plan_fields')
      .select(['field', 'content'])
      .where('tenant', '=', tenant)
      .where('plan', '=', id)
      .where('field', 'in', names)
      .execute();
    return new Map(rows.map(({ field, content }) => [field, content]));
  }

  async claim(): Promise<PlanRecord | undefined> {
    for (;;) {
      const at = this.#now();
      const next = await oldestOfFairest(this.#db, at);
      if (!next) return undefined;
      const row = await this.#db
        .updateTable('plans')
        .set(({ eb }) => ({
          state: 'running',
          attempt: eb('attempt', '+', 1),
          started_at: at,
          progress: null,
        }))
        .where('tenant', '=', next.tenant)
        .where('id', '=', next.id)
        .where('state', '=', 'queued')
        .returningAll()
        .executeTakeFirst();
      // Without a row somebody else was faster.
      if (row) return planOf(row);
    }
  }

  async beat(attempt: PlanAttempt, progress: string): Promise<boolean> {
    return changeAttempt(this.#db, attempt, { beat: sql`beat + 1`, progress });
  }

  async finish(
    attempt: PlanAttempt,
    { state, summary, fields, origin, replay }: PlanResult,
  ): Promise<boolean> {
    return inTransaction(this.#db, async (db) => {
      const end = {
        state,
        finished_at: this.#now(),
        summary,
        origin: JSON.stringify(origin),
        replay: replay === undefined ? null : JSON.stringify(replay),
      };
      if (!(await changeAttempt(db, attempt, end))) return false;
      const { tenant, id: plan } = attempt;
      const rows = fields.map(({ field, content }) => ({ tenant, plan, field, content }));
      if (rows.length > 0) await db.insertInto('plan_fields').values(rows).execute();
      return true;
    });
  }

  async fail(attempt: PlanAttempt, failure: Pick<PlanFailure, 'stage' | 'reason'>): Promise<boolean> {
    return inTransaction(this.#db, async (db) => {
      const row = await db
        .selectFrom('plans')
        .select(['failures', 'started_at'])
        .where('tenant', '=', attempt.tenant)
        .where('id', '=', attempt.id)
        .executeTakeFirst();
      if (!row) return false;
      const endedAt = this.#now();
      const failures: PlanFailure[] = [
        ...(JSON.parse(row.failures) as PlanFailure[]),
        { attempt: attempt.attempt, startedAt: row.started_at ?? endedAt, endedAt, ...failure },
      ];
      const lost = failures.filter(({ reason }) => reason === failure.reason).length;
      const isLast = lost >= (failure.reason === 'service' ? MOST_SERVICES : MOST_PROCESSES);
      return changeAttempt(db, attempt, {
        state: isLast ? 'quarantined' : 'queued',
        failures: JSON.stringify(failures),
        ...(isLast && { finished_at: endedAt }),
      });
    });
  }

  async giveBack(attempt: PlanAttempt): Promise<boolean> {
    return changeAttempt(this.#db, attempt, { state: 'queued' });
  }

  async cancel(tenant: Tenant, id: string): Promise<PlanRecord | undefined> {
    return inTransaction(this.#db, async (db) => {
      await db
        .updateTable('plans')
        .set({ state: 'cancelled', finished_at: this.#now() })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .where('state', 'in', ['queued', 'running'])
        .execute();
      return new DatabasePlanRecords(db, this.#now).find(tenant, id);
    });
  }

  async expire(): Promise<readonly PlanName[]> {
    const at = this.#now();
    return this.#db
      .updateTable('plans')
      .set({ state: 'expired', finished_at: at })
      .where('state', '=', 'queued')
      .where('expires_at', '<=', at)
      .returning(['tenant', 'id'])
      .execute();
  }

  async queued(): Promise<ReadonlyMap<Tenant, number>> {
    if (this.#db.isTransaction) await this.#lock?.(this.#db, 'queue');
    const rows = await this.#db
      .selectFrom('plans')
      .select(({ fn }) => ['tenant', fn.countAll<number>().as('count')])
      .where('state', '=', 'queued')
      .groupBy('tenant')
      .execute();
    return new Map(rows.map(({ tenant, count }) => [tenant, count]));
  }

  async load(): Promise<PlanLoad> {
    const rows = await this.#db
      .selectFrom('plans')
      .select(({ fn }) => ['state', fn.countAll().as('count'), fn.min('queued_at').as('oldest')])
      .where('state', 'in', ['queued', 'running'])
      .groupBy('state')
      .execute();
    const [queued, running] = ['queued', 'running'].map((each) => rows.find(({ state }) => state === each));
    return {
      queued: Number(queued?.count ?? 0),
      running: Number(running?.count ?? 0),
      ...(queued && { oldestQueuedAt: queued.oldest }),
    };
  }

  async running(): Promise<readonly PlanRecord[]> {
    const rows = await this.#db.selectFrom('plans').selectAll().where('state', '=', 'running').execute();
    return rows.map(planOf);
  }
}

/** The oldest queued plan of the tenant that has the fewest running ones, so that nobody waits behind all of somebody else's. */
async function oldestOfFairest(
  db: Kysely<Database>,
  at: number,
): Promise<{ readonly tenant: string; readonly id: string } | undefined> {
  return db
    .selectFrom('plans as waiting')
    .select(['waiting.tenant', 'waiting.id'])
    .where('waiting.state', '=', 'queued')
    .where('waiting.expires_at', '>', at)
    .orderBy((eb) =>
      eb
        .selectFrom('plans as busy')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('busy.state', '=', 'running')
        .whereRef('busy.tenant', '=', 'waiting.tenant'),
    )
    .orderBy('waiting.queued_at')
    .orderBy('waiting.id')
    .limit(1)
    .executeTakeFirst();
}

/** Changes an attempt if it is the running one: a result that comes late finds that it is not. */
async function changeAttempt(
  db: Kysely<Database>,
  { tenant, id, attempt }: PlanAttempt,
  change: UpdateObject<Database, 'plans'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('plans')
    .set(change)
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('attempt', '=', attempt)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

function planOf(row: PlanRow): PlanRecord {
  return {
    tenant: row.tenant,
    id: row.id,
    scenario: row.scenario,
    revision: row.revision,
    sha256: row.sha256,
    options: row.options,
    state: row.state as PlanState,
    attempt: row.attempt,
    queuedAt: row.queued_at,
    expiresAt: row.expires_at,
    ...(row.started_at !== null && { startedAt: row.started_at }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.summary !== null && { summary: row.summary }),
    failures: JSON.parse(row.failures) as PlanFailure[],
    ...(row.origin !== null && { origin: JSON.parse(row.origin) as PlanOrigin }),
    beat: row.beat,
    ...(row.progress !== null && { progress: row.progress }),
    ...(row.replay_of !== null && { replayOf: row.replay_of }),
    ...(row.replay !== null && { replay: JSON.parse(row.replay) as PlanReplay }),
  };
}

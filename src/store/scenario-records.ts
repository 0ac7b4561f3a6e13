import type { Kysely, Selectable } from 'kysely';
import type { Database, RevisionRow, ScenarioRow } from './schema.ts';
import { inTransaction } from './in-transaction.ts';
import { paged } from './pages.ts';
import { StoreError } from './store-error.ts';
import type {
  Changed,
  NewRevision,
  Page,
  PageStart,
  RevisionChange,
  RevisionRecord,
  ScenarioRecord,
  ScenarioRecords,
  Tenant,
} from './store.ts';

const REVISION_COLUMNS = [
  'scenario',
  'revision',
  'sha256',
  'change',
  'comment',
  'label',
  'created_at',
] as const;

/** Scenarios and their revisions in a database; every method is one transaction, or part of the one that `db` is. */
export class DatabaseScenarioRecords implements ScenarioRecords {
  readonly #db: Kysely<Database>;
  readonly #now: () => number;

  constructor(db: Kysely<Database>, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  async create(tenant: Tenant, id: string, revision: NewRevision): Promise<RevisionRecord> {
    const at = this.#now();
    return inTransaction(this.#db, async (db) => {
      await db
        .insertInto('scenarios')
        .values({
          tenant,
          id,
          name: revision.name,
          head: 1,
          created_at: at,
          changed_at: at,
          deleted_at: null,
        })
        .execute();
      return addRevision(db, tenant, id, 1, revision, at);
    });
  }

  async revise(
    tenant: Tenant,
    id: string,
    from: number,
    revision: NewRevision,
  ): Promise<Changed<RevisionRecord>> {
    const at = this.#now();
    return inTransaction(this.#db, async (db) => {
      const change = { name: revision.name, head: from + 1, changed_at: at };
      const outcome = await changeHead(db, tenant, id, from, change);
      return outcome === 'changed' ? addRevision(db, tenant, id, from + 1, revision, at) : outcome;
    });
  }

  async remove(tenant: Tenant, id: string, from: number): Promise<Changed<'removed'>> {
    const at = this.#now();
    return inTransaction(this.#db, async (db) => {
      const outcome = await changeHead(db, tenant, id, from, { deleted_at: at, changed_at: at });
      return outcome === 'changed' ? 'removed' : outcome;
    });
  }

  async find(tenant: Tenant, id: string): Promise<ScenarioRecord | undefined> {
    const row = await this.#db
      .selectFrom('scenarios')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .executeTakeFirst();
    return row && scenarioOf(row);
  }

  async list(tenant: Tenant, limit: number, after?: PageStart): Promise<Page<ScenarioRecord>> {
    let query = this.#db
      .selectFrom('scenarios')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('deleted_at', 'is', null);
    if (after)
      query = query.where((expression) =>
        expression(expression.refTuple('changed_at', 'id'), '<=', expression.tuple(after.at, after.id)),
      );
    const rows = await query
      .orderBy('changed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return paged(rows.map(scenarioOf), limit, ({ changedAt, id }) => ({ at: changedAt, id }));
  }

  async revision(tenant: Tenant, id: string, revision: number): Promise<RevisionRecord | undefined> {
    const row = await this.#db
      .selectFrom('revisions')
      .select(REVISION_COLUMNS)
      .where('tenant', '=', tenant)
      .where('scenario', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst();
    return row && revisionOf(row);
  }

  async revisions(tenant: Tenant, id: string): Promise<readonly RevisionRecord[]> {
    const rows = await this.#db
      .selectFrom('revisions')
      .select(REVISION_COLUMNS)
      .where('tenant', '=', tenant)
      .where('scenario', '=', id)
      .orderBy('revision', 'desc')
      .execute();
    return rows.map(revisionOf);
  }

  async content(tenant: Tenant, id: string, revision: number): Promise<Buffer | undefined> {
    const row = await this.#db
      .selectFrom('revisions')
      .select('content')
      .where('tenant', '=', tenant)
      .where('scenario', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst();
    return row?.content;
  }

  async label(
    tenant: Tenant,
    id: string,
    revision: number,
    label: string | undefined,
  ): Promise<RevisionRecord | 'missing' | 'taken'> {
    try {
      const row = await this.#db
        .updateTable('revisions')
        .set({ label: label ?? null })
        .where('tenant', '=', tenant)
        .where('scenario', '=', id)
        .where('revision', '=', revision)
        .returning(REVISION_COLUMNS)
        .executeTakeFirst();
      return row ? revisionOf(row) : 'missing';
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'conflict') return 'taken';
      throw error;
    }
  }
}

/** Changes a scenario if `from` is its newest revision still: of many that try at once, one succeeds. */
async function changeHead(
  db: Kysely<Database>,
  tenant: Tenant,
  id: string,
  from: number,
  change: Partial<ScenarioRow>,
): Promise<'changed' | 'stale' | 'missing'> {
  const { numUpdatedRows } = await db
    .updateTable('scenarios')
    .set(change)
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('head', '=', from)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return 'changed';
  const there = await db
    .selectFrom('scenarios')
    .select('head')
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return there ? 'stale' : 'missing';
}

async function addRevision(
  db: Kysely<Database>,
  tenant: Tenant,
  scenario: string,
  revision: number,
  { sha256, content, change, comment }: NewRevision,
  at: number,
): Promise<RevisionRecord> {
  const row = {
    tenant,
    scenario,
    revision,
    sha256,
    content,
    change: JSON.stringify(change),
    comment: comment ?? null,
    label: null,
    created_at: at,
  };
  await db.insertInto('revisions').values(row).execute();
  return revisionOf(row);
}

function scenarioOf(row: Selectable<ScenarioRow>): ScenarioRecord {
  return {
    id: row.id,
    name: row.name,
    head: row.head,
    createdAt: row.created_at,
    changedAt: row.changed_at,
    isDeleted: row.deleted_at !== null,
  };
}

function revisionOf(row: Pick<RevisionRow, (typeof REVISION_COLUMNS)[number]>): RevisionRecord {
  return {
    scenario: row.scenario,
    revision: row.revision,
    sha256: row.sha256,
    change: JSON.parse(row.change) as RevisionChange,
    ...(row.comment !== null && { comment: row.comment }),
    ...(row.label !== null && { label: row.label }),
    createdAt: row.created_at,
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { DatabaseStore, migrate } from '../../../../src/store/database-store.ts';
import type { Database } from '../../../../src/store/schema.ts';
import { type SqliteDatabase, SqliteThreadDialect } from '../../../../src/store/sqlite/sqlite-dialect.ts';
import { SqliteFile } from '../../../../src/store/sqlite/sqlite-file.ts';
import { StoreError } from '../../../../src/store/store-error.ts';
import type { KeptAnswer, NewRevision, Records, Store } from '../../../../src/store/store.ts';

const TENANT = 'default';

/** `before`: the statement is not run. `after`: it is, and nobody hears of it. */
type Moment = 'before' | 'after';

/** A database whose n-th statement fails, and the ones behind it that clear up, if they are so many. */
class FaultyDatabase implements SqliteDatabase {
  readonly #file: SqliteFile;
  readonly #moment: Moment;
  readonly #faults: number;
  #left = Infinity;

  constructor(file: SqliteFile, moment: Moment, faults: number) {
    this.#file = file;
    this.#moment = moment;
    this.#faults = faults;
  }

  failAt(statement: number): void {
    this.#left = statement;
  }

  get hasFailed(): boolean {
    return this.#left < 0;
  }

  async thread(): ReturnType<SqliteDatabase['thread']> {
    const thread = await this.#file.thread();
    return {
      run: async (...statement) => {
        this.#left -= 1;
        const isFault = this.#left < 0 && this.#left >= -this.#faults;
        if (!isFault) return thread.run(...statement);
        if (this.#moment === 'after') await thread.run(...statement).catch(() => undefined);
        throw new StoreError('unavailable', 'injected');
      },
    };
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

let folder: string;
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
] as const)('a store whose statements fail %s they are run, %i in a row', (moment, faults) => {
  it('is in order after each fault, and does in the end what was asked for, once', async () => {
    folder = mkdtempSync(join(tmpdir(), 'apportion-faults-'));
    const file = new SqliteFile(join(folder, 'apportion.db'));
    const faulty = new FaultyDatabase(file, moment, faults);
    const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(faulty) });
    await migrate(db, { bytes: 'blob' });
    const store = new DatabaseStore({ db, close: () => faulty.close() });
    let statement = 0;
    for (;;) {
      faulty.failAt(statement);
      await story(store, `story-${statement}`);
      const hadFault = faulty.hasFailed;
      faulty.failAt(Infinity);
      await expectOrder(store, db, `story-${statement}`);
      if (!hadFault) break;
      statement += 1;
    }
    // Every statement of the story has failed once.
    expect(statement).toBeGreaterThan(20);
    await store.close();
  });
});

/** What clients and jobs do with one scenario; whoever is told that the store is not available asks again. */
async function story(store: Store, id: string): Promise<void> {
  const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreError) || error.kind !== 'unavailable') throw error;
      }
  };
  const answered = (work: (records: Records) => Promise<unknown>) => async (records: Records) => {
    await work(records);
    return { status: 201, headers: {}, body: '{}' } satisfies KeptAnswer;
  };
  const key = (name: string) => ({ key: `${id} ${name}`, fingerprint: name });
  await insist(() =>
    store.once(
      TENANT,
      key('create'),
      answered(({ scenarios }) => scenarios.create(TENANT, id, revisionOf('first'))),
    ),
  );
  // Whoever was not told that his change was made finds that it was.
  const revised = await insist(() => store.scenarios.revise(TENANT, id, 1, revisionOf('second')));
  if (revised === 'missing') throw new Error('lost');
  await insist(() => store.scenarios.label(TENANT, id, 2, 'as signed'));
  await insist(() =>
    store.once(
      TENANT,
      key('plan'),
      answered(({ plans }) =>
        plans.submit(TENANT, {
          id,
          scenario: id,
          revision: 2,
          sha256: 'digest',
          options: '{}',
          expiresAt: 9e15,
        }),
      ),
    ),
  );
  const claimed = await insist(() => store.plans.claim());
  // A claim of which nobody heard is found by whoever looks what is said to be running.
  const [plan] = claimed ? [claimed] : await insist(() => store.plans.running());
  await insist(() =>
    store.plans.finish(plan, {
      state: 'finished',
      summary: '{}',
      fields: ['allocation', 'sensitivity'].map((field) => ({ field, content: Buffer.from('[]') })),
      origin: { product: '1', node: '20', platform: 'any' },
    }),
  );
}

async function expectOrder(store: Store, db: Kysely<Database>, id: string): Promise<void> {
  expect(await store.scenarios.find(TENANT, id)).toMatchObject({ head: 2, name: 'second' });
  expect(await store.scenarios.revisions(TENANT, id)).toMatchObject([
    { revision: 2, label: 'as signed' },
    { revision: 1 },
  ]);
  expect(await store.plans.find(TENANT, id)).toMatchObject({ state: 'finished', summary: '{}' });
  expect((await store.plans.fields(TENANT, id, ['allocation', 'sensitivity'])).size).toBe(2);
  const { count } = await db
    .selectFrom('plans')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('scenario', '=', id)
    .executeTakeFirstOrThrow();
  expect(count).toBe(1);
  expect(await store.plans.running()).toEqual([]);
  expect(await store.plans.queued()).toEqual(new Map());
}

function revisionOf(name: string): NewRevision {
  return { name, sha256: name, content: Buffer.from('{}'), change: { kind: 'created' } };
}

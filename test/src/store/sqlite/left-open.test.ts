import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { SqliteThreadDialect } from '../../../../src/store/sqlite/sqlite-dialect.ts';
import { SqliteFile } from '../../../../src/store/sqlite/sqlite-file.ts';
import { StoreError } from '../../../../src/store/store-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'apportion-left-open-'));
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Opens the file with a thread that refuses some statements without running them. */
function open(refuses: (statement: string) => boolean) {
  const file = new SqliteFile(join(folder, 'apportion.db'));
  const thread = async () => {
    const own = await file.thread();
    const run: typeof own.run = (statement, ...further) =>
      refuses(statement)
        ? Promise.reject(new StoreError('unavailable', 'refused'))
        : own.run(statement, ...further);
    return { run };
  };
  const dialect = new SqliteThreadDialect({ thread, close: () => file.close() });
  return new Kysely<{ rows: { word: string } }>({ dialect });
}

it('keeps what is written on its own after a transaction that could neither be ended well nor undone', async () => {
  let isOutOfOrder = false;
  const db = open((statement) => isOutOfOrder && ['commit', 'rollback'].includes(statement));
  await sql`create table rows (word text)`.execute(db);
  const lost = db.transaction().execute(async (transaction) => {
    await transaction.insertInto('rows').values({ word: 'undone' }).execute();
    isOutOfOrder = true;
  });
  await expect(lost).rejects.toThrow('refused');
  isOutOfOrder = false;
  await db.insertInto('rows').values({ word: 'kept' }).execute();
  await db.destroy();
  const again = open(() => false);
  expect(await again.selectFrom('rows').selectAll().execute()).toEqual([{ word: 'kept' }]);
  await again.destroy();
});

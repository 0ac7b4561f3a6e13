import { createHash } from 'node:crypto';
import Libsql from 'libsql';
import { expect } from 'vitest';

/** Every row of a query. */
export type AllRows = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** The rows of a database file that nobody serves from any more, and that is whole. */
export function rowsOfSoundFile(file: string): AllRows {
  return (sql) => {
    const database = new Libsql(file);
    const all = (statement: string) => database.prepare(statement).all([]) as Record<string, unknown>[];
    expect(all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(all('PRAGMA foreign_key_check')).toEqual([]);
    const rows = all(sql);
    database.close();
    return Promise.resolve(rows);
  };
}

/** The store itself: so many plans, every finished one with one result, every digest that of its content. */
export async function expectSoundStore(all: AllRows, plans: number): Promise<void> {
  expect(await all('SELECT id FROM plans')).toHaveLength(plans);
  const half = `SELECT id FROM plans WHERE (state = 'finished') <> (summary IS NOT NULL) OR (state = 'finished') <>
    EXISTS (SELECT 1 FROM plan_fields WHERE plan = plans.id AND field = 'allocation')`;
  expect(await all(half)).toEqual([]);
  const digests = new Map<string, string>();
  for (const { sha256, content } of await all('SELECT sha256, content FROM revisions')) {
    const bytes = createHash('sha256')
      .update(Buffer.from(content as Uint8Array))
      .digest('hex');
    expect(digests.get(bytes) ?? sha256).toBe(sha256);
    digests.set(bytes, sha256 as string);
  }
}

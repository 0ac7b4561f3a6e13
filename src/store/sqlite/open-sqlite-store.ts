import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { DatabaseStore, migrate } from '../database-store.ts';
import type { Database } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import type { Store } from '../store.ts';
import { SqliteThreadDialect } from './sqlite-dialect.ts';
import { SqliteFile } from './sqlite-file.ts';

/**
 * The store in a folder of this machine, which is made where it does not exist.
 *
 * Rejects with a `StoreError`: `locked` where another process serves from the folder. The lock is the system's, so one whose holder was
 * killed is free.
 */
export async function openSqliteStore(folder: string, now?: () => number): Promise<Store> {
  const owner = join(folder, 'owner.pid');
  const file = new SqliteFile(join(folder, 'apportion.db'));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // SQLite would say only that it cannot lock the file.
    accessSync(folder, constants.W_OK);
    // Before anything else: Kysely would open it only with the first statement.
    await file.thread();
    const db = new Kysely<Database>({ dialect: new SqliteThreadDialect(file) });
    await migrate(db, { bytes: 'blob' });
    writeFileSync(owner, `${process.pid}\n`);
    return new DatabaseStore({ db, close: () => file.close() }, now);
  } catch (error) {
    await file.close();
    throw cannotOpen(folder, owner, error as Error & { code?: string });
  }
}

function cannotOpen(folder: string, owner: string, error: Error & { code?: string }): StoreError {
  const kind = error instanceof StoreError ? error.kind : 'unavailable';
  const remedy = 'Set DATA_DIR to another folder.';
  if (kind === 'locked')
    return new StoreError(
      kind,
      `The folder ${folder} is in use by another Apportion${ownerIn(owner)}. Stop it first. ${remedy}`,
      error,
    );
  return new StoreError(kind, `The store in ${folder} cannot be opened: ${error.message}. ${remedy}`, error);
}

function ownerIn(file: string): string {
  try {
    return ` (process ${readFileSync(file, 'utf8').trim()})`;
  } catch {
    return '';
  }
}

import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { DatabaseStore, migrate } from '../database-store.ts';
import type { Database } from '../schema.ts';
import { StoreError } from '../store-error.ts';
import { onStatementOf, type StatementListener } from '../statement-listener.ts';
import type { Store } from '../store.ts';
import { storeFile } from './put-in-place.ts';
import { SqliteBackups } from './sqlite-backups.ts';
import { SqliteThreadDialect } from './sqlite-dialect.ts';
import { SqliteFile } from './sqlite-file.ts';

/** The folder of backups in the folder of the store. */
export const BACKUPS = 'backups';

/**
 * The store in a folder of this machine, which is made where it does not exist.
 *
 * Rejects with a `StoreError`: `locked` where another process serves from the folder. The lock is the system's, so one whose holder was
 * killed is free.
 */
export async function openSqliteStore(
  folder: string,
  { now, onStatement }: { readonly now?: () => number; readonly onStatement?: StatementListener } = {},
): Promise<Store> {
  const file = new SqliteFile(storeFile(folder));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // SQLite would say only that it cannot lock the file.
    accessSync(folder, constants.W_OK);
    // Before anything else: Kysely would open it only with the first statement.
    await file.thread();
    const dialect = new SqliteThreadDialect(file);
    const db = new Kysely<Database>({ dialect, ...onStatementOf(onStatement) });
    await migrate(db, { bytes: 'blob' });
    writeFileSync(ownerFile(folder), `${process.pid}\n`);
    const backups = new SqliteBackups(join(folder, BACKUPS), (copy) => sql`vacuum into ${copy}`.execute(db));
    return new DatabaseStore({ db, close: () => file.close(), backups }, now);
  } catch (error) {
    await file.close();
    throw cannotOpen(folder, error as Error & { code?: string });
  }
}

function cannotOpen(folder: string, error: Error & { code?: string }): StoreError {
  const kind = error instanceof StoreError ? error.kind : 'unavailable';
  const remedy = 'Set DATA_DIR to another folder.';
  if (kind === 'locked')
    return new StoreError(
      kind,
      `The folder ${folder} is in use by another Apportion${ownerIn(folder)}. Stop it first. ${remedy}`,
      error,
    );
  return new StoreError(kind, `The store in ${folder} cannot be opened: ${error.message}. ${remedy}`, error);
}

/** Which process serves from a folder, or did last, in words. */
export function ownerIn(folder: string): string {
  try {
    return ` (process ${readFileSync(ownerFile(folder), 'utf8').trim()})`;
  } catch {
    return '';
  }
}

function ownerFile(folder: string): string {
  return join(folder, 'owner.pid');
}

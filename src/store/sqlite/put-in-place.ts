import { existsSync } from 'node:fs';
import { link, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import Libsql from 'libsql';
import { StoreError } from '../store-error.ts';
import { synced, timeInName } from './backup-files.ts';

/** Where the store is in its folder. */
export function storeFile(folder: string): string {
  return join(folder, 'apportion.db');
}

/**
 * Makes a whole database file the store of a folder. Without `replace` there must be none yet; with it the one before is kept beside it, and its
 * name is returned. Whenever this is interrupted there is one store under its name: the one before or the new one.
 *
 * Rejects with a `StoreError`: `locked` where a service runs on the folder, `conflict` where there is a store and none is to be replaced.
 */
export async function putInPlace(
  part: string,
  folder: string,
  replace: boolean,
): Promise<string | undefined> {
  const file = storeFile(folder);
  const lock = requirePlace(folder, replace);
  try {
    const aside = `${file.slice(0, -'.db'.length)}-${timeInName(Date.now())}.db`;
    if (existsSync(file)) await link(file, aside);
    await moveCompanions(file, aside);
    await synced(folder);
    if (existsSync(aside)) await rename(part, file);
    else await placeFirst(part, file);
    await synced(folder);
    return existsSync(aside) ? basename(aside) : undefined;
  } finally {
    lock?.close();
  }
}

/**
 * Holds the store that is to be replaced, so that no service starts on it, with all of it in its one file. Throws as `putInPlace`; a file that is no
 * sound database any more cannot be held, and no service starts on it.
 */
export function requirePlace(folder: string, replace: boolean): Libsql.Database | undefined {
  const file = storeFile(folder);
  if (!existsSync(file)) return undefined;
  const database = new Libsql(file);
  try {
    database.exec('PRAGMA locking_mode=EXCLUSIVE');
    database.exec('PRAGMA journal_mode=DELETE');
    database.exec('BEGIN EXCLUSIVE');
    database.exec('COMMIT');
  } catch (error) {
    database.close();
    const code = String((error as { readonly code?: unknown }).code);
    if (code.startsWith('SQLITE_BUSY'))
      throw new StoreError('locked', 'A service runs on the folder.', error);
    if (!/^SQLITE_(NOTADB|CORRUPT)/.test(code)) throw error;
    if (replace) return undefined;
  }
  if (replace) return database;
  if (database.open) database.close();
  throw alreadyThere();
}

/** What SQLite keeps beside a file that was not closed: beside another file it would be taken for a part of that. */
async function moveCompanions(file: string, aside: string): Promise<void> {
  for (const ending of ['-wal', '-shm', '-journal'])
    if (existsSync(file + ending)) await rename(file + ending, aside + ending);
}

/** A link, unlike a renaming, fails where somebody was faster. */
async function placeFirst(part: string, file: string): Promise<void> {
  try {
    await link(part, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw alreadyThere();
    throw error;
  }
  await synced(dirname(file));
  await rm(part);
}

function alreadyThere(): StoreError {
  return new StoreError('conflict', 'There is a store already.');
}

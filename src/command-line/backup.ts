import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { copyToPart, nameWhole, PART, removeWhole } from '../store/sqlite/backup-files.ts';
import { BACKUPS, ownerIn } from '../store/sqlite/open-sqlite-store.ts';
import { storeFile } from '../store/sqlite/put-in-place.ts';
import { SqliteBackups } from '../store/sqlite/sqlite-backups.ts';
import { SqliteFile } from '../store/sqlite/sqlite-file.ts';
import { StoreError } from '../store/store-error.ts';
import type { Backup } from '../store/store.ts';
import { EXIT, FileError, readWords, type Terminal, UsageError } from './terminal.ts';

const USE_PG_TOOLS = 'DATABASE_URL is set: back up and restore the database with pg_dump and pg_restore.\n';

/** Whether the store is one that these commands know nothing of; says so. */
export function isElsewhere(terminal: Terminal): boolean {
  if (!process.env.DATABASE_URL) return false;
  terminal.printError(USE_PG_TOOLS);
  return true;
}

/** `backup`: a copy of everything, written by the running service, or from its folder where none runs. */
export async function backupCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = readWords(words, [], ['out', 'url']);
  const { out } = values;
  if (out === undefined) throw new UsageError('Give --out FILE.db.');
  if (isElsewhere(terminal)) return EXIT.notValid;
  const { dataFolder, port } = readConfig(process.env);
  if (existsSync(out)) throw new FileError(`${out} exists already; nothing was written.`);
  const url = values.url ?? `http://127.0.0.1:${port}`;
  const backup = (await askService(url)) ?? (await copyFolder(dataFolder, url));
  if (typeof backup === 'string') {
    terminal.printError(`${backup}\n`);
    return EXIT.failed;
  }
  await moveBackup(join(dataFolder, BACKUPS, backup.name), out, backup);
  terminal.print(
    `Wrote ${out}: ${backup.bytes} bytes in ${backup.seconds.toFixed(1)} s, SHA-256 ${backup.sha256}.\n`,
  );
  return EXIT.done;
}

const answer = z.object({
  name: z.string().regex(/^[\w.-]+$/),
  bytes: z.int(),
  sha256: z.string(),
  seconds: z.number(),
});

/** Has the service write it; why it did not, in words; or nothing where no service answers. */
async function askService(url: string): Promise<Backup | string | undefined> {
  let response;
  try {
    response = await fetch(new URL('/v1/backups', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  } catch {
    return undefined;
  }
  const text = await response.text();
  if (response.status === 201) return answer.parse(JSON.parse(text));
  return `The service at ${url} wrote no backup (${response.status}). ${detailOf(text)}`.trim();
}

function detailOf(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { readonly detail?: unknown };
    return typeof detail === 'string' ? detail : '';
  } catch {
    return '';
  }
}

/** The same of a folder on which no service runs; the lock keeps others away meanwhile. */
async function copyFolder(folder: string, url: string): Promise<Backup | string> {
  if (!existsSync(storeFile(folder)))
    return `No service answers at ${url}, and there is no store in ${folder}.`;
  const file = new SqliteFile(storeFile(folder));
  try {
    const thread = await file.thread();
    const backups = new SqliteBackups(join(folder, BACKUPS), (copy) => thread.run('vacuum into ?', [copy]));
    return await backups.write();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.kind !== 'locked') return `The store in ${folder} cannot be copied: ${error.message}.`;
    return `A service${ownerIn(folder)} runs on ${folder}, but not at ${url}. Give its address with --url.`;
  } finally {
    await file.close();
  }
}

/** From the folder of backups to where it is wanted, with its digest beside it; both whole or not at all. */
async function moveBackup(from: string, out: string, { sha256 }: Backup): Promise<void> {
  if (!existsSync(from))
    throw new FileError(
      `The service has written ${basename(from)} to another DATA_DIR; set DATA_DIR as for the service.`,
    );
  try {
    const copy = await copyToPart(from, out + PART);
    if (copy.sha256 !== sha256) throw new FileError(`${out} could not be written as it was read.`);
    await nameWhole(out + PART, out, basename(out), sha256);
  } catch (error) {
    await removeWhole(out);
    await removeWhole(out + PART);
    if (error instanceof FileError) throw error;
    throw new FileError(
      `${out} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown error'}).`,
    );
  }
  await removeWhole(from);
}

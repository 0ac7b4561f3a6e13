import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../config.ts';
import { copyToPart, expectedSha256, PART } from '../store/sqlite/backup-files.ts';
import { ownerIn } from '../store/sqlite/open-sqlite-store.ts';
import { putInPlace, requirePlace } from '../store/sqlite/put-in-place.ts';
import { StoredFile } from '../store/sqlite/stored-file.ts';
import { StoreError } from '../store/store-error.ts';
import { isElsewhere } from './backup.ts';
import { type Proven, provePlans, proveRevisions } from './prove-records.ts';
import { EXIT, FileError, readWords, type Terminal } from './terminal.ts';

const RESTORING = 'restoring-';

/** So many faults are listed; the rest are counted. */
const MOST_FAULTS = 20;

/** `restore`: proves a backup and makes it the store, or leaves everything as it is. */
export async function restoreCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const { files, given } = readWords(words, ['FILE.db'], [], ['replace']);
  if (isElsewhere(terminal)) return EXIT.notValid;
  const { dataFolder } = readConfig(process.env);
  const replace = given.has('replace');
  if (!existsSync(files[0])) throw new FileError(`${files[0]} cannot be read (ENOENT).`);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  for (const left of readdirSync(dataFolder).filter((name) => name.startsWith(RESTORING)))
    rmSync(join(dataFolder, left));
  // What is proven is the copy that is put in place, so that nothing changes in between.
  const part = join(dataFolder, `${RESTORING}${process.pid}${PART}`);
  try {
    requirePlace(dataFolder, replace)?.close();
    if (!(await isProven(files[0], part, terminal))) return EXIT.notValid;
    const aside = await putInPlace(part, dataFolder, replace);
    terminal.print(
      `Restored to ${dataFolder}.${aside === undefined ? '' : ` The store before is kept as ${aside}.`}\n`,
    );
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    terminal.printError(`${wordsOf(error, dataFolder)} Nothing was changed.\n`);
    return EXIT.notValid;
  } finally {
    rmSync(part, { force: true });
  }
}

function wordsOf({ kind, message }: StoreError, folder: string): string {
  if (kind === 'locked') return `A service${ownerIn(folder)} runs on ${folder}. Stop it first.`;
  if (kind === 'conflict') return `There is a store in ${folder} already. With --replace it is kept aside.`;
  return `The store cannot be restored: ${message}.`;
}

async function isProven(file: string, part: string, terminal: Terminal): Promise<boolean> {
  const expected = await expectedSha256(file);
  const { sha256 } = await copyToPart(file, part);
  if (expected !== undefined && expected !== sha256)
    return refused(terminal, file, ['the file is not what the SHA-256 beside it says']);
  try {
    return provesItself(part, file, terminal, expected !== undefined);
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    // Anything else is a mistake of ours.
    if (!code?.startsWith('SQLITE_')) throw error;
    return refused(terminal, file, [`${code} ${message}`]);
  }
}

function provesItself(part: string, file: string, terminal: Terminal, hasDigest: boolean): boolean {
  const stored = new StoredFile(part);
  try {
    const faults = stored.faults();
    if (faults.length > 0) return refused(terminal, file, faults);
    const unknown = stored.unknownMigrations();
    if (unknown.length > 0)
      return refused(terminal, file, [`it is of a newer version of Apportion (${unknown.join(', ')})`]);
    terminal.print(
      `File: ${hasDigest ? 'as its SHA-256 says' : 'no SHA-256 beside it, so that damage to names and comments would not be noticed'}; database sound.\n`,
    );
    const revisions = proveRevisions(stored.revisions());
    terminal.print(`Revisions: ${wordsOfProven(revisions)}.\n`);
    const plans = provePlans(stored.finishedPlans());
    terminal.print(`Plans: ${wordsOfProven(plans)}.\n`);
    const wrong = [...revisions.faults, ...plans.faults];
    return wrong.length === 0 || refused(terminal, file, wrong);
  } finally {
    stored.close();
  }
}

function wordsOfProven({ total, proven, withoutClaim }: Proven): string {
  const rest = withoutClaim === 0 ? '' : `; ${withoutClaim} more claim nothing that could be proven`;
  return `${proven} of ${total - withoutClaim} proven${rest}`;
}

function refused(terminal: Terminal, file: string, faults: readonly string[]): false {
  const listed = faults.slice(0, MOST_FAULTS).map((fault) => `  - ${fault}`);
  if (faults.length > MOST_FAULTS) listed.push(`  - and ${faults.length - MOST_FAULTS} more`);
  terminal.printError(`${file} is not restored, and nothing was changed:\n${listed.join('\n')}\n`);
  return false;
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Files that are there whole or not at all, each with its SHA-256 in a file beside it, as `sha256sum --check` reads it. */

/** What a file is while it is being written. */
export const PART = '.part';

const DIGEST_FILE = '.sha256';

export interface Digest {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export async function digestOf(file: string): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Copies a file, not yet under its last name; only the owner may read the copy. */
export async function copyToPart(from: string, part: string): Promise<Digest> {
  await pipeline(createReadStream(from), createWriteStream(part, { mode: 0o600 }));
  await synced(part);
  return digestOf(part);
}

/** Gives a whole file its name: its digest is written first, so that a file under its last name always has one. */
export async function nameWhole(part: string, file: string, name: string, sha256: string): Promise<void> {
  const digestFile = file + DIGEST_FILE;
  await writeFile(digestFile, `${sha256}  ${name}\n`, { mode: 0o600 });
  await synced(digestFile);
  await rename(part, file);
  await synced(dirname(file));
}

/** What the file beside a file says of it; undefined where there is none. */
export async function expectedSha256(file: string): Promise<string | undefined> {
  const text = await readFile(file + DIGEST_FILE, 'utf8').catch(() => undefined);
  return text?.trim().split(/\s+/).at(0);
}

/** Takes away a file with what stands beside it. */
export async function removeWhole(file: string): Promise<void> {
  for (const each of [file, file + DIGEST_FILE]) await rm(each, { force: true });
}

/** Until a file, or a folder's list of names, is on the disk. */
export async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A moment as part of a file's name, in UTC: `2026-11-23T07-33-01.123Z`. */
export function timeInName(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replaceAll(':', '-');
}

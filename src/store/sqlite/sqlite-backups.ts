import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storeError } from '../store-error.ts';
import type { Backup, Backups } from '../store.ts';
import { digestOf, nameWhole, PART, removeWhole, synced, timeInName } from './backup-files.ts';

/** Backups of a database into a folder, by whoever has the database open: nobody else can read it. */
export class SqliteBackups implements Backups {
  readonly #folder: string;
  readonly #vacuumInto: (file: string) => Promise<unknown>;
  #isWriting = false;

  /** `vacuumInto` writes a consistent copy to a file that does not exist. */
  constructor(folder: string, vacuumInto: (file: string) => Promise<unknown>) {
    this.#folder = folder;
    this.#vacuumInto = vacuumInto;
  }

  async write(): Promise<Backup | 'busy'> {
    if (this.#isWriting) return 'busy';
    this.#isWriting = true;
    try {
      return await this.#write();
    } catch (error) {
      throw storeError(error as Error);
    } finally {
      this.#isWriting = false;
    }
  }

  async #write(): Promise<Backup> {
    const startedAt = performance.now();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#removeParts();
    const name = `${timeInName(Date.now())}.db`;
    const file = join(this.#folder, name);
    try {
      await this.#vacuumInto(file + PART);
      await chmod(file + PART, 0o600);
      await synced(file + PART);
      const { bytes, sha256 } = await digestOf(file + PART);
      await nameWhole(file + PART, file, name, sha256);
      return { name, bytes, sha256, seconds: (performance.now() - startedAt) / 1000 };
    } catch (error) {
      await removeWhole(file);
      await this.#removeParts();
      throw error;
    }
  }

  /** What is left of a backup that came to no end. */
  async #removeParts(): Promise<void> {
    const parts = (await readdir(this.#folder)).filter((name) => name.includes(PART));
    for (const part of parts) await rm(join(this.#folder, part), { force: true });
  }
}

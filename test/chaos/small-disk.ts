import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why no disk can be made on this machine; `undefined` where one can. */
export function whyNoDisk(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can mount a disk';
  try {
    new SmallDisk(1).remove();
    return undefined;
  } catch {
    return 'no disk may be mounted here';
  }
}

/** A disk of a few megabytes, in memory. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'apportion-disk-'));

  constructor(mebibytes: number) {
    try {
      run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', this.folder);
    } catch (error) {
      rmSync(this.folder, { recursive: true });
      throw error;
    }
  }

  /** Bytes that are left. */
  get room(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }

  /** Leaves no more room than that many bytes. */
  fill(leaving = 0): void {
    writeFileSync(join(this.folder, 'ballast'), Buffer.alloc(this.room - leaving));
  }

  /** Takes away what it was filled with. */
  clear(): void {
    rmSync(join(this.folder, 'ballast'));
  }

  resize(mebibytes: number): void {
    run('mount', '-o', `remount,size=${mebibytes}m`, this.folder);
  }

  setReadOnly(isReadOnly: boolean): void {
    run('mount', '-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder);
  }

  remove(): void {
    // Also where something is still open in it.
    run('umount', '-l', this.folder);
    rmSync(this.folder, { recursive: true });
  }
}

function run(program: string, ...values: string[]): void {
  const { status, stderr } = spawnSync(program, values, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${values.join(' ')}: ${stderr}`);
}

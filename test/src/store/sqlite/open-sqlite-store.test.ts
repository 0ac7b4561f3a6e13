import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../../src/store/sqlite/open-sqlite-store.ts';
import { describeStore } from '../store-conformance.ts';

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'apportion-store-'));
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

describeStore('SQLite', (now) => openSqliteStore(join(folder(), 'made when missing'), { now }));

describe('openSqliteStore', () => {
  it('finds what was kept before', async () => {
    const path = folder();
    const store = await openSqliteStore(path);
    await store.scenarios.create('default', 's1', {
      name: 'kept',
      sha256: 'digest',
      content: Buffer.from('{}'),
      change: { kind: 'created' },
    });
    await store.close();
    const again = await openSqliteStore(path);
    expect((await again.scenarios.find('default', 's1'))?.name).toBe('kept');
    await again.close();
  });

  it('refuses a folder that another process has, naming the process and the remedy', async () => {
    const path = folder();
    const store = await openSqliteStore(path);
    // A lock of the same process would not count between two threads of it everywhere.
    const opener = new URL('./stub-open-store.ts', import.meta.url).pathname;
    const { stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', opener, path], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `locked: The folder ${path} is in use by another Apportion (process ${process.pid}). Stop it first. Set DATA_DIR to another folder.\n`,
    );
    await store.close();
  });

  it('opens a folder whose last owner was killed', async () => {
    const path = folder();
    const opener = new URL('./stub-open-store.ts', import.meta.url).pathname;
    const { status, signal } = spawnSync(process.execPath, ['--import', 'tsx', opener, path, 'kill']);
    expect([status, signal]).toEqual([null, 'SIGKILL']);
    expect(Number(readFileSync(join(path, 'owner.pid'), 'utf8'))).not.toBe(process.pid);
    const store = await openSqliteStore(path);
    expect(await store.scenarios.find('default', 'kept')).toMatchObject({ head: 1 });
    await store.close();
  });

  it('says what is wrong with a folder that cannot be used', async () => {
    const file = join(folder(), 'a file');
    writeFileSync(file, '');
    await expect(openSqliteStore(file)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(openSqliteStore(file)).rejects.toThrow(/cannot be opened: .*Set DATA_DIR to another folder/);
    const noDatabase = folder();
    writeFileSync(
      join(noDatabase, 'apportion.db'),
      'This is no database, and long enough to be taken for one.',
    );
    await expect(openSqliteStore(noDatabase)).rejects.toThrow(/SQLITE_NOTADB/);
  });
});

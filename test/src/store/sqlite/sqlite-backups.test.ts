import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSqliteStore } from '../../../../src/store/sqlite/open-sqlite-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apportion-backups-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('a backup is a file with its digest beside it, for its owner alone, and what an earlier one left is taken away', async () => {
  const store = await openSqliteStore(folder);
  mkdirSync(join(folder, 'backups'));
  writeFileSync(join(folder, 'backups/2026-01-01T00-00-00.000Z.db.part'), 'left');
  const [first, second] = await Promise.all([store.backups!.write(), store.backups!.write()]);
  expect(second).toBe('busy');
  if (first === 'busy') throw new Error('It was the first.');
  expect(first.name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.db$/);
  const file = join(folder, 'backups', first.name);
  const bytes = readFileSync(file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(first).toMatchObject({ bytes: bytes.length, sha256 });
  expect(readFileSync(`${file}.sha256`, 'utf8')).toBe(`${sha256}  ${first.name}\n`);
  expect(readdirSync(join(folder, 'backups')).sort()).toEqual([first.name, `${first.name}.sha256`]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await store.close();
});

const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

it.runIf(canMount)('a backup for which there is no room says so, leaves nothing and harms nothing', () => {
  const [full, stub] = [join(folder, 'full'), fileURLToPath(new URL('stub-full-disk.ts', import.meta.url))];
  mkdirSync(full);
  const run = 'mount -t tmpfs -o size=1m none "$1" && exec "$0" --import tsx "$2" "$3" "$1"';
  const words = ['-rm', 'sh', '-c', run, process.execPath, full, stub, folder];
  const { stdout, stderr, status } = spawnSync('unshare', words, { encoding: 'utf8' });
  expect([status, stderr, stdout]).toEqual([0, '', '["full",[]]']);
});

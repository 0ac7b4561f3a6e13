import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { until } from '../../http/test-service.ts';
import { describeWithPostgres, freshDatabase } from './fresh-database.ts';
import { startPostgres } from './real-postgres.ts';

async function rows(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Starts a server in a process of its own, which then waits to be killed. */
const STARTER = `import { startPostgres } from ${JSON.stringify(new URL('real-postgres.ts', import.meta.url).href)};
console.log((await startPostgres()).url('postgres'));
setInterval(() => {}, 1000);`;

describeWithPostgres('the PostgreSQL of the tests', () => {
  it('gives every suite an empty database, and keeps what it acknowledges', async () => {
    const [first, second] = await Promise.all([freshDatabase(), freshDatabase()]);
    expect(first).not.toBe(second);
    await rows(first, 'CREATE TABLE only_here (id integer)');
    expect(await rows(second, `SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
    const settings = `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
      current_setting('server_encoding') AS encoding, current_setting('lc_collate', true) AS gone,
      (SELECT datcollate FROM pg_database WHERE datname = current_database()) AS locale`;
    expect(await rows(first, settings)).toEqual([
      { fsync: 'on', commit: 'on', encoding: 'UTF8', gone: null, locale: 'C' },
    ]);
  });

  it('is there again after an immediate stop, with what was committed, and leaves nothing behind', async () => {
    const postgres = await startPostgres({ fsync: 'off' });
    const url = await postgres.createDatabase();
    await rows(url, 'CREATE TABLE kept AS SELECT 7 AS number');
    await postgres.stopImmediately();
    await expect(rows(url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();
    expect(await rows(url, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
    const folder = await dataFolder(url);
    await postgres.stop();
    expect(existsSync(folder)).toBe(false);
    expect(serversIn(folder)).toEqual([]);
  });

  it('ends with the process that started it, even if that is killed', async () => {
    const starter: ChildProcess = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--input-type=module', '--eval', STARTER],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [url] = (await once(starter.stdout!, 'data')) as [Buffer];
    const folder = await dataFolder(url.toString().trim());
    expect(serversIn(folder).length).toBeGreaterThan(0);
    starter.kill('SIGKILL');
    await until(() => !existsSync(folder) && serversIn(folder).length === 0, 'the end of the server');
  });
});

async function dataFolder(url: string): Promise<string> {
  const [{ folder }] = (await rows(url, `SELECT current_setting('data_directory') AS folder`)) as [
    { folder: string },
  ];
  expect(folder.startsWith(tmpdir())).toBe(true);
  return folder;
}

/** Processes that work in a data folder. */
function serversIn(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) && readFileSync(`/proc/${pid}/cmdline`).length > 0
      );
    } catch {
      return false;
    }
  });
}

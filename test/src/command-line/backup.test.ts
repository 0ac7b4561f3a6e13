import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { KilledService } from '../../chaos/killed-service.ts';
import { smallScenario, workflow } from '../../models/small-scenario.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';
import { until } from '../http/test-service.ts';
import { run } from './terminal-session.ts';

const CLI = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url));

/** Beside each other: the service's folder, backups, and folders to restore to. */
let folder: string;
let service: KilledService;
const inFolder = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apportion-backup-'));
  service = new KilledService({ DATA_DIR: inFolder('data'), LOG_LEVEL: 'warn' });
  await service.start();
}, 60_000);

afterAll(async () => {
  await service.kill();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function backup(out: string, dataFolder = 'data') {
  vi.stubEnv('DATA_DIR', inFolder(dataFolder));
  return run('backup', '--url', service.url, '--out', inFolder(out));
}

function restore(file: string, dataFolder: string, ...flags: string[]) {
  vi.stubEnv('DATA_DIR', inFolder(dataFolder));
  return run('restore', inFolder(file), ...flags);
}

/** Writes scenarios and plans until told to stop; what is in its lists has been acknowledged. */
function writeOn() {
  const acknowledged = { scenarios: new Map<string, string>(), plans: [] as string[] };
  const end = new AbortController();
  const writing = (async () => {
    for (let number = 1; !end.signal.aborted; number += 1) {
      const scenario = smallScenario({
        name: `number ${number}`,
        workflows: [workflow('appeals', 10 + number)],
      });
      const kept = await service.insist('post', '/v1/scenarios', { scenario, comment: 'as was said' });
      const { id } = JSON.parse(kept.text) as { id: string };
      acknowledged.scenarios.set(id, scenario.name);
      const headers = { prefer: 'wait=5' };
      const plan = await service.insist('post', `/v1/scenarios/${id}/plans`, {}, headers);
      acknowledged.plans.push((JSON.parse(plan.text) as { id: string }).id);
    }
  })();
  const stop = async () => {
    end.abort();
    await writing;
  };
  return { acknowledged, stop };
}

describe('a backup of a service that is being written to', () => {
  it('has everything that was acknowledged before it was asked for, proven when it is restored', async () => {
    const { acknowledged, stop } = writeOn();
    await until(() => acknowledged.plans.length >= 3, 'a few plans', 30_000);
    const [scenarios, plans] = [new Map(acknowledged.scenarios), [...acknowledged.plans]];
    const written = await backup('first.db');
    await stop();
    expect(written).toMatchObject({ exit: 0, complained: '' });
    expect(written.printed).toMatch(/^Wrote .*first\.db: \d+ bytes in \d+\.\d s, SHA-256 [0-9a-f]{64}\.\n$/);
    // Moved, not copied: backups do not fill the disk of the store.
    expect(readdirSync(inFolder('data/backups'))).toEqual([]);

    const restored = await restore('first.db', 'restored');
    expect(restored).toMatchObject({ exit: 0, complained: '' });
    const [, revisions, ofRevisions, proven, ofPlans] =
      /^File: as its SHA-256 says; database sound\.\nRevisions: (\d+) of (\d+) proven\.\nPlans: (\d+) of (\d+) proven\.\nRestored to .*restored\.\n$/.exec(
        restored.printed,
      )!;
    expect([revisions, proven]).toEqual([ofRevisions, ofPlans]);
    expect(Number(revisions)).toBeGreaterThanOrEqual(scenarios.size);
    expect(Number(proven)).toBeGreaterThanOrEqual(plans.length);
    const store = await openSqliteStore(inFolder('restored'));
    for (const [id, name] of scenarios) expect((await store.scenarios.find('default', id))?.name).toBe(name);
    for (const id of plans) expect((await store.plans.find('default', id))?.state).toBe('finished');
    await store.close();
  }, 60_000);

  it('is refused where its file exists, or the service writes to another folder', async () => {
    writeFileSync(inFolder('there.db'), 'mine');
    expect(await backup('there.db')).toMatchObject({
      exit: 2,
      complained: expect.stringContaining('there.db exists already; nothing was written.\n') as string,
    });
    expect(readFileSync(inFolder('there.db'), 'utf8')).toBe('mine');
    const elsewhere = await backup('elsewhere.db', 'another');
    expect(elsewhere.complained).toContain('to another DATA_DIR; set DATA_DIR as for the service');
    expect(existsSync(inFolder('elsewhere.db'))).toBe(false);
  });

  it('leaves the store sound when it is killed in the middle, and the next one takes away what is left', async () => {
    // Large enough to be caught while it is written.
    const workflows = Array.from({ length: 300 }, (_, i) => workflow(`w${i}-${'x'.repeat(80)}`, 1));
    const scenario = smallScenario({ workflows });
    for (let count = 0; count < 25; count += 1) {
      const { status } = await service.insist('post', '/v1/scenarios', { scenario });
      expect(status).toBe(201);
    }
    const before = await service.insist('get', '/v1/scenarios?limit=200');
    const body = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const asked = fetch(`${service.url}/v1/backups`, body).catch(() => undefined);
    await until(
      () => readdirSync(inFolder('data/backups')).some((name) => name.endsWith('.part')),
      'a beginning',
    );
    await service.kill();
    await asked;
    await service.start();
    expect((await service.insist('get', '/v1/scenarios?limit=200')).text).toBe(before.text);
    expect(await backup('after.db')).toMatchObject({ exit: 0 });
    expect(readdirSync(inFolder('data/backups')).filter((name) => name.includes('.part'))).toEqual([]);
  }, 60_000);
});

describe('a restore', () => {
  it('is refused while a service runs on the folder, naming its process', async () => {
    const { exit, complained } = await restore('first.db', 'data', '--replace');
    expect([exit, complained]).toEqual([
      1,
      `A service (process ${service.pid}) runs on ${inFolder('data')}. Stop it first. Nothing was changed.\n`,
    ]);
    expect((await service.insist('get', '/readyz')).status).toBe(200);
  });

  it('is refused over a store, which --replace keeps under a dated name', async () => {
    const refused = await restore('first.db', 'restored');
    expect([refused.exit, refused.complained]).toEqual([
      1,
      `There is a store in ${inFolder('restored')} already. With --replace it is kept aside. Nothing was changed.\n`,
    ]);
    const old = readFileSync(inFolder('restored/apportion.db'));
    const { exit, printed } = await restore('after.db', 'restored', '--replace');
    expect(exit).toBe(0);
    const aside = / The store before is kept as (apportion-.*\.db)\.\n$/.exec(printed)![1];
    expect(readFileSync(inFolder(`restored/${aside}`)).equals(old)).toBe(true);
    expect(readFileSync(inFolder('restored/apportion.db')).equals(readFileSync(inFolder('after.db')))).toBe(
      true,
    );
    expect(
      readdirSync(inFolder('restored')).filter((name) => !/^(apportion.*\.db|owner\.pid)$/.test(name)),
    ).toEqual([]);
  });

  it('that is killed at any moment leaves a whole store: the one before or the new one', async () => {
    const words = ['--import', import.meta.resolve('tsx'), CLI, 'restore', inFolder('after.db'), '--replace'];
    const env = { PATH: process.env.PATH, DATA_DIR: inFolder('restored') };
    for (const milliseconds of [0, 5, 20, 60]) {
      const child = spawn(process.execPath, words, { env, stdio: 'ignore' });
      const isCopying = () => readdirSync(inFolder('restored')).some((name) => name.startsWith('restoring-'));
      await until(() => isCopying() || child.exitCode !== null, 'a beginning');
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const store = await openSqliteStore(inFolder('restored'));
      expect((await store.scenarios.list('default', 200)).items.length).toBeGreaterThan(0);
      await store.close();
    }
    expect((await restore('after.db', 'restored', '--replace')).exit).toBe(0);
    expect(readdirSync(inFolder('restored')).filter((name) => name.startsWith('restoring-'))).toEqual([]);
  }, 60_000);

  it('replaces a store that cannot be opened, and takes over no write-ahead log that was left', async () => {
    expect((await restore('first.db', 'broken')).exit).toBe(0);
    writeFileSync(inFolder('broken/apportion.db'), 'This is no database any more, and long enough for one.');
    expect((await restore('first.db', 'broken', '--replace')).exit).toBe(0);
    rmSync(inFolder('broken/apportion.db'));
    writeFileSync(inFolder('broken/apportion.db-wal'), 'left');
    expect((await restore('first.db', 'broken')).exit).toBe(0);
    const names = readdirSync(inFolder('broken'));
    expect(names).not.toContain('apportion.db-wal');
    const aside = names.find((name) => name.endsWith('-wal'))!;
    expect(readFileSync(inFolder(`broken/${aside}`), 'utf8')).toBe('left');
  });

  it('refuses a file with any byte flipped', async () => {
    const random = new SeededRandom(20_261_124);
    const bytes = readFileSync(inFolder('first.db'));
    copyFileSync(inFolder('first.db.sha256'), inFolder('flipped.db.sha256'));
    for (let flip = 0; flip < 12; flip += 1) {
      const at = random.whole(0, bytes.length - 1);
      const flipped = Buffer.from(bytes);
      flipped[at] ^= 1 << random.whole(0, 7);
      writeFileSync(inFolder('flipped.db'), flipped);
      const { exit, complained } = await restore('flipped.db', 'flipped');
      expect([at, exit]).toEqual([at, 1]);
      expect(complained).toContain('the file is not what the SHA-256 beside it says');
    }
    expect(readdirSync(inFolder('flipped'))).toEqual([]);
  });

  // Without the digest of the file those of the scenarios, and the proofs of the plans, still hold.
  it.each([
    ['a scenario', '"number 1"', '"number 7"', /revision 1 of scenario .* is not what its SHA-256 says/],
    ['a plan', '"totalCost":110', '"totalCost":119', /plan .*: the total cost is off by 9/],
  ])('refuses %s that was changed, also without a digest of the file', async (_what, from, to, why) => {
    const changed = Buffer.from(readFileSync(inFolder('first.db')));
    const at = changed.indexOf(from);
    expect(at).toBeGreaterThan(0);
    changed.write(to, at);
    writeFileSync(inFolder('changed.db'), changed);
    const { exit, printed, complained } = await restore('changed.db', 'changed');
    expect(exit).toBe(1);
    expect(printed).toContain('no SHA-256 beside it');
    expect(complained).toMatch(/^.*changed\.db is not restored, and nothing was changed:\n {2}- /);
    expect(complained).toMatch(why);
    expect(readdirSync(inFolder('changed'))).toEqual([]);
  });

  it('refuses what is no store, or one of a newer version', async () => {
    writeFileSync(inFolder('none.db'), 'This is no database, and long enough to be taken for one.');
    const none = await restore('none.db', 'none');
    expect([none.exit, none.complained]).toEqual([1, expect.stringContaining('SQLITE_NOTADB')]);
    const { default: Libsql } = await import('libsql');
    copyFileSync(inFolder('first.db'), inFolder('newer.db'));
    const database = new Libsql(inFolder('newer.db'));
    database.exec("INSERT INTO kysely_migration VALUES ('2031-01-more', '2031')");
    database.close();
    const newer = await restore('newer.db', 'none');
    expect([newer.exit, newer.complained]).toEqual([
      1,
      expect.stringContaining('it is of a newer version of Apportion (2031-01-more)'),
    ]);
    const missing = await restore('missing.db', 'none');
    expect([missing.exit, missing.complained]).toEqual([
      2,
      `${inFolder('missing.db')} cannot be read (ENOENT).\n`,
    ]);
  });
});

describe('without a running service', () => {
  it('a backup is made from the folder, where there is a store', async () => {
    vi.stubEnv('DATA_DIR', inFolder('restored'));
    const words = ['backup', '--url', 'http://127.0.0.1:9', '--out'];
    expect(await run(...words, inFolder('offline.db'))).toMatchObject({ exit: 0, complained: '' });
    expect(await restore('offline.db', 'from offline')).toMatchObject({ exit: 0 });
    vi.stubEnv('DATA_DIR', inFolder('nothing'));
    const nothing = await run(...words, inFolder('nothing.db'));
    expect([nothing.exit, nothing.complained]).toEqual([
      4,
      `No service answers at http://127.0.0.1:9, and there is no store in ${inFolder('nothing')}.\n`,
    ]);
    expect(existsSync(inFolder('nothing'))).toBe(false);
    vi.stubEnv('DATA_DIR', inFolder('data'));
    const locked = await run(...words, inFolder('locked.db'));
    expect(locked.complained).toBe(
      `A service (process ${service.pid}) runs on ${inFolder('data')}, but not at http://127.0.0.1:9. Give its address with --url.\n`,
    );
  });
});

describe('with a PostgreSQL database', () => {
  it.each([
    ['backup', '--out', 'x.db'],
    ['restore', 'x.db'],
  ])('%s says which tools to use', async (...words) => {
    vi.stubEnv('DATABASE_URL', 'postgres://localhost/apportion');
    expect(await run(...words)).toEqual({
      exit: 1,
      printed: '',
      complained: 'DATABASE_URL is set: back up and restore the database with pg_dump and pg_restore.\n',
    });
  });
});

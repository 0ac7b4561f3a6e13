import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open-sqlite-store.ts';
import { describeUnless } from '../describe-unless.ts';
import { smallScenario } from '../models/small-scenario.ts';
import { largeScenario, longAnswerScenario } from '../src/http/large-scenario.ts';
import { type Answer, send, startService, type TestService, until } from '../src/http/test-service.ts';
import { SmallDisk, whyNoDisk } from './small-disk.ts';
import { expectSoundStore, rowsOfSoundFile } from './sound-store.ts';

const MEGABYTE = 1024 ** 2;

const missing = whyNoDisk();

describeUnless(missing, 'a service whose disk is full', () => {
  let disk: SmallDisk;
  let folder: string;
  let service: TestService;

  beforeAll(async () => {
    disk = new SmallDisk(12);
    folder = join(disk.folder, 'data');
    service = await startService({}, 64 * MEGABYTE, { dataFolder: folder });
  });

  afterAll(async () => {
    await service.close();
    disk.remove();
  });

  const create = (scenario: unknown, key: string) =>
    send(service.url, 'post', '/v1/scenarios', { scenario }, { 'idempotency-key': key });

  async function read<Body = unknown>(path: string): Promise<[number, Body]> {
    const { status, text } = await send(service.url, 'get', path);
    return [status, JSON.parse(text) as Body];
  }

  it('refuses every change with 507 and as a whole, and makes it once there is room', async () => {
    const { id } = idOf(await create(smallScenario(), 'before'));
    const one = `/v1/scenarios/${id}`;
    const ifMatch = { 'if-match': '*' };
    const renamed = { scenario: smallScenario({ name: 'replaced' }) };
    const mergePatch = { ...ifMatch, 'content-type': 'application/merge-patch+json' };
    const csv = { ...ifMatch, 'content-type': 'text/csv' };
    const changes: [number, () => Promise<Answer>][] = [
      [201, () => create(smallScenario(), 'while-full')],
      [200, () => send(service.url, 'put', one, renamed, ifMatch)],
      [200, () => send(service.url, 'patch', one, { name: 'patched' }, mergePatch)],
      [200, () => send(service.url, 'put', `${one}/demand`, 'workflow,period,hours\nappeals,P1,60\n', csv)],
      [200, () => send(service.url, 'patch', `${one}/revisions/1`, { label: 'first' }, mergePatch)],
      [201, () => send(service.url, 'post', `${one}/copies`, {}, { 'idempotency-key': 'copy' })],
      [202, () => send(service.url, 'post', `${one}/plans`, {}, { 'idempotency-key': 'plan' })],
      [204, () => send(service.url, 'delete', one, undefined, ifMatch)],
    ];
    const readAll = () =>
      Promise.all(['/v1/scenarios', one, `${one}/revisions`, `${one}/plans`].map((path) => read(path)));
    const before = await readAll();
    disk.fill();
    for (const [, change] of changes) {
      const { status, type, text } = await change();
      expect([status, type]).toEqual([507, 'application/problem+json']);
      expect(JSON.parse(text)).toMatchObject({ type: '/problems/store-full', status: 507 });
    }
    expect(await readAll()).toEqual(before);
    for (const path of ['/livez', '/readyz']) expect((await read(path))[0]).toBe(200);
    disk.clear();
    for (const [expected, change] of changes) {
      const { status, text } = await change();
      expect(status, text).toBe(expected);
    }
  });

  it('keeps a plan whose result has no room, and finishes it once there is some', async () => {
    // Its answer has 1.4 MB.
    const { id } = idOf(await create(longAnswerScenario(60), 'long-answer'));
    disk.fill(300_000);
    const submitted = await send(service.url, 'post', `/v1/scenarios/${id}/plans`, {});
    expect(submitted.status).toBe(202);
    const plan = `/v1/plans/${idOf(submitted).id}`;
    await until(() => disk.room === 0, 'the result to be written as far as there is room');
    expect((await read(plan))[1]).toMatchObject({ state: 'running', attempts: 1 });
    expect((await read(`${plan}/answer`))[0]).not.toBe(200);
    disk.clear();
    await expect.poll(() => read(plan), { timeout: 10_000 }).toMatchObject([200, { state: 'finished' }]);
    const [, found] = await read<{ attempts: number; failures?: unknown }>(plan);
    expect([found.attempts, found.failures]).toEqual([1, undefined]);
    const [, answer] = await read<{ status: string; ineligible: unknown[] }>(`${plan}/answer`);
    expect([answer.status, answer.ineligible.length]).toEqual(['optimal', 60 * 60]);
  });

  it('has all that it acknowledged where it has filled the disk itself, and nothing else', async () => {
    const large = largeScenario(60, 60, 5);
    const name = (n: number) => `large-${n}`;
    const acknowledged = new Map<string, string>();
    let answer: Answer;
    for (let n = 0; ; n += 1) {
      answer = await create({ ...large, name: name(n) }, name(n));
      if (answer.status !== 201) break;
      acknowledged.set(name(n), idOf(answer).id);
    }
    expect(answer.status).toBe(507);
    // Of 12 MB, at a quarter of a megabyte each, in the log as well as in the file.
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const [name, id] of acknowledged)
      expect(await read(`/v1/scenarios/${id}`)).toMatchObject([200, { scenario: { ...large, name } }]);
    const names = async () => {
      const [, { items }] = await read<{ items: { name: string }[] }>('/v1/scenarios?limit=200');
      return items.map(({ name }) => name).filter((name) => name.startsWith('large-'));
    };
    expect((await names()).sort()).toEqual([...acknowledged.keys()].sort());
    disk.resize(48);
    const refused = name(acknowledged.size);
    expect((await create({ ...large, name: refused }, refused)).status).toBe(201);
    expect(await names()).toHaveLength(acknowledged.size + 1);
  });

  it('is sound after all that, and has made no mistake', async () => {
    await service.services.kill();
    await expectSoundStore(rowsOfSoundFile(join(folder, 'apportion.db')), 2);
    expect(service.mistakes).toEqual([]);
  });
});

describeUnless(missing, 'a store', () => {
  let disk: SmallDisk;
  let folder: string;

  beforeEach(() => {
    disk = new SmallDisk(2);
    folder = join(disk.folder, 'data');
  });

  afterEach(() => {
    disk.remove();
  });

  it('is opened on a full disk, so that what it has can be read', async () => {
    await (await openSqliteStore(folder)).close();
    disk.fill();
    const store = await openSqliteStore(folder);
    await store.check();
    await store.close();
  });

  it('is not made on a full disk, and says why', async () => {
    mkdirSync(folder);
    disk.fill();
    await expect(openSqliteStore(folder)).rejects.toMatchObject({ kind: 'full' });
    disk.clear();
    await (await openSqliteStore(folder)).close();
  });

  it('is not opened where nothing can be written, says why, and is there when something can', async () => {
    await (await openSqliteStore(folder)).close();
    disk.setReadOnly(true);
    await expect(openSqliteStore(folder)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /cannot be opened: EROFS: read-only file system.*Set DATA_DIR/,
      ) as string,
    });
    disk.setReadOnly(false);
    await (await openSqliteStore(folder)).close();
  });
});

function idOf({ text }: Answer): { id: string } {
  return JSON.parse(text) as { id: string };
}

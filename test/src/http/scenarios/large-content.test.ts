import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scenario } from '../../../../models/scenario/schema.ts';
import { scenarioSha256 } from '../../../../src/scenarios/kept-scenario.ts';
import { isCompressed, jsonIn, LARGE_BYTES } from '../../../../src/scenarios/kept-content.ts';
import { inHouseSite, smallScenario } from '../../../models/small-scenario.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

/** What is kept compressed, and what was kept before anything was: nobody who asks must be able to tell. */

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  expect(service.mistakes).toEqual([]);
  await service.close();
});

/** Quickly planned, for all of it is names. */
const large = smallScenario({
  sites: [inHouseSite('luzon'), ...Array.from({ length: 6000 }, (_, i) => longNamed(i))],
});

function longNamed(i: number): Scenario['sites'][number] {
  return { ...inHouseSite(`site ${i}`), name: `${i} “ä” `.padEnd(190, 'é') };
}

const bodyOf = ({ text }: Answer) => JSON.parse(text) as Record<string, unknown>;
const idOf = (answer: Answer) => bodyOf(answer).id as string;
const contentOf = async (id: string, revision = 1) =>
  (await service.services.store.scenarios.content('default', id, revision))!;

async function kept(scenario: Scenario): Promise<string> {
  const answer = await send(service.url, 'post', '/v1/scenarios', { scenario });
  expect(answer.status).toBe(201);
  return idOf(answer);
}

/** Kept as it would have been before: as its JSON, however large. */
async function keptAsJson(scenario: Scenario): Promise<string> {
  const revision = {
    name: scenario.name,
    sha256: scenarioSha256(scenario),
    content: Buffer.from(JSON.stringify(scenario)),
    change: { kind: 'created' },
  } as const;
  const id = `as json ${Math.random()}`;
  await service.services.store.scenarios.create('default', id, revision);
  return encodeURIComponent(id);
}

async function read(path: string): Promise<{ revision: number; sha256: string; scenario: Scenario }> {
  return bodyOf(await send(service.url, 'get', path)) as Awaited<ReturnType<typeof read>>;
}

it('is compressed, with the digest of the scenario itself', async () => {
  const content = await contentOf(await kept(large));
  expect(jsonIn(content)).toBe(JSON.stringify(large));
  expect(Buffer.byteLength(jsonIn(content))).toBeGreaterThan(LARGE_BYTES);
  expect([isCompressed(content), content.length < LARGE_BYTES / 4]).toEqual([true, true]);
  expect(isCompressed(await contentOf(await kept(smallScenario())))).toBe(false);
});

it.each([
  ['compressed', kept],
  ['as JSON', keptAsJson],
])(
  'is read, copied, patched, compared, exported, imported and planned: %s',
  async (_, keep) => {
    const id = await keep(large);
    const path = `/v1/scenarios/${id}`;
    const answer = await send(service.url, 'get', path);
    expect(answer.headers.get('content-length')).toBe(String(Buffer.byteLength(answer.text)));
    expect(answer.text.endsWith(`,"scenario":${JSON.stringify(large)}}`)).toBe(true);
    expect(await read(path)).toMatchObject({ sha256: scenarioSha256(large) });
    expect(await read(`${path}/revisions/1`)).toMatchObject({ revision: 1, scenario: large });
    const notModified = await send(service.url, 'get', path, undefined, { 'if-none-match': '"r1"' });
    expect([notModified.status, notModified.text]).toEqual([304, '']);

    const copy = idOf(await send(service.url, 'post', `${path}/copies`, { name: 'copy' }));
    expect(await read(`/v1/scenarios/${copy}`)).toMatchObject({ scenario: { ...large, name: 'copy' } });

    const type = { 'if-match': '"r1"', 'content-type': 'application/merge-patch+json' };
    const patched = await send(service.url, 'patch', path, { currency: 'EUR' }, type);
    expect(patched.status).toBe(200);
    expect((await read(path)).scenario).toEqual({ ...large, currency: 'EUR' });

    const differences = await send(service.url, 'get', `${path}/revisions/2/differences`);
    expect(differences.text).toContain('EUR');

    const table = await send(service.url, 'get', `${path}/capacity`);
    expect(table.text).toBe('team,period,hours\r\nmanila,P1,100\r\n');
    const csv = { 'if-match': '"r2"', 'content-type': 'text/csv' };
    const imported = await send(service.url, 'put', `${path}/capacity`, table.text.replace('100', '90'), csv);
    expect(bodyOf(imported)).toMatchObject({ changed: [{ from: { hours: 100 }, to: { hours: 90 } }] });
    const { scenario, sha256 } = await read(path);
    expect(scenario.teams[0].capacity).toEqual([{ period: 'P1', hours: 90 }]);
    expect(sha256).toBe(scenarioSha256(scenario));

    const plans = await Promise.all(
      [{}, { sensitivity: 'none' }].map((options) =>
        send(service.url, 'post', `${path}/plans`, { revision: 1, options }, { prefer: 'wait=30' }),
      ),
    );
    const ids = plans.map((plan) => {
      expect(bodyOf(plan)).toMatchObject({ state: 'finished', status: 'optimal', totalCost: 500 });
      return idOf(plan);
    });
    const compared = await send(service.url, 'get', `/v1/comparisons?plans=${ids.join()}`);
    expect(bodyOf(compared)).toMatchObject({ plans: [{ totalCost: 500 }, { totalCost: 500 }] });
    const model = await send(service.url, 'get', `/v1/plans/${ids[0]}/model`);
    const direct = await send(service.url, 'post', '/v1/model', { scenario: large, format: 'lp' });
    expect([model.status, model.text]).toEqual([200, direct.text]);
  },
  60_000,
);

it('has its length said without being sent where only that is asked for', async () => {
  const path = `/v1/scenarios/${await kept(large)}`;
  const { text } = await send(service.url, 'get', path);
  const head = await fetch(service.url + path, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  expect([head.status, await head.text()]).toEqual([200, '']);
});

it('is given up for a client that goes away in the middle, and sent to the next', async () => {
  const path = `/v1/scenarios/${await kept(large)}`;
  await new Promise<void>((resolve, reject) => {
    request(service.url + path, (response) => {
      response.once('data', () => response.destroy());
      response.on('error', () => undefined).on('close', resolve);
    })
      .on('error', reject)
      .end();
  });
  expect((await read(path)).scenario).toEqual(large);
});

it('that is damaged is an internal error, and says so once', async () => {
  const damaged = await contentOf(await kept(large));
  damaged[5000] ^= 1;
  const revision = { name: 'damaged', sha256: '', content: damaged, change: { kind: 'created' } } as const;
  await service.services.store.scenarios.create('default', 'damaged', revision);
  // Its beginning has been sent by then, so its end is missing.
  await expect(send(service.url, 'get', '/v1/scenarios/damaged')).rejects.toThrow();
  expect(service.mistakes).toHaveLength(1);
  (service.mistakes as unknown[]).length = 0;
});

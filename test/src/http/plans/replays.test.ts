import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { endlessScenario } from '../large-scenario.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface KeptPlan {
  readonly id: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

const bodyOf = ({ text }: Answer) => JSON.parse(text) as KeptPlan;

async function kept(scenario: object = smallScenario()): Promise<string> {
  return bodyOf(await send(service.url, 'post', '/v1/scenarios', { scenario })).id;
}

async function planned(scenario: string, options: object = {}, headers = { prefer: 'wait=20' }) {
  return bodyOf(await send(service.url, 'post', `/v1/scenarios/${scenario}/plans`, { options }, headers));
}

async function replayed(
  plan: string,
  body?: unknown,
  headers: object = { prefer: 'wait=20' },
): Promise<Answer> {
  const answer = await send(service.url, 'post', `/v1/plans/${plan}/replay`, body, { ...headers });
  expect(undocumented('post', '/v1/plans/{plan}/replay', answer)).toBeUndefined();
  return answer;
}

/** A finished plan of another version of the engine: 480 where today's comes to 500, and the same allocation. */
async function olderPlan(scenario: string): Promise<string> {
  const now = await planned(scenario);
  const { store } = service.services;
  const id = `${now.id}-older`;
  await store.once('default', undefined, async ({ plans }) => {
    const record = (await plans.find('default', now.id))!;
    const fields = await plans.fields('default', now.id, [
      'allocation',
      'shortfall',
      'backlog',
      'sites',
      'certificate',
      'sensitivity',
      'ineligible',
    ]);
    await plans.submit('default', { ...record, id, expiresAt: Date.now() + 60_000 });
    const claimed = (await plans.claim())!;
    await plans.finish(claimed, {
      state: 'finished',
      summary: record.summary!.replace('"totalCost":500', '"totalCost":480'),
      fields: [...fields].map(([field, content]) => ({
        field,
        content: Buffer.from(content.toString().replace('highs 1.15.1', 'highs 1.14.0')),
      })),
      origin: { ...record.origin!, product: '0.0.1', engine: 'highs 1.14.0' },
    });
    return { status: 200, headers: {}, body: '' };
  });
  return id;
}

describe('a replay', () => {
  it('is a plan of its own, of the same revision and options, and says that its answer is the same', async () => {
    const scenario = await kept();
    const original = await planned(scenario, { sensitivity: 'full', mipGap: 0.01 });
    const changed = { scenario: { ...smallScenario(), name: 'changed since' } };
    await send(service.url, 'put', `/v1/scenarios/${scenario}`, changed, { 'if-match': '*' });
    const answer = await replayed(original.id);
    expect(answer.status).toBe(200);
    const replay = bodyOf(answer);
    expect(replay.id).not.toBe(original.id);
    const { madeWith } = original;
    expect(replay).toMatchObject({
      state: 'finished',
      revision: 1,
      replayOf: original.id,
      options: { sensitivity: 'full', mipGap: 0.01 },
      madeWith,
      replay: {
        identical: true,
        differs: [],
        totalCost: { original: 500, replay: 500 },
        madeWith: { original: madeWith, replay: madeWith },
      },
    });
    const [one, other] = await Promise.all(
      [original, replay].map(({ id }) => send(service.url, 'get', `/v1/plans/${id}/answer`)),
    );
    expect(other.text).toBe(one.text);
    expect(original).not.toHaveProperty('replayOf');
  });

  it('says with what either plan was made, seed and defaults included', async () => {
    const { madeWith } = await planned(await kept());
    expect(madeWith).toEqual({
      product: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      engine: 'highs 1.15.1',
      engineBuild: '04024d7',
      engineSeed: 0,
      options: {
        engine: 'highs',
        crossCheck: false,
        timeLimitSeconds: 300,
        mipGap: 1e-6,
        sensitivity: 'classic',
        flips: [],
        repairs: true,
      },
      memoryLimitMegabytes: expect.any(Number) as number,
    });
  });

  it('names what differs from a plan of an older engine, whose comparison with a new one it makes possible', async () => {
    const scenario = await kept();
    const older = await olderPlan(scenario);
    const today = (await planned(scenario)).id;
    const refused = await send(service.url, 'get', `/v1/comparisons?plans=${older},${today}`);
    expect([refused.status, bodyOf(refused).detail]).toEqual([
      409,
      `The plans were made by highs 1.14.0 (plan ${older}), highs 1.15.1 (plan ${today}). Those of another version than highs 1.15.1 are made again with it by POST /v1/plans/${older}/replay; compare the replays.`,
    ]);
    const replay = bodyOf(await replayed(older));
    expect(replay.replay).toMatchObject({
      identical: false,
      differs: ['totalCost', 'certificate'],
      totalCost: { original: 480, replay: 500 },
      madeWith: {
        original: { product: '0.0.1', engine: 'highs 1.14.0' },
        replay: { engine: 'highs 1.15.1' },
      },
    });
    const compared = await send(service.url, 'get', `/v1/comparisons?plans=${replay.id},${today}`);
    expect([compared.status, undocumented('get', '/v1/comparisons', compared)]).toEqual([200, undefined]);
  });

  it('of a plan that there is not has the same answer, of a deleted scenario and of a replay too', async () => {
    const workflows = smallScenario().workflows.map(({ shortfallCostPerHour: _cost, ...each }) => each);
    const teams = smallScenario().teams.map((team) => ({ ...team, capacity: [] }));
    const scenario = await kept({ ...smallScenario(), workflows, teams });
    const original = await planned(scenario);
    expect(original.status).toBe('infeasible');
    await send(service.url, 'delete', `/v1/scenarios/${scenario}`, undefined, { 'if-match': '*' });
    const first = bodyOf(await replayed(original.id, {}));
    const second = bodyOf(await replayed(first.id));
    expect([first, second]).toMatchObject([
      { replayOf: original.id, replay: { identical: true, totalCost: {} } },
      { replayOf: first.id, replay: { identical: true } },
    ]);
  });

  it('is queued, waited for and repeated as any plan is', async () => {
    const original = await planned(await kept());
    const busy = await planned(await kept(endlessScenario()), {}, { prefer: '' });
    const headers = { 'idempotency-key': 'again' };
    const all = await Promise.all(
      Array.from({ length: 20 }, () => replayed(original.id, { queueLimitSeconds: 1 }, headers)),
    );
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect([all[0].status, all[0].headers.get('location')]).toEqual([202, `/v1/plans/${bodyOf(all[0]).id}`]);
    const again = await replayed(original.id, { queueLimitSeconds: 1 }, { ...headers, prefer: 'wait=3' });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const expired = await send(service.url, 'get', `/v1/plans/${bodyOf(all[0]).id}`);
    expect(bodyOf(expired)).toMatchObject({ state: 'expired', replayOf: original.id });
    await send(service.url, 'post', `/v1/plans/${busy.id}/cancel`);
    const unfinished = await replayed(busy.id);
    expect([unfinished.status, bodyOf(unfinished).type]).toEqual([409, '/problems/not-finished']);
    expect((await replayed(bodyOf(expired).id)).status).toBe(409);
  });

  it('is refused where it is of nothing or asks for more than there is', async () => {
    const original = await planned(await kept());
    expect((await replayed('nothing')).status).toBe(404);
    const faults = await replayed(original.id, { options: {}, queueLimitSeconds: 0 });
    expect([faults.status, faults.text]).toEqual([400, expect.stringContaining('/options')]);
    expect((await replayed(original.id, 'text', { 'content-type': 'text/plain' })).status).toBe(415);
    expect(service.mistakes).toEqual([]);
  });
});

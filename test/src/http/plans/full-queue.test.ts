import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { endlessScenario } from '../large-scenario.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  expect(service.mistakes).toEqual([]);
  await service.close();
});

async function keptScenario(scenario: object): Promise<string> {
  const { text } = await send(service.url, 'post', '/v1/scenarios', { scenario });
  return (JSON.parse(text) as { id: string }).id;
}

async function asked(scenario: string): Promise<Answer> {
  const answer = await send(service.url, 'post', `/v1/scenarios/${scenario}/plans`, {});
  expect(undocumented('post', '/v1/scenarios/{scenario}/plans', answer)).toBeUndefined();
  return answer;
}

/** Queues plans as another client would, all in one transaction. */
async function queue(tenant: string, scenario: string, count: number): Promise<void> {
  const { sha256 } = (await service.services.store.scenarios.revision(tenant, scenario, 1))!;
  await service.services.store.once(tenant, undefined, async ({ plans }) => {
    for (let i = 0; i < count; i += 1)
      await plans.submit(tenant, {
        id: `${tenant}-${i}`,
        scenario,
        revision: 1,
        sha256,
        options: '{}',
        expiresAt: Date.now() + 1e9,
      });
    return { status: 202, headers: {}, body: '{}' };
  });
}

describe('a queue', () => {
  it('that is full of one tenant’s plans takes no more of them, and of others until all are too many', async () => {
    const endless = await keptScenario(endlessScenario());
    const small = await keptScenario(smallScenario());
    const running = JSON.parse((await asked(endless)).text) as { id: string };
    while (service.services.jobs.progress('default', running.id) === undefined)
      await new Promise((resolve) => setTimeout(resolve, 5));

    await queue('default', small, 1998);
    // Of many at once, two find room.
    const answers = await Promise.all(Array.from({ length: 12 }, () => asked(small)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(2);
    const refused = answers.find(({ status }) => status !== 202)!;
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect(JSON.parse(refused.text)).toMatchObject({ type: '/problems/too-many-plans' });
    expect((await service.services.store.plans.queued()).get('default')).toBe(2000);

    for (let tenant = 1; tenant <= 4; tenant += 1) {
      const content = Buffer.from(JSON.stringify(smallScenario()));
      const change = { kind: 'created' } as const;
      const revision = { name: 'small', sha256: 'digest', content, change };
      await service.services.store.scenarios.create(`tenant-${tenant}`, 's', revision);
      await queue(`tenant-${tenant}`, 's', 2000);
    }
    const full = await asked(small);
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '10']);
    expect(JSON.parse(full.text)).toMatchObject({ type: '/problems/service-full' });
  }, 60_000);
});

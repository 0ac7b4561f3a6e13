import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../../models/certificate.ts';
import { smallScenario } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { endlessScenario, largeScenario } from '../large-scenario.ts';
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

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the body is
function bodyOf<Body = KeptPlan>({ text }: Answer): Body {
  return JSON.parse(text) as Body;
}

async function keptScenario(scenario: object = smallScenario()): Promise<{ id: string; sha256: string }> {
  return bodyOf(await send(service.url, 'post', '/v1/scenarios', { scenario }));
}

const PLANS = '/v1/scenarios/{scenario}/plans';
const PLAN = '/v1/plans/{plan}';

async function submitted(
  scenario: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await send(service.url, 'post', `/v1/scenarios/${scenario}/plans`, body, headers);
  expect(undocumented('post', PLANS, answer)).toBeUndefined();
  return answer;
}

async function settled(id: string): Promise<KeptPlan> {
  for (;;) {
    const answer = await send(service.url, 'get', `/v1/plans/${id}`);
    expect(undocumented('get', PLAN, answer)).toBeUndefined();
    const plan = bodyOf(answer);
    if (plan.state !== 'queued' && plan.state !== 'running') return plan;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a plan of a kept scenario', () => {
  it('is queued at once, worked on, and read in parts that are the answer of a solve', async () => {
    const scenario = smallScenario();
    const { id, sha256 } = await keptScenario(scenario);
    const answer = await submitted(id, { options: { sensitivity: 'full' } });
    expect([answer.status, bodyOf(answer).state]).toEqual([202, 'queued']);
    expect(answer.headers.get('location')).toBe(`/v1/plans/${bodyOf(answer).id}`);
    const plan = await settled(bodyOf(answer).id);
    const solved = bodyOf<Record<string, unknown>>(
      await send(service.url, 'post', '/v1/solve', { scenario, options: { sensitivity: 'full' } }),
    );
    expect(plan).toMatchObject({
      state: 'finished',
      status: 'optimal',
      totalCost: solved.totalCost,
      scenarioId: id,
      revision: 1,
      scenarioSha256: sha256,
      options: { sensitivity: 'full' },
      attempts: 1,
      madeWith: { node: process.version, engine: 'highs 1.15.1' },
    });
    const part = async (name: string, path: string): Promise<Record<string, unknown>> => {
      const read = await send(service.url, 'get', `/v1/plans/${plan.id}/${name}`);
      expect([read.status, undocumented('get', path, read)]).toEqual([200, undefined]);
      return bodyOf(read);
    };
    expect(await part('answer', `${PLAN}/answer`)).toEqual(solved);
    const { allocation, shortfall, backlog, sites } = solved;
    expect(await part('allocation', `${PLAN}/allocation`)).toEqual({ allocation, shortfall, backlog, sites });
    expect(await part('sensitivity', `${PLAN}/sensitivity`)).toEqual({ sensitivity: solved.sensitivity });
    expect(await part('certificate', `${PLAN}/certificate`)).toEqual({ certificate: solved.certificate });
    const model = bodyOf<object>(await send(service.url, 'post', '/v1/model', { scenario, format: 'mps' }));
    expect(await part('model?format=mps', `${PLAN}/model`)).toEqual(model);
    expect(Object.keys(plan.parts as object)).toEqual([
      'answer',
      'allocation',
      'sensitivity',
      'certificate',
      'model',
    ]);
    for (const path of Object.values(plan.parts as Record<string, string>))
      expect([path, (await send(service.url, 'get', path)).status]).toEqual([path, 200]);
    const other = await send(service.url, 'get', `/v1/plans/${plan.id}/model?format=xls`);
    expect([other.status, undocumented('get', `${PLAN}/model`, other)]).toEqual([400, undefined]);
    expect(verifyAnswer(scenario, solved as never)).toEqual([]);
  });

  it('comes with the answer where the client prefers to wait', async () => {
    const { id } = await keptScenario();
    const answer = await submitted(id, {}, { prefer: 'wait=20' });
    expect([answer.status, bodyOf(answer).state, bodyOf(answer).status]).toEqual([
      200,
      'finished',
      'optimal',
    ]);
    expect(answer.headers.get('preference-applied')).toBe('wait=20');
    const long = await keptScenario(largeScenario(30, 30, 30));
    const early = await submitted(long.id, {}, { prefer: 'respond-async, wait=0' });
    expect(early.status).toBe(202);
    await send(service.url, 'post', `/v1/plans/${bodyOf(early).id}/cancel`);
  });

  it('is of the revision that was asked for', async () => {
    const { id } = await keptScenario();
    const two = { ...smallScenario(), name: 'second' };
    await send(service.url, 'put', `/v1/scenarios/${id}`, { scenario: two }, { 'if-match': '"r1"' });
    const plans = await Promise.all([submitted(id), submitted(id, { revision: 1 })]);
    expect(plans.map((answer) => bodyOf(answer).revision)).toEqual([2, 1]);
    expect((await submitted(id, { revision: 3 })).status).toBe(404);
    const list = await send(service.url, 'get', `/v1/scenarios/${id}/plans`);
    expect(undocumented('get', PLANS, list)).toBeUndefined();
    expect(bodyOf<{ items: unknown[] }>(list).items).toHaveLength(2);
    for (const answer of plans) await settled(bodyOf(answer).id);
  });

  it('that has no solution is finished too, and says why', async () => {
    const scenario = smallScenario();
    const workflows = scenario.workflows.map(({ shortfallCostPerHour: _cost, ...workflow }) => workflow);
    const teams = scenario.teams.map((team) => ({ ...team, capacity: [] }));
    const { id } = await keptScenario({ ...scenario, workflows, teams });
    const answer = await submitted(id, {}, { prefer: 'wait=20' });
    expect(bodyOf(answer)).toMatchObject({ state: 'finished', status: 'infeasible' });
    const whole = bodyOf<Record<string, unknown>>(
      await send(service.url, 'get', `/v1/plans/${bodyOf(answer).id}/answer`),
    );
    expect(whole).toHaveProperty('diagnosis.conflict');
    const sensitivity = await send(service.url, 'get', `/v1/plans/${bodyOf(answer).id}/sensitivity`);
    expect([sensitivity.status, undocumented('get', `${PLAN}/sensitivity`, sensitivity)]).toEqual([
      404,
      undefined,
    ]);
  });

  it('whose options do not fit the scenario is rejected, with the place', async () => {
    const { id } = await keptScenario();
    const answer = await submitted(id, { options: { flips: [{ site: 'nowhere' }] } }, { prefer: 'wait=20' });
    expect(bodyOf(answer)).toMatchObject({
      state: 'rejected',
      errors: [{ pointer: '/options/flips/0', code: 'unknown-choice' }],
    });
    expect((await submitted(id, { options: { sensitivity: 'some' }, extra: 1, revision: 0 })).status).toBe(
      400,
    );
    const faults = bodyOf<{ errors: { pointer: string }[] }>(
      await submitted(id, { options: { sensitivity: 'some' }, extra: 1, revision: 0 }),
    );
    expect(faults.errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/extra',
      '/options/sensitivity',
      '/revision',
    ]);
    expect((await submitted(id, '')).status).toBe(400);
  });

  it('is not to be had of what is not there, or deleted', async () => {
    expect((await submitted('nothing')).status).toBe(404);
    const { id } = await keptScenario();
    await send(service.url, 'delete', `/v1/scenarios/${id}`, undefined, { 'if-match': '*' });
    expect((await submitted(id)).status).toBe(410);
    const read = await send(service.url, 'get', '/v1/plans/nothing');
    expect([read.status, undocumented('get', PLAN, read)]).toEqual([404, undefined]);
  });
});

describe('cancelling', () => {
  it('stops a running plan at once and takes a queued one from the queue', async () => {
    const { id } = await keptScenario(largeScenario(60, 60, 60));
    const running = bodyOf(await submitted(id));
    const waiting = bodyOf(await submitted(id));
    for (;;) {
      const plan = bodyOf(await send(service.url, 'get', `/v1/plans/${running.id}`));
      if (plan.state === 'running' && plan.progress) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const unfinished = await send(service.url, 'get', `/v1/plans/${running.id}/answer`);
    expect([unfinished.status, undocumented('get', `${PLAN}/answer`, unfinished)]).toEqual([409, undefined]);
    for (const plan of [waiting, running]) {
      const answer = await send(service.url, 'post', `/v1/plans/${plan.id}/cancel`);
      expect([answer.status, undocumented('post', `${PLAN}/cancel`, answer)]).toEqual([200, undefined]);
      expect(bodyOf(answer).state).toBe('cancelled');
    }
    expect((await send(service.url, 'get', `/v1/plans/${running.id}/answer`)).status).toBe(409);
    // The process is free for the next at once.
    const next = await keptScenario();
    const answer = await submitted(next.id, {}, { prefer: 'wait=20' });
    expect(bodyOf(answer).state).toBe('finished');
    const again = await send(service.url, 'post', `/v1/plans/${bodyOf(answer).id}/cancel`);
    expect(bodyOf(again).state).toBe('finished');
    expect((await send(service.url, 'post', '/v1/plans/nothing/cancel')).status).toBe(404);
  });
});

describe('a plan that may be one that is there already', () => {
  it('is that of the same content and options, whatever the scenario, and else a new one', async () => {
    const scenario = smallScenario({ name: 'reused' });
    const [first, second] = [await keptScenario(scenario), await keptScenario(scenario)];
    const plan = bodyOf(await submitted(first.id, {}, { prefer: 'wait=20' }));
    // The default, said in so many words.
    for (const options of [{}, { sensitivity: 'classic' }]) {
      const again = await submitted(second.id, { reuse: true, options });
      expect([again.status, bodyOf(again).id, bodyOf(again).state]).toEqual([200, plan.id, 'finished']);
      expect(again.headers.get('location')).toBe(`/v1/plans/${plan.id}`);
    }
    const others = [
      [first.id, {}],
      [first.id, { reuse: false }],
      [first.id, { reuse: true, options: { sensitivity: 'none' } }],
      [(await keptScenario(smallScenario({ name: 'another' }))).id, { reuse: true }],
    ] as const;
    for (const [id, body] of others) {
      const other = await submitted(id, body);
      expect([other.status, bodyOf(other).state]).toEqual([202, 'queued']);
      await settled(bodyOf(other).id);
    }
    // What came of too little time is no reason to leave it at that.
    const endless = await keptScenario(endlessScenario());
    const options = { timeLimitSeconds: 0.5 };
    const failed = bodyOf(await submitted(endless.id, { options }, { prefer: 'wait=20' }));
    expect(failed.state).toBe('finished');
    expect(['failed', 'feasible']).toContain(failed.status);
    const tried = await submitted(endless.id, { reuse: true, options });
    expect(tried.status).toBe(202);
    await settled(bodyOf(tried).id);
  });
});

describe('two hundred requests with one idempotency key', () => {
  it('are one plan', async () => {
    const { id } = await keptScenario();
    const headers = { 'idempotency-key': 'quarterly-plan' };
    const all = await Promise.all(Array.from({ length: 200 }, () => submitted(id, {}, headers)));
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    const list = bodyOf<{ items: KeptPlan[] }>(await send(service.url, 'get', `/v1/scenarios/${id}/plans`));
    expect(list.items).toHaveLength(1);
    const other = await submitted(id, { options: { sensitivity: 'none' } }, headers);
    expect(other.status).toBe(422);
    await settled(list.items[0].id);
  });
});

it('no mistake of its own was reported', () => {
  expect(service.mistakes).toEqual([]);
});

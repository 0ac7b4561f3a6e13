import { readFileSync } from 'node:fs';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Plan, planSchema } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';
import { fullBody } from './full-body.ts';
import { endlessScenario, largeScenario } from './large-scenario.ts';
import { documentedSchema } from './documented-schema.ts';
import { post, startService, type TestService, until } from './test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService({ maximumWaiting: 1 });
});

afterAll(() => service.close());

interface Published {
  readonly scenario: Scenario;
  readonly expected: { readonly totalCost: number };
}

function published(name: string): Published {
  const file = new URL(`../../fixtures/published/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Published;
}

/** A plan that came over HTTP and is what both the schema and `openapi.yaml` say a plan is. */
async function planOf(scenario: unknown, options: object = {}): Promise<Plan> {
  const answer = await request(service.url).post('/v1/solve').send({ scenario, options });
  expect(answer.status).toBe(200);
  expect(answer.type).toBe('application/json');
  expect(documentedSchema('Plan').safeParse(answer.body).error).toBeUndefined();
  return planSchema.parse(answer.body);
}

const infeasible = smallScenario({ teams: [team('manila', 'luzon', 10, 20)] });

describe('200', () => {
  it('answers Comfort Plus with the published plan and prices', async () => {
    const { scenario } = published('comfort-plus');
    const plan = await planOf(scenario);
    expect(plan).toMatchObject({
      status: 'optimal',
      totalCost: 82_175,
      currency: 'USD',
      costs: { handling: 82_025, payroll: 0, opening: 0, backlog: 150, shortfall: 0 },
      shortfall: [],
      backlog: [{ workflow: 'seats', period: 'Q2', hours: 100 }],
      certificate: { verified: true, boundSource: 'duals' },
    });
    const hours = plan.allocation?.map((line) => [line.team, line.period, line.hours]).sort();
    expect(hours).toEqual([
      ['cpi', 'Q1', 3800],
      ['cpi', 'Q2', 3800],
      ['dap', 'Q2', 300],
    ]);
    const { sensitivity } = plan;
    if (!sensitivity || 'unavailable' in sensitivity) throw new Error('The plan has no report.');
    const rows = sensitivity.constraints.map((row) => ({
      limit: [row.family, row.subject.team ?? row.subject.workflow, row.subject.period].join(' '),
      price: [row.shadowPrice, row.allowableIncrease, row.allowableDecrease],
    }));
    expect(rows).toHaveLength(5);
    expect(rows).toEqual(
      expect.arrayContaining([
        { limit: 'demand seats Q2', price: [13.75, null, 300] },
        { limit: 'demand seats Q1', price: [12.25, 100, 200] },
        { limit: 'team-capacity cpi Q2', price: [-3.5, 300, 3800] },
        { limit: 'team-capacity cpi Q1', price: [-2, 200, 100] },
        { limit: 'backlog-limit seats Q2', price: [0, null, 200] },
      ]),
    );
  });

  it.each(['dantzig-transport', 'foster-transport'])('answers %s with the published cost', async (name) => {
    const { scenario, expected } = published(name);
    const plan = await planOf(scenario);
    expect(plan.status).toBe('optimal');
    expect(plan.totalCost).toBeCloseTo(expected.totalCost, 6);
    expect(plan.certificate?.verified).toBe(true);
  });

  it('answers a body in which every field occurs, with or without a byte order mark or a charset', async () => {
    const plan = await planOf(fullBody.scenario, fullBody.options);
    expect(plan.status).toBe('optimal');
    const text = JSON.stringify(fullBody);
    const types = [
      'application/json',
      'application/json; charset=utf-8',
      'Application/JSON; charset="UTF-8"',
    ];
    for (const type of types) {
      const { status, text: again } = await post(`${service.url}/v1/solve`, `\uFEFF${text}`, {
        'content-type': type,
      });
      expect(status).toBe(200);
      expect(planSchema.parse(JSON.parse(again))).toEqual(plan);
    }
  });

  it('answers with the engine asked for, which says what it cannot do', async () => {
    const { scenario, expected } = published('foster-transport');
    const plan = await planOf(scenario, { engine: 'javascript-lp-solver' });
    expect(plan.status).toBe('optimal');
    expect(plan.totalCost).toBeCloseTo(expected.totalCost, 6);
    expect(plan.certificate).toMatchObject({ verified: true, boundSource: 'engine', relativeGap: 0 });
    expect(plan.sensitivity).toEqual({
      unavailable: 'The engine javascript-lp-solver gives no prices; highs does.',
    });
  });

  it('tells what choices cost made the other way, and refuses names that are none', async () => {
    const sites = smallScenario().sites.map((site) => ({ ...site, openingCost: 60 }));
    const scenario = smallScenario({ sites });
    const { totalCost, flips } = await planOf(scenario, { flips: [{ site: 'luzon' }] });
    expect(totalCost).toBe(560);
    expect(flips).toMatchObject([{ site: 'luzon', taken: true, totalCost: null, change: null }]);
    const options = { flips: [{ site: 'luzon' }, { site: 'nowhere' }] };
    const refused = await request(service.url).post('/v1/solve').send({ scenario, options });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/options/flips/1', code: 'unknown-choice' }] });
  });

  it('solves again with the other engine where a cross-check is asked for', async () => {
    const { scenario, expected } = published('foster-transport');
    const { status, certificate } = await planOf(scenario, { crossCheck: true });
    expect(status).toBe('optimal');
    expect(certificate).toMatchObject({ verified: true, boundSource: 'duals' });
    expect(certificate?.crossCheck?.engine).toMatch(/^javascript-lp-solver /);
    expect(certificate?.crossCheck?.totalCost).toBeCloseTo(expected.totalCost, 6);
  });

  it('says why there is no plan, with no number that only a plan has', async () => {
    const plan = await planOf(infeasible);
    expect(Object.keys(plan).sort()).toEqual(['currency', 'diagnosis', 'ineligible', 'status']);
    expect(plan.status).toBe('infeasible');
    const families = plan.diagnosis?.conflict.map(({ family }) => family).sort();
    expect(families).toEqual(['demand', 'team-capacity']);
    expect(plan.diagnosis?.sentence).toMatch(/^There is no plan: .+\.$/);
  });

  it('leaves the report out where none is asked for, and keeps the prices that prove the plan', async () => {
    const plan = await planOf(smallScenario(), { sensitivity: 'none' });
    expect(plan.status).toBe('optimal');
    expect(plan).not.toHaveProperty('sensitivity');
    expect(plan.certificate).toMatchObject({ verified: true, relativeGap: 0 });
    expect(plan.certificate?.duals).not.toHaveLength(0);
  });

  it('answers a scenario without work with a plan that costs nothing', async () => {
    const nothing = await planOf({ ...smallScenario(), sites: [], teams: [], workflows: [] });
    expect(nothing).toMatchObject({ status: 'optimal', totalCost: 0, allocation: [] });
    const noTeam = await planOf(smallScenario({ teams: [] }));
    expect(noTeam.status).toBe('infeasible');
  });

  it('echoes ids as they were sent, in whatever script', async () => {
    const ids = ['__proto__', 'constructor', 'Zu\u0308rich', '📞', ' a ', '"\\/', '<script>'];
    const plan = await planOf(
      smallScenario({
        teams: [team('manila', 'luzon', 10, 1000)],
        workflows: ids.map((id) => workflow(id, 5)),
      }),
    );
    expect(plan.allocation?.map((line) => line.workflow).sort()).toEqual([...ids].sort());
  });

  it('answers "failed" for the time limit and no later than three quarters of a second after it', async () => {
    const overrun: number[] = [];
    const scenario = endlessScenario();
    for (const timeLimitSeconds of [1, 1]) {
      const { status, text, milliseconds } = await post(`${service.url}/v1/solve`, {
        scenario,
        options: { timeLimitSeconds },
      });
      expect(status).toBe(200);
      const plan = planSchema.parse(JSON.parse(text));
      expect(plan).toMatchObject({ status: 'failed', reason: 'time-limit' });
      expect(plan).not.toHaveProperty('totalCost');
      overrun.push(milliseconds / 1000 - timeLimitSeconds);
      // The process may have been killed; its successor has to be there before the next clock starts.
      await until(() => service.pool.status.idle === 1, 'a process');
    }
    // The better of the two, for a machine that was busy during the other.
    expect(Math.min(...overrun)).toBeLessThan(0.75);
  });

  it('kills an engine at the time limit that cannot be interrupted', async () => {
    const [before] = service.pool.processIds;
    const { text, milliseconds } = await post(`${service.url}/v1/solve`, {
      // Four million cells: several seconds of work for this engine.
      scenario: largeScenario(25, 18, 11),
      options: { engine: 'javascript-lp-solver', timeLimitSeconds: 0.5 },
    });
    expect(JSON.parse(text)).toEqual({ status: 'failed', reason: 'time-limit' });
    expect(milliseconds).toBeLessThan(2500);
    await until(() => service.pool.status.idle === 1, 'a process');
    expect(service.pool.processIds).not.toContain(before);
  });

  it('answers "failed" for the engine when the process dies, and the request behind it as if nothing were', async () => {
    const doomed = post(`${service.url}/v1/solve`, { scenario: endlessScenario() });
    await until(() => service.pool.status.running === 1, 'a running solve');
    const behind = post(`${service.url}/v1/solve`, { scenario: smallScenario() });
    await until(() => service.pool.status.waiting === 1, 'a waiting solve');
    // The request has begun once its process has had the time to read it.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [pid] = service.pool.processIds;
    process.kill(pid, 'SIGKILL');
    const { status, text } = await doomed;
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ status: 'failed', reason: 'engine' });
    const next = await behind;
    expect(next.status).toBe(200);
    expect(JSON.parse(next.text)).toMatchObject({ status: 'optimal', totalCost: 500 });
    expect(service.pool.processIds).not.toContain(pid);
  });

  it('is not waited for by a client that left: its process is free again', async () => {
    const leaving = new AbortController();
    const left = post(`${service.url}/v1/solve`, { scenario: endlessScenario() }, undefined, leaving.signal);
    await until(() => service.pool.status.running === 1, 'a running solve');
    leaving.abort();
    await expect(left).rejects.toThrow();
    await until(() => service.pool.status.running === 0, 'the end of the solve');
    const { status } = await post(`${service.url}/v1/solve`, { scenario: smallScenario() });
    expect(status).toBe(200);
    expect(service.mistakes).toEqual([]);
  });
});

describe('400', () => {
  it.each([
    ['/options/engine', { engine: 'javascript-lp-solver' }, 'with the engine highs'],
    ['/options/crossCheck', { crossCheck: true }, 'without a cross-check'],
  ])('points at %s where a scenario is too large, and says what to do', async (pointer, options, remedy) => {
    const answer = await request(service.url)
      .post('/v1/solve')
      .send({ scenario: largeScenario(40, 25, 12), options });
    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
    const { errors } = answer.body as { errors: { message: string }[] };
    expect(errors).toMatchObject([{ pointer, code: 'too-large-for-engine' }]);
    expect(errors[0].message).toMatch(/ cells; javascript-lp-solver takes at most [\d,]+\. Solve it /);
    expect(errors[0].message).toContain(remedy);
  });
});

describe('503', () => {
  it('says when to come back, and those who wait are served', async () => {
    const leaving = new AbortController();
    const running = post(
      `${service.url}/v1/solve`,
      { scenario: endlessScenario() },
      undefined,
      leaving.signal,
    );
    await until(() => service.pool.status.running === 1, 'a running solve');
    const waiting = post(`${service.url}/v1/solve`, { scenario: smallScenario() });
    await until(() => service.pool.status.waiting === 1, 'a waiting solve');

    const refused = await request(service.url).post('/v1/solve').send({ scenario: smallScenario() });
    expect(refused.status).toBe(503);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(refused.body).toMatchObject({ type: '/problems/service-full', status: 503 });
    expect(refused.body).not.toHaveProperty('errors');
    expect((await request(service.url).get('/healthz')).status).toBe(200);

    leaving.abort();
    await expect(running).rejects.toThrow();
    expect((await waiting).status).toBe(200);
  });
});

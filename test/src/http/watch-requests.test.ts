import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../models/small-scenario.ts';
import { documentedSchema } from './documented-schema.ts';
import { post, send, startService, type TestService, until } from './test-service.ts';

let service: TestService;
let scenario: string;

beforeAll(async () => {
  service = await startService();
  const kept = await send(service.url, 'post', '/v1/scenarios', { scenario: smallScenario() });
  scenario = (JSON.parse(kept.text) as { id: string }).id;
});

afterAll(() => service.close());

/** The samples of the exposition format, by name and labels; throws at a line that is none. */
async function samples(): Promise<Map<string, number>> {
  const { text, type } = await send(service.url, 'get', '/metrics');
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
  const found = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || /^# (HELP|TYPE) [a-z_0-9]+ ./.test(line)) continue;
    const sample =
      /^([a-z_0-9]+(?:\{(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})?) (-?[\d.e+-]+|NaN|[+-]Inf)$/i.exec(line);
    if (!sample) throw new Error(`No sample: ${line}`);
    found.set(sample[1], Number(sample[2]));
  }
  return found;
}

const requests = (labels: string) => `apportion_http_request_duration_seconds_count{${labels}}`;

describe('/metrics', () => {
  it('counts requests by method, route and status, and every unknown address as one', async () => {
    const before = await samples();
    for (let time = 0; time < 3; time += 1)
      await send(service.url, 'get', `/v1/scenarios/${scenario}?x=${time}`);
    await send(service.url, 'get', '/v1/scenarios/none');
    for (const path of ['/secret-a', '/secret-b', '/%']) await send(service.url, 'get', path);
    await send(service.url, 'put', '/v1/solve');
    const after = await samples();
    const added = (labels: string) =>
      (after.get(requests(labels)) ?? 0) - (before.get(requests(labels)) ?? 0);
    expect(added('method="GET",route="/v1/scenarios/{scenario}",status="200"')).toBe(3);
    expect(added('method="GET",route="/v1/scenarios/{scenario}",status="404"')).toBe(1);
    expect(
      added('method="GET",route="unknown",status="404"') + added('method="GET",route="unknown",status="400"'),
    ).toBe(3);
    expect(added('method="PUT",route="/v1/solve",status="405"')).toBe(1);
    expect([...after.keys()].join()).not.toMatch(/secret|none|x=/);
    expect([...after.keys()].join()).not.toContain(scenario);
    // The request that asks is in flight itself.
    expect(after.get('apportion_http_requests_in_flight')).toBe(1);
  });

  it('counts what becomes of plans and how long they take, and says what waits', async () => {
    const before = await samples();
    for (let time = 0; time < 2; time += 1) {
      const prefer = { prefer: 'wait=10' };
      expect((await send(service.url, 'post', `/v1/scenarios/${scenario}/plans`, {}, prefer)).status).toBe(
        200,
      );
    }
    const added = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    // It is counted after it is written, which is when whoever waits for it may know.
    let after = await samples();
    while (added('apportion_plan_duration_seconds_count') < 2) after = await samples();
    for (const change of ['queued', 'begun', 'finished'])
      expect([change, added(`apportion_plan_changes_total{change="${change}"}`)]).toEqual([change, 2]);
    expect(added('apportion_plan_duration_seconds_count')).toBe(2);
    expect(
      added(
        'apportion_planning_request_duration_seconds_count{pool="planning",kind="plan",outcome="answer"}',
      ),
    ).toBe(2);
    expect(after.get('apportion_plans_queued')).toBe(0);
    expect(after.get('apportion_plans_running')).toBe(0);
    expect(after.get('apportion_oldest_queued_plan_age_seconds')).toBe(0);
    expect(added('apportion_store_statement_duration_seconds_count{statement="insert"}')).toBeGreaterThan(0);
    for (const pool of ['planning', 'editing']) {
      expect(after.get(`apportion_planning_processes{pool="${pool}"}`)).toBe(1);
      expect(after.get(`apportion_planning_processes_up{pool="${pool}"}`)).toBe(1);
      expect(after.get(`apportion_planning_processes_busy{pool="${pool}"}`)).toBe(0);
      expect(after.get(`apportion_planning_process_peak_resident_bytes{pool="${pool}"}`)).toBeGreaterThan(
        30e6,
      );
    }
  });

  it('counts planning processes that are lost', async () => {
    const [pid] = service.pool.processIds;
    process.kill(pid, 'SIGKILL');
    await until(() => service.pool.processIds.some((id) => id !== pid), 'another process');
    const replaced = 'apportion_planning_process_replacements_total{pool="planning",reason="engine"}';
    expect((await samples()).get(replaced)).toBe(1);
  });
});

describe('a request', () => {
  it.each(['a', 'A-b_c.9', 'x'.repeat(64)])('is called %s if its client says so', async (id) => {
    const { headers } = await send(service.url, 'get', '/healthz', undefined, { 'x-request-id': id });
    expect(headers.get('x-request-id')).toBe(id);
  });

  it.each(['', 'a b', 'é', '"', 'x'.repeat(65), '{}'])('gets a name of its own instead of %j', async (id) => {
    const { headers } = await send(service.url, 'get', '/healthz', undefined, { 'x-request-id': id });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('Cache-Control', () => {
  it('keeps every answer under /v1 from being kept, or from being given again without asking', async () => {
    const control = async (path: string, headers = {}) => {
      const answer = await send(service.url, 'get', path, undefined, headers);
      return [answer.status, answer.headers.get('cache-control')];
    };
    const revalidated = 'private, no-cache';
    expect(await control(`/v1/scenarios/${scenario}`)).toEqual([200, revalidated]);
    expect(await control(`/v1/scenarios/${scenario}`, { 'if-none-match': '"r1"' })).toEqual([
      304,
      revalidated,
    ]);
    expect(await control(`/v1/scenarios/${scenario}/capacity`)).toEqual([200, revalidated]);
    for (const path of ['/v1/scenarios', '/v1/openapi.json', '/v1/nothing', '/metrics', '/healthz'])
      expect([path, (await control(path))[1]]).toEqual([path, 'no-store']);
    const solved = await post(`${service.url}/v1/solve`, { scenario: smallScenario() });
    expect(solved.headers.get('cache-control')).toBe('no-store');
    const asked = await send(
      service.url,
      'post',
      `/v1/scenarios/${scenario}/plans`,
      {},
      { prefer: 'wait=10' },
    );
    const { id } = JSON.parse(asked.text) as { id: string };
    const events = await send(service.url, 'get', `/v1/plans/${id}/events`);
    expect([events.type, events.headers.get('cache-control')]).toEqual([
      'text/event-stream; charset=utf-8',
      'no-store',
    ]);
    expect(events.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('POST /v1/backups', () => {
  it('answers 201 with what was written, one at a time, and asks for a body that no form can send', async () => {
    if (!service.services.store.backups) {
      // PostgreSQL has tools of its own.
      expect((await send(service.url, 'post', '/v1/backups', {})).status).toBe(501);
      return;
    }
    const answers = await Promise.all([1, 2].map(() => send(service.url, 'post', '/v1/backups', {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { text } = answers.find(({ status }) => status === 201)!;
    expect(documentedSchema('Backup').safeParse(JSON.parse(text)).error).toBeUndefined();
    expect(answers.find(({ status }) => status === 409)!.text).toContain('/problems/backup-running');
    expect((await post(`${service.url}/v1/backups`, '{}', { 'content-type': 'text/plain' })).status).toBe(
      415,
    );
  });
});

describe('a store that is closed', () => {
  it('cuts off answers on their way, and is no mistake; problems with 5xx name their requests', async () => {
    const other = await startService();
    const kept = await send(other.url, 'post', '/v1/scenarios', { scenario: smallScenario() });
    const { id } = JSON.parse(kept.text) as { id: string };
    await other.services.jobs.stop();
    const queued = await send(other.url, 'post', `/v1/scenarios/${id}/plans`, {});
    const plan = (JSON.parse(queued.text) as { id: string }).id;
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    socket.write(`GET /v1/plans/${plan}/events HTTP/1.1\r\nHost: x\r\n\r\n`);
    await once(socket, 'data');
    await other.services.store.close();
    other.services.jobs.abandon('default', plan);
    // Nothing that ends the stream: its last, empty chunk is missing.
    let rest = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (rest += chunk));
    await once(socket, 'close');
    expect(rest).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(other.mistakes).toEqual([]);
    const { status, text, headers } = await send(other.url, 'get', '/readyz');
    const problem = JSON.parse(text) as Record<string, unknown>;
    expect([status, problem.requestId]).toEqual([503, headers.get('x-request-id')]);
    expect(documentedSchema('Problem').safeParse(problem).error).toBeUndefined();
    expect((await send(other.url, 'get', '/nothing')).text).not.toContain('requestId');
    await other.close();
  });
});

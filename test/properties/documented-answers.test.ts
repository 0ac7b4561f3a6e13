import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { undocumented } from '../src/http/documented-answer.ts';
import { drawnBodies } from '../src/http/drawn-bodies.ts';
import { fullBody, fullScenario } from '../src/http/full-body.ts';
import { endlessScenario } from '../src/http/large-scenario.ts';
import { type Answer, post, startService, type TestService, until } from '../src/http/test-service.ts';
import { caseCount } from './case-count.ts';

const CASES = caseCount(140, 20_000);

const CASES_EACH = Math.ceil(CASES / 2);

const OPERATIONS = [
  ['/v1/solve', 'SolveRequest'],
  ['/v1/explanations', 'ExplainRequest'],
  ['/v1/repairs', 'RepairRequest'],
  ['/v1/model', 'ModelRequest'],
  ['/v1/sensitivity-table', 'SensitivityTableRequest'],
] as const;

let service: TestService;
beforeAll(async () => {
  service = await startService({ maximumWaiting: 1 }, 1024 ** 2);
});
afterAll(() => service.close());

describe.each(OPERATIONS)('POST %s', (path, schemaName) => {
  it(
    `answers ${CASES_EACH} drawn bodies as openapi.yaml describes it, and never with a mistake of its own`,
    { timeout: 60_000 + 50 * CASES },
    async () => {
      const statuses = new Map<number, number>();
      await fc.assert(
        fc.asyncProperty(drawnBodies(schemaName), async (body) => {
          const answer = await post(`${service.url}${path}`, body);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(500);
          expect(undocumented('post', path, answer)).toBeUndefined();
          expect(wrongWithStatus(answer)).toBeUndefined();
        }),
        { numRuns: CASES_EACH, seed: 20_270_401 },
      );
      // Both kinds of answer must be among the drawn ones, or the suite would hold nothing.

      for (const status of [200, 400]) expect(statuses.get(status) ?? 0).toBeGreaterThan(CASES / 20);
      if (path === '/v1/sensitivity-table') expect(statuses.get(422) ?? 0).toBeGreaterThan(CASES / 200);
      expect(service.mistakes).toEqual([]);
    },
  );

  it.each([
    [413, ' '.repeat(1024 ** 2 + 1), 'application/json'],
    [415, '{}', 'text/plain'],
    [415, '{}', 'application/json; charset=utf-16'],
    [400, '', 'application/json'],
  ])('says %i as described', async (status, body, type) => {
    const answer = await post(`${service.url}${path}`, body, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect(undocumented('post', path, answer)).toBeUndefined();
  });

  it('says 503 as described, with Retry-After', async () => {
    const gone = new AbortController();
    const body = { scenario: endlessScenario() };
    const keepBusy = () =>
      post(`${service.url}/v1/solve`, body, undefined, gone.signal).catch(() => undefined);
    const busy = [keepBusy(), keepBusy()];
    await until(() => service.pool.status.waiting === 1, 'the queue to be full');
    const answer = await post(
      `${service.url}${path}`,
      path === '/v1/solve' ? fullBody : path === '/v1/explanations' ? { scenario: fullScenario } : {},
    );
    gone.abort();
    await Promise.all(busy);
    await until(() => service.pool.status.idle === 1, 'the next process');
    expect(answer.status).toBe(503);
    expect(undocumented('post', path, answer)).toBeUndefined();
  });
});

it.each(['/healthz', '/livez', '/v1/openapi.json'])(
  'GET %s is as described, and so is POST',
  async (path) => {
    for (const method of ['get', 'post']) {
      const response = await fetch(service.url + path, { method: method.toUpperCase() });
      const { status, headers } = response;
      const answer = { status, headers, type: headers.get('content-type'), text: await response.text() };
      expect(status).toBe(method === 'get' ? 200 : 405);
      expect(undocumented('get', path, { ...answer, milliseconds: 0 })).toBeUndefined();
    }
  },
);

it('notices an answer that is not described', async () => {
  const answer = await post(`${service.url}/v1/solve`, fullBody);
  const told = (change: Partial<Answer>) => undocumented('post', '/v1/solve', { ...answer, ...change });
  expect(told({})).toBeUndefined();
  expect(told({ status: 418 })).toContain('status 418');
  expect(told({ status: 503, type: 'application/problem+json' })).toContain('Retry-After');
  expect(told({ type: 'text/html' })).toContain('text/html');
  expect(told({ text: answer.text.replace('"status"', '"state"') })).toContain('status');
  expect(told({ text: answer.text.replace('{', '{"more":1,') })).toContain('additional');
});

/** What the schema cannot say of a plan: which fields go with which status. */
function wrongWithStatus({ status, type, text }: Answer): string | undefined {
  const isProblem = type?.startsWith('application/problem+json') ?? false;
  if (isProblem !== (status !== 200)) return `${status} and the type ${type} do not go together`;
  const { planStatus } = isProblem ? (JSON.parse(text) as { planStatus?: string }) : {};
  if ((planStatus !== undefined) !== (status === 422)) return `${status} and planStatus`;
  if (status !== 200 || !type?.startsWith('application/json')) return undefined;
  const answer = JSON.parse(text) as { status?: string; reason?: string; totalCost?: number };
  if (answer.status === undefined) return undefined;
  const hasPlan = answer.status === 'optimal' || answer.status === 'feasible';
  if (hasPlan !== (answer.totalCost !== undefined))
    return `${answer.status} and totalCost do not go together`;
  if ((answer.status === 'failed') !== (answer.reason !== undefined)) return `${answer.status} and reason`;
  return answer.reason === 'engine' ? `failed with reason engine` : undefined;
}

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import type { PlanningOutcome } from '../../../src/processes/messages.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { type Answer, send, startService, type TestService } from './test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(async () => {
  expect(service.mistakes).toEqual([]);
  await service.close();
});

/** What a planning process can do instead of what it is asked for. */
const FAULTS: readonly (readonly [string, PlanningOutcome])[] = [
  ['is lost', { kind: 'failed', reason: 'engine' }],
  ['has no memory left', { kind: 'failed', reason: 'memory' }],
  ['has no time left', { kind: 'failed', reason: 'time-limit' }],
  ['is not to be had', { kind: 'refused', retryAfterSeconds: 0.01 }],
];

/** Lets the call of that number to any planning process fail; gives whether there was such a call. */
function failCall(number: number, fault: PlanningOutcome): () => boolean {
  let calls = 0;
  for (const pool of [service.services.planning, service.services.editing]) {
    const run = pool.run.bind(pool);
    vi.spyOn(pool, 'run').mockImplementation((...asked) =>
      calls++ === number ? Promise.resolve(fault) : run(...asked),
    );
  }
  return () => calls > number;
}

describe.each(FAULTS)('a planning process that %s', (name, fault) => {
  it('at any one call costs nothing of what is kept, and nothing is done by half', async () => {
    let number = 0;
    for (; ; number += 1) {
      const hasFailed = failCall(number, fault);
      await story(`${name.replaceAll(' ', '-')}-${number}`);
      vi.restoreAllMocks();
      if (!hasFailed()) break;
    }
    // Each step of the story asks a process for something.
    expect(number).toBeGreaterThanOrEqual(4);
  });
});

/** Keeps a scenario, patches it, puts a file onto it, plans it; whoever is refused asks again, and finds nothing changed meanwhile. */
async function story(key: string): Promise<void> {
  const scenario = smallScenario();
  const created = await insist('post', '/v1/scenarios', { scenario }, { 'idempotency-key': key });
  const { id } = JSON.parse(created.text) as { id: string };
  const path = `/v1/scenarios/${id}`;

  const patch = { 'content-type': 'application/merge-patch+json', 'if-match': '"r1"' };
  await insist('patch', path, { name: 'patched' }, patch, () => expectRevision(path, 1, scenario));
  const patched = { ...scenario, name: 'patched' };

  const file = { 'content-type': 'text/csv', 'if-match': '"r2"' };
  const [{ id: team }] = scenario.teams;
  const [{ id: period }] = scenario.periods;
  await insist('put', `${path}/capacity`, `team,period,hours\n${team},${period},77\n`, file, () =>
    expectRevision(path, 2, patched),
  );
  const teams = [{ ...scenario.teams[0], capacity: [{ period, hours: 77 }] }, ...scenario.teams.slice(1)];
  await expectRevision(path, 3, {
    ...patched,
    teams: teams.map((each, i) => (i === 0 ? each : { ...each, capacity: [] })),
  });

  const plan = await insist(
    'post',
    `${path}/plans`,
    {},
    { prefer: 'wait=20', 'idempotency-key': `${key}-plan` },
  );
  const { state, status, reason, attempts } = JSON.parse(plan.text) as Record<string, unknown>;
  expect([plan.status, state]).toEqual([200, 'finished']);
  // A bound that was met is an answer; a process that was lost is another attempt.
  if (status === 'failed') expect(['memory', 'time-limit']).toContain(reason);
  else expect(status).toBe('optimal');
  expect(attempts).toBeLessThanOrEqual(2);
  const { items } = JSON.parse((await send(service.url, 'get', `${path}/plans`)).text) as {
    items: unknown[];
  };
  expect(items).toHaveLength(1);
}

/** Asks until it is done; before each further time it is looked that nothing was. */
async function insist(
  method: 'post' | 'patch' | 'put',
  path: string,
  body: unknown,
  headers: Record<string, string>,
  nothingDone: () => Promise<void> = () => Promise.resolve(),
): Promise<Answer> {
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await send(service.url, method, path, body, headers);
    if (answer.status < 400) return answer;
    // A scenario for which there is no memory or time is said to be too large.
    expect([413, 500, 503], answer.text).toContain(answer.status);
    await nothingDone();
  }
  throw new Error(`${method} ${path} is not done.`);
}

async function expectRevision(path: string, revision: number, scenario: Scenario): Promise<void> {
  const { text } = await send(service.url, 'get', path);
  expect(JSON.parse(text)).toMatchObject({ revision, scenario });
}

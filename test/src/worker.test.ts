import { afterEach, describe, expect, it } from 'vitest';
import { smallScenario } from '../models/small-scenario.ts';
import { endlessScenario } from './http/large-scenario.ts';
import { post, send, until } from './http/test-service.ts';
import { type StartedProcess, startEntry } from './started-process.ts';
import { describeWithPostgres, freshDatabase } from './store/postgres/fresh-database.ts';

const started: StartedProcess[] = [];

afterEach(async () => {
  for (const each of started.splice(0)) await each.kill();
});

function start(name: 'main' | 'worker', environment: Record<string, string>): StartedProcess {
  const begun = startEntry(name, { PORT: '0', PLANNING_PROCESSES: '1', LOG_LEVEL: 'error', ...environment });
  started.push(begun);
  return begun;
}

describeWithPostgres('a service and a worker on one database', () => {
  it('share the plans: one takes them in, the other works on them and gives back what it was at', async () => {
    const DATABASE_URL = await freshDatabase();
    const service = start('main', { DATABASE_URL, WORK_ON_PLANS: 'no' });
    await until(() => /http:\S+\n/.test(service.printed()), 'the service', 60_000);
    const url = /http:\/\/[^\s/]+/.exec(service.printed())![0];
    const plansOf = async (scenario: object) => {
      const { text } = await post(`${url}/v1/scenarios`, { scenario });
      return `/v1/scenarios/${(JSON.parse(text) as { id: string }).id}/plans`;
    };
    const [small, endless] = [await plansOf(smallScenario()), await plansOf(endlessScenario())];
    // Nobody is there to work on it.
    const waiting = await send(url, 'post', small, {}, { prefer: 'wait=1' });
    expect([waiting.status, stateOf(waiting)]).toEqual([202, 'queued']);

    const worker = start('worker', { DATABASE_URL });
    const { host, pathname } = new URL(DATABASE_URL);
    await until(() => worker.printed().endsWith('\n'), 'the worker', 60_000);
    expect(worker.printed()).toBe(`Apportion is working on plans of ${host}${pathname}\n`);
    const done = await send(url, 'post', small, {}, { prefer: 'wait=30' });
    expect([done.status, JSON.parse(done.text)]).toMatchObject([200, { state: 'finished', totalCost: 500 }]);

    const { text } = await send(url, 'post', endless, {});
    const { id } = JSON.parse(text) as { id: string };
    const plan = () => send(url, 'get', `/v1/plans/${id}`);
    while (stateOf(await plan()) !== 'running');
    worker.process.kill('SIGTERM');
    expect(await worker.exit).toBe(0);
    expect(JSON.parse((await plan()).text)).toMatchObject({ state: 'queued', attempts: 1 });
    expect([service.complained(), worker.complained()]).toEqual(['', '']);
  }, 120_000);
});

describe('a worker without a database', () => {
  it('says what it needs', async () => {
    const worker = start('worker', {});
    expect(await worker.exit).toBe(1);
    expect(worker.complained()).toMatch(/^Set DATABASE_URL: a worker shares a PostgreSQL store/);
  });
});

function stateOf({ text }: { readonly text: string }): string {
  return (JSON.parse(text) as { state: string }).state;
}

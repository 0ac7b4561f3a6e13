import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smallScenario } from '../models/small-scenario.ts';
import { largeScenario } from '../src/http/large-scenario.ts';
import { type Answer, send, startService } from '../src/http/test-service.ts';
import { describeWithPostgres } from '../src/store/postgres/fresh-database.ts';
import { type RealPostgres, startPostgres } from '../src/store/postgres/real-postgres.ts';
import { ChaosProxy } from './chaos-proxy.ts';

const MOST_MS_OF_AN_ANSWER = 10_000;
const MOST_MS_TO_RECOVER = 5000;

/** So long a trouble lasts at least: long enough for the plan that is running to be solved meanwhile. */
const LEAST_MS = 2500;

/** What can become of a database, and how it is there again. */
interface Trouble {
  readonly what: string;
  readonly begin: (proxy: ChaosProxy, postgres: RealPostgres) => Promise<void> | void;
  readonly end: (proxy: ChaosProxy, postgres: RealPostgres) => Promise<void>;
  /** Whether nothing at all can be read or written meanwhile. */
  readonly isDown: boolean;
}

const resume = (proxy: ChaosProxy) => proxy.resume();

const TROUBLES: Trouble[] = [
  {
    what: 'is cut off',
    begin: (proxy) => {
      proxy.cut();
    },
    end: resume,
    isDown: true,
  },
  {
    what: 'says nothing any more',
    begin: (proxy) => {
      proxy.swallow();
    },
    end: resume,
    isDown: true,
  },
  {
    what: 'takes two seconds to answer',
    begin: (proxy) => {
      proxy.delayMs = 1000;
    },
    end: resume,
    isDown: false,
  },
  {
    what: 'is stopped at once and started again',
    begin: (_proxy, postgres) => postgres.stopImmediately(),
    end: (_proxy, postgres) => postgres.start(),
    isDown: true,
  },
];

describeWithPostgres('a service whose database', () => {
  let shared: RealPostgres;
  let stopped: RealPostgres;

  beforeAll(async () => {
    [shared, stopped] = await Promise.all([startPostgres(), startPostgres()]);
  });

  afterAll(async () => {
    await Promise.all([shared.stop(), stopped.stop()]);
  });

  // They wait most of the time.
  it.concurrent.each(TROUBLES)(
    '$what says so in time, and goes on where it was',
    { timeout: 60_000 },
    async ({ what, begin, end, isDown }) => {
      const postgres = what.includes('stopped') ? stopped : shared;
      const database = new URL(await postgres.createDatabase());
      const proxy = await ChaosProxy.to(Number(database.port));
      database.port = `${proxy.port}`;
      const service = await startService({}, undefined, { databaseUrl: database.href });
      const { url } = service;
      try {
        const kept = await keep(url, smallScenario());
        const large = await keep(url, largeScenario(15, 15, 15));
        const plan = `/v1/plans/${idOf(await send(url, 'post', `/v1/scenarios/${large}/plans`, {}))}`;
        await untilIs('running', () => read(url, plan));

        await begin(proxy, postgres);
        const life = new LifeWatch(url);
        const [answers, solved] = await Promise.all([
          Promise.all(requestsOf(url, kept).map((request) => request())),
          send(url, 'post', '/v1/solve', { scenario: smallScenario() }),
          pause(LEAST_MS),
        ]);
        expect(solved.status).toBe(200);
        for (const answer of answers) expectInTime(answer, isDown);
        await end(proxy, postgres);
        await expectReadiness(url);
        expect(await life.end()).toEqual([]);

        const later: number[] = [];
        for (const request of requestsOf(url, kept)) later.push((await request()).status);
        // What was refused may have been done all the same: the change is then of a revision that is no longer the newest.
        expect([200, 412]).toContain(later.splice(-1)[0]);
        expect(later).toEqual([200, 200, 200, 201, 202]);
        expect(await read(url, `/v1/scenarios/${kept}`)).toMatchObject({ revision: 2 });
        const { items } = await read<List>(url, '/v1/scenarios');
        expect(items.map(({ name }) => name).sort()).toEqual(['changed', 'large', 'new']);
        await expectOnePlan(url, kept);
        await expectOnePlan(url, large);
        expect(service.mistakes).toEqual([]);
      } finally {
        await end(proxy, postgres).catch(() => undefined);
        await service.close();
        proxy.cut();
      }
    },
  );
});

/** One of each kind that needs the store; sent again, those that change something do it once. */
function requestsOf(url: string, scenario: string): (() => Promise<Answer>)[] {
  const one = `/v1/scenarios/${scenario}`;
  const another = { scenario: smallScenario({ name: 'new' }) };
  const ofFirst = { 'if-match': '"r1"', 'content-type': 'application/merge-patch+json' };
  return [
    () => send(url, 'get', '/readyz'),
    () => send(url, 'get', one),
    () => send(url, 'get', '/v1/scenarios'),
    () => send(url, 'post', '/v1/scenarios', another, { 'idempotency-key': 'new' }),
    () => send(url, 'post', `${one}/plans`, { revision: 1 }, { 'idempotency-key': 'plan' }),
    () => send(url, 'patch', one, { name: 'changed' }, ofFirst),
  ];
}

function expectInTime({ status, headers, type, text, milliseconds }: Answer, isRefused: boolean): void {
  expect(milliseconds).toBeLessThan(MOST_MS_OF_AN_ANSWER);
  if (!isRefused && status < 300) return;
  expect([status, type]).toEqual([503, 'application/problem+json']);
  expect(JSON.parse(text)).toMatchObject({ type: '/problems/store-unavailable' });
  expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
}

async function expectReadiness(url: string): Promise<void> {
  const since = performance.now();
  while ((await send(url, 'get', '/readyz')).status !== 200) await pause(20);
  expect(performance.now() - since).toBeLessThan(MOST_MS_TO_RECOVER);
}

/** The scenario has one plan, which ends at its first attempt. */
async function expectOnePlan(url: string, scenario: string): Promise<void> {
  const plans = async () =>
    (await read<{ items: PlanState[] }>(url, `/v1/scenarios/${scenario}/plans`)).items;
  await untilIs('finished', async () => (await plans())[0]);
  expect(await plans()).toMatchObject([{ state: 'finished', status: 'optimal', attempts: 1 }]);
}

interface PlanState {
  readonly state: string;
}

async function untilIs(state: string, readPlan: () => Promise<PlanState>): Promise<void> {
  const end = performance.now() + 20_000;
  while ((await readPlan()).state !== state) {
    if (performance.now() > end) throw new Error(`Waited in vain for a plan to be ${state}.`);
    await pause(20);
  }
}

/** Asks again and again whether the service lives. */
class LifeWatch {
  #isOver = false;
  readonly #watched: Promise<string[]>;

  constructor(url: string) {
    this.#watched = this.#watch(url);
  }

  /** What was wrong. */
  async end(): Promise<string[]> {
    this.#isOver = true;
    return this.#watched;
  }

  async #watch(url: string): Promise<string[]> {
    const faults: string[] = [];
    while (!this.#isOver) {
      const answer = await send(url, 'get', '/livez').catch(() => undefined);
      if (answer?.status !== 200) faults.push(`/livez said ${answer?.status ?? 'nothing'}`);
      else if (answer.milliseconds > 2000) faults.push(`/livez took ${answer.milliseconds} ms`);
      await pause(100);
    }
    return faults;
  }
}

interface List {
  readonly items: readonly { readonly name: string }[];
}

async function keep(url: string, scenario: unknown): Promise<string> {
  return idOf(await send(url, 'post', '/v1/scenarios', { scenario }));
}

async function read<Body>(url: string, path: string): Promise<Body> {
  return JSON.parse((await send(url, 'get', path)).text) as Body;
}

function idOf({ text }: Answer): string {
  return (JSON.parse(text) as { id: string }).id;
}

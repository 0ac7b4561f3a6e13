import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { smallScenario, workflow } from '../models/small-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { describeWithPostgres, freshDatabase } from '../src/store/postgres/fresh-database.ts';
import { KilledProcess, KilledService } from './killed-service.ts';
import { type AllRows, expectSoundStore, rowsOfSoundFile } from './sound-store.ts';

/** `npm run test:chaos` sets both. */
const KILLS = Number(process.env.APPORTION_KILLS ?? 3);
const JOBS = Number(process.env.APPORTION_JOBS ?? 16);

/** From the last restart, and the time that solving takes. */
const MOST_MS_TO_END = 60_000 + 1000 * JOBS;
const CLIENTS = 8;

/** What a client was promised. */
interface Ledger {
  readonly plans: Map<string, number>;
  /** The names of acknowledged revisions, by number. */
  readonly revisions: Map<number, string>;
}

/** What is killed, and how to look into the store once all of it has ended. */
interface Deployment {
  readonly service: KilledService;
  /** The service as well. */
  readonly processes: readonly KilledProcess[];
  readonly all: AllRows;
  readonly end: () => Promise<void>;
}

describe('on SQLite', () => {
  survivesStorms(() => {
    const folder = mkdtempSync(join(tmpdir(), 'apportion-storm-'));
    const service = new KilledService({ DATA_DIR: folder });
    return Promise.resolve({
      service,
      processes: [service],
      all: rowsOfSoundFile(join(folder, 'apportion.db')),
      end: () => {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    });
  });
});

describeWithPostgres('on PostgreSQL', () => {
  survivesStorms(async () => {
    const environment = { DATABASE_URL: await freshDatabase(), PLANNING_PROCESSES: '1' };
    const service = new KilledService(environment);
    const client = new pg.Client({ connectionString: environment.DATABASE_URL });
    await client.connect();
    return {
      service,
      processes: [service, new KilledProcess('worker', environment)],
      all: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
      end: () => client.end(),
    };
  });
});

function survivesStorms(deploy: () => Promise<Deployment>): void {
  it(
    `loses nothing it has acknowledged over ${KILLS} kills and ${JOBS} plans, and writes no result twice`,
    { timeout: 120_000 + 6000 * KILLS + 500 * JOBS },
    async () => {
      const random = new SeededRandom(20_261_123);
      const { service, processes, all, end } = await deploy();
      await Promise.all(processes.map((each) => each.start()));
      const ledger: Ledger = { plans: new Map(), revisions: new Map() };
      let isOver = false;
      const storm = async () => {
        for (let kill = 0; kill < KILLS; kill += 1) {
          await pause(random.whole(50, 600));
          const victim = processes[random.whole(0, processes.length - 1)];
          if (random.chance(0.5)) {
            victim.killPlanningProcess((count) => random.whole(0, count - 1));
            continue;
          }
          await victim.kill();
          await victim.start();
        }
      };
      await Promise.all([
        Promise.all([storm(), ask(service, ledger)]).then(() => {
          isOver = true;
        }),
        edit(service, ledger, () => isOver),
      ]);

      const states = await endedStates(service, ledger, performance.now() + MOST_MS_TO_END);
      // A plan may be put aside, but only where three of its own processes were killed.
      const ends = [...states.values()];
      expect(ends).toHaveLength(JOBS);
      expect(ends.filter((state) => state !== 'finished' && state !== 'quarantined')).toEqual([]);
      expect(ends.filter((state) => state === 'finished').length).toBeGreaterThanOrEqual(0.9 * JOBS);
      await expectPromisesKept(service, ledger);
      await Promise.all(processes.map((each) => each.kill()));
      await expectSoundStore(all, JOBS);
      await end();
    },
  );
}

/** Asks for plans, each with a key and until it is acknowledged; half of them are waited for. */
async function ask(service: KilledService, { plans }: Ledger): Promise<void> {
  const scenarios: { id: string; cost: number }[] = [];
  // At 10 an hour.
  for (const hours of [50, 80]) {
    const scenario = smallScenario({ workflows: [workflow('appeals', hours)] });
    const headers = { 'idempotency-key': `${hours}` };
    const { text } = await service.insist('post', '/v1/scenarios', { scenario }, headers);
    scenarios.push({ id: (JSON.parse(text) as { id: string }).id, cost: 10 * hours });
  }
  let next = 0;
  const client = async () => {
    while (next < JOBS) {
      const job = next++;
      const { id, cost } = scenarios[job % 2];
      const headers = { 'idempotency-key': `job-${job}`, prefer: job % 4 === 0 ? 'wait=5' : 'wait=0' };
      const answer = await service.insist('post', `/v1/scenarios/${id}/plans`, {}, headers);
      expect([200, 202], answer.text).toContain(answer.status);
      plans.set((JSON.parse(answer.text) as { id: string }).id, cost);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  expect(plans.size).toBe(JOBS);
}

/** Changes a scenario again and again; whatever was acknowledged is written down. */
async function edit(service: KilledService, { revisions }: Ledger, isOver: () => boolean): Promise<void> {
  const scenario = smallScenario();
  const { text } = await service.insist(
    'post',
    '/v1/scenarios',
    { scenario },
    { 'idempotency-key': 'edited' },
  );
  const { id } = JSON.parse(text) as { id: string };
  revisions.set(0, id);
  for (let change = 1; !isOver(); change += 1) {
    const name = `change ${change}`;
    const headers = { 'if-match': '*' };
    const answer = await service.insist(
      'put',
      `/v1/scenarios/${id}`,
      { scenario: { ...scenario, name } },
      headers,
    );
    expect(answer.status, answer.text).toBe(200);
    revisions.set((JSON.parse(answer.text) as { revision: number }).revision, name);
    await pause(20);
  }
}

/** The states of all plans once they have ended. */
async function endedStates(
  service: KilledService,
  { plans }: Ledger,
  latest: number,
): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  while (states.size < plans.size) {
    for (const id of plans.keys()) {
      if (states.has(id)) continue;
      const { status, text } = await service.insist('get', `/v1/plans/${id}`);
      expect([id, status]).toEqual([id, 200]);
      const { state } = JSON.parse(text) as { state: string };
      if (state !== 'queued' && state !== 'running') states.set(id, state);
    }
    if (performance.now() > latest) break;
    await pause(50);
  }
  return states;
}

async function expectPromisesKept(service: KilledService, { plans, revisions }: Ledger): Promise<void> {
  for (const [id, cost] of plans) {
    const { text } = await service.insist('get', `/v1/plans/${id}`);
    const plan = JSON.parse(text) as { state: string; totalCost?: number; failures?: { reason: string }[] };
    if (plan.state === 'finished') expect(plan.totalCost).toBeCloseTo(cost, 6);
    else expect(plan.failures?.filter(({ reason }) => reason === 'engine')).toHaveLength(3);
  }
  const id = revisions.get(0)!;
  for (const [revision, name] of revisions) {
    if (revision === 0) continue;
    const { text } = await service.insist('get', `/v1/scenarios/${id}/revisions/${revision}`);
    expect((JSON.parse(text) as { scenario: { name: string } }).scenario.name).toBe(name);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

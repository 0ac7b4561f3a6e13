import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { PlanJobs } from '../../../src/jobs/plan-jobs.ts';
import { PostgresSignals } from '../../../src/jobs/postgres-signals.ts';
import { planningProcessEntry } from '../../../src/program-file.ts';
import { PlanningPool } from '../../../src/processes/planning-pool.ts';
import { openPostgresStore } from '../../../src/store/postgres/open-postgres-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { endlessScenario } from '../http/large-scenario.ts';
import { until } from '../http/test-service.ts';
import { describeWithPostgres, freshDatabase } from '../store/postgres/fresh-database.ts';

const TENANT = 'default';

/** Jobs as one process has them, with a connection to the shared store of its own. */
interface Process {
  readonly store: Store;
  readonly pool: PlanningPool;
  readonly signals: PostgresSignals;
  readonly jobs: PlanJobs;
}

describeWithPostgres('jobs of processes that share a store', () => {
  let url: string;
  let processes: Process[] = [];
  const mistakes: unknown[] = [];

  beforeEach(async () => {
    url = await freshDatabase();
  });
  afterEach(async () => {
    for (const { jobs, pool, signals, store } of processes) {
      await jobs.stop();
      await pool.kill();
      await signals.close();
      await store.close();
    }
    processes = [];
    expect(mistakes.splice(0)).toEqual([]);
  });

  async function startProcess(isWorking: boolean): Promise<Process> {
    const store = await openPostgresStore(url);
    const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });
    await pool.ready;
    const signals = new PostgresSignals(url);
    await until(() => signals.isListening, 'a connection for signals');
    const reportError = (error: unknown) => mistakes.push(error);
    const jobs = await PlanJobs.start({ store, pool, signals, isWorking, reportError });
    const started = { store, pool, signals, jobs };
    processes.push(started);
    return started;
  }

  it('are worked on by the other one, which hears of them, and of their cancelling, at once', async () => {
    const api = await startProcess(false);
    const worker = await startProcess(true);
    await submit(api.store, 'short', smallScenario());
    api.jobs.wake();
    await expectSoon(async () => (await api.store.plans.find(TENANT, 'short'))?.state === 'finished', api);

    await submit(api.store, 'endless', endlessScenario());
    api.jobs.wake();
    await until(() => worker.jobs.progress(TENANT, 'endless')?.stage === 'solve', 'the solve');
    // Its beat says to others what it is at.
    await expectSoon(async () => {
      const { progress } = (await api.store.plans.find(TENANT, 'endless'))!;
      return progress !== undefined && progress.includes('"stage":"solve"');
    }, api);
    await api.store.plans.cancel(TENANT, 'endless');
    const cancelledAt = performance.now();
    api.jobs.abandon(TENANT, 'endless');
    await until(() => worker.jobs.progress(TENANT, 'endless') === undefined, 'the end of the solve');
    expect(performance.now() - cancelledAt).toBeLessThan(3000);
    expect((await api.store.plans.find(TENANT, 'endless'))?.state).toBe('cancelled');
  });

  it('go on without signals, and with them again once there are some', async () => {
    const [api, worker] = [await startProcess(false), await startProcess(true)];
    await worker.signals.close();
    await submit(api.store, 'unheard', smallScenario());
    api.jobs.wake();
    await expectSoon(async () => (await api.store.plans.find(TENANT, 'unheard'))?.state === 'finished', api);
  });

  it('are taken up by another one that misses the signs of life, within fifteen seconds', async () => {
    const api = await startProcess(false);
    await submit(api.store, 'orphan', smallScenario());
    // Begun by a process that was killed at once.
    await api.store.plans.claim();
    const claimedAt = performance.now();
    await startProcess(true);
    for (;;) {
      const plan = (await api.store.plans.find(TENANT, 'orphan'))!;
      if (plan.state === 'finished') {
        expect(plan).toMatchObject({ attempt: 2, failures: [{ attempt: 1, reason: 'service' }] });
        break;
      }
      await api.jobs.changed(TENANT, 'orphan', 1000);
    }
    expect(performance.now() - claimedAt).toBeLessThan(15_000);
  });

  async function expectSoon(isSo: () => Promise<boolean>, { jobs }: Process): Promise<void> {
    const end = performance.now() + 10_000;
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error('not in ten seconds');
      await jobs.changed(TENANT, 'any', 50);
    }
  }
});

async function submit(store: Store, id: string, scenario: Scenario): Promise<void> {
  await store.scenarios.create(TENANT, id, {
    name: id,
    sha256: 'digest',
    content: Buffer.from(JSON.stringify(scenario)),
    change: { kind: 'created' },
  });
  const expiresAt = Date.now() + 1e9;
  await store.plans.submit(TENANT, {
    id,
    scenario: id,
    revision: 1,
    sha256: 'digest',
    options: '{}',
    expiresAt,
  });
}

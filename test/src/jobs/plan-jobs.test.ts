import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { PlanJobs } from '../../../src/jobs/plan-jobs.ts';
import { planningProcessEntry } from '../../../src/program-file.ts';
import { PlanningPool } from '../../../src/processes/planning-pool.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import { StoreError } from '../../../src/store/store-error.ts';
import type { PlanRecord, PlanRecords, Store } from '../../../src/store/store.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { endlessScenario } from '../http/large-scenario.ts';
import { until } from '../http/test-service.ts';

const TENANT = 'default';

let folder: string;
let store: Store;
let pool: PlanningPool;
let jobs: PlanJobs;
const mistakes: unknown[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apportion-jobs-'));
  store = await openSqliteStore(folder);
  pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });
  await pool.ready;
});
afterEach(async () => {
  await jobs.stop();
  await pool.kill();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
  expect(mistakes.splice(0)).toEqual([]);
});

async function start(over: Store = store): Promise<void> {
  jobs = await PlanJobs.start({ store: over, pool, reportError: (error) => mistakes.push(error) });
}

async function queued(id: string, scenario: Scenario, limitMs = 1e9): Promise<void> {
  await store.scenarios.create(TENANT, id, {
    name: id,
    sha256: 'digest',
    content: Buffer.from(JSON.stringify(scenario)),
    change: { kind: 'created' },
  });
  const expiresAt = Date.now() + limitMs;
  await store.plans.submit(TENANT, {
    id,
    scenario: id,
    revision: 1,
    sha256: 'digest',
    options: '{}',
    expiresAt,
  });
}

async function settled(id: string): Promise<PlanRecord> {
  for (;;) {
    const changed = jobs.changed(TENANT, id, 500);
    const plan = await store.plans.find(TENANT, id);
    if (plan && plan.state !== 'queued' && plan.state !== 'running') return plan;
    await changed;
  }
}

/** Waits until a plan is being solved. */
async function solving(id: string): Promise<void> {
  await until(() => jobs.progress(TENANT, id)?.stage === 'solve', `${id} to be solved`);
}

/** The same store, with other ways with plans. */
function withPlans(other: Partial<PlanRecords>): Store {
  return withOther(store, { plans: withOther(store.plans, other) });
}

function withOther<Whole extends object>(whole: Whole, other: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get: (target, name): unknown => {
      if (name in other) return Reflect.get(other, name);
      const own: unknown = Reflect.get(target, name);
      return typeof own === 'function' ? (own.bind(target) as unknown) : own;
    },
  });
}

describe('jobs of the only process', () => {
  it('work on what is queued when they start, and on what is queued later once they are woken', async () => {
    await queued('early', smallScenario());
    await start();
    expect(await settled('early')).toMatchObject({ state: 'finished', attempt: 1, failures: [] });
    await queued('late', smallScenario());
    jobs.wake();
    const { summary } = await settled('late');
    expect(JSON.parse(summary!)).toMatchObject({ status: 'optimal', totalCost: 500 });
  });

  it('begin a plan again whose process was killed, put it aside after three, and go on with others', async () => {
    await queued('poison', endlessScenario());
    await start();
    for (const attempt of [1, 2, 3]) {
      await until(() => jobs.progress(TENANT, 'poison') !== undefined, 'a beginning');
      await solving('poison');
      expect((await store.plans.find(TENANT, 'poison'))?.attempt).toBe(attempt);
      process.kill(pool.processIds[0], 'SIGKILL');
      await until(() => jobs.progress(TENANT, 'poison')?.stage !== 'solve', 'the end of the attempt');
    }
    const plan = await settled('poison');
    expect(plan).toMatchObject({ state: 'quarantined', attempt: 3 });
    expect(plan.failures).toMatchObject([
      { attempt: 1, stage: 'solve', reason: 'engine' },
      { attempt: 2, stage: 'solve', reason: 'engine' },
      { attempt: 3, stage: 'solve', reason: 'engine' },
    ]);
    await queued('next', smallScenario());
    jobs.wake();
    expect((await settled('next')).state).toBe('finished');
  });

  it('give back what runs when they stop, and the next ones begin it again', async () => {
    await queued('long', endlessScenario());
    await start();
    await solving('long');
    await jobs.stop();
    expect(await store.plans.find(TENANT, 'long')).toMatchObject({
      state: 'queued',
      attempt: 1,
      failures: [],
    });
    await start();
    await solving('long');
    expect(await store.plans.find(TENANT, 'long')).toMatchObject({ state: 'running', attempt: 2 });
  });

  it('take up what was running when the service was lost', async () => {
    await queued('lost', smallScenario());
    await store.plans.claim();
    await start();
    const plan = await settled('lost');
    expect(plan).toMatchObject({ state: 'finished', attempt: 2 });
    expect(plan.failures).toMatchObject([{ attempt: 1, reason: 'service' }]);
  });

  it('stop a plan that is cancelled, and do not work on one that was cancelled while it was begun', async () => {
    await queued('running', endlessScenario());
    await start();
    await solving('running');
    await store.plans.cancel(TENANT, 'running');
    jobs.abandon(TENANT, 'running');
    await until(() => jobs.progress(TENANT, 'running') === undefined, 'the end of the plan');
    await jobs.stop();

    await queued('raced', endlessScenario());
    const claim = async () => {
      const plan = await store.plans.claim();
      if (plan?.id === 'raced') await store.plans.cancel(TENANT, 'raced');
      return plan;
    };
    await start(withPlans({ claim }));
    await queued('behind', smallScenario());
    jobs.wake();
    expect((await settled('behind')).state).toBe('finished');
    expect((await store.plans.find(TENANT, 'raced'))?.state).toBe('cancelled');
  });

  it('keep a result until the store takes it, and write it once', async () => {
    await queued('kept', smallScenario());
    let tries = 0;
    const finish: PlanRecords['finish'] = async (attempt, result) => {
      tries += 1;
      if (tries < 3) throw new StoreError('unavailable', 'out of order');
      return store.plans.finish(attempt, result);
    };
    await start(withPlans({ finish }));
    expect((await settled('kept')).state).toBe('finished');
    expect(tries).toBe(3);
  });

  it('let a plan expire that has waited too long, and say so to who waits for it', async () => {
    await queued('busy', endlessScenario());
    await start();
    await solving('busy');
    await queued('stale', smallScenario(), 300);
    jobs.wake();
    await jobs.changed(TENANT, 'stale', 20_000);
    const plan = (await store.plans.find(TENANT, 'stale'))!;
    expect(plan.state).toBe('expired');
    expect(plan.finishedAt! - plan.expiresAt).toBeLessThan(1500);
    expect(plan.finishedAt).toBeGreaterThanOrEqual(plan.expiresAt);
  });
});

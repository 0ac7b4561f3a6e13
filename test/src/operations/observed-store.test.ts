import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observedStore } from '../../../src/operations/observed-store.ts';
import type { PlanEvent } from '../../../src/operations/plan-events.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open-sqlite-store.ts';
import type { NewPlan, PlanResult, Store } from '../../../src/store/store.ts';

let folder: string;
let store: Store;
let clock: number;
let heard: PlanEvent[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apportion-observed-'));
  clock = 1000;
  heard = [];
  const under = await openSqliteStore(folder, { now: () => clock });
  store = observedStore(under, (event) => heard.push(event));
  const content = Buffer.from('{}');
  await store.scenarios.create('default', 's', {
    name: 's',
    sha256: 'd',
    content,
    change: { kind: 'created' },
  });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const plan = (id: string, expiresAt = 10_000): NewPlan => ({
  id,
  scenario: 's',
  revision: 1,
  sha256: 'd',
  options: '{}',
  expiresAt,
});
const RESULT: PlanResult = {
  state: 'finished',
  summary: '{}',
  fields: [],
  origin: { product: '1', node: '1', platform: 'x' },
};
const attemptAt = (id: string, attempt: number) => ({ tenant: 'default', id, attempt });

describe('a store that is observed', () => {
  it('tells how a plan is queued, begun and finished, and how long that took', async () => {
    await store.plans.submit('default', plan('p'));
    await store.plans.claim();
    clock += 2500;
    await store.plans.finish(attemptAt('p', 1), RESULT);
    expect(heard).toEqual([
      { change: 'queued', plan: 'p' },
      { change: 'begun', plan: 'p', attempt: 1 },
      { change: 'finished', plan: 'p', attempt: 1, seconds: 2.5 },
    ]);
  });

  it('tells of attempts that fail, are given back or lost with the service, and of the one too many', async () => {
    await store.plans.submit('default', plan('p'));
    const reasons = ['service', 'engine', undefined, 'engine', 'engine'] as const;
    for (const [at, reason] of reasons.entries()) {
      await store.plans.claim();
      const attempt = attemptAt('p', at + 1);
      await (reason ? store.plans.fail(attempt, { reason, stage: 'solve' }) : store.plans.giveBack(attempt));
    }
    expect(heard.filter(({ change }) => change !== 'begun' && change !== 'queued')).toEqual([
      { change: 'resumed', plan: 'p', attempt: 1, reason: 'service' },
      { change: 'failed', plan: 'p', attempt: 2, reason: 'engine' },
      { change: 'given-back', plan: 'p', attempt: 3 },
      { change: 'failed', plan: 'p', attempt: 4, reason: 'engine' },
      { change: 'quarantined', plan: 'p', attempt: 5, reason: 'engine' },
    ]);
  });

  it('tells of a cancelled plan once, of an expired one once, and of what was not written nothing', async () => {
    await store.plans.submit('default', plan('p'));
    await store.plans.submit('default', plan('late', 1500));
    heard = [];
    await store.plans.cancel('default', 'p');
    await store.plans.cancel('default', 'p');
    await store.plans.finish(attemptAt('p', 1), RESULT);
    clock = 2000;
    await store.plans.expire();
    await store.plans.expire();
    expect(heard).toEqual([
      { change: 'cancelled', plan: 'p', attempt: 0 },
      { change: 'expired', plan: 'late' },
    ]);
  });

  it('tells nothing of a transaction that came to nothing, or of one that was done before', async () => {
    const key = { key: 'k', fingerprint: 'f' };
    const submit = (end: () => void) =>
      store.once('default', key, async ({ plans }) => {
        await plans.submit('default', plan('p'));
        end();
        return { status: 202, headers: {}, body: '{}' };
      });
    const fail = () => {
      throw new Error('no');
    };
    await expect(submit(fail)).rejects.toThrow('no');
    expect(heard).toEqual([]);
    await submit(() => undefined);
    await submit(() => undefined);
    expect(heard).toEqual([{ change: 'queued', plan: 'p' }]);
  });
});

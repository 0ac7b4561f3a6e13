import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FailureReason } from '../../../src/processes/messages.ts';
import type { PlanningPool } from '../../../src/processes/planning-pool.ts';
import { comesTrue, isAlive, replyPid, replyText, stubPool, stubRequest, zombies } from './stub-pool.ts';

const MEBIBYTE = 1024 ** 2;

let pool: PlanningPool;

beforeAll(async () => {
  pool = stubPool({ memoryLimitBytes: 288 * MEBIBYTE, maximumTimeLimitSeconds: 5 });
  await pool.ready;
});

afterAll(() => pool.kill());

const failures: readonly (readonly [kind: string, reason: FailureReason])[] = [
  ['throw synchronously', 'engine'],
  ['reject', 'engine'],
  ['throw in a timer', 'engine'],
  ['forget a rejection', 'engine'],
  ['exit with 0', 'engine'],
  ['exit with 1', 'engine'],
  ['abort', 'engine'],
  ['kill itself', 'engine'],
  ['fault a segment', 'engine'],
  ['grow buffers', 'memory'],
  ['grow WASM memory', 'memory'],
  ['grow the heap', 'memory'],
  ['write garbage to the parent', 'engine'],
  ['write an unknown message', 'engine'],
  ['write a header that is not JSON', 'engine'],
  ['announce a huge header', 'engine'],
  ['announce a huge body', 'engine'],
  ['say it is ready again', 'engine'],
  ['reply with a huge header', 'engine'],
  ['never reply', 'time-limit'],
];

describe('one bad process costs its own request only', () => {
  it.each(failures)(
    'if it should %s, the request fails for %s and the next one succeeds',
    async (kind, reason) => {
      const before = replyPid(await pool.run(stubRequest('echo')));
      expect(await pool.run(stubRequest(kind))).toEqual({ kind: 'failed', reason });

      const failedAtMs = performance.now();
      const next = await pool.run(stubRequest('echo', {}, Buffer.from('next')));
      expect(replyText(next)).toBe('next');
      expect(performance.now() - failedAtMs).toBeLessThan(2000);

      expect(replyPid(next)).not.toBe(before);
      expect(await comesTrue(() => !isAlive(before))).toBe(true);
      expect(zombies()).toEqual([]);
    },
  );

  it('does not block on, or believe, what a process prints', async () => {
    expect(replyText(await pool.run(stubRequest('flood its output')))).toBe('');
    expect(await pool.run(stubRequest('exit with 1'))).toEqual({ kind: 'failed', reason: 'engine' });
  });
});

describe('a process that replies and then goes wrong', () => {
  let fresh: PlanningPool;

  beforeEach(() => {
    fresh = stubPool();
  });

  afterEach(() => fresh.kill());

  it.each([0, 150])('cannot answer the next request with a second reply %i ms late', async (milliseconds) => {
    expect(replyText(await fresh.run(stubRequest('reply twice', { milliseconds })))).toBe('first');
    const next = await fresh.run(stubRequest('reply later', { milliseconds: 300 }, Buffer.from('next')));
    expect(replyText(next)).toBe('next');
  });

  it('is replaced when it exits after its reply', async () => {
    expect(replyText(await fresh.run(stubRequest('reply and exit')))).toBe('last');
    expect(replyText(await fresh.run(stubRequest('echo', {}, Buffer.from('next'))))).toBe('next');
  });
});

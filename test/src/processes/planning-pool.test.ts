import { existsSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PlanningOutcome } from '../../../src/processes/messages.ts';
import type { PlanningPool } from '../../../src/processes/planning-pool.ts';
import { comesTrue, isAlive, replyPid, replyText, stubPool, stubRequest } from './stub-pool.ts';

const MEGABYTE = 1e6;
const MEBIBYTE = 1024 ** 2;
const cancelled: PlanningOutcome = { kind: 'cancelled' };

describe('a planning pool', () => {
  let pool: PlanningPool;

  beforeAll(async () => {
    pool = stubPool({ maximumWaiting: 3, maximumTimeLimitSeconds: 1, readingLimitSeconds: 2 });
    await pool.ready;
  });

  afterAll(() => pool.kill());

  it('hands over every part and the options, and hands back header and body', async () => {
    const parts = [Buffer.from('{}'), Buffer.from(''), Buffer.from('site,hours\n')];
    const outcome = await pool.run(stubRequest('echo', { engine: 'highs' }, ...parts));
    expect(replyText(outcome)).toBe('{}site,hours\n');
    expect(outcome).toMatchObject({
      header: {
        outcome: 'answer',
        options: { engine: 'highs' },
        partLengths: [2, 0, 11],
      },
    });
  });

  it('uses the same warm process again after a reply', async () => {
    const first = replyPid(await pool.run(stubRequest('echo')));
    expect(replyPid(await pool.run(stubRequest('echo')))).toBe(first);
  });

  it('reports progress while the process blocks', async () => {
    const stages: { stage: string; atMs: number }[] = [];
    const onProgress = (stage: string): number => stages.push({ stage, atMs: performance.now() });
    await pool.run(stubRequest('stages'), { onProgress });
    expect(stages.map(({ stage }) => stage)).toEqual(['reading', 'solving']);
    expect(stages[1].atMs - stages[0].atMs).toBeGreaterThan(200);
  });

  it('kills a process within 500 ms of the deadline it asked for', async () => {
    await pool.run(stubRequest('echo'));
    const startedAtMs = performance.now();
    const outcome = await pool.run(stubRequest('block until deadline', { seconds: 0.4 }));
    const elapsedMs = performance.now() - startedAtMs;
    expect(outcome).toEqual({ kind: 'failed', reason: 'time-limit' });
    expect(elapsedMs).toBeGreaterThan(400);
    expect(elapsedMs).toBeLessThan(400 + 500);
  });

  it('lets a process that stops itself at its limit answer', async () => {
    const outcome = await pool.run(stubRequest('stop itself at the deadline', { seconds: 0.3 }));
    expect(outcome.kind).toBe('reply');
  });

  it('caps the deadline a process may ask for', async () => {
    await pool.run(stubRequest('echo'));
    const startedAtMs = performance.now();
    const outcome = await pool.run(stubRequest('block until deadline', { seconds: 3600 }));
    expect(outcome).toEqual({ kind: 'failed', reason: 'time-limit' });
    expect(performance.now() - startedAtMs).toBeLessThan(1000 + 500);
  });

  it('kills a process that asks for no deadline when the time for reading is over', async () => {
    await pool.run(stubRequest('echo'));
    const startedAtMs = performance.now();
    const outcome = await pool.run(stubRequest('block without a deadline'));
    expect(outcome).toEqual({ kind: 'failed', reason: 'time-limit' });
    expect(performance.now() - startedAtMs).toBeLessThan(2000 + 500);
  });

  it('cancels a running request by killing its process', async () => {
    let pid = 0;
    const abort = new AbortController();
    const running = pool.run(stubRequest('block without a deadline'), {
      signal: abort.signal,
      onProgress: (stage) => (pid = Number(stage)),
    });
    expect(await comesTrue(() => pid > 0)).toBe(true);
    const abortedAtMs = performance.now();
    abort.abort();
    expect(await running).toEqual(cancelled);
    expect(await comesTrue(() => !isAlive(pid))).toBe(true);
    expect(performance.now() - abortedAtMs).toBeLessThan(250);
  });

  it('cancels a waiting request without touching the running one', async () => {
    const abort = new AbortController();
    const running = pool.run(stubRequest('reply later', { milliseconds: 100 }));
    const waiting = pool.run(stubRequest('echo'), { signal: abort.signal });
    abort.abort();
    expect(await Promise.race([running, waiting])).toEqual(cancelled);
    expect((await running).kind).toBe('reply');
  });

  it('does not begin a request that is already cancelled', async () => {
    expect(await pool.run(stubRequest('exit with 1'), { signal: AbortSignal.abort() })).toEqual(cancelled);
  });

  it('gives each of 50 requests that are cancelled around their reply one outcome, its own', async () => {
    const random = seededRandom(20260302);
    const kinds = new Set<string>();
    for (let round = 0; round < 50; round += 1) {
      const abort = new AbortController();
      const request = stubRequest('reply later', { milliseconds: 3, round });
      setTimeout(() => {
        abort.abort();
      }, random() * 12);
      const outcome = await pool.run(request, { signal: abort.signal });
      if (outcome.kind === 'reply') expect(outcome.header['options']).toEqual(request.options);
      kinds.add(outcome.kind);
      // The next request must meet a process that is ready, or its abort would come while it waits.
      await pool.run(stubRequest('echo'));
    }
    expect([...kinds].sort()).toEqual(['cancelled', 'reply']);
    expect(pool.status).toMatchObject({ running: 0, waiting: 0 });
  });

  it('refuses a request when the queue is full, and says when to try again', async () => {
    const accepted = Array.from({ length: 4 }, () =>
      pool.run(stubRequest('reply later', { milliseconds: 50 })),
    );
    expect(pool.status).toEqual({ size: 1, idle: 0, running: 1, waiting: 3 });
    const refused = await pool.run(stubRequest('echo'));
    expect(refused).toEqual({ kind: 'refused', retryAfterSeconds: expect.any(Number) as number });
    expect((await Promise.all(accepted)).map(({ kind }) => kind)).toEqual(Array(4).fill('reply'));
  });

  it('loses only the running request when somebody kills its process', async () => {
    let pid = 0;
    const running = pool.run(stubRequest('block without a deadline'), {
      onProgress: (stage) => (pid = Number(stage)),
    });
    const waiting = pool.run(stubRequest('echo', {}, Buffer.from('next')));
    expect(await comesTrue(() => pid > 0)).toBe(true);
    process.kill(pid, 'SIGKILL');
    expect(await running).toEqual({ kind: 'failed', reason: 'engine' });
    expect(replyText(await waiting)).toBe('next');
  });

  it('loses no request when somebody kills an idle process', async () => {
    const pid = replyPid(await pool.run(stubRequest('echo')));
    process.kill(pid, 'SIGKILL');
    const next = await pool.run(stubRequest('echo', {}, Buffer.from('next')));
    expect(replyText(next)).toBe('next');
    expect(replyPid(next)).not.toBe(pid);
  });

  it('lets a request finish when the whole group is asked to terminate', async () => {
    const pid = replyPid(await pool.run(stubRequest('echo')));
    const running = pool.run(stubRequest('reply later', { milliseconds: 100 }));
    process.kill(pid, 'SIGTERM');
    process.kill(pid, 'SIGINT');
    expect(replyPid(await running)).toBe(pid);
  });

  it('keeps the service responsive while 20 MB go there and back', async () => {
    const body = Buffer.alloc(20 * MEGABYTE, 'scenario');
    const longestDelaysMs: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await pool.run(stubRequest('echo'));
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const outcome = await pool.run(stubRequest('echo', {}, body));
      delay.disable();
      longestDelaysMs.push(delay.max / 1e6);
      expect(outcome.kind === 'reply' && outcome.body.equals(body)).toBe(true);
    }
    // Another program on the machine can make a round slow, and nothing can make one fast.
    expect(Math.min(...longestDelaysMs)).toBeLessThan(50);
  });
});

describe('a planning process', () => {
  let pool: PlanningPool;

  beforeAll(() => {
    process.env['DATABASE_URL'] = 'postgres://user:secret@host/plans';
    pool = stubPool({ memoryLimitBytes: 400 * MEBIBYTE });
    delete process.env['DATABASE_URL'];
  });

  afterAll(() => pool.kill());

  it('is given no secrets', async () => {
    expect(replyText(await pool.run(stubRequest('environment')))).not.toContain('secret');
  });

  it('collects garbage before it reaches its memory limit', async () => {
    expect(replyText(await pool.run(stubRequest('arguments')))).toContain('--max-old-space-size=300');
  });

  it.runIf(existsSync('/usr/bin/prlimit'))('is bounded by the kernel and leaves no core file', async () => {
    const limits = replyText(await pool.run(stubRequest('limits')));
    expect(limits).toMatch(/Max core file size +0 +0/);
    expect(limits).toMatch(new RegExp(`Max data size +${(400 * 1.25 + 128) * MEBIBYTE} `));
  });
});

describe('a planning pool replaces a healthy process', () => {
  let pool: PlanningPool;

  afterEach(() => pool.kill());

  it('after so many requests', async () => {
    pool = stubPool({ recycleAfterRequests: 2 });
    const pids: number[] = [];
    for (let count = 0; count < 5; count += 1) pids.push(replyPid(await pool.run(stubRequest('echo'))));
    expect(pids[1]).toBe(pids[0]);
    expect(new Set(pids).size).toBe(3);
  });

  it('when it holds too much memory after a reply', async () => {
    pool = stubPool({ recycleAboveBytes: 1 });
    const first = replyPid(await pool.run(stubRequest('echo')));
    expect(replyPid(await pool.run(stubRequest('echo')))).not.toBe(first);
  });
});

describe('a planning pool of several processes', () => {
  it('serves on while one of them is lost', async () => {
    const pool = stubPool({ size: 2 });
    expect(await comesTrue(() => pool.status.idle === 2, 5000)).toBe(true);
    const lost = pool.run(stubRequest('kill itself'));
    const served = Array.from({ length: 5 }, () =>
      pool.run(stubRequest('reply later', { milliseconds: 20 })),
    );
    expect(await lost).toEqual({ kind: 'failed', reason: 'engine' });
    expect((await Promise.all(served)).map(({ kind }) => kind)).toEqual(Array(5).fill('reply'));
    await pool.kill();
  });
});

/** The same numbers from 0 to 1 in each run; see https://en.wikipedia.org/wiki/Linear_congruential_generator. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

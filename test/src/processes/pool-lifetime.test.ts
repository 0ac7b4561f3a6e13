import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { comesTrue, isAlive, replyPid, replyText, stubPool, stubRequest } from './stub-pool.ts';

const stub = (name: string): URL => new URL(name, import.meta.url);

function startParent(mode: 'idle' | 'busy' | 'close') {
  const program = fileURLToPath(stub('stub-parent.ts'));
  return spawn(process.execPath, ['--import', 'tsx', program, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('starting', () => {
  it('gives up after five failures, says why, and fails requests instead of keeping them waiting', async () => {
    const pool = stubPool({ entry: stub('stub-broken-child.ts') });
    const waiting = pool.run(stubRequest('echo'));
    await expect(pool.ready).rejects.toThrow('the engine is not installed');
    expect(pool.startupError).toContain('the engine is not installed');
    expect(await waiting).toEqual({ kind: 'failed', reason: 'engine' });
    expect(await pool.run(stubRequest('echo'))).toEqual({ kind: 'failed', reason: 'engine' });
    await pool.kill();
  });

  it('waits ever longer when processes end right after they are ready', async () => {
    const pool = stubPool({ entry: stub('stub-quitting-child.ts') });
    await pool.ready;
    expect(await comesTrue(() => pool.startupError !== undefined)).toBe(true);
    await pool.kill();
  });

  it('kills a process that is not ready in time', async () => {
    const pool = stubPool({ entry: stub('stub-silent-child.ts'), startLimitSeconds: 0.1 });
    expect(await comesTrue(() => pool.startupError?.includes('not ready after 0.1 s') ?? false)).toBe(true);
    await pool.kill();
  });
});

describe('closing', () => {
  it('finishes what runs and waits, refuses what comes later, and ends the processes', async () => {
    const pool = stubPool();
    const accepted = [1, 2, 3].map(() => pool.run(stubRequest('reply later', { milliseconds: 30 })));
    const closing = [pool.close(), pool.close()];
    expect((await pool.run(stubRequest('echo'))).kind).toBe('refused');
    const outcomes = await Promise.all(accepted);
    await Promise.all(closing);
    expect(isAlive(replyPid(outcomes[0]))).toBe(false);
  });

  it('replaces a lost process for the requests that still wait', async () => {
    const pool = stubPool();
    const lost = pool.run(stubRequest('kill itself'));
    const waiting = pool.run(stubRequest('echo', {}, Buffer.from('next')));
    await pool.close();
    expect((await lost).kind).toBe('failed');
    expect(replyText(await waiting)).toBe('next');
  });

  it('at once cancels what runs and waits, also while it is closing', async () => {
    const pool = stubPool();
    const accepted = [1, 2].map(() => pool.run(stubRequest('block without a deadline')));
    await pool.ready;
    const closing = pool.close();
    await pool.kill();
    await closing;
    expect(await Promise.all(accepted)).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
  });

  it('lets the parent end by itself', async () => {
    const parent = startParent('close');
    expect(await once(parent, 'exit')).toEqual([0, null]);
  });
});

describe('losing the parent', () => {
  it('ends an idle process', () => expectProcessToEnd('idle'));

  it.runIf(existsSync('/usr/bin/setpriv'))('ends a process that cannot notice', () =>
    expectProcessToEnd('busy'),
  );
});

async function expectProcessToEnd(mode: 'idle' | 'busy'): Promise<void> {
  const parent = startParent(mode);
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  expect(await comesTrue(() => !isAlive(pid))).toBe(true);
}

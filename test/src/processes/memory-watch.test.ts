import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { residentBytes, watchMemory } from '../../../src/processes/memory-watch.ts';
import { comesTrue, pause } from './stub-pool.ts';

describe('the memory watch', () => {
  it.runIf(process.platform === 'linux')('reads the resident size of a process', () => {
    const ratio = Number(residentBytes(process.pid)) / process.memoryUsage.rss();
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.1);
  });

  it('knows no size of a process that is gone', () => {
    expect(residentBytes(2 ** 30)).toBeUndefined();
  });

  it('calls once when the limit is passed', async () => {
    let calls = 0;
    const watch = watchMemory(process.pid, 1, () => (calls += 1));
    expect(await comesTrue(() => calls > 0)).toBe(true);
    await pause(250);
    expect(calls).toBe(1);
    expect(watch.peakBytes()).toBeGreaterThan(1);
  });

  it.runIf(existsSync('/usr/bin/ps'))('asks ps where there is no /proc', async () => {
    const platform = Object.getOwnPropertyDescriptor(process, 'platform')!;
    let calls = 0;
    Object.defineProperty(process, 'platform', { ...platform, value: 'darwin' });
    const watch = watchMemory(process.pid, 1, () => (calls += 1));
    Object.defineProperty(process, 'platform', platform);
    expect(await comesTrue(() => calls > 0)).toBe(true);
    expect(watch.peakBytes()).toBeGreaterThan(10e6);
  });

  it('does not call below the limit or once stopped', async () => {
    let calls = 0;
    const below = watchMemory(process.pid, 2 ** 50, () => (calls += 1));
    const stopped = watchMemory(process.pid, 1, () => (calls += 1));
    stopped.stop();
    await pause(250);
    below.stop();
    expect(calls).toBe(0);
  });
});

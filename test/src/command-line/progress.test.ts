import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reportProgress } from '../../../src/command-line/progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function follow() {
  const lines: string[] = [];
  const progress = reportProgress({ print: () => undefined, printError: (text) => lines.push(text) });
  return { lines, progress };
}

describe('progress', () => {
  it('says nothing of what takes less than two seconds', () => {
    const { lines, progress } = follow();
    progress.stage('read');
    vi.advanceTimersByTime(1999);
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual([]);
  });

  it('names the stage after two seconds, every later stage, and the same one again every five seconds', () => {
    const { lines, progress } = follow();
    progress.stage('read');
    progress.stage('solve');
    vi.advanceTimersByTime(7000);
    progress.stage('price');
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual(['… solving (2 s)\n', '… solving (7 s)\n', '… pricing every limit (7 s)\n']);
  });
});

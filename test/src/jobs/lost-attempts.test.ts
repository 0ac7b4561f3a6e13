import { describe, expect, it } from 'vitest';
import { LostAttempts } from '../../../src/jobs/lost-attempts.ts';
import type { PlanRecord } from '../../../src/store/store.ts';

describe('lost attempts', () => {
  it('are those whose beat stands still for ten seconds of looking', () => {
    const lost = new LostAttempts();
    for (let second = 0; second < 10; second += 1) {
      expect(lost.look([running('dead', 7), running('alive', second)], second * 1000)).toEqual([]);
    }
    expect(idsOf(lost.look([running('dead', 7), running('alive', 10)], 10_000))).toEqual(['dead']);
  });

  it('have the whole time again after a time in which nobody looked', () => {
    const lost = new LostAttempts();
    for (let at = 0; at <= 9000; at += 1000) lost.look([running('p', 7)], at);
    // This process was stopped for a minute, or the store was.
    for (let at = 69_000; at < 79_000; at += 1000) expect(lost.look([running('p', 7)], at)).toEqual([]);
    expect(idsOf(lost.look([running('p', 7)], 79_000))).toEqual(['p']);
  });

  it('are counted by attempt: the next one begins anew, whatever its beat', () => {
    const lost = new LostAttempts();
    for (let at = 0; at <= 9000; at += 1000) lost.look([running('p', 7, 1)], at);
    expect(lost.look([running('p', 7, 2)], 10_000)).toEqual([]);
    // What is not running any more is forgotten.
    expect(lost.look([], 11_000)).toEqual([]);
    expect(lost.look([running('p', 7, 2)], 13_000)).toEqual([]);
  });
});

function running(id: string, beat: number, attempt = 1): PlanRecord {
  return { tenant: 'default', id, attempt, beat, state: 'running' } as PlanRecord;
}

function idsOf(attempts: readonly { readonly id: string }[]): string[] {
  return attempts.map(({ id }) => id);
}

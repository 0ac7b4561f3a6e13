import { readdirSync, readFileSync } from 'node:fs';
import type { PlanningOutcome, PlanningRequest } from '../../../src/processes/messages.ts';
import { PlanningPool } from '../../../src/processes/planning-pool.ts';
import type { PlanningPoolOptions } from '../../../src/processes/pool-options.ts';

/** A pool of stub processes. */
export function stubPool(options: Partial<PlanningPoolOptions> = {}): PlanningPool {
  return new PlanningPool({ entry: new URL('stub-child.ts', import.meta.url), size: 1, ...options });
}

/** A request for one of the stub's behaviours. */
export function stubRequest(
  kind: string,
  options: NonNullable<PlanningRequest['options']> = {},
  ...parts: readonly Buffer[]
): PlanningRequest {
  return { kind, options, parts };
}

/** The body of a reply as text; throws when there was none. */
export function replyText(outcome: PlanningOutcome): string {
  if (outcome.kind !== 'reply') throw new Error(`Expected a reply, got ${JSON.stringify(outcome)}.`);
  return outcome.body.toString();
}

/** The id of the process that answered. */
export function replyPid(outcome: PlanningOutcome): number {
  if (outcome.kind !== 'reply') throw new Error(`Expected a reply, got ${JSON.stringify(outcome)}.`);
  return Number(outcome.header['pid']);
}

/** Waits for a condition, up to two seconds; whether it came. */
export async function comesTrue(condition: () => boolean, withinMs = 2000): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > end) return false;
    await pause(5);
  }
  return true;
}

/** Whether a process with this id exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  const state = processState(pid);
  return state !== undefined && state.letter !== 'Z' && state.letter !== 'X';
}

/** Children of this process that have ended and were never reaped. */
export function zombies(): readonly number[] {
  const pids = readdirSync('/proc').map(Number).filter(Boolean);
  return pids.filter((pid) => {
    const state = processState(pid);
    return state?.parent === process.pid && state.letter === 'Z';
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function processState(pid: number): { letter: string; parent: number } | undefined {
  try {
    // The command's name may contain spaces and brackets, so the fields are counted from its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [letter, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { letter, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

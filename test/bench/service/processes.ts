import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the living processes that a process has started. */
export function childProcesses(parent: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === parent);
}

/** Waits until one of some processes has ended; throws after ten seconds. */
export async function untilOneIsGone(pids: readonly number[]): Promise<void> {
  const end = performance.now() + 10_000;
  while (pids.every((pid) => parentOf(pid) !== undefined)) {
    if (performance.now() > end) throw new Error('No planning process has ended.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Undefined of a process that has ended, also where nobody has taken note of that. */
function parentOf(pid: number): number | undefined {
  try {
    // The command's name may contain spaces and brackets, so the fields are counted from its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [letter, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return letter === 'Z' || letter === 'X' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}

import { spawnSync } from 'node:child_process';

/** A system call of a trace: where in it the call began and where it had returned. */
export interface SystemCall {
  readonly name: string;
  /** As strace prints them: `21</tmp/data/apportion.db-wal>, "…", 4096, 0`. */
  readonly parameters: string;
  readonly began: number;
  /** Infinite where the trace ends before. */
  readonly returned: number;
}

/** Why system calls cannot be traced on this machine; `undefined` where they can. */
export function whyNoTrace(): string | undefined {
  const { status, error } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']);
  if (error) return 'there is no strace';
  return status === 0 ? undefined : 'strace may not trace here';
}

/** Runs a program with its calls written to a file, each with what its descriptors are and with its data. */
export function traced(names: readonly string[], file: string): string[] {
  // With `-D` the program keeps the process id that was started, and strace ends with it.
  return [
    'strace',
    '-D',
    '-f',
    '-yy',
    '-s',
    '8192',
    '--seccomp-bpf',
    '-e',
    `trace=${names.join()}`,
    '-o',
    file,
  ];
}

/**
 * The calls of a trace in the order in which they began. A thread is stopped as it enters a call and as it leaves it, and goes on only once
 * that is written down: what it caused afterwards stands below.
 */
export function systemCalls(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, { name: string; parameters: string; began: number }>();
  for (const [at, line] of trace.split('\n').entries()) {
    const begin = /^(\d+) +(\w+)\((.*?)(?: <unfinished \.\.\.>|\) += .*)$/.exec(line);
    const resumed = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/.exec(line);
    if (begin) {
      const [, thread, name, parameters] = begin;
      const call = { name, parameters, began: at };
      if (line.endsWith('<unfinished ...>')) unfinished.set(thread, call);
      else calls.push({ ...call, returned: at });
    } else if (resumed) {
      const call = unfinished.get(resumed[1]);
      unfinished.delete(resumed[1]);
      if (call) calls.push({ ...call, parameters: call.parameters + resumed[3], returned: at });
    }
  }
  for (const call of unfinished.values()) calls.push({ ...call, returned: Infinity });
  return calls.sort((one, other) => one.began - other.began);
}

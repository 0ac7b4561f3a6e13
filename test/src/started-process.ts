import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { programFile } from '../built-program-file.ts';

/** A program that has been started, with what it printed. */
export interface StartedProcess {
  readonly process: ChildProcess;
  readonly printed: () => string;
  readonly complained: () => string;
  readonly exit: Promise<number | null>;
  readonly kill: () => Promise<void>;
}

/** Starts the service or a worker as they are built, with no other environment than this one, by the command `runner` where there is one. */
export function startEntry(
  name: 'main' | 'worker',
  environment: Record<string, string>,
  runner: readonly string[] = [],
): StartedProcess {
  const [command, ...words] = [...runner, process.execPath, fileURLToPath(programFile(name))];
  return startCommand(command, words, environment);
}

export function startCommand(
  command: string,
  words: readonly string[],
  environment: Record<string, string>,
): StartedProcess {
  const child = spawn(command, words, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complained = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    printed: () => printed,
    complained: () => complained,
    exit,
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

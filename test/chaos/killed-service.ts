import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Answer, childProcesses, send, until } from '../src/http/test-service.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A service that is killed and started again on the same store, as often as it takes. */
export class KilledService {
  readonly #environment: Record<string, string>;
  #process: ChildProcess | undefined;
  #url = '';
  #startedAt = 0;

  constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  /** When the service that runs now began to serve, in milliseconds of `performance.now()`. */
  get startedAt(): number {
    return this.#startedAt;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), MAIN], {
      env: { PATH: process.env.PATH, PORT: '0', ...this.#environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await until(() => /http:\S+\n/.test(printed) || child.exitCode !== null, 'the service to start', 60_000);
    const address = /http:\/\/[^\s/]+/.exec(printed)?.[0];
    if (address === undefined) throw new Error(`It did not start: ${printed}`);
    this.#url = address;
    this.#startedAt = performance.now();
  }

  async kill(): Promise<void> {
    const child = this.#process!;
    const processes = childProcesses(child.pid);
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    // They notice, or the system kills them with it.
    await until(() => processes.every(isGone), 'the end of its processes');
  }

  /** Kills one of its planning processes. */
  killPlanningProcess(choose: (count: number) => number): void {
    const processes = childProcesses(this.#process!.pid);
    const pid = processes.at(choose(processes.length));
    if (pid !== undefined && !isGone(pid)) process.kill(pid, 'SIGKILL');
  }

  /** Sends a request until it is answered with anything but 5xx, as a client would that must have its answer. */
  async insist(
    method: Parameters<typeof send>[1],
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer> {
    for (;;) {
      try {
        const answer = await send(this.#url, method, path, body, headers);
        if (answer.status < 500) return answer;
      } catch {
        // It is being killed, or started.
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}

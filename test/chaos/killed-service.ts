import { childProcesses, type Answer, send, until } from '../src/http/test-service.ts';
import { type StartedProcess, startEntry } from '../src/started-process.ts';

/** A service or a worker that is killed and started again on the same store, as often as it takes. */
export class KilledProcess {
  readonly #entry: 'main' | 'worker';
  readonly #environment: Record<string, string>;
  readonly #runner: readonly string[];
  #process: StartedProcess | undefined;

  /** @param runner a command that runs it under the process id of the command's own */
  constructor(entry: 'main' | 'worker', environment: Record<string, string>, runner: readonly string[] = []) {
    this.#entry = entry;
    this.#runner = runner;
    this.#environment = { PORT: '0', ...environment };
  }

  get pid(): number {
    return this.#process!.process.pid!;
  }

  /** Everything that the one which runs now has printed and logged. */
  get output(): string {
    return this.#process!.printed() + this.#process!.complained();
  }

  /** Gives what it printed once it was up. */
  async start(): Promise<string> {
    this.#process = startEntry(this.#entry, this.#environment, this.#runner);
    const { process: child, printed, complained } = this.#process;
    await until(() => printed().endsWith('\n') || child.exitCode !== null, 'the process to start', 60_000);
    if (child.exitCode !== null) throw new Error(`It did not start: ${complained()}`);
    return printed();
  }

  async kill(): Promise<void> {
    const { process: child, kill } = this.#process!;
    const processes = childProcesses(child.pid);
    await kill();
    // They notice, or the system kills them with it.
    await until(() => processes.every(isGone), 'the end of its processes');
  }

  /** Kills one of its planning processes. */
  killPlanningProcess(choose: (count: number) => number): void {
    const processes = childProcesses(this.#process!.process.pid);
    const pid = processes.at(choose(processes.length));
    if (pid !== undefined && !isGone(pid)) process.kill(pid, 'SIGKILL');
  }
}

/** A service with an address. */
export class KilledService extends KilledProcess {
  #url = '';

  constructor(environment: Record<string, string>, runner?: readonly string[]) {
    super('main', environment, runner);
  }

  /** Where the one that runs now serves. */
  get url(): string {
    return this.#url;
  }

  override async start(): Promise<string> {
    const printed = await super.start();
    [this.#url] = /http:\/\/[^\s/]+/.exec(printed)!;
    return printed;
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

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entry } from './entry.ts';

/** How long the event loop was held up, in milliseconds. */
export interface LoopDelay {
  readonly p99: number;
  readonly longest: number;
}

/** What `/proc` counts in, on every Linux there is. */
const TICKS_PER_SECOND = 100;

/** A server in a process of its own, as it is started in production, with a probe in it. */
export class MeasuredProcess {
  readonly url: string;
  /** From before it was started until it answered, in milliseconds. */
  readonly startMilliseconds: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(process: ChildProcess, folder: string, url: string, startMilliseconds: number) {
    this.#process = process;
    this.#folder = folder;
    this.url = url;
    this.startMilliseconds = startMilliseconds;
  }

  /** Apportion, with a store of its own, once it is ready. */
  static service(): Promise<MeasuredProcess> {
    return MeasuredProcess.#start('../../../src/main', '/readyz');
  }

  /** The yardstick: a bare express app with an empty route. */
  static bareServer(): Promise<MeasuredProcess> {
    return MeasuredProcess.#start('./bare-server', '/');
  }

  static async #start(program: string, readyPath: string): Promise<MeasuredProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'apportion-bench-'));
    const { file, execArgv } = entry(program);
    const began = performance.now();
    const child = fork(file, {
      execArgv: [...execArgv, '--import', entry('./probe').file.href],
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const url = await printedAddress(child);
    while (!(await fetch(url + readyPath)).ok) await new Promise((resolve) => setTimeout(resolve, 5));
    return new MeasuredProcess(child, folder, url, performance.now() - began);
  }

  get processId(): number {
    return this.#process.pid!;
  }

  /** What it has used of processors, all its threads together, in seconds: unlike any time, the same on a busy machine. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.processId}/stat`, 'utf8');
    // The command's name may contain spaces and brackets, so the fields are counted from its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }

  /** Since the last time it was asked. */
  async loopDelay(): Promise<LoopDelay> {
    const answer = once(this.#process, 'message') as Promise<[LoopDelay]>;
    this.#process.send('since');
    return (await answer)[0];
  }

  /** Ends it; its planning processes end with it. */
  async kill(): Promise<void> {
    const ended = this.#process.exitCode === null ? once(this.#process, 'exit') : undefined;
    this.#process.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const address = /http:\/\/[\d.]+:\d+/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    });
    child.on('exit', () => {
      reject(new Error(`A server ended before it served: ${printed}`));
    });
  });
}

/** Does something with a server and ends it, whatever comes of it. */
export async function withServer<Result>(
  start: () => Promise<MeasuredProcess>,
  work: (server: MeasuredProcess) => Promise<Result>,
): Promise<Result> {
  const server = await start();
  try {
    return await work(server);
  } finally {
    await server.kill();
  }
}

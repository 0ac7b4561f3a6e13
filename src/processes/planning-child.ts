import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { FrameDecoder, FrameError } from './frames.ts';
import type { Frame } from './frames.ts';
import { letGo } from './let-go.ts';
import { listenForLastWords } from './last-words.ts';
import type { LastWords } from './last-words.ts';
import { residentBytes, watchMemory } from './memory-watch.ts';
import type { MemoryWatch } from './memory-watch.ts';
import { childMessageSchema } from './messages.ts';
import type { ChildMessage, FailureReason, PlanningOutcome, ProgressListener } from './messages.ts';
import type { ReplacementReason } from './pool-options.ts';

/** What bounds one planning process. */
export interface PlanningChildOptions {
  readonly command: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly startLimitSeconds: number;
  readonly readingLimitSeconds: number;
  readonly maximumTimeLimitSeconds: number;
  readonly memoryLimitBytes: number;
  readonly maximumReplyBytes: number;
  readonly recycleAfterRequests: number;
  readonly recycleAboveBytes: number;
}

/** What a planning process tells about itself; each is called once at most. */
export interface PlanningChildListener {
  onReady(): void;
  /** The process is gone. `explanation` says what it ended with and, of a failed start, what it printed. */
  onEnd(explanation: string): void;
}

/** A request as frames, which any child can be given. */
export interface EncodedRequest {
  readonly id: number;
  readonly frame: readonly Uint8Array[];
  /** Whether the memory of the frame is given back once there is a reply. */
  readonly isOwned: boolean;
}

/** `innocent`: the child was lost through no fault of this request, so another child may run it. */
export type ChildOutcome = Exclude<PlanningOutcome, { kind: 'refused' }> | { readonly kind: 'innocent' };

interface RunningRequest {
  readonly id: number;
  readonly letGo: () => void;
  readonly handedOverAtMs: number;
  readonly watch: MemoryWatch;
  readonly onProgress: ProgressListener;
  readonly settle: (outcome: ChildOutcome) => void;
  hasBegun: boolean;
  deadline: NodeJS.Timeout | undefined;
}

/** A well-behaved engine stops at its own limit and answers; this is how long the answer may take. */
const DEADLINE_GRACE_MS = 250;
/** How long what a dead process last wrote may take to arrive. */
const LAST_WORDS_MS = 250;
/** A crash with this much of the limit in use is taken for a lack of memory. */
const NEARLY_FULL = 0.8;

/**
 * The parent's end of one planning process, which runs one request at a time.
 *
 * It starts, goes to and fro between idle and running, and at the first irregularity ends: a process that threw,
 * crashed, lied or was killed is never used again.
 */
export class PlanningChild {
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  readonly #options: PlanningChildOptions;
  readonly #listener: PlanningChildListener;
  readonly #process: ChildProcess;
  readonly #channel: Socket;
  readonly #decoder: FrameDecoder;
  readonly #lastWords: LastWords;
  readonly #startTimer: NodeJS.Timeout;
  #state: 'starting' | 'idle' | 'running' | 'ended' = 'starting';
  #running: RunningRequest | undefined;
  #requestsTaken = 0;
  #peakBytes = 0;
  #endReason: ReplacementReason = 'engine';
  #resolveEnded: (() => void) | undefined;

  /** Throws when the system has no process or descriptor left for it. */
  constructor(options: PlanningChildOptions, listener: PlanningChildListener) {
    this.#options = options;
    this.#listener = listener;
    this.#decoder = new FrameDecoder(options.maximumReplyBytes);
    this.#process = spawnWithChannel(options);
    this.#channel = channelOf(this.#process);
    this.#lastWords = listenForLastWords(this.#process.stderr!);
    this.#startTimer = setTimeout(() => {
      this.#end(`not ready after ${options.startLimitSeconds} s`);
    }, options.startLimitSeconds * 1000).unref();
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = resolve;
    });
    this.#listen();
  }

  /** Whether it can take a request now. */
  get isIdle(): boolean {
    return this.#state === 'idle';
  }

  /** The id of its process. */
  get processId(): number | undefined {
    return this.#process.pid;
  }

  /** Why it ended, once it has. */
  get endReason(): ReplacementReason {
    return this.#endReason;
  }

  /** The largest resident size in bytes that was seen of it; 0 before its first request. */
  get peakBytes(): number {
    return Math.max(this.#peakBytes, this.#running?.watch.peakBytes() ?? 0);
  }

  /** Whether it has started and not ended. */
  get isUp(): boolean {
    return this.#state === 'idle' || this.#state === 'running';
  }

  /** False until it is given a request: the replacement of one that ended before will probably end like it. */
  get hasWorked(): boolean {
    return this.#requestsTaken > 0;
  }

  /** Hands an idle process one request. */
  run(request: EncodedRequest, onProgress: ProgressListener): Promise<ChildOutcome> {
    this.#state = 'running';
    this.#requestsTaken += 1;
    return new Promise((settle) => {
      const watch = watchMemory(this.#process.pid!, this.#options.memoryLimitBytes, () => {
        this.#fail('memory');
      });
      this.#running = {
        id: request.id,
        letGo: () => {
          if (request.isOwned) request.frame.forEach(letGo);
        },
        handedOverAtMs: performance.now(),
        watch,
        onProgress,
        settle,
        hasBegun: false,
        deadline: undefined,
      };
      this.#setDeadline(this.#running, this.#options.readingLimitSeconds * 1000);
      for (const piece of request.frame) this.#channel.write(piece);
    });
  }

  /** Kills the process if it still runs this request; after a reply it does nothing. */
  cancel(requestId: number): void {
    if (this.#running?.id === requestId) this.kill({ kind: 'cancelled' });
  }

  /** Kills the process at once, whatever it does; the request it runs, if any, ends with `outcome`. */
  kill(outcome: ChildOutcome): void {
    if (this.#state !== 'ended') this.#endReason = this.#state === 'starting' ? 'start' : reasonOf(outcome);
    this.#state = 'ended';
    clearTimeout(this.#startTimer);
    this.#process.kill('SIGKILL');
    this.#channel.destroy();
    this.#settle(outcome);
  }

  #listen(): void {
    this.#channel.on('data', (chunk) => {
      this.#receive(chunk);
    });
    // A broken pipe only says that the process died; its end follows, and explains more.
    this.#channel.on('error', () => undefined);
    this.#process.on('error', (error) => {
      this.#end(error.message);
    });
    this.#process.on('exit', () => {
      setTimeout(() => {
        this.#channel.destroy();
        this.#process.stderr?.destroy();
      }, LAST_WORDS_MS).unref();
    });
    this.#process.on('close', (code, signal) => {
      this.#end(signal ?? `exit code ${code ?? 'unknown'}`, signal !== null);
    });
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#decoder.push(chunk)) {
        if (this.#state !== 'ended') this.#obey(readMessage(frame), frame.body);
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#fail('engine');
    }
  }

  #obey(message: ChildMessage, body: Buffer): void {
    if (message.type === 'ready') {
      this.#becomeReady();
      return;
    }
    const running = this.#running;
    if (running?.id !== message.id) {
      // A second reply to an earlier request: the process is broken, whoever is using it now.
      this.kill({ kind: 'innocent' });
      return;
    }
    switch (message.type) {
      case 'begun':
        running.hasBegun = true;
        return;
      case 'progress':
        running.onProgress(message.stage, message.search);
        return;
      case 'deadline':
        this.#setDeadline(running, this.#allowedMs(message.seconds));
        return;
      case 'failed':
        this.#fail(message.reason);
        return;
      case 'reply':
        this.#finish({ kind: 'reply', header: message.header, body });
    }
  }

  #becomeReady(): void {
    if (this.#state !== 'starting') {
      this.#fail('engine');
      return;
    }
    clearTimeout(this.#startTimer);
    this.#lastWords.forget();
    this.#state = 'idle';
    this.#listener.onReady();
  }

  #allowedMs(seconds: number): number {
    return Math.min(seconds, this.#options.maximumTimeLimitSeconds) * 1000 + DEADLINE_GRACE_MS;
  }

  #setDeadline(running: RunningRequest, allowedMs: number): void {
    clearTimeout(running.deadline);
    const remainingMs = running.handedOverAtMs + allowedMs - performance.now();
    running.deadline = setTimeout(() => {
      this.#fail('time-limit');
    }, remainingMs).unref();
  }

  #finish(reply: ChildOutcome): void {
    // Who replies has read the request; were it still being sent, its memory would be in use.
    if (this.#channel.writableLength === 0) this.#running?.letGo();
    const heldBytes = residentBytes(this.#process.pid!) ?? this.#running?.watch.peakBytes() ?? 0;
    this.#peakBytes = Math.max(this.peakBytes, heldBytes);
    if (this.#isWorn(heldBytes)) {
      this.kill(reply);
      return;
    }
    this.#state = 'idle';
    this.#settle(reply);
  }

  /** WASM memory never shrinks, so a process that solved something large keeps it until it is replaced. */
  #isWorn(heldBytes: number): boolean {
    return (
      this.#requestsTaken >= this.#options.recycleAfterRequests || heldBytes > this.#options.recycleAboveBytes
    );
  }

  #fail(reason: FailureReason): void {
    this.kill(this.#failure(reason));
  }

  #failure(reason: FailureReason): ChildOutcome {
    const isNearlyFull =
      (this.#running?.watch.peakBytes() ?? 0) >= NEARLY_FULL * this.#options.memoryLimitBytes;
    if (reason === 'engine' && isNearlyFull) return { kind: 'failed', reason: 'memory' };
    // Garbage or a crash before the handler began is the late effect of an earlier request, or a kill from outside.
    if (reason === 'engine' && this.#running?.hasBegun === false) return { kind: 'innocent' };
    return { kind: 'failed', reason };
  }

  #settle(outcome: ChildOutcome): void {
    const running = this.#running;
    if (!running) return;
    this.#peakBytes = this.peakBytes;
    this.#running = undefined;
    running.watch.stop();
    clearTimeout(running.deadline);
    running.settle(outcome);
  }

  #end(cause: string, wasSignalled = false): void {
    const resolveEnded = this.#resolveEnded;
    if (!resolveEnded) return;
    this.#resolveEnded = undefined;
    this.kill(this.#failure(wasSignalled && this.#lastWords.saidOutOfMemory() ? 'memory' : 'engine'));
    resolveEnded();
    this.#listener.onEnd(`A planning process ended: ${cause}. ${this.#lastWords.tail()}`.trim());
  }
}

function reasonOf(outcome: ChildOutcome): ReplacementReason {
  switch (outcome.kind) {
    case 'reply':
      return 'worn';
    case 'cancelled':
      return 'cancelled';
    case 'innocent':
      return 'engine';
    case 'failed':
      return outcome.reason;
  }
}

function spawnWithChannel({ command, environment }: PlanningChildOptions): ChildProcess {
  const [program = '', ...programArguments] = command;
  const child = spawn(program, programArguments, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    env: environment,
  });
  // Present from the start, because without a listener the event would end the service.
  child.on('error', () => undefined);
  return child;
}

function channelOf(child: ChildProcess): Socket {
  // Undefined, against the types, when the process has no descriptors left.
  const channel = (child.stdio as ChildProcess['stdio'] | undefined)?.[3];
  if (channel instanceof Socket) return channel;
  throw new Error('No file descriptors are left for a planning process. Raise the limit (ulimit -n).');
}

function readMessage(frame: Frame): ChildMessage {
  const message = childMessageSchema.safeParse(frame.header);
  if (!message.success) throw new FrameError('A planning process sent an unknown message.');
  return message.data;
}

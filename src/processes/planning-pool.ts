import { encodeFrame } from './frames.ts';
import type { JsonObject } from './frames.ts';
import type { PlanningOutcome, PlanningRequest, ProgressListener } from './messages.ts';
import type { ChildOutcome, EncodedRequest, PlanningChild } from './planning-child.ts';
import { PlanningSlot } from './planning-slot.ts';
import { planningChildOptions, poolSize } from './pool-options.ts';
import type { PlanningPoolOptions, PoolObserver, ReplacementReason } from './pool-options.ts';

/** How a caller takes part in its request. */
export interface RunHooks {
  /** Aborting removes a waiting request and kills the process of a running one. */
  readonly signal?: AbortSignal;
  /** Called with each stage the child enters, and with how far a search is. */
  readonly onProgress?: ProgressListener;
}

/** The pool at a glance, for health checks and metrics. */
export interface PoolStatus {
  readonly size: number;
  readonly idle: number;
  readonly running: number;
  readonly waiting: number;
}

interface Job extends EncodedRequest {
  readonly hooks: RunHooks;
  readonly outcome: Promise<PlanningOutcome>;
  readonly settle: (outcome: PlanningOutcome) => void;
  child: PlanningChild | undefined;
  timesHandedOver: number;
}

/** An innocent request is tried again, but no request is innocent for ever. */
const MAXIMUM_HAND_OVERS = 3;
const LONGEST_RETRY_AFTER_SECONDS = 60;

/**
 * A pool of warm planning processes: bytes in, bytes out, and nothing large is parsed in this process.
 *
 * Every request ends in exactly one outcome within its deadline, whatever its process does. A process that does anything
 * but reply is killed and replaced.
 */
export class PlanningPool {
  /** Resolves when the first process is ready; rejects when none starts. */
  readonly ready: Promise<void>;
  /** Resident size at which one of the processes is killed. */
  readonly memoryLimitBytes: number;
  readonly #slots: readonly PlanningSlot[];
  readonly #maximumWaiting: number;
  readonly #maximumWaitingBytes: number;
  readonly #observer: PoolObserver | undefined;
  readonly #waiting: Job[] = [];
  readonly #unfinished = new Set<Job>();
  #resolveReady: () => void = () => undefined;
  #rejectReady: (error: Error) => void = () => undefined;
  #state: 'open' | 'draining' | 'closed' = 'open';
  #nextId = 1;
  #meanSeconds = 1;

  constructor(options: PlanningPoolOptions) {
    this.#maximumWaiting = options.maximumWaiting ?? 64;
    this.#maximumWaitingBytes = options.maximumWaitingBytes ?? 256 * 1024 ** 2;
    this.#observer = options.observer;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Waiting for it is optional, so its failure must not end the service.
    this.ready.catch(() => undefined);
    const childOptions = planningChildOptions(options);
    const listener = {
      onReady: this.#onReady.bind(this),
      onBroken: this.#onBroken.bind(this),
      onReplaced: (reason: ReplacementReason) => options.observer?.processReplaced(reason),
    };
    this.memoryLimitBytes = childOptions.memoryLimitBytes;
    this.#slots = Array.from({ length: poolSize(options) }, () => new PlanningSlot(childOptions, listener));
  }

  /** Why processes do not start, with the end of what one printed; undefined while they do. */
  get startupError(): string | undefined {
    return this.#slots.find((slot) => slot.startupError !== undefined)?.startupError;
  }

  /** Ids of the processes that are up. */
  get processIds(): readonly number[] {
    return this.#slots.flatMap(({ processId }) => processId ?? []);
  }

  /** Resident size in bytes of the largest of its processes so far; 0 before the first request. */
  get peakResidentBytes(): number {
    return Math.max(...this.#slots.map(({ peakBytes }) => peakBytes));
  }

  /** What the pool is doing now. */
  get status(): PoolStatus {
    return {
      size: this.#slots.length,
      idle: this.#slots.filter((slot) => slot.idleChild).length,
      running: this.#unfinished.size - this.#waiting.length,
      waiting: this.#waiting.length,
    };
  }

  /**
   * Runs one request on the next free process, first come, first served.
   *
   * Rejects only if the kind and options take more than 64 kB as JSON.
   */
  async run(request: PlanningRequest, hooks: RunHooks = {}): Promise<PlanningOutcome> {
    const startedAtMs = performance.now();
    const outcome = await this.#run(request, hooks);
    this.#observer?.requestEnded(request.kind, endOf(outcome), (performance.now() - startedAtMs) / 1000);
    return outcome;
  }

  async #run(request: PlanningRequest, hooks: RunHooks): Promise<PlanningOutcome> {
    const frame = encodeFrame(requestHeader(this.#nextId, request), request.parts.flat());
    if (hooks.signal?.aborted) return { kind: 'cancelled' };
    if (this.#state !== 'open' || this.#isFull()) return this.#refusal();
    if (this.#isBroken()) return { kind: 'failed', reason: 'engine' };
    const encoded = { id: this.#nextId++, frame, isOwned: request.isOwned ?? false };
    const job = this.#createJob(encoded, hooks);
    this.#waiting.push(job);
    this.#dispatch();
    return job.outcome;
  }

  /** Accepts nothing more, lets everything accepted finish, then ends the processes. */
  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'draining';
    await Promise.all([...this.#unfinished].map((job) => job.outcome));
    await this.kill();
  }

  /** Ends the processes at once; unfinished requests are cancelled. */
  async kill(): Promise<void> {
    this.#state = 'closed';
    this.#rejectReady(new Error('The planning pool was closed before a process was ready.'));
    for (const job of this.#waiting.splice(0)) job.settle({ kind: 'cancelled' });
    await Promise.all(this.#slots.map((slot) => slot.retire()));
  }

  #createJob(encoded: EncodedRequest, hooks: RunHooks): Job {
    const cancel = (): void => {
      this.#cancel(job);
    };
    let resolve: (outcome: PlanningOutcome) => void = () => undefined;
    const outcome = new Promise<PlanningOutcome>((resolveOutcome) => {
      resolve = resolveOutcome;
    });
    const settle = (settled: PlanningOutcome): void => {
      hooks.signal?.removeEventListener('abort', cancel);
      this.#unfinished.delete(job);
      resolve(settled);
    };
    const job: Job = { ...encoded, hooks, outcome, settle, child: undefined, timesHandedOver: 0 };
    hooks.signal?.addEventListener('abort', cancel);
    this.#unfinished.add(job);
    return job;
  }

  #cancel(job: Job): void {
    const position = this.#waiting.indexOf(job);
    if (position < 0) {
      job.child?.cancel(job.id);
      return;
    }
    this.#waiting.splice(position, 1);
    job.settle({ kind: 'cancelled' });
  }

  #dispatch(): void {
    for (const { idleChild } of this.#slots) {
      if (!idleChild) continue;
      const job = this.#waiting.shift();
      if (!job) return;
      void this.#handOver(job, idleChild);
    }
  }

  async #handOver(job: Job, child: PlanningChild): Promise<void> {
    const startedAtMs = performance.now();
    job.child = child;
    job.timesHandedOver += 1;
    const outcome = await child.run(job, job.hooks.onProgress ?? (() => undefined));
    job.child = undefined;
    if (outcome.kind === 'reply') this.#noteDuration((performance.now() - startedAtMs) / 1000);
    this.#conclude(job, outcome);
    this.#dispatch();
  }

  #conclude(job: Job, outcome: ChildOutcome): void {
    if (outcome.kind !== 'innocent') job.settle(outcome);
    // The abort may have come between the loss of the process and this line.
    else if (job.hooks.signal?.aborted || this.#state === 'closed') job.settle({ kind: 'cancelled' });
    else if (job.timesHandedOver >= MAXIMUM_HAND_OVERS) job.settle({ kind: 'failed', reason: 'engine' });
    else this.#waiting.unshift(job);
  }

  #onReady(): void {
    this.#resolveReady();
    this.#dispatch();
  }

  #onBroken(): void {
    if (!this.#isBroken()) return;
    this.#rejectReady(new Error(this.startupError));
    for (const job of this.#waiting.splice(0)) job.settle({ kind: 'failed', reason: 'engine' });
  }

  #isBroken(): boolean {
    return this.#slots.every((slot) => slot.isBroken);
  }

  #isFull(): boolean {
    if (this.#slots.some((slot) => slot.idleChild)) return false;
    const waitingBytes = this.#waiting.reduce((sum, { frame }) => sum + sizeOf(frame), 0);
    return this.#waiting.length >= this.#maximumWaiting || waitingBytes >= this.#maximumWaitingBytes;
  }

  #noteDuration(seconds: number): void {
    this.#meanSeconds = 0.8 * this.#meanSeconds + 0.2 * seconds;
  }

  #refusal(): PlanningOutcome {
    const seconds = Math.ceil((this.#meanSeconds * (this.#waiting.length + 1)) / this.#slots.length);
    return {
      kind: 'refused',
      retryAfterSeconds: Math.min(Math.max(seconds, 1), LONGEST_RETRY_AFTER_SECONDS),
    };
  }
}

/** In one word. */
function endOf(outcome: PlanningOutcome): string {
  switch (outcome.kind) {
    case 'reply':
      return outcome.header.outcome;
    case 'failed':
      return outcome.reason;
    case 'cancelled':
    case 'refused':
      return outcome.kind;
  }
}

function sizeOf(frame: readonly Uint8Array[]): number {
  return frame.reduce((sum, piece) => sum + piece.length, 0);
}

function requestHeader(id: number, { kind, parts, options = {} }: PlanningRequest): JsonObject {
  return { id, kind, options, partLengths: parts.map((part) => sizeOf([part].flat())) };
}

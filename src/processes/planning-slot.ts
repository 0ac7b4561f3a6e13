import { PlanningChild } from './planning-child.ts';
import type { PlanningChildOptions } from './planning-child.ts';
import type { ReplacementReason } from './pool-options.ts';

/** What a slot tells the pool. */
export interface PlanningSlotListener {
  /** A process waits for work. */
  onReady(): void;
  /** So many starts in a row failed that nobody should wait for the next. */
  onBroken(): void;
  /** A process ended, or could not be started, and another one follows. */
  onReplaced(reason: ReplacementReason): void;
}

const STARTS_BEFORE_GIVING_UP = 5;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 5000;

/** One place of the pool, always filled: it starts a process, and another whenever that one ends. */
export class PlanningSlot {
  readonly #options: PlanningChildOptions;
  readonly #listener: PlanningSlotListener;
  #child: PlanningChild | undefined;
  #failedStarts = 0;
  #startupError: string | undefined;
  #restartTimer: NodeJS.Timeout | undefined;
  #isRetired = false;
  #formerPeakBytes = 0;

  constructor(options: PlanningChildOptions, listener: PlanningSlotListener) {
    this.#options = options;
    this.#listener = listener;
    this.#start();
  }

  /** The process, if it can take a request now. */
  get idleChild(): PlanningChild | undefined {
    return this.#child?.isIdle ? this.#child : undefined;
  }

  /** The id of the process, where there is one. */
  get processId(): number | undefined {
    return this.#child?.isUp ? this.#child.processId : undefined;
  }

  /** Whether nobody should wait for the next start. Starts go on, ever slower. */
  get isBroken(): boolean {
    return this.#failedStarts >= STARTS_BEFORE_GIVING_UP && !this.#child?.isUp;
  }

  /** Resident size in bytes of the largest of its processes so far. */
  get peakBytes(): number {
    return Math.max(this.#formerPeakBytes, this.#child?.peakBytes ?? 0);
  }

  /** Why the last start failed; undefined once a process is ready. */
  get startupError(): string | undefined {
    return this.#startupError;
  }

  /** Kills the process, cancelling what it runs, and starts no other. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    clearTimeout(this.#restartTimer);
    this.#child?.kill({ kind: 'cancelled' });
    await this.#child?.ended;
  }

  #start(): void {
    try {
      const child = new PlanningChild(this.#options, {
        onReady: () => {
          this.#startupError = undefined;
          this.#listener.onReady();
        },
        onEnd: (explanation) => {
          this.#replace(child.hasWorked, explanation, child.endReason);
        },
      });
      this.#child = child;
    } catch (error) {
      this.#replace(false, String(error), 'start');
    }
  }

  #replace(hasWorked: boolean, explanation: string, reason: ReplacementReason): void {
    this.#formerPeakBytes = this.peakBytes;
    this.#child = undefined;
    if (this.#isRetired) return;
    this.#listener.onReplaced(reason);
    if (hasWorked) {
      this.#failedStarts = 0;
      this.#start();
      return;
    }
    this.#failedStarts += 1;
    this.#startupError = explanation;
    const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** (this.#failedStarts - 1), LONGEST_BACKOFF_MS);
    // Not unreferenced: while requests wait, this timer may be all that keeps the parent running.
    this.#restartTimer = setTimeout(() => {
      this.#start();
    }, backoffMs);
    if (this.isBroken) this.#listener.onBroken();
  }
}

import { planHeader } from '../planning/plan-fields.ts';
import type { FaultReply } from '../planning/replies.ts';
import type { PlanningOutcome, ProgressListener } from '../processes/messages.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { productVersion } from '../product-version.ts';
import { RequestTime } from '../request-time.ts';
import { StoreError } from '../store/store-error.ts';
import type { PlanAttempt, PlanOrigin, PlanRecord, PlanResult, Store, Tenant } from '../store/store.ts';
import { ChangeBell } from './change-bell.ts';
import { finishPlan } from './finish-plan.ts';
import type { Jobs, PlanProgress } from './jobs.ts';
import { LostAttempts } from './lost-attempts.ts';
import type { Signals } from './signals.ts';

/** How often it is looked for plans that have waited too long, for work that a store out of order had kept back, and after the others. */
const LOOK_MS = 1000;

/** The store is tidied with every so manieth look. */
const LOOKS_A_TIDYING = 60;

/** How long to wait at most for others to say what has changed: a signal can get lost, and none comes while nothing is listened to. */
const MOST_WAIT_MS = { listening: 5000, otherwise: 1000 };

/** The signal that there is a plan to be worked on. */
const QUEUE = 'queue';

/** How long after a refusal by the store its answer is tried again. */
const STORE_RETRY_MS = 500;

/** What every plan is made with here. */
const ORIGIN: PlanOrigin = {
  product: productVersion(),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
};

interface Running extends PlanAttempt {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  progress: PlanProgress;
  /** The progress that others have been told of, as JSON. */
  announced?: string;
}

/** What jobs are made from. */
export interface PlanJobsParts {
  readonly store: Store;
  readonly pool: PlanningPool;
  /** Hears of mistakes of our own. */
  readonly reportError: (error: unknown) => void;
  /** To the other processes that share the store; absent where there are none. */
  readonly signals?: Signals;
  /** False where plans are for others to work on. */
  readonly isWorking?: boolean;
  readonly now?: () => number;
}

/**
 * Jobs of one process: as many at a time as it has planning processes, the rest waits in the store.
 *
 * A result is written under its attempt's number, once. A planning process that is lost gives the plan another attempt. What a lost service
 * was at is begun again: where the store is its own, at its next start; where it is shared, by whoever misses its signs of life first.
 */
export class PlanJobs implements Jobs {
  readonly #store: Store;
  readonly #pool: PlanningPool;
  readonly #signals: Signals | undefined;
  readonly #isWorking: boolean;
  readonly #now: () => number;
  readonly #reportError: (error: unknown) => void;
  readonly #bell = new ChangeBell();
  readonly #lostAttempts = new LostAttempts();
  readonly #running = new Map<string, Running>();
  readonly #timer: NodeJS.Timeout;
  #filling: Promise<void> | undefined;
  #watching: Promise<void> | undefined;
  #looks = 0;
  #isWoken = false;
  #isStopped = false;

  private constructor({
    store,
    pool,
    reportError,
    signals,
    isWorking = true,
    now = Date.now,
  }: PlanJobsParts) {
    this.#store = store;
    this.#pool = pool;
    this.#reportError = reportError;
    this.#signals = signals;
    this.#isWorking = isWorking;
    this.#now = now;
    signals?.onSignal((name) => {
      this.#hear(name);
    });
    this.#timer = setInterval(() => {
      this.#look();
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Takes up what an earlier process left. Rejects with a `StoreError`. */
  static async start(parts: PlanJobsParts): Promise<PlanJobs> {
    const { plans } = parts.store;
    // A store of one's own: nobody else can be at them.
    if (!parts.signals)
      for (const attempt of await plans.running()) await plans.fail(attempt, { reason: 'service' });
    const jobs = new PlanJobs(parts);
    jobs.#look();
    return jobs;
  }

  wake(): void {
    this.#signals?.send(QUEUE);
    this.#beginMore();
  }

  abandon(tenant: Tenant, id: string): void {
    this.#running.get(nameOf(tenant, id))?.abort.abort();
    this.#announce(nameOf(tenant, id));
  }

  progress(tenant: Tenant, id: string): PlanProgress | undefined {
    return this.#running.get(nameOf(tenant, id))?.progress;
  }

  changed(tenant: Tenant, id: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    const most = !this.#signals
      ? Infinity
      : MOST_WAIT_MS[this.#signals.isListening ? 'listening' : 'otherwise'];
    return this.#bell.heard(nameOf(tenant, id), Math.min(milliseconds, most), signal);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await Promise.all([this.#filling, this.#watching]);
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  #look(): void {
    this.#beginMore();
    this.#expire().catch(this.#reportUnlessStore);
    if (this.#looks++ % LOOKS_A_TIDYING === 0) this.#store.forgetAnswers().catch(this.#reportUnlessStore);
    if (!this.#signals) return;
    this.#watching ??= this.#watch().finally(() => {
      this.#watching = undefined;
    });
  }

  /** What has waited too long is not begun, whether or not this has been said of it. */
  async #expire(): Promise<void> {
    for (const { tenant, id } of await this.#store.plans.expire()) this.#announce(nameOf(tenant, id));
  }

  /** Gives signs of life, and misses those of others. */
  async #watch(): Promise<void> {
    try {
      const { plans } = this.#store;
      await Promise.all([...this.#running.values()].map((running) => this.#beat(running)));
      for (const attempt of this.#lostAttempts.look(await plans.running(), performance.now())) {
        if (!(await plans.fail(attempt, { reason: 'service' }))) continue;
        this.#announce(nameOf(attempt.tenant, attempt.id));
        this.wake();
      }
    } catch (error) {
      this.#reportUnlessStore(error);
    }
  }

  /** A sign of life of a plan that is worked on here; what is not wanted any more is stopped. */
  async #beat(running: Running): Promise<void> {
    const progress = JSON.stringify(running.progress);
    if (!(await this.#store.plans.beat(running, progress))) running.abort.abort();
    if (progress !== running.announced) this.#announce(nameOf(running.tenant, running.id));
    running.announced = progress;
  }

  #announce(name: string): void {
    this.#bell.ring(name);
    this.#signals?.send(name);
  }

  /** Another process says that something has changed. */
  #hear(name: string): void {
    if (name === QUEUE) {
      this.#beginMore();
      return;
    }
    this.#bell.ring(name);
    const running = this.#running.get(name);
    // Cancelled there, most likely.
    if (running) this.#beat(running).catch(this.#reportUnlessStore);
  }

  /** A store out of order is said where somebody asks it for something; the timer looks again. */
  readonly #reportUnlessStore = (error: unknown): void => {
    if (!(error instanceof StoreError)) this.#reportError(error);
  };

  #beginMore(): void {
    this.#isWoken = true;
    // Whoever has woken it does not wait for the plans.
    this.#filling ??= RequestTime.outside(() => this.#fill()).finally(() => {
      this.#filling = undefined;
    });
  }

  /** Begins as many plans as there is room for; woken meanwhile, it looks once more. */
  async #fill(): Promise<void> {
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false;
      try {
        while (await this.#beginNext());
      } catch (error) {
        this.#reportUnlessStore(error);
      }
    }
  }

  /** Whether another plan was begun. */
  async #beginNext(): Promise<boolean> {
    if (!this.#isWorking || this.#isStopped || this.#running.size >= this.#pool.status.size) return false;
    const plan = await this.#store.plans.claim();
    if (plan) this.#begin(plan);
    return plan !== undefined;
  }

  #begin(plan: PlanRecord): void {
    const { tenant, id, attempt } = plan;
    const name = nameOf(tenant, id);
    let end = (): void => undefined;
    const running: Running = {
      tenant,
      id,
      attempt,
      abort: new AbortController(),
      done: new Promise((resolve) => {
        end = resolve;
      }),
      progress: { stage: 'wait', since: this.#now() },
    };
    this.#running.set(name, running);
    this.#announce(name);
    void this.#work(plan, running)
      .catch(this.#reportError)
      .finally(() => {
        this.#running.delete(name);
        this.#announce(name);
        end();
        this.#beginMore();
      });
  }

  async #work(plan: PlanRecord, running: Running): Promise<void> {
    const outcome = await this.#solve(plan, running);
    await this.#untilStored(() => this.#conclude(plan, running, outcome));
  }

  async #solve(plan: PlanRecord, running: Running): Promise<PlanningOutcome> {
    const { plans, scenarios } = this.#store;
    // It may have been cancelled while nobody knew yet who works on it.
    const [now, content] = await this.#untilStored(() =>
      Promise.all([
        plans.find(plan.tenant, plan.id),
        scenarios.content(plan.tenant, plan.scenario, plan.revision),
      ]),
    );
    if (now?.state !== 'running') return { kind: 'cancelled' };
    if (!content) throw new Error('A plan without its revision.');
    const onProgress: ProgressListener = (stage, search) => {
      running.progress = { stage, since: search ? running.progress.since : this.#now(), ...search };
      this.#bell.ring(nameOf(plan.tenant, plan.id));
    };
    const request = { kind: 'plan', parts: [Buffer.from(`{"options":${plan.options}}`), content] };
    for (;;) {
      const outcome = await this.#pool.run(request, { signal: running.abort.signal, onProgress });
      // The pool is full of requests that are not kept: these go first, for somebody waits for each.
      if (outcome.kind !== 'refused' || this.#isStopped) return outcome;
      await new Promise((resolve) => setTimeout(resolve, outcome.retryAfterSeconds * 1000));
    }
  }

  async #conclude(plan: PlanRecord, running: Running, outcome: PlanningOutcome): Promise<void> {
    const { plans } = this.#store;
    switch (outcome.kind) {
      case 'reply':
        await this.#finish(plan, resultOf(outcome));
        return;
      case 'failed': {
        const { reason } = outcome;
        // A time limit that the engine overran is an answer, and so is a memory bound: both would be met again.
        if (reason === 'engine') await plans.fail(running, { reason, stage: running.progress.stage });
        else await this.#finish(plan, failedResult(reason));
        return;
      }
      case 'refused':
      case 'cancelled':
        // What was cancelled has been written by whoever cancelled it; what the stop ended is given back.
        if (this.#isStopped) await plans.giveBack(running);
    }
  }

  async #finish(plan: PlanRecord, result: PlanResult): Promise<void> {
    await finishPlan(this.#store.plans, plan, result, this.#pool.memoryLimitBytes);
  }

  /** Goes on trying while the store is out of order: what has been solved must not be lost for that. */
  async #untilStored<Result>(work: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreError) || this.#isStopped) throw error;
        await new Promise((resolve) => setTimeout(resolve, STORE_RETRY_MS));
      }
    }
  }
}

function nameOf(tenant: Tenant, id: string): string {
  return JSON.stringify([tenant, id]);
}

type Reply = Extract<PlanningOutcome, { readonly kind: 'reply' }>;

function resultOf({ header, body: bytes }: Reply): PlanResult {
  if (header.outcome !== 'answer') {
    const { faults } = JSON.parse(bytes.toString()) as FaultReply;
    return { state: 'rejected', summary: JSON.stringify({ errors: faults }), fields: [], origin: ORIGIN };
  }
  const { madeWith, summaryBytes, fields } = planHeader.parse(header);
  let at = summaryBytes;
  return {
    state: 'finished',
    summary: bytes.toString('utf8', 0, summaryBytes),
    fields: fields.map(({ field, bytes: length }) => ({
      field,
      content: bytes.subarray(at, (at += length)),
    })),
    origin: { ...ORIGIN, ...madeWith },
  };
}

function failedResult(reason: 'time-limit' | 'memory'): PlanResult {
  return {
    state: 'finished',
    summary: JSON.stringify({ status: 'failed', reason }),
    fields: [],
    origin: ORIGIN,
  };
}

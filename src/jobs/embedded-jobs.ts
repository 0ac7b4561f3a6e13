import { planHeader } from '../planning/plan-fields.ts';
import type { FaultReply } from '../planning/replies.ts';
import type { PlanningOutcome } from '../processes/messages.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { productVersion } from '../product-version.ts';
import { StoreError } from '../store/store-error.ts';
import type { PlanAttempt, PlanOrigin, PlanRecord, PlanResult, Store, Tenant } from '../store/store.ts';
import { ChangeBell } from './change-bell.ts';
import type { Jobs, PlanProgress } from './jobs.ts';

/** How often it is looked for plans that have waited too long, and for work that a store out of order had kept back. */
const LOOK_MS = 1000;

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
}

/**
 * Jobs in the process that owns the store: as many at a time as there are planning processes, the rest waits in the store.
 *
 * A result is written under its attempt's number, once. A process that is lost gives the plan another attempt; a service that is lost
 * finds at its next start what was running, and begins it again.
 */
export class EmbeddedJobs implements Jobs {
  readonly #store: Store;
  readonly #pool: PlanningPool;
  readonly #now: () => number;
  readonly #reportError: (error: unknown) => void;
  readonly #bell = new ChangeBell();
  readonly #running = new Map<string, Running>();
  readonly #timer: NodeJS.Timeout;
  #filling: Promise<void> | undefined;
  #isWoken = false;
  #isStopped = false;

  private constructor(
    store: Store,
    pool: PlanningPool,
    reportError: (error: unknown) => void,
    now: () => number,
  ) {
    this.#store = store;
    this.#pool = pool;
    this.#reportError = reportError;
    this.#now = now;
    this.#timer = setInterval(() => {
      this.wake();
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Takes up what an earlier process left. Rejects with a `StoreError`. */
  static async start(
    store: Store,
    pool: PlanningPool,
    reportError: (error: unknown) => void,
    now: () => number = Date.now,
  ): Promise<EmbeddedJobs> {
    for (const { tenant, id, attempt } of await store.plans.running())
      await store.plans.fail({ tenant, id, attempt }, { reason: 'service' });
    const jobs = new EmbeddedJobs(store, pool, reportError, now);
    jobs.wake();
    return jobs;
  }

  wake(): void {
    this.#isWoken = true;
    this.#filling ??= this.#fill().finally(() => {
      this.#filling = undefined;
    });
  }

  abandon(tenant: Tenant, id: string): void {
    this.#running.get(nameOf(tenant, id))?.abort.abort();
    this.#bell.ring(nameOf(tenant, id));
  }

  progress(tenant: Tenant, id: string): PlanProgress | undefined {
    return this.#running.get(nameOf(tenant, id))?.progress;
  }

  changed(tenant: Tenant, id: string, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#bell.heard(nameOf(tenant, id), milliseconds, signal);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#filling;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ done }) => done));
  }

  /** Begins as many plans as there is room for; woken meanwhile, it looks once more. */
  async #fill(): Promise<void> {
    while (this.#isWoken && !this.#isStopped) {
      this.#isWoken = false;
      try {
        await this.#store.plans.expire();
        while (await this.#beginNext());
      } catch (error) {
        // The timer looks again: a store out of order is said where somebody asks it for something.
        if (!(error instanceof StoreError)) this.#reportError(error);
      }
    }
  }

  /** Whether another plan was begun. */
  async #beginNext(): Promise<boolean> {
    if (this.#isStopped || this.#running.size >= this.#pool.status.size) return false;
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
    this.#bell.ring(name);
    void this.#work(plan, running)
      .catch(this.#reportError)
      .finally(() => {
        this.#running.delete(name);
        this.#bell.ring(name);
        end();
        this.wake();
      });
  }

  async #work(plan: PlanRecord, running: Running): Promise<void> {
    const outcome = await this.#solve(plan, running);
    await this.#untilStored(() => this.#conclude(running, outcome));
  }

  async #solve(plan: PlanRecord, running: Running): Promise<PlanningOutcome> {
    const { plans, scenarios } = this.#store;
    // It may have been cancelled while nobody knew yet who works on it.
    const now = await this.#untilStored(() => plans.find(plan.tenant, plan.id));
    if (now?.state !== 'running') return { kind: 'cancelled' };
    const content = await this.#untilStored(() =>
      scenarios.content(plan.tenant, plan.scenario, plan.revision),
    );
    if (!content) throw new Error('A plan without its revision.');
    const body = Buffer.concat([
      Buffer.from(`{"options":${plan.options},"scenario":`),
      content,
      Buffer.from('}'),
    ]);
    const onProgress = (stage: string): void => {
      running.progress = { stage, since: this.#now() };
      this.#bell.ring(nameOf(plan.tenant, plan.id));
    };
    const request = { kind: 'plan', parts: [body] };
    for (;;) {
      const outcome = await this.#pool.run(request, { signal: running.abort.signal, onProgress });
      // The pool is full of requests that are not kept: these go first, for somebody waits for each.
      if (outcome.kind !== 'refused' || this.#isStopped) return outcome;
      await new Promise((resolve) => setTimeout(resolve, outcome.retryAfterSeconds * 1000));
    }
  }

  async #conclude(running: Running, outcome: PlanningOutcome): Promise<void> {
    const { plans } = this.#store;
    switch (outcome.kind) {
      case 'reply':
        await plans.finish(running, resultOf(outcome));
        return;
      case 'failed': {
        const { reason } = outcome;
        // A time limit that the engine overran is an answer, and so is a memory bound: both would be met again.
        if (reason === 'engine') await plans.fail(running, { reason, stage: running.progress.stage });
        else await plans.finish(running, failedResult(reason));
        return;
      }
      case 'refused':
      case 'cancelled':
        // What was cancelled has been written by whoever cancelled it; what the stop ended is given back.
        if (this.#isStopped) await plans.giveBack(running);
    }
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

function resultOf({ header, body }: Reply): PlanResult {
  const bytes = Buffer.concat(body);
  if (header.outcome !== 'answer') {
    const { faults } = JSON.parse(bytes.toString()) as FaultReply;
    return { state: 'rejected', summary: JSON.stringify({ errors: faults }), fields: [], origin: ORIGIN };
  }
  const { engine, summaryBytes, fields } = planHeader.parse(header);
  let at = summaryBytes;
  return {
    state: 'finished',
    summary: bytes.toString('utf8', 0, summaryBytes),
    fields: fields.map(({ field, bytes: length }) => ({
      field,
      content: bytes.subarray(at, (at += length)),
    })),
    origin: { ...ORIGIN, ...(engine !== undefined && { engine }) },
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

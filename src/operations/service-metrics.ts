import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PoolStatus } from '../processes/planning-pool.ts';
import type { PlanLoad } from '../store/store.ts';
import type { EndedRequest } from './service-log.ts';
import type { PlanEvent } from './plan-events.ts';

/** What is read of a pool when somebody asks. */
export interface MeasuredPool {
  readonly status: PoolStatus;
  readonly processIds: readonly number[];
  /** Resident size in bytes of the largest of its processes so far. */
  readonly peakResidentBytes: number;
}

/** Whoever asks must not wait for a store that is busy: what it would say is then left out. */
const STORE_WAIT_MS = 1000;

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const PLAN_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What is counted and measured, in Prometheus' terms. Every label has few values, all of them our own words: no ids, no text of a user. */
export class ServiceMetrics {
  readonly #registry = new Registry();
  readonly #requests = this.#histogram(
    'apportion_http_request_duration_seconds',
    'From the request’s headers to the end of the answer.',
    ['method', 'route', 'status'],
    REQUEST_SECONDS,
  );
  readonly #inFlight = this.#gauge('apportion_http_requests_in_flight', 'Requests not answered yet.');
  readonly #planChanges = this.#counter(
    'apportion_plan_changes_total',
    'What became of plans of kept scenarios.',
    ['change'],
  );
  readonly #planSeconds = this.#histogram(
    'apportion_plan_duration_seconds',
    'From the beginning of the attempt at a kept plan to its result.',
    [],
    PLAN_SECONDS,
  );
  readonly #planning = this.#histogram(
    'apportion_planning_request_duration_seconds',
    'What planning processes were asked for, waiting included.',
    ['pool', 'kind', 'outcome'],
    PLAN_SECONDS,
  );
  readonly #replacements = this.#counter(
    'apportion_planning_process_replacements_total',
    'Planning processes that were replaced, by why they ended.',
    ['pool', 'reason'],
  );
  readonly #statements = this.#histogram(
    'apportion_store_statement_duration_seconds',
    'Statements of the database, without waiting for others.',
    ['statement'],
    STATEMENT_SECONDS,
  );
  readonly #storeErrors = this.#counter(
    'apportion_store_errors_total',
    'Statements of the database that failed.',
    ['kind'],
  );
  readonly #mistakes = this.#counter('apportion_mistakes_total', 'Errors that nobody expected.', []);

  /** Adds what the process itself is measured by: memory, processor time, lag of the event loop, garbage collection. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** The media type of `text`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything in Prometheus' exposition format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  requestBegan(): void {
    this.#inFlight.inc();
  }

  requestEnded({ method, route, status, milliseconds, isAborted }: EndedRequest): void {
    this.#inFlight.dec();
    const labels = {
      method: METHODS.includes(method) ? method : 'other',
      route,
      status: isAborted ? 'aborted' : String(status),
    };
    this.#requests.observe(labels, milliseconds / 1000);
  }

  planChanged({ change, seconds }: PlanEvent): void {
    this.#planChanges.inc({ change });
    if (seconds !== undefined) this.#planSeconds.observe(seconds);
  }

  planningEnded(pool: string, kind: string, outcome: string, seconds: number): void {
    this.#planning.observe({ pool, kind, outcome }, seconds);
  }

  processReplaced(pool: string, reason: string): void {
    this.#replacements.inc({ pool, reason });
  }

  statementRun(statement: string, seconds: number): void {
    this.#statements.observe({ statement }, seconds);
  }

  storeFailed(kind: string): void {
    this.#storeErrors.inc({ kind });
  }

  mistake(): void {
    this.#mistakes.inc();
  }

  /** Reads the pools, by name, whenever somebody asks. */
  measurePools(pools: Readonly<Record<string, MeasuredPool>>): void {
    const read = (name: string, help: string, value: (pool: MeasuredPool) => number) => {
      this.#readGauge(name, help, ['pool'], () =>
        Object.entries(pools).map(([pool, measured]) => [{ pool }, value(measured)]),
      );
    };
    read('apportion_planning_processes', 'Planning processes that are wanted.', ({ status }) => status.size);
    read('apportion_planning_processes_up', 'Those that are up.', ({ processIds }) => processIds.length);
    read('apportion_planning_processes_busy', 'Those that work.', ({ status }) => status.running);
    read('apportion_planning_requests_waiting', 'What waits for them.', ({ status }) => status.waiting);
    read(
      'apportion_planning_process_peak_resident_bytes',
      'Resident size of the largest so far.',
      ({ peakResidentBytes }) => peakResidentBytes,
    );
  }

  /** Reads how many plans wait and run whenever somebody asks; of a store that does not answer in time nothing is said. */
  measurePlans(load: () => Promise<PlanLoad>, now: () => number = Date.now): void {
    let asked: Promise<PlanLoad | undefined> | undefined;
    // The three are asked for together, and are to be of one moment.
    const loadNow = () => {
      asked ??= inTime(load()).finally(() => {
        asked = undefined;
      });
      return asked;
    };
    const read = (name: string, help: string, value: (load: PlanLoad) => number) => {
      this.#readGauge(name, help, [], async () => {
        const found = await loadNow();
        return found ? [[{}, value(found)]] : [];
      });
    };
    read('apportion_plans_queued', 'Plans that wait to be begun.', ({ queued }) => queued);
    read('apportion_plans_running', 'Plans that are worked on.', ({ running }) => running);
    read(
      'apportion_oldest_queued_plan_age_seconds',
      'How long the oldest of those that wait has waited; 0 where none does.',
      ({ oldestQueuedAt }) => (oldestQueuedAt === undefined ? 0 : (now() - oldestQueuedAt) / 1000),
    );
  }

  #histogram(name: string, help: string, labelNames: string[], buckets: number[]): Histogram {
    return new Histogram({ name, help, labelNames, buckets, registers: [this.#registry] });
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.#registry] });
  }

  #readGauge(name: string, help: string, labelNames: string[], read: () => Read | Promise<Read>): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      async collect() {
        const values = await read();
        this.reset();
        if (values.length === 0) this.remove();
        for (const [labels, value] of values) this.set(labels, value);
      },
    });
  }
}

type Read = readonly (readonly [labels: Record<string, string>, value: number])[];

async function inTime<Result>(asked: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, STORE_WAIT_MS, undefined);
  });
  try {
    return await Promise.race([asked.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

import { AsyncLocalStorage } from 'node:async_hooks';

/** So long a request may be with a database, in all its transactions together. */
const MOST_MS = 8000;

/** A request that waits for something to happen has that time again and again. */
const RENEWED_EVERY_MS = 10_000;

/** What a request has left of its time with a database. */
export class RequestTime {
  static readonly #of = new AsyncLocalStorage<RequestTime>();
  readonly #now: () => number;
  #since: number;
  #spentMs = 0;

  constructor(now = () => performance.now()) {
    this.#now = now;
    this.#since = now();
  }

  /** That of the request which is being answered; `undefined` where nobody waits for an answer. */
  static current(): RequestTime | undefined {
    return RequestTime.#of.getStore();
  }

  /** Answers a request that has all its time before it. */
  static begin(answer: () => void): void {
    RequestTime.#of.run(new RequestTime(), answer);
  }

  /** Does what goes on after the answer, in its own time. */
  static outside<Result>(work: () => Result): Result {
    return RequestTime.#of.exit(work);
  }

  get leftMs(): number {
    if (this.#now() - this.#since > RENEWED_EVERY_MS) {
      this.#since = this.#now();
      this.#spentMs = 0;
    }
    return MOST_MS - this.#spentMs;
  }

  spend(milliseconds: number): void {
    this.#spentMs += milliseconds;
  }
}

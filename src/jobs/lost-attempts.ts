import type { PlanAttempt, PlanRecord } from '../store/store.ts';

/** So long an attempt may go without a sign of life. */
const MOST_SILENCE_MS = 10_000;

/** After a longer time without a look it is not known who gave a sign meanwhile. */
const LONGEST_GAP_MS = 3000;

/**
 * Finds attempts nobody is at any more: those whose beat stays the same while it is looked again and again.
 *
 * Only the time between looks of this process counts. So it matters neither what the clocks of other machines say, nor how long this process
 * was stopped or the store out of order: after that everybody has the whole time again.
 */
export class LostAttempts {
  #seen = new Map<string, { readonly beat: number; readonly since: number }>();
  #lookedAt = -Infinity;

  /** `at` is in milliseconds of a clock that nobody sets. */
  look(running: readonly PlanRecord[], at: number): readonly PlanAttempt[] {
    if (at - this.#lookedAt > LONGEST_GAP_MS) this.#seen.clear();
    this.#lookedAt = at;
    const before = this.#seen;
    this.#seen = new Map();
    return running.filter(({ tenant, id, attempt, beat }) => {
      const name = JSON.stringify([tenant, id, attempt]);
      const last = before.get(name);
      const since = last?.beat === beat ? last.since : at;
      this.#seen.set(name, { beat, since });
      return at - since >= MOST_SILENCE_MS;
    });
  }
}

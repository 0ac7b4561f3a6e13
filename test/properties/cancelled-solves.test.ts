import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { planSchema } from '../../models/plan.ts';
import type { PlanningOutcome } from '../../src/processes/messages.ts';
import { fullBody } from '../src/http/full-body.ts';
import { endlessScenario } from '../src/http/large-scenario.ts';
import { post, startService, type TestService, until } from '../src/http/test-service.ts';
import { zombies } from '../src/processes/stub-pool.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { caseCount } from './case-count.ts';

const CANCELS = caseCount(20, 500);
const MOST_MS = 250;
/** Of few cancels the worst hundredth is the worst one, and that is the machine's. */
const SHARE_IN_TIME = CANCELS < 100 ? 0.9 : 0.99;

let service: TestService;
beforeAll(async () => {
  service = await startService({ size: 2 });
});
afterAll(() => service.close());

/** A client that goes away at some moment, and what became of its request at both ends. */
interface Cancel {
  readonly answered: boolean;
  readonly outcome: PlanningOutcome['kind'];
  /** Whether a process was at work on it when the client went away. */
  readonly wasRunning: boolean;
  /** From the client's going away until its process is dead, or free again. */
  readonly milliseconds: number;
}

it(
  `frees a process within ${MOST_MS} ms of a cancel, ${CANCELS} times, and never both cancels and answers`,
  { timeout: 60_000 + 2000 * CANCELS },
  async () => {
    const random = new SeededRandom(20_270_601);
    const endless = JSON.stringify({ scenario: endlessScenario() });
    const quick = JSON.stringify(fullBody);
    // Follows the moment at which the reply comes, so that about as many races are won as lost.
    let replyMs = (await post(`${service.url}/v1/solve`, quick)).milliseconds;
    const cancels: Cancel[] = [];
    for (let round = 0; round < CANCELS; round += 1) {
      // Most race with the reply; the others meet any stage of a solve that would not end.
      const isRace = round % 4 > 0;
      const afterMs = isRace ? replyMs * random.between(0.7, 1.3) : random.between(0, 300);
      const cancelled = await cancel(isRace ? quick : endless, afterMs);
      if (isRace) replyMs *= cancelled.outcome === 'reply' ? 0.7 : 1.4;
      cancels.push(cancelled);
    }

    for (const { answered, outcome } of cancels) {
      // A reply can be lost on its way to a client that has gone, but nothing is both cancelled and answered.
      if (answered) expect(outcome).toBe('reply');
      expect(['reply', 'cancelled']).toContain(outcome);
    }
    const kinds = new Set(cancels.map(({ outcome, wasRunning }) => `${outcome} ${wasRunning}`));
    expect([...kinds]).toEqual(expect.arrayContaining(['cancelled true', 'reply false']));
    const times = cancels.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    expect(times[Math.ceil(SHARE_IN_TIME * times.length) - 1]).toBeLessThanOrEqual(MOST_MS);

    await until(() => service.pool.status.idle === 2, 'both processes');
    expect(service.pool.processIds).toHaveLength(2);
    expect(zombies()).toEqual([]);
    expect(service.mistakes).toEqual([]);
    const { status, text } = await post(`${service.url}/v1/solve`, fullBody);
    expect([status, planSchema.parse(JSON.parse(text)).status]).toEqual([200, 'optimal']);
  },
);

async function cancel(body: string, afterMs: number): Promise<Cancel> {
  await until(() => service.pool.status.idle > 0, 'a process');
  const pids = service.pool.processIds;
  const run = vi.spyOn(service.pool, 'run');
  const gone = new AbortController();
  let answered = false;
  const answer = post(`${service.url}/v1/solve`, body, undefined, gone.signal).then(
    ({ status, text }) => {
      answered = status === 200 && planSchema.safeParse(JSON.parse(text)).success;
    },
    () => undefined,
  );
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const wasRunning = service.pool.status.running > 0;
  const abortedAt = performance.now();
  gone.abort();
  await answer;
  // A request that never arrived has no outcome, and needs none.
  const outcome = (await (run.mock.results.at(0)?.value as Promise<PlanningOutcome> | undefined))?.kind;
  const isFree = () =>
    service.pool.status.running === 0 &&
    (outcome !== 'cancelled' || !wasRunning || pids.some((pid) => !service.pool.processIds.includes(pid)));
  await until(isFree, 'the process to be free');
  const milliseconds = performance.now() - abortedAt;
  run.mockRestore();
  return { answered, outcome: outcome ?? 'cancelled', wasRunning, milliseconds };
}

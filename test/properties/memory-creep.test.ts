import { afterEach, expect, it } from 'vitest';
import { residentBytes } from '../../src/processes/memory-watch.ts';
import type { PlanningPoolOptions } from '../../src/processes/pool-options.ts';
import { childProcesses, post, startService, type TestService } from '../src/http/test-service.ts';
import { zombies } from '../src/processes/stub-pool.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { caseCount } from './case-count.ts';

const SOLVES = caseCount(200, 5000);
const MEBIBYTE = 1024 ** 2;
/**
 * Between the end of the warm-up and the end. What an infeasible scenario's repairs leave behind is collected only once there are
 * hundreds of megabytes of it (`child-command.ts`); measured: 20 over 200 solves, 80 over 3,000, and nothing over 1,800 where
 * garbage is collected at once.
 */
const MOST_GROWTH_MIB = SOLVES <= 200 ? 40 : 160;

let service: TestService;
afterEach(() => service.close());

async function start(options: Partial<PlanningPoolOptions>): Promise<void> {
  service = await startService(options);
}

/** One of many different scenarios, a third of them with yes/no choices. */
async function solveOne(seed: number): Promise<void> {
  const random = new SeededRandom(seed);
  const scenario = randomScenario(seed);
  if (random.chance(0.33)) for (const site of scenario.sites) site.openingCost = random.whole(0, 500);
  const { status, text } = await post(`${service.url}/v1/solve`, { scenario });
  expect(status, `seed ${seed}: ${text.slice(0, 200)}`).toBe(200);
}

it(
  `keeps a process within ${MOST_GROWTH_MIB} MiB of its size over ${SOLVES} solves`,
  { timeout: 60_000 + 100 * SOLVES },
  async () => {
    // Never replaced: this is about what one process keeps.
    await start({ recycleAfterRequests: 1_000_000 });
    const [pid] = service.pool.processIds;
    const sizes: number[] = [];
    for (let seed = 1; seed <= SOLVES; seed += 1) {
      await solveOne(seed);
      sizes.push((residentBytes(pid) ?? 0) / MEBIBYTE);
    }
    const window = SOLVES / 10;
    const warm = mean(sizes.slice(2 * window, 3 * window));
    expect(mean(sizes.slice(-window)) - warm).toBeLessThan(MOST_GROWTH_MIB);
    expect(service.pool.processIds).toEqual([pid]);
    expect(zombies()).toEqual([]);
  },
);

it('replaces a process after so many solves, loses none of them and leaves no zombie', async () => {
  await start({ recycleAfterRequests: 12 });
  const seen = new Set<number>();
  for (let seed = 1; seed <= 26; seed += 1) {
    await solveOne(seed);
    for (const pid of service.pool.processIds) seen.add(pid);
  }
  expect(seen.size).toBeGreaterThanOrEqual(3);
  expect(childProcesses().length).toBeLessThanOrEqual(2);
  expect(zombies()).toEqual([]);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

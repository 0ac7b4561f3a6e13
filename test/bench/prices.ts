import type { LinearProgram } from '../../models/linear-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { LimitWalk } from '../../models/sensitivity/limit-walk.ts';
import { optimalBasis } from '../../models/sensitivity/optimal-basis.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { bareHighs } from './other-solvers.ts';
import { stations, WARM_UP_SHARE } from './stations.ts';
import { median } from './statistics.ts';

/** Both sides of every limit: the whole request beside the plan alone, and the price of one limit upwards beside a solve. */
export async function prices(scenario: Scenario, program: LinearProgram, rounds: number): Promise<object> {
  const { answer } = await stations();
  const [plain, full] = ['none', 'full'].map((sensitivity) =>
    Buffer.from(JSON.stringify({ scenario, options: { sensitivity, timeLimitSeconds: 600 } })),
  );
  const bare = await bareHighs();
  const walk = await limitWalk(program);
  const ratios: { full: number[]; price: number[] } = { full: [], price: [] };
  for (let round = 0; round < rounds; round += 1) {
    const planTime = answer(plain).milliseconds;
    ratios.full.push(answer(full).milliseconds / planTime);
    const bareTime = bare(program).milliseconds;
    ratios.price.push(walk(round) / bareTime);
  }
  const counted = (all: readonly number[]) => median(all.slice(Math.floor(WARM_UP_SHARE * rounds)));
  return { 'full, plan = 1': counted(ratios.full), 'price, solves': counted(ratios.price) };
}

/** So many limits are walked for one figure: a single one takes microseconds. */
const WALKED = 200;

/** Milliseconds that the price of one limit upwards takes, with its end and the next price; the factors are there already. */
async function limitWalk(program: LinearProgram): Promise<(round: number) => number> {
  const answer = (await loadHighsEngine()).solve(program, { timeLimitSeconds: 600, ranges: true });
  const basis =
    answer.status === 'optimal' && answer.ranges ? optimalBasis(program, answer.ranges) : undefined;
  if (basis === undefined) throw new Error('The engine ended without a basis.');
  const walk = new LimitWalk(basis);
  return (round) => {
    const began = performance.now();
    for (let i = 0; i < WALKED; i += 1) walk.walk((round * WALKED + i) % program.rows.length, 1, 1);
    return (performance.now() - began) / WALKED;
  };
}

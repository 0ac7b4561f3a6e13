import { deliveryModel } from '../delivery-model.ts';
import { LINEAR_SIZES } from '../sizes.ts';
import { percentile } from '../statistics.ts';
import { keep, send, submit, untilState } from './client.ts';
import type { Effort } from './effort.ts';
import { paced } from './load.ts';
import { MeasuredProcess, withServer } from './measured-process.ts';

/** Enough that the planning process never waits for the next one. */
const AT_ONCE = 4;
const ASKED_PER_SECOND = 5;

/**
 * Certified solves of a thousand columns per second: asked for and answered, and as kept plans from the first submission to the last plan; and
 * how long a kept plan takes from its submission where five come a second.
 */
export async function solves({ solves: count, pacedSeconds }: Effort): Promise<Record<string, number>> {
  const scenario = deliveryModel(LINEAR_SIZES['1k'], 1);
  const body = JSON.stringify({ scenario });
  return withServer(
    () => MeasuredProcess.service(),
    async ({ url }) => {
      const solve = async () => {
        const answer = await send(`${url}/v1/solve`, 'POST', body);
        if (!answer.body.startsWith('{"status":"optimal"')) throw new Error(answer.body.slice(0, 100));
      };
      const address = await keep(url, scenario);
      await atOnce(AT_ONCE, Math.ceil(count / 4), solve);
      const solved = await atOnce(AT_ONCE, count, solve);
      const kept = await timed(async () => {
        const plans = await Promise.all(Array.from({ length: count }, () => submit(address)));
        // Plans of one client are worked on in the order in which they came: the last one of all is among these.
        for (const plan of plans) await untilState(plan, 'finished', 5);
      });
      const waited = await paced(ASKED_PER_SECOND, pacedSeconds, () => submit(address, {}, 30));
      return {
        solves: count / solved,
        'kept plans': count / kept,
        'kept plan at 5/s, p95': percentile(
          waited.map(({ milliseconds }) => milliseconds),
          0.95,
        ),
      };
    },
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Does something so many times, so many at once; how many seconds that takes. */
async function atOnce(width: number, count: number, work: () => Promise<void>): Promise<number> {
  let left = count;
  return timed(() =>
    Promise.all(
      Array.from({ length: width }, async () => {
        while (left-- > 0) await work();
      }),
    ),
  );
}

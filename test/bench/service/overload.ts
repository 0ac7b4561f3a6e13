import { Agent, request } from 'node:http';
import { deliveryModel } from '../delivery-model.ts';
import { LINEAR_SIZES } from '../sizes.ts';
import { percentile } from '../statistics.ts';
import { keep, send } from './client.ts';
import type { Effort } from './effort.ts';
import { paced, type Sent } from './load.ts';
import { MeasuredProcess, withServer } from './measured-process.ts';

const TIMES = 10;

/** As many requests as keep the planning process busy and no more than wait. */
const AT_ONCE = 8;

/**
 * Ten times as many solves as can be done: how many are still done in a second, beside what is done without overload; how fast the others are
 * refused; and how long after it a solve takes again no longer than three times what it did before.
 */
export async function overload({ overloadSeconds: seconds }: Effort): Promise<Record<string, number>> {
  const body = Buffer.from(JSON.stringify({ scenario: deliveryModel(LINEAR_SIZES['1k'], 1) }));
  return withServer(
    () => MeasuredProcess.service(),
    async ({ url }) => {
      await keep(url, deliveryModel(LINEAR_SIZES['1k'], 1));
      const agent = new Agent({ keepAlive: true });
      const solve = () => status(`${url}/v1/solve`, body, agent);
      const peak = await peakRate(seconds, solve);
      const alone = (await send(`${url}/v1/solve`, 'POST', body.toString())).milliseconds;
      const sent = await paced(TIMES * peak, seconds, solve);
      const ended = performance.now();
      while (
        (await send(`${url}/v1/solve`, 'POST', body.toString(), {}, [200, 503])).milliseconds >
        3 * alone
      );
      agent.destroy();
      return {
        'solves, peak': peak,
        'solves under overload': doneWithin(sent, seconds),
        'refusals, p99': percentile(
          sent.filter(({ result }) => result === 503).map(({ milliseconds }) => milliseconds),
          0.99,
        ),
        'recovery, seconds': (performance.now() - ended) / 1000,
      };
    },
  );
}

/** Solves per second with a few at once. */
async function peakRate(seconds: number, solve: () => Promise<number>): Promise<number> {
  let done = 0;
  const began = performance.now();
  const isOver = () => performance.now() - began > seconds * 1000;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (!isOver()) {
        await solve();
        if (!isOver()) done += 1;
      }
    }),
  );
  return done / seconds;
}

/** How many were solved a second while the load lasted. */
function doneWithin(sent: readonly Sent<number>[], seconds: number): number {
  const done = sent.filter(
    ({ at, milliseconds, result }) => result === 200 && at + milliseconds <= seconds * 1000,
  );
  return done.length / seconds;
}

/** Posts a body; the status. */
function status(url: string, body: Buffer, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        resolve(response.statusCode ?? 0);
      });
    });
    asked.on('error', reject).end(body);
  });
}

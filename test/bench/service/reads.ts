import { deliveryModel } from '../delivery-model.ts';
import { CHOICE_SIZES, LINEAR_SIZES } from '../sizes.ts';
import { keep, send, submit } from './client.ts';
import type { Effort } from './effort.ts';
import { type Load, saturate } from './load.ts';
import { MeasuredProcess, withServer } from './measured-process.ts';

const CONNECTIONS = 50;

/** So many scenarios are kept that a page of the list is full. */
const KEPT = 60;

/**
 * Reads per second on 50 connections, each of which asks in turn for a plan's record, a scenario's, a page of the list and a revision, while
 * nothing is solved and while something is; beside the empty route of a bare server, in turns.
 */
export async function reads({ loadSeconds }: Effort): Promise<Record<string, number>> {
  return withServer(
    () => MeasuredProcess.bareServer(),
    (bare) =>
      withServer(
        () => MeasuredProcess.service(),
        async (service) => {
          const { url } = service;
          const requests = (await readPaths(url)).map((path) => ({ path }));
          const pressure = { connections: CONNECTIONS, seconds: loadSeconds };
          const measure = () => withCpu(service, () => saturate(url, requests, pressure));
          const yardstick = () => withCpu(bare, () => saturate(bare.url, [{ path: '/' }], pressure));
          // V8 compiles on the way.
          const warm = { connections: CONNECTIONS, seconds: Math.min(2, loadSeconds) };
          await saturate(bare.url, [{ path: '/' }], warm);
          await saturate(url, requests, warm);
          const idle = figures('', await yardstick(), await measure());
          const busy = await whileSolving(url, async () =>
            figures(' while solving', await yardstick(), await measure()),
          );
          return { ...idle, ...busy };
        },
      ),
  );
}

interface CountedLoad extends Load {
  readonly cpuMicroseconds: number;
}

/** Adds what one request costs a server. */
async function withCpu(server: MeasuredProcess, work: () => Promise<Load>): Promise<CountedLoad> {
  const before = server.cpuSeconds();
  const load = await work();
  return { ...load, cpuMicroseconds: ((server.cpuSeconds() - before) / load.count) * 1e6 };
}

function figures(when: string, yardstick: CountedLoad, load: CountedLoad): Record<string, number> {
  return {
    [`empty route${when}`]: yardstick.perSecond,
    [`empty route${when}, p99`]: yardstick.p99,
    [`empty route${when}, processor`]: yardstick.cpuMicroseconds,
    [`reads${when}`]: load.perSecond,
    [`reads${when}, p99`]: load.p99,
    [`reads${when}, processor`]: load.cpuMicroseconds,
  };
}

/** Keeps scenarios of a thousand columns and a plan; what is read of them. */
async function readPaths(service: string): Promise<readonly string[]> {
  const scenario = deliveryModel(LINEAR_SIZES['1k'], 1);
  let address = '';
  for (let kept = 0; kept < KEPT; kept += 1)
    address = await keep(service, { ...scenario, name: `Scenario ${kept}` });
  const plan = await submit(address, {}, 30);
  return [plan, address, `${service}/v1/scenarios`, `${address}/revisions/1`].map(
    (each) => new URL(each).pathname,
  );
}

/** Does something while a planning process is busy with a solve of minutes. */
async function whileSolving<Result>(service: string, work: () => Promise<Result>): Promise<Result> {
  const leaving = new AbortController();
  // Its search for the best of 940 choices is at 0.02 % after a minute.
  const scenario = deliveryModel(CHOICE_SIZES['940 choices'], 1);
  const body = JSON.stringify({ scenario, options: { timeLimitSeconds: 600, mipGap: 0 } });
  const solve = send(`${service}/v1/solve`, 'POST', body, {}, [200], leaving.signal).then(
    () => {
      throw new Error('The solve has ended before the load did.');
    },
    (error: unknown) => {
      if (!leaving.signal.aborted) throw error;
    },
  );
  // It is to be with the engine.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const measured = work().finally(() => {
    leaving.abort();
  });
  const [result] = await Promise.all([measured, solve]);
  return result;
}

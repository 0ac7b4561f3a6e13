import autocannon from 'autocannon';

/** What came of a load. Times in milliseconds. */
export interface Load {
  /** Requests that were answered as they should be. */
  readonly perSecond: number;
  readonly p99: number;
  readonly count: number;
}

/** How many connections ask at once, and for how long or how often. */
export type Pressure = { readonly connections: number } & (
  { readonly seconds: number } | { readonly amount: number }
);

/**
 * As many requests as a service answers: each connection sends its next one when it has the answer to the last, so that times are those under full
 * load. Throws where any answer is not 2xx: a refusal is fast.
 */
export async function saturate(
  url: string,
  requests: autocannon.Request[],
  pressure: Pressure,
): Promise<Load> {
  const { connections } = pressure;
  const result = await autocannon({
    url,
    requests,
    connections,
    ...('seconds' in pressure ? { duration: pressure.seconds } : { amount: pressure.amount }),
    // Ends a load by number within a tenth of a second of its last answer.
    sampleInt: 100,
  });
  const { errors, timeouts, non2xx, statusCodeStats } = result;
  if (errors + timeouts + non2xx > 0)
    throw new Error(`${errors} errors, ${timeouts} timeouts, answers ${JSON.stringify(statusCodeStats)}`);
  return { perSecond: result['2xx'] / result.duration, p99: result.latency.p99, count: result['2xx'] };
}

/** A request that was to be sent at a time, and what came of it. */
export interface Sent<Result> {
  /** From the beginning of the load, in milliseconds. */
  readonly at: number;
  /** From when it was to be sent until its result was there: one that is sent late because others are slow has waited. */
  readonly milliseconds: number;
  readonly result: Result;
}

/** Sends requests at a rate, whether or not earlier ones have been answered, as many clients would that know nothing of each other. */
export async function paced<Result>(
  perSecond: number,
  seconds: number,
  send: () => Promise<Result>,
): Promise<readonly Sent<Result>[]> {
  const began = performance.now();
  const sent: Promise<Sent<Result>>[] = [];
  const count = Math.round(perSecond * seconds);
  for (let index = 0; index < count; index += 1) {
    const at = (index / perSecond) * 1000;
    const early = began + at - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    sent.push(send().then((result) => ({ at, milliseconds: performance.now() - began - at, result })));
  }
  return Promise.all(sent);
}

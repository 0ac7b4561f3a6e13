import { randomUUID } from 'node:crypto';
import type { Scenario } from '../../../models/scenario/schema.ts';

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** Sends a request; throws where the answer does not have a status that is expected. */
export async function send(
  url: string,
  method: string,
  body?: string,
  headers: Record<string, string> = {},
  expected: readonly number[] = [200, 201, 202],
  signal?: AbortSignal,
): Promise<Answer> {
  const began = performance.now();
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  if (!expected.includes(response.status))
    throw new Error(`${method} ${url} was answered with ${response.status}: ${text.slice(0, 300)}`);
  return { status: response.status, body: text, milliseconds: performance.now() - began };
}

/** Keeps a scenario; its address. */
export async function keep(service: string, scenario: Scenario): Promise<string> {
  const { body } = await send(`${service}/v1/scenarios`, 'POST', JSON.stringify({ scenario }));
  return `${service}/v1/scenarios/${(JSON.parse(body) as { id: string }).id}`;
}

/** Asks for a plan of a kept scenario; its address. With a wait the plan is there when this resolves. */
export async function submit(scenario: string, options: object = {}, waitSeconds = 0): Promise<string> {
  const headers = {
    'idempotency-key': randomUUID(),
    ...(waitSeconds > 0 && { prefer: `wait=${waitSeconds}` }),
  };
  const { body } = await send(`${scenario}/plans`, 'POST', JSON.stringify({ options }), headers, [
    waitSeconds > 0 ? 200 : 202,
  ]);
  return `${new URL(scenario).origin}/v1/plans/${(JSON.parse(body) as { id: string }).id}`;
}

/** Waits until a kept plan is in a state; throws where it has ended in another one. */
export async function untilState(plan: string, wanted: string, pauseMs = 2): Promise<void> {
  for (;;) {
    const { state } = JSON.parse((await send(plan, 'GET')).body) as { state: string };
    if (state === wanted) return;
    if (!['queued', 'running'].includes(state)) throw new Error(`${plan} is ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

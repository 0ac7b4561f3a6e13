import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manyChoices } from '../../../scenarios/many-choices.ts';
import { smallScenario } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { endlessScenario } from '../large-scenario.ts';
import { send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

interface Seen {
  readonly state: string;
  readonly progress?: {
    readonly stage: string;
    readonly incumbent?: number;
    readonly bound?: number;
    readonly gap?: number;
  };
  readonly totalCost?: number;
}

async function submitted(scenario: object, options: object = {}): Promise<string> {
  const kept = await send(service.url, 'post', '/v1/scenarios', { scenario });
  const { id } = JSON.parse(kept.text) as { id: string };
  const plan = await send(service.url, 'post', `/v1/scenarios/${id}/plans`, { options });
  return (JSON.parse(plan.text) as { id: string }).id;
}

function eventsIn(text: string): Seen[] {
  return [...text.matchAll(/^event: plan\ndata: (.*)\n\n/gm)].map(([, data]) => JSON.parse(data) as Seen);
}

describe('the events of a plan', () => {
  it('tell every state and stage in order, and end with the final one', async () => {
    const busy = await submitted(endlessScenario());
    const id = await submitted(smallScenario());
    const following = send(service.url, 'get', `/v1/plans/${id}/events`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await send(service.url, 'post', `/v1/plans/${busy}/cancel`);
    const answer = await following;
    expect([answer.status, answer.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(undocumented('get', '/v1/plans/{plan}/events', answer)).toBeUndefined();
    const seen = eventsIn(answer.text);
    const states = seen.map(({ state }) => state);
    expect([states[0], states.at(-1)]).toEqual(['queued', 'finished']);
    expect(states.filter((state, at) => state !== states[at - 1])).toEqual(['queued', 'running', 'finished']);
    expect(seen.some(({ progress }) => progress !== undefined)).toBe(true);
  });

  it('tell how far a search over yes/no choices is', async () => {
    const id = await submitted(manyChoices(), { timeLimitSeconds: 6, sensitivity: 'none' });
    const answer = await send(service.url, 'get', `/v1/plans/${id}/events`);
    expect(
      undocumented('get', '/v1/plans/{plan}', await send(service.url, 'get', `/v1/plans/${id}`)),
    ).toBeUndefined();
    const seen = eventsIn(answer.text);
    const told = seen.flatMap(({ progress }) => (progress?.incumbent === undefined ? [] : [progress]));
    expect(told.length).toBeGreaterThan(3);
    for (const { stage, incumbent = 0, bound = 0, gap } of told) {
      expect(stage).toBe('solve');
      expect(bound).toBeLessThanOrEqual(incumbent);
      expect(gap).toBeCloseTo((incumbent - bound) / incumbent, 12);
    }
    // It only ever gets better, and what is found is the plan.
    told.slice(1).forEach(({ incumbent, bound }, i) => {
      expect(incumbent).toBeLessThanOrEqual(told[i].incumbent!);
      expect(bound).toBeGreaterThanOrEqual(told[i].bound!);
    });
    const { totalCost = 0 } = seen.at(-1)!;
    expect(totalCost).toBeLessThanOrEqual(told.at(-1)!.incumbent! * (1 + 1e-9));
    expect(totalCost).toBeGreaterThanOrEqual(told.at(-1)!.bound! * (1 - 1e-9));
  });

  it('of a plan that has ended are one', async () => {
    const id = await submitted(smallScenario());
    await send(service.url, 'get', `/v1/plans/${id}/events`);
    const again = await send(service.url, 'get', `/v1/plans/${id}/events`);
    expect(eventsIn(again.text).map(({ state }) => state)).toEqual(['finished']);
  });

  it('end when the plan is cancelled, and need nobody who listens to the end', async () => {
    const id = await submitted(endlessScenario());
    const leaving = new AbortController();
    const response = await fetch(`${service.url}/v1/plans/${id}/events`, { signal: leaving.signal });
    await response.body!.getReader().read();
    leaving.abort();
    const following = send(service.url, 'get', `/v1/plans/${id}/events`);
    await send(service.url, 'post', `/v1/plans/${id}/cancel`);
    expect(eventsIn((await following).text).at(-1)?.state).toBe('cancelled');
    expect(service.mistakes).toEqual([]);
  });

  it('are not there for a plan that is not', async () => {
    const answer = await send(service.url, 'get', '/v1/plans/nothing/events');
    expect([answer.status, undocumented('get', '/v1/plans/{plan}/events', answer)]).toEqual([404, undefined]);
  });
});

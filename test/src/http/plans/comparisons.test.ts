import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Comparison } from '../../../../models/comparison.ts';
import type { Scenario } from '../../../../models/scenario/schema.ts';
import { smallScenario, team } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** The id of a plan once it is there. */
async function planned(scenario: Scenario, options: object = {}): Promise<string> {
  const kept = await send(service.url, 'post', '/v1/scenarios', { scenario });
  const { id } = JSON.parse(kept.text) as { id: string };
  const plan = await send(
    service.url,
    'post',
    `/v1/scenarios/${id}/plans`,
    { options },
    { prefer: 'wait=20' },
  );
  const { id: planId, state } = JSON.parse(plan.text) as { id: string; state: string };
  expect(state).toBe('finished');
  return planId;
}

async function compared(...ids: string[]): Promise<Answer> {
  const answer = await send(service.url, 'get', `/v1/comparisons?plans=${ids.join(',')}`);
  expect(undocumented('get', '/v1/comparisons', answer)).toBeUndefined();
  return answer;
}

const dear = (scenario: Scenario): Scenario => ({
  ...scenario,
  teams: [team('manila', 'luzon', 12, 40), team('cebu', 'luzon', 30, 40)],
});

it('sets plans of several scenarios beside the first', async () => {
  const [first, other] = [
    await planned(smallScenario()),
    await planned(dear(smallScenario()), { sensitivity: 'full' }),
  ];
  const answer = await compared(first, other, await planned(smallScenario(), { sensitivity: 'none' }));
  expect(answer.status).toBe(200);
  const { plans, differences, currency } = JSON.parse(answer.text) as Comparison;
  expect([currency, plans.map(({ totalCost }) => totalCost)]).toEqual(['USD', [500, 780, 500]]);
  expect(plans[0]).toMatchObject({ plan: first, revision: 1, scenarioName: 'small', placedHours: 50 });
  expect(differences).toMatchObject([
    {
      plan: other,
      totalCost: 280,
      sentence: 'It costs 780.00 USD, 280.00 more than the first plan: handling 280.00 more.',
      operators: [],
      // An hour less at Manila costs 18, where it cost nothing; an hour of appeals 30 instead of 10.
      prices: {
        compared: 2,
        changed: 2,
        items: [
          { family: 'demand', size: 20 },
          { family: 'team-capacity', size: 18 },
        ],
      },
      moves: { workflows: [{ sentence: 'appeals: 10 hours from manila (luzon) to cebu (luzon).' }] },
    },
    { totalCost: 0, moves: { workflows: [] }, prices: { unavailable: 'This plan has no prices.' } },
  ]);
});

it('refuses plans that are too few, too many, named twice, not there or without a cost', async () => {
  const plan = await planned(smallScenario());
  const statusOf = async (...ids: string[]) => (await compared(...ids)).status;
  expect(await statusOf(plan)).toBe(400);
  expect(await statusOf(plan, plan)).toBe(400);
  expect(await statusOf(...Array.from({ length: 11 }, (_, i) => `p${i}`))).toBe(400);
  const without = await send(service.url, 'get', '/v1/comparisons');
  expect([without.status, undocumented('get', '/v1/comparisons', without)]).toEqual([400, undefined]);
  const unknown = await compared(plan, 'nothing');
  expect([unknown.status, unknown.text]).toEqual([404, expect.stringContaining('nothing')]);
  const infeasible = await planned(smallScenario({ teams: [team('manila', 'luzon', 10, 1)] }));
  const costless = await compared(plan, infeasible);
  expect([costless.status, costless.text]).toEqual([
    409,
    expect.stringContaining(`Plan ${infeasible} is infeasible`),
  ]);
});

it('refuses plans of different currencies and engines, and says which', async () => {
  const plan = await planned(smallScenario());
  const euros = await compared(plan, await planned(smallScenario({ currency: 'EUR' })));
  expect([euros.status, JSON.parse(euros.text)]).toMatchObject([
    409,
    {
      type: '/problems/not-comparable',
      detail: expect.stringMatching(/USD \(plan .*\), EUR \(plan /) as string,
    },
  ]);
  const other = await compared(plan, await planned(smallScenario(), { engine: 'javascript-lp-solver' }));
  expect([other.status, other.text]).toEqual([
    409,
    expect.stringMatching(/highs [\d.]+ \(plan .*javascript-lp-solver/),
  ]);
});

it('refuses a plan that is not finished', async () => {
  const plan = await planned(smallScenario());
  const kept = await send(service.url, 'post', '/v1/scenarios', { scenario: smallScenario() });
  const { id } = JSON.parse(kept.text) as { id: string };
  const options = { flips: [{ site: 'nowhere' }] };
  const rejected = await send(
    service.url,
    'post',
    `/v1/scenarios/${id}/plans`,
    { options },
    { prefer: 'wait=20' },
  );
  const answer = await compared(plan, (JSON.parse(rejected.text) as { id: string }).id);
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('is rejected')]);
  expect(service.mistakes).toEqual([]);
});

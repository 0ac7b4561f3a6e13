import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Difference } from '../../../../models/differences.ts';
import { smallScenario, team } from '../../../models/small-scenario.ts';
import { fullScenario } from '../../../models/scenario/full-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const PATH = '/v1/scenarios/{scenario}/revisions/{revision}/differences';

/** A scenario with two revisions. */
async function twoRevisions(from: object, to: object): Promise<string> {
  const kept = await send(service.url, 'post', '/v1/scenarios', { scenario: from });
  const { id } = JSON.parse(kept.text) as { id: string };
  const put = await send(service.url, 'put', `/v1/scenarios/${id}`, { scenario: to }, { 'if-match': '"r1"' });
  expect([kept.status, put.status]).toEqual([201, 200]);
  return id;
}

async function differences(id: string, revision: number | string, query = ''): Promise<Answer> {
  const answer = await send(
    service.url,
    'get',
    `/v1/scenarios/${id}/revisions/${revision}/differences${query}`,
  );
  expect(undocumented('get', PATH, answer)).toBeUndefined();
  return answer;
}

const small = smallScenario();
const fewerHours = smallScenario({ teams: [team('manila', 'luzon', 10, 80)] });

it('are told from the revision before, or from any', async () => {
  const id = await twoRevisions(small, fewerHours);
  const answer = await differences(id, 2);
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    200,
    {
      scenarioId: id,
      fromRevision: 1,
      toRevision: 2,
      total: 1,
      counts: { capacity: 1 },
      items: [
        {
          change: 'changed',
          what: 'capacity',
          subject: { team: 'manila', period: 'P1' },
          from: { hours: 100 },
          to: { hours: 80 },
          sentence: 'Capacity of manila in P1: 100 → 80 productive hours.',
        },
      ],
    },
  ]);
  const back = JSON.parse((await differences(id, 1, '?from=2')).text) as { items: Difference[] };
  expect(back.items[0].sentence).toBe('Capacity of manila in P1: 80 → 100 productive hours.');
  expect(JSON.parse((await differences(id, 2, '?from=2')).text)).toMatchObject({ total: 0, items: [] });
});

it('have documented fields, whatever has changed', async () => {
  const { rules: _rules, placements: _placements, ...bare } = fullScenario();
  for (const [from, to] of [
    [small, fullScenario()],
    [fullScenario(), bare],
    [bare, { ...fullScenario(), periods: fullScenario().periods.toReversed() }],
  ])
    expect((await differences(await twoRevisions(from, to), 2)).status).toBe(200);
});

it('are there of a deleted scenario, too', async () => {
  const id = await twoRevisions(small, fewerHours);
  await send(service.url, 'delete', `/v1/scenarios/${id}`, undefined, { 'if-match': '*' });
  expect((await differences(id, 2)).status).toBe(200);
});

it('are refused where no two revisions are meant', async () => {
  const id = await twoRevisions(small, fewerHours);
  for (const [revision, query, status] of [
    [1, '', 400],
    [2, '?from=0', 400],
    [2, '?from=x', 400],
    [2, '?from=1&from=2', 400],
    [2, '?from=3', 404],
    [3, '', 404],
    ['x', '', 404],
  ] as const)
    expect([revision, query, (await differences(id, revision, query)).status]).toEqual([
      revision,
      query,
      status,
    ]);
  expect((await differences('nothing', 2)).status).toBe(404);
  expect(service.mistakes).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { undocumented } from './documented-answer.ts';
import { fullScenario } from './full-body.ts';
import { endlessScenario } from './large-scenario.ts';
import { type Answer, post, startService, type TestService, until } from './test-service.ts';

const PATH = '/v1/sensitivity-table';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

/** An answer that is what `openapi.yaml` says of the route. */
async function send(body: object): Promise<Answer> {
  const answer = await post(service.url + PATH, body);
  expect(undocumented('post', PATH, answer)).toBeUndefined();
  return answer;
}

function comfortPlus(): { readonly scenario: Scenario; readonly asInSolver: readonly string[] } {
  const file = new URL('../../fixtures/published/comfort-plus.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as ReturnType<typeof comfortPlus>;
}

describe('200', () => {
  it('is the published report of Comfort Plus as Solver would print it', async () => {
    const { scenario, asInSolver } = comfortPlus();
    const answer = await send({ scenario, table: 'constraints', infinity: '1E+30' });
    expect([answer.status, answer.type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.text.split('\r\n')).toEqual([...asInSolver, '']);
  });

  it('leaves a range without an end empty unless told otherwise, and takes the options of a solve', async () => {
    const { scenario } = comfortPlus();
    const options = { timeLimitSeconds: 20, crossCheck: true, engine: 'highs', mipGap: 0 };
    const blank = await send({ scenario, table: 'variables', options });
    expect(blank.text).toContain('\r\nc0,seats at cpi in Q2,3800,0,10.25,3.5,\r\n');
    expect((await send({ scenario, table: 'variables', options, infinity: 'blank' })).text).toBe(blank.text);
  });

  it('has a line for every limit and placement of the report that /v1/solve gives', async () => {
    const solved = await post(`${service.url}/v1/solve`, { scenario: fullScenario });
    const { sensitivity } = JSON.parse(solved.text) as Plan;
    if (!sensitivity || 'unavailable' in sensitivity) throw new Error('The plan has no report.');
    const linesOf = async (table: string) =>
      parse((await send({ scenario: fullScenario, table })).text, { bom: true }).slice(1);
    const prices = (await linesOf('constraints')).map((cells) => Number(cells[3]));
    expect(prices).toEqual(sensitivity.constraints.map(({ shadowPrice }) => shadowPrice));
    expect(prices.length).toBeGreaterThan(5);
    expect(await linesOf('variables')).toHaveLength(sensitivity.placements.length);
    expect((await linesOf('constraint-status')).map((cells) => cells[4])).toEqual(
      sensitivity.constraints.map(({ binding }) => (binding ? 'Binding' : 'Not Binding')),
    );
  });

  it('begins with a byte order mark where a name needs one, so that a spreadsheet reads it', async () => {
    const bytesWith = async (id: string) => {
      const scenario = smallScenario({ workflows: [workflow(id, 50)] });
      const body = JSON.stringify({ scenario, table: 'variables' });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(service.url + PATH, { method: 'POST', headers, body });
      return Buffer.from(await answer.arrayBuffer()).toString('latin1');
    };
    expect(await bytesWith('Zürich')).toMatch(/^\xef\xbb\xbfCell,.*\r\nc0,Z\xc3\xbcrich at manila in P1,50,/);
    expect(await bytesWith('Zurich')).toMatch(/^Cell,.*\r\nc0,Zurich at manila in P1,50,/);
  });

  it('says of a plan with yes/no choices that they are held', async () => {
    const scenario = smallScenario({
      sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
      teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
      workflows: [{ ...workflow('appeals', 100), maxSites: 1 }],
    });
    const { text } = await send({ scenario, table: 'constraints' });
    const [, ...rows] = parse(text);
    expect(rows).not.toHaveLength(0);
    for (const [, name] of rows) expect(name).toMatch(/ \[choices-fixed\]$/);
  });
});

describe('422', () => {
  const infeasible = smallScenario({ teams: [team('manila', 'luzon', 10, 20)] });

  it('says that there is no plan, which is an answer of /v1/solve and no table', async () => {
    const answer = await send({ scenario: infeasible, table: 'constraints' });
    expect([answer.status, answer.type]).toEqual([422, 'application/problem+json']);
    expect(JSON.parse(answer.text)).toEqual({
      type: '/problems/no-priced-plan',
      title: 'There is no plan with prices',
      status: 422,
      detail: 'There is no plan, so nothing has a price. POST /v1/solve answers with all that is known.',
      planStatus: 'infeasible',
    });
  });

  it('says that an engine gives no prices', async () => {
    const options = { engine: 'javascript-lp-solver' };
    const answer = await send({ scenario: smallScenario(), options, table: 'variables' });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toMatchObject({
      planStatus: 'optimal',
      detail: expect.stringMatching(
        /^The engine javascript-lp-solver gives no prices; highs does\. /,
      ) as string,
    });
  });

  it('says that the time ended, whether the engine ended by itself or was killed', async () => {
    const options = { timeLimitSeconds: 1 };
    const answer = await send({ scenario: endlessScenario(), options, table: 'variables' });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toMatchObject({
      planStatus: 'failed',
      reason: 'time-limit',
      detail: expect.stringMatching(/^The time ended before there was a proven plan\. /) as string,
    });
    await until(() => service.pool.status.idle === 1, 'a process');
  });

  it('says that the planning process was lost', async () => {
    const doomed = send({ scenario: endlessScenario(), table: 'constraints' });
    await until(() => service.pool.status.running === 1, 'a running solve');
    // The request has begun once its process has had the time to read it.
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.kill(service.pool.processIds[0], 'SIGKILL');
    const answer = await doomed;
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toMatchObject({ planStatus: 'failed', reason: 'engine' });
    await until(() => service.pool.status.idle === 1, 'a process');
    expect(service.mistakes).toEqual([]);
  });
});

describe('400', () => {
  it.each([
    [{ scenario: smallScenario() }, '/table'],
    [{ scenario: smallScenario(), table: 'limits' }, '/table'],
    [{ scenario: smallScenario(), table: 'variables', infinity: '1e30' }, '/infinity'],
    [
      { scenario: smallScenario(), table: 'variables', options: { sensitivity: 'full' } },
      '/options/sensitivity',
    ],
    [{ table: 'variables' }, '/scenario'],
    [
      { scenario: smallScenario({ teams: [team('manila', 'nowhere', 1, 1)] }), table: 'variables' },
      '/scenario/teams/0/site',
    ],
  ])('points at what is wrong (%#)', async (body, pointer) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    const { errors } = JSON.parse(answer.text) as { errors: { pointer: string }[] };
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('tells also what only the planning finds', async () => {
    const { teams } = smallScenario();
    const unpayable = smallScenario({ teams: [{ ...teams[0], rate: { basis: 'paid-hour', amount: 1 } }] });
    const answer = await send({ scenario: unpayable, table: 'variables' });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({
      errors: [{ pointer: '/scenario/teams/0/capacity/0', code: 'missing-fte' }],
    });
  });
});

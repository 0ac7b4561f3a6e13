import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { endlessScenario, largeScenario, longAnswerScenario } from './large-scenario.ts';
import { post, send } from './test-service.ts';

const LIMIT_MS = 50;
/** A busy machine holds up any process now and then; what the service does itself shows in the best of some rounds. */
const ROUNDS = 4;

const server = fork(fileURLToPath(new URL('stub-measured-server.ts', import.meta.url)), {
  execArgv: ['--import', import.meta.resolve('tsx')],
});
let url: string;

beforeAll(async () => {
  const [{ port }] = (await once(server, 'message')) as [{ port: number }];
  url = `http://127.0.0.1:${port}`;
});

afterAll(() => {
  server.disconnect();
});

/** The longest time the server's event loop was held up while `work` ran. */
async function delayDuring(work: () => Promise<unknown>): Promise<number> {
  const ask = async () => {
    server.send('longest delay');
    const [{ longestMs }] = (await once(server, 'message')) as [{ longestMs: number }];
    return longestMs;
  };
  await ask();
  await work();
  return ask();
}

async function bestOf(rounds: number, measure: () => Promise<number>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds && best >= LIMIT_MS; round += 1) best = Math.min(best, await measure());
  return best;
}

/** A valid body of more than 20 MB whose program is small: most of what it says is about periods without work. */
function twentyMegabytes(): string {
  const scenario = largeScenario(40, 40, 120);
  const [first] = scenario.periods;
  const workflows = scenario.workflows.map((workflow) => ({
    ...workflow,
    demand: workflow.demand.slice(0, 1),
  }));
  const teams = scenario.teams.map((team) => ({ ...team, capacity: team.capacity.slice(0, 1) }));
  const placements = workflows.flatMap((workflow) =>
    teams.flatMap((team) =>
      scenario.periods.map((period) => ({
        workflow: workflow.id,
        team: team.id,
        period: period.id,
        handlingFactor: period === first ? 1.25 : 1.125,
        costPerDemandHour: 12.5,
      })),
    ),
  );
  const small: Scenario = { ...scenario, workflows, teams, placements };
  return JSON.stringify({ scenario: small, options: { sensitivity: 'none' } });
}

describe('the event loop of the service', () => {
  it('is not held up by a body of 20 MB', async () => {
    const body = Buffer.from(twentyMegabytes());
    expect(body.length).toBeGreaterThan(20e6);
    const best = await bestOf(ROUNDS, () =>
      delayDuring(async () => {
        const { status, text } = await post(`${url}/v1/solve`, body);
        expect([status, (JSON.parse(text) as { status: string }).status]).toEqual([200, 'optimal']);
      }),
    );
    expect(best).toBeLessThan(LIMIT_MS);
  });

  it('is not held up by an answer of many megabytes', async () => {
    const scenario = longAnswerScenario();
    let size = 0;
    const best = await bestOf(ROUNDS, () =>
      delayDuring(async () => {
        const { status, text } = await post(`${url}/v1/solve`, { scenario });
        expect(status).toBe(200);
        size = text.length;
      }),
    );
    expect(size).toBeGreaterThan(10e6);
    expect(best).toBeLessThan(LIMIT_MS);
  });

  it('is not held up by a file of 300,000 rows, on its way in and out', async () => {
    const [teams, periods] = [600, 500];
    const empty = largeScenario(1, teams, periods);
    const scenario = { ...empty, teams: empty.teams.map((team) => ({ ...team, capacity: [] })) };
    const created = await send(url, 'post', '/v1/scenarios', { scenario });
    const path = `/v1/scenarios/${(JSON.parse(created.text) as { id: string }).id}/capacity`;
    const rows = empty.teams.flatMap(({ id, capacity }) =>
      capacity.map(({ period, hours }) => `${id},${period},${hours}`),
    );
    const headers = { 'content-type': 'text/csv', 'if-match': '*' };
    let round = 0;
    const best = await bestOf(ROUNDS, () =>
      delayDuring(async () => {
        round += 1;
        const file = ['team,period,hours', ...rows.map((row) => `${row}.${round}`), ''].join('\r\n');
        const put = await send(url, 'put', path, file, headers);
        expect([put.status, put.text.includes('"makesRevision":true')]).toEqual([200, true]);
        expect((await send(url, 'get', path)).text).toBe(file);
      }),
    );
    expect(best).toBeLessThan(LIMIT_MS);
  });

  it('is not held up by a hostile body of 8 MB', async () => {
    const bodies = [
      '['.repeat(8e6),
      `{"scenario":{"placements":[${'{},'.repeat(1e6)}0]}}`,
      `"${'x'.repeat(8e6)}"`,
    ];
    for (const body of bodies) {
      const bytes = Buffer.from(body);
      const best = await bestOf(ROUNDS, () =>
        delayDuring(async () => {
          expect((await post(`${url}/v1/solve`, bytes)).status).toBe(400);
        }),
      );
      expect(best).toBeLessThan(LIMIT_MS);
    }
  });

  it('lets /healthz answer within 50 ms while a solve runs', async () => {
    const leaving = new AbortController();
    const solve = post(`${url}/v1/solve`, { scenario: endlessScenario() }, undefined, leaving.signal);
    const ended = expect(solve).rejects.toThrow();
    let worst = Infinity;
    const round = async () => {
      const times: number[] = [];
      for (let i = 0; i < 20; i += 1) {
        const askedAt = performance.now();
        const { status } = await fetch(`${url}/healthz`);
        expect(status).toBe(200);
        times.push(performance.now() - askedAt);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return Math.max(...times);
    };
    worst = await bestOf(ROUNDS, round);
    leaving.abort();
    await ended;
    expect(worst).toBeLessThan(LIMIT_MS);
  });
});

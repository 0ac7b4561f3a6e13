import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../../../models/scenario/schema.ts';
import { peopleScenario } from '../../../models/people-team.ts';
import { smallScenario, team, workflow } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService({}, 1024 ** 2);
});
afterAll(async () => {
  expect(service.mistakes).toEqual([]);
  await service.close();
});

const scenario = smallScenario({
  periods: [{ id: 'P1' }, { id: 'P2' }],
  teams: [
    {
      ...team('manila', 'luzon', 10, 100),
      capacity: [
        { period: 'P1', hours: 100 },
        { period: 'P2', hours: 110 },
      ],
    },
    team('cebu', 'luzon', 20, 50),
  ],
  workflows: [workflow('appeals', 50, 60)],
});

interface Change {
  readonly makesRevision: boolean;
  readonly rows: Record<string, number>;
  readonly changed: readonly object[];
  readonly scenario?: Record<string, unknown>;
}

async function kept(content: Scenario = scenario): Promise<string> {
  const answer = await send(service.url, 'post', '/v1/scenarios', { scenario: content });
  return (JSON.parse(answer.text) as { id: string }).id;
}

async function read(id: string): Promise<{ revision: number; sha256: string; scenario: Scenario }> {
  const answer = await send(service.url, 'get', `/v1/scenarios/${id}`);
  return JSON.parse(answer.text) as Awaited<ReturnType<typeof read>>;
}

/** Sends a file for a table; the answer must be one that the API description has. */
async function put(id: string, file: string | Uint8Array, path = 'capacity', headers = {}): Promise<Answer> {
  const type = { 'content-type': 'text/csv', 'if-match': '*' };
  const answer = await send(service.url, 'put', `/v1/scenarios/${id}/${path}`, file, { ...type, ...headers });
  const address = `/v1/scenarios/{scenario}/${path.split('?')[0]}`;
  expect(undocumented('put', address, answer)).toBeUndefined();
  return answer;
}

const changeOf = ({ text }: Answer) => JSON.parse(text) as Change;
const placesOf = ({ text }: Answer) =>
  (JSON.parse(text) as { errors: Record<string, unknown>[] }).errors.map(
    ({ line, column, code, pointer }) => [line ?? pointer, column, code],
  );

describe('a file for a table', () => {
  it('says what one head gives where the plan says how many there are, and is refused where it says that itself', async () => {
    const id = await kept(peopleScenario({ openingHeads: 5 }, [400, 700]));
    const before = await send(service.url, 'get', `/v1/scenarios/${id}/capacity`);
    expect(before.text).toBe(
      [
        'team,period,hours,paid_hours_per_fte,shrinkage',
        'manila,P1,,125,0.2',
        'manila,P2,,125,0.2',
        'acme,P1,uncapped,,',
        'acme,P2,uncapped,,',
        '',
      ].join('\r\n'),
    );
    expect(changeOf(await put(id, before.text))).toMatchObject({
      makesRevision: false,
      rows: { unchanged: 4 },
    });
    const file = before.text.replace('manila,P2,,125,0.2', 'manila,P2,,130,0.2');
    expect(changeOf(await put(id, file))).toMatchObject({
      changed: [
        { team: 'manila', period: 'P2', from: { paidHoursPerFte: 125 }, to: { paidHoursPerFte: 130 } },
      ],
    });
    const refused = await put(id, 'team,period,hours\r\nmanila,P1,400\r\nacme,P1,uncapped\r\n');
    expect(refused.status).toBe(400);
    expect(placesOf(refused)).toEqual([
      [2, undefined, 'headcount-capacity'],
      ['/teams/0/capacity', undefined, 'missing-capacity'],
    ]);
  });

  it('replaces the whole table and makes the next revision', async () => {
    const id = await kept();
    const answer = await put(
      id,
      'team,period,hours\r\nmanila,P1,120\r\nmanila,P2,110\r\ncebu,P2,uncapped\r\n',
    );
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"r2"']);
    expect(changeOf(answer)).toMatchObject({
      makesRevision: true,
      rows: { created: 1, changed: 1, unchanged: 1, missing: 1 },
      created: [{ team: 'cebu', period: 'P2', line: 4, to: { hours: null } }],
      changed: [{ team: 'manila', period: 'P1', line: 2, from: { hours: 100 }, to: { hours: 120 } }],
      missing: [{ team: 'cebu', period: 'P1', from: { hours: 50 } }],
      scenario: { id, revision: 2, change: { kind: 'capacity' }, name: scenario.name },
    });
    const now = await read(id);
    const [manila, cebu] = scenario.teams;
    expect(now.scenario).toEqual({
      ...scenario,
      teams: [
        {
          ...manila,
          capacity: [
            { period: 'P1', hours: 120 },
            { period: 'P2', hours: 110 },
          ],
        },
        { ...cebu, capacity: [{ period: 'P2', hours: null }] },
      ],
    });
    expect(now.sha256).toBe(changeOf(answer).scenario?.sha256);
    const before = await send(service.url, 'get', `/v1/scenarios/${id}/revisions/1`);
    expect(JSON.parse(before.text)).toMatchObject({ scenario });
  });

  it('of demand leaves capacity as it is', async () => {
    const id = await kept();
    const file = 'workflow,period,contacts,aht_seconds\nappeals,P2,90,400';
    const answer = await put(id, file, 'demand?comment=June%20forecast');
    expect(changeOf(answer)).toMatchObject({
      rows: { created: 0, changed: 1, unchanged: 0, missing: 1 },
      scenario: { change: { kind: 'demand' }, comment: 'June forecast' },
    });
    const now = await read(id);
    expect(now.scenario).toEqual({
      ...scenario,
      workflows: [{ ...scenario.workflows[0], demand: [{ period: 'P2', contacts: 90, ahtSeconds: 400 }] }],
    });
  });

  it('can be tried: the same answer without the record, and nothing is kept', async () => {
    const id = await kept();
    const file = 'team,period,hours\nmanila,P1,120\ncebu,P1,50\n';
    const tried = await put(id, file, 'capacity?dryRun=true');
    expect([tried.headers.get('etag'), (await read(id)).revision]).toEqual(['"r1"', 1]);
    const { scenario: record, ...change } = changeOf(await put(id, file, 'capacity?dryRun=false'));
    expect(record).toMatchObject({ revision: 2 });
    expect(JSON.parse(tried.text)).toEqual(change);
    // And it is refused as the real one would be.
    for (const query of ['', '?dryRun=true']) {
      const refused = await put(id, 'team,period,hours\nmanila,P1,x\n', `capacity${query}`);
      expect([refused.status, placesOf(refused)]).toEqual([400, [[2, 'hours', 'bad-number']]]);
    }
  });

  it('that changes nothing makes no revision, whatever the order of its rows', async () => {
    const id = await kept();
    const answer = await put(id, 'team,period,hours\ncebu,P1,50\nmanila,P2,110\nmanila,P1,100.0\n');
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"r1"']);
    expect(changeOf(answer)).toMatchObject({
      makesRevision: false,
      rows: { created: 0, changed: 0, unchanged: 3, missing: 0 },
      scenario: { revision: 1, change: { kind: 'created' } },
    });
    expect((await read(id)).revision).toBe(1);
  });

  it('is refused with every fault, by line and column, and nothing of it is kept', async () => {
    const id = await kept();
    const file = 'team;hours;period;note\nmanilla;1.234,56;P1;"two\r\nlines"\n\nmanila;5;P9;\nmanila;5;P1\n';
    const answer = await put(id, file, 'capacity?decimal=comma');
    expect([answer.status, placesOf(answer)]).toEqual([
      400,
      [
        [1, 'note', 'unknown-column'],
        [2, 'team', 'unknown-team'],
        [2, 'hours', 'bad-number'],
        [5, 'period', 'unknown-period'],
        [6, undefined, 'too-few-cells'],
      ],
    ]);
    expect(answer.text).toContain('Did you mean \\"manila\\"?');
    expect((await read(id)).revision).toBe(1);
  });

  it('has its decimal commas declared, never guessed', async () => {
    const id = await kept();
    const file = 'team;period;hours\nmanila;P1;1,234\nmanila;P2;110\ncebu;P1;50\n';
    expect(placesOf(await put(id, file))).toEqual([[2, 'hours', 'bad-number']]);
    const { changed } = changeOf(await put(id, file, 'capacity?decimal=comma'));
    expect(changed).toMatchObject([{ from: { hours: 100 }, to: { hours: 1.234 } }]);
  });

  it('is refused where the scenario as it would be could not be planned, at the line that is to blame', async () => {
    const byContact = {
      ...scenario,
      teams: [{ ...scenario.teams[0], rate: { basis: 'contact' as const, amount: 3 } }],
      workflows: [{ ...scenario.workflows[0], demand: [{ period: 'P1', contacts: 90, ahtSeconds: 400 }] }],
    };
    const id = await kept(byContact);
    const answer = await put(id, 'workflow,period,hours\n\nappeals,P1,10', 'demand');
    expect(answer.status).toBe(400);
    expect(placesOf(answer)).toEqual([[3, undefined, 'missing-aht']]);
    const paid = { ...scenario.teams[0], paid: 'capacity' as const };
    const paidId = await kept({ ...scenario, teams: [paid] });
    const uncapped = await put(paidId, 'team,period,hours\nmanila,P2,5\nmanila,P1,uncapped\n');
    expect(placesOf(uncapped)).toEqual([[3, 'hours', 'uncapped-paid-for-capacity']]);
  });

  it('is refused for a table of a scenario without teams, row by row', async () => {
    const id = await kept({ ...scenario, teams: [] });
    expect(placesOf(await put(id, 'team,period,hours\nmanila,P1,5\n'))).toEqual([
      [2, 'team', 'unknown-team'],
    ]);
  });

  it('lists 100 faults at most', async () => {
    const id = await kept();
    const answer = await put(id, `team,period,hours\n${'manila,P1,x\n'.repeat(200)}`);
    expect(placesOf(answer)).toHaveLength(100);
    expect(answer.text).toContain('At least 100 faults');
  });
});

describe('a request for a table', () => {
  const file = 'team,period,hours\nmanila,P1,120\n';

  it('must name the revision it is made from, also where it only tries', async () => {
    const id = await kept();
    await put(id, file);
    for (const path of ['capacity', 'capacity?dryRun=true']) {
      const address = `/v1/scenarios/${id}/${path}`;
      const headers = { 'content-type': 'text/csv' };
      const without = await send(service.url, 'put', address, file, headers);
      expect([without.status, undocumented('put', '/v1/scenarios/{scenario}/capacity', without)]).toEqual([
        428,
        undefined,
      ]);
      const stale = await put(id, file, path, { 'if-match': '"r1"' });
      expect([stale.status, stale.headers.get('etag')]).toEqual([412, '"r2"']);
      expect(JSON.parse(stale.text)).toMatchObject({
        changes: [{ revision: 2, change: { kind: 'capacity' } }],
      });
    }
  });

  it.each([
    'dryrun=true',
    'dryRun=1',
    'dryRun=true&dryRun=false',
    'decimal=,',
    'dryRun',
    'delimiter=;',
    'comment=%0A',
  ])('is refused where its address says %s', async (query) => {
    const id = await kept();
    expect((await put(id, file, `capacity?${query}`)).status).toBe(400);
    expect((await read(id)).revision).toBe(1);
  });

  it.each(['application/json', 'text/csv; charset=iso-8859-1', 'text/plain'])(
    'is refused with the type %s',
    async (type) => {
      expect((await put(await kept(), file, 'capacity', { 'content-type': type })).status).toBe(415);
    },
  );

  it('with a file that is too large, or with none, is refused', async () => {
    const id = await kept();
    expect((await put(id, `${file}${' '.repeat(1024 ** 2)}`)).status).toBe(413);
    const nothing = await put(id, '');
    expect([nothing.status, placesOf(nothing)]).toEqual([400, [[1, undefined, 'empty-file']]]);
  });

  it('knows deleted scenarios, unknown ones and other methods', async () => {
    const id = await kept();
    await send(service.url, 'delete', `/v1/scenarios/${id}`, undefined, { 'if-match': '*' });
    expect((await put(id, file)).status).toBe(410);
    expect((await put('nothing', file)).status).toBe(404);
    for (const [one, status] of [
      [id, 410],
      ['nothing', 404],
    ]) {
      const answer = await send(service.url, 'get', `/v1/scenarios/${one}/demand`);
      expect([answer.status, undocumented('get', '/v1/scenarios/{scenario}/demand', answer)]).toEqual([
        status,
        undefined,
      ]);
    }
    expect((await send(service.url, 'delete', `/v1/scenarios/${id}/demand`)).status).toBe(405);
  });

  it('of many at once with one entity tag succeeds once', async () => {
    const id = await kept();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        put(id, `team,period,hours\nmanila,P1,${200 + i}\n`, 'capacity', { 'if-match': '"r1"' }),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(412)]);
    expect((await read(id)).revision).toBe(2);
  });
});

describe('a table of a kept scenario', () => {
  it('is a file that makes the same scenario again', async () => {
    const mixed = {
      ...scenario,
      teams: [
        { ...scenario.teams[0], id: ' =manila' },
        {
          ...scenario.teams[1],
          capacity: [{ period: 'P2', fte: 12.5, paidHoursPerFte: 173.33, shrinkage: 0.3 }],
        },
      ],
    };
    const id = await kept(mixed);
    const { sha256 } = await read(id);
    const answer = await send(service.url, 'get', `/v1/scenarios/${id}/capacity`);
    expect([answer.status, answer.type, answer.headers.get('etag')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      '"r1"',
    ]);
    expect(undocumented('get', '/v1/scenarios/{scenario}/capacity', answer)).toBeUndefined();
    expect(answer.text).toBe(
      [
        'team,period,hours,fte,paid_hours_per_fte,shrinkage',
        "' =manila,P1,100,,,",
        "' =manila,P2,110,,,",
        'cebu,P2,,12.5,173.33,0.3',
        '',
      ].join('\r\n'),
    );
    expect(changeOf(await put(id, answer.text))).toMatchObject({ makesRevision: false });
    await put(id, 'team,period,hours\n');
    expect((await read(id)).sha256).not.toBe(sha256);
    await put(id, answer.text);
    expect(await read(id)).toMatchObject({ revision: 3, sha256, scenario: mixed });
  });

  it('is not sent again to who has it', async () => {
    const id = await kept();
    const answer = await send(service.url, 'get', `/v1/scenarios/${id}/demand`, undefined, {
      'if-none-match': '"r1"',
    });
    expect([answer.status, answer.text]).toEqual([304, '']);
  });
});

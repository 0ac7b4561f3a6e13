import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../../../models/scenario/schema.ts';
import { hostileNames } from '../../../scenarios/hostile-names.ts';
import { crossTrainedScenario, peopleScenario } from '../../../models/people-team.ts';
import { smallScenario, team, workflow } from '../../../models/small-scenario.ts';
import { undocumented } from '../documented-answer.ts';
import { type Answer, send, startService, type TestService } from '../test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

async function planned(scenario: Scenario, options: object = {}): Promise<string> {
  const kept = await send(service.url, 'post', '/v1/scenarios', { scenario });
  const { id } = JSON.parse(kept.text) as { id: string };
  const headers = { prefer: 'wait=20' };
  const plan = await send(service.url, 'post', `/v1/scenarios/${id}/plans`, { options }, headers);
  return (JSON.parse(plan.text) as { id: string }).id;
}

async function read(
  plan: string,
  part: 'allocation' | 'sensitivity',
  query = '',
  accept = 'text/csv',
): Promise<Answer> {
  const answer = await send(service.url, 'get', `/v1/plans/${plan}/${part}${query}`, undefined, { accept });
  expect(undocumented('get', `/v1/plans/{plan}/${part}`, answer)).toBeUndefined();
  return answer;
}

const cellsOf = ({ text }: Answer): string[][] => parse(text, { bom: true });

/** 10 hours cost 10.004 at each of three workflows: 10.00 three times, and 30.01 together. */
const uneven = smallScenario({
  teams: [team('manila', 'luzon', 1.0004, 100)],
  workflows: [workflow('appeals', 10), workflow('chat', 10), workflow('email', 10)],
});

describe('a part of a plan as CSV', () => {
  it('has the allocation line by line, in cents, with what rounding leaves over', async () => {
    const answer = await read(await planned(uneven), 'allocation');
    expect([answer.status, answer.type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('vary')).toContain('Accept');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="small r1 allocation.csv"');
    expect(answer.text).toBe(
      [
        'workflow,team,site,period,hours,contacts,team_hours,share,cost',
        'appeals,manila,luzon,P1,10,,10,1,10',
        'chat,manila,luzon,P1,10,,10,1,10',
        'email,manila,luzon,P1,10,,10,1,10',
        'rounding,,,,,,,,0.01',
        '',
      ].join('\r\n'),
    );
  });

  it('has the people of a plan, and who is hired', async () => {
    const hiring = { maxHeadsPerPeriod: 10, costPerHead: 100, training: { periods: 1, payShare: 0.5 } };
    const plan = await planned(peopleScenario({ openingHeads: 2, hiring }, [200, 500]));
    const textOf = async (table: string) => (await read(plan, 'allocation', `?table=${table}`)).text;
    // A hire costs 100 + 500 + 1000 and saves 100 hours at 30.
    expect(await textOf('people')).toBe(
      [
        'team,period,heads,heads_net_of_shrinkage,hires,in_training,in_nesting,released,productive_hours,overtime_hours,trainer_hours,used_hours,payroll,hiring,training,release,overtime',
        'manila,P1,2,1.6,3,3,0,0,200,0,0,200,3500,300,0,0,0',
        'manila,P2,5,4,0,0,0,0,500,0,0,500,5000,0,0,0,0',
        '',
      ].join('\r\n'),
    );
    const { text } = await read(plan, 'allocation', '', 'application/json');
    expect(JSON.parse(text)).toMatchObject({ people: [{ heads: 2 }, { heads: 5 }], classes: [{ heads: 3 }] });
    expect(await textOf('classes')).toBe(
      'team,period,start,heads,heads_from,graduates\r\nmanila,P1,,3,P2,3\r\n',
    );
  });

  it('has the heads with a second skill, and says of each limit which skill it is about', async () => {
    const training = { openingHeads: 1, maxHeadsPerPeriod: 1, costPerHead: 50, productivity: 0.8 };
    const plan = await planned(crossTrainedScenario(training, [0], [200]));
    const textOf = async (part: 'allocation' | 'sensitivity', table: string) =>
      (await read(plan, part, `?table=${table}`)).text;
    expect(await textOf('allocation', 'second-skills')).toBe(
      'team,period,skill,heads,training_begins,released,used_hours\r\nmanila,P1,Spanish,2,1,0,200\r\n',
    );
    const [header, ...limits] = (await textOf('sensitivity', 'constraints')).split('\r\n');
    expect(header).toContain('family,label,workflow,team,skill,site,vendor,period,unit');
    expect(limits).toContainEqual(
      expect.stringContaining(
        'Cross-training in Spanish at manila in P1,,manila,Spanish,,,P1,fte,1,1,0,true',
      ),
    );
    const without = await planned(peopleScenario({ openingHeads: 2 }, [200]));
    expect((await read(without, 'allocation', '?table=second-skills')).text).toBe(
      'team,period,skill,heads,training_begins,released,used_hours\r\n',
    );
    expect((await read(without, 'sensitivity', '?table=constraints')).text).toContain('workflow,team,site,');
  });

  it('has what contracts bill, in cents', async () => {
    const charge = { by: 'unit' as const, rate: 10.0004 };
    const plan = await planned(
      smallScenario({
        sites: [{ id: 'cebu', operator: 'bpo', vendor: 'acme' }],
        teams: [team('acme', 'cebu', 99, 100)],
        contracts: [{ vendor: 'acme', volume: 'hours', charge }],
      }),
    );
    expect((await read(plan, 'allocation', '?table=contracts')).text).toBe(
      'vendor,period,unit,volume,total_in_contract_currency,exchange_rate,cost\r\nacme,P1,hours,50,500.02,1,500.02\r\n',
    );
    const { text } = await read(plan, 'allocation', '', 'application/json');
    expect(JSON.parse(text)).toMatchObject({ contracts: [{ vendor: 'acme', unit: 'hours', volume: 50 }] });
  });

  it('has the other tables of an allocation', async () => {
    const plan = await planned(
      smallScenario({
        sites: [{ id: 'luzon', operator: 'in-house', openingCost: 99.995 }],
        teams: [team('manila', 'luzon', 10, 40)],
        workflows: [{ ...workflow('appeals', 50), shortfallCostPerHour: 300 }],
      }),
    );
    const textOf = async (table: string) => (await read(plan, 'allocation', `?table=${table}`)).text;
    expect(await textOf('shortfall')).toBe('workflow,period,hours\r\nappeals,P1,10\r\n');
    expect(await textOf('backlog')).toBe('workflow,period,hours\r\n');
    expect(await textOf('sites')).toBe('site,open,opening_cost\r\nluzon,true,100\r\n');
  });

  it('has the prices of limits and placements with every digit', async () => {
    const plan = await planned(uneven, { sensitivity: 'full' });
    const [header, ...rows] = cellsOf(await read(plan, 'sensitivity'));
    const valueOf = (row: string[], column: string) => row[header.indexOf(column)];
    const capacity = rows.find(([family]) => family === 'team-capacity')!;
    expect(
      [
        'team',
        'workflow',
        'unit',
        'used',
        'limit',
        'slack',
        'binding',
        'shadow_price',
        'allowable_increase',
        'basis',
      ].map((column) => valueOf(capacity, column)),
    ).toEqual(['manila', '', 'hours', '30', '100', '70', 'false', '0', '', 'lp']);
    const demand = rows.filter(([family]) => family === 'demand');
    expect(demand.map((row) => [valueOf(row, 'shadow_price'), valueOf(row, 'cost_of_one_more')])).toEqual(
      Array.from({ length: 3 }, () => ['1.0004', '1.0004']),
    );
    const [columns, first] = cellsOf(await read(plan, 'sensitivity', '?table=placements'));
    expect(Object.fromEntries(columns.map((column, i) => [column, first[i]]))).toMatchObject({
      workflow: 'appeals',
      team: 'manila',
      hours: '10',
      closed: 'false',
      cost_per_demand_hour: '1.0004',
      reduced_cost: '0',
    });
    const classic = cellsOf(await read(await planned(uneven), 'sensitivity'));
    expect(classic[0]).not.toContain('cost_of_one_more');
  });

  it('is JSON for whoever says nothing, and 406 for whoever takes neither', async () => {
    const plan = await planned(uneven);
    for (const accept of ['*/*', 'application/json', 'text/csv;q=0.5, application/json']) {
      const answer = await read(plan, 'allocation', '', accept);
      expect([answer.status, answer.type]).toEqual([200, 'application/json; charset=utf-8']);
      expect(answer.headers.get('vary')).toContain('Accept');
    }
    const refused = await read(plan, 'sensitivity', '', 'image/png');
    expect([refused.status, refused.headers.get('content-disposition')]).toEqual([406, null]);
    expect((await read(plan, 'allocation', '?table=constraints')).status).toBe(400);
    expect((await read(plan, 'allocation', '?table=sites&table=sites')).status).toBe(400);
  });

  it('says why where there is nothing to be a table of', async () => {
    const unpriced = await read(await planned(uneven, { engine: 'javascript-lp-solver' }), 'sensitivity');
    expect([unpriced.status, unpriced.text]).toEqual([422, expect.stringContaining('gives no prices')]);
    const infeasible = await planned(smallScenario({ teams: [team('manila', 'luzon', 10, 1)] }));
    expect((await read(infeasible, 'allocation')).status).toBe(404);
    expect((await read(infeasible, 'sensitivity')).status).toBe(404);
  });

  it('runs no formula and splits no header, whatever the names', async () => {
    const names = Object.values(hostileNames)
      .flat()
      .filter((name) => name.length <= 100);
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) {
      const kept = await send(service.url, 'post', '/v1/scenarios', { scenario: smallScenario({ name }) });
      if (kept.status !== 201) continue;
      const { id } = JSON.parse(kept.text) as { id: string };
      const plan = await send(service.url, 'post', `/v1/scenarios/${id}/plans`, {}, { prefer: 'wait=20' });
      const { headers } = await read((JSON.parse(plan.text) as { id: string }).id, 'allocation');
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename="[\x20-\x7e\xa0-\xff]*"(; filename\*=UTF-8''[\w!#$&+.^`|~%-]+)?$/,
      );
    }
    const formula = { ...workflow('=1+1', 10), name: '@cmd' };
    const plan = await planned(smallScenario({ workflows: [formula] }));
    expect(cellsOf(await read(plan, 'allocation'))[1][0]).toBe("'=1+1");
    const labels = cellsOf(await read(plan, 'sensitivity')).map((row) => row.join());
    expect(labels.some((line) => /(^|,)[=+@-][^\d,]/.test(line))).toBe(false);
    expect(service.mistakes).toEqual([]);
  });
});

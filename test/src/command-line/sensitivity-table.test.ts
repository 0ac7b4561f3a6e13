import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { endlessScenario } from '../http/large-scenario.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { newFolder, run } from './terminal-session.ts';

const sample = (name: string) =>
  fileURLToPath(new URL(`../../../data/${name}/scenario.json`, import.meta.url));
const folder = newFolder();

afterAll(() => {
  folder.remove();
});

const table = (scenario: string, ...words: string[]) =>
  run('sensitivity-table', scenario, '--table', ...words);

describe('sensitivity-table', () => {
  it('prints the table', async () => {
    const { exit, printed, complained } = await table(sample('tiny'), 'constraints');
    expect([exit, complained]).toEqual([0, '']);
    const lines = printed.split('\r\n');
    expect(lines[0]).toBe(
      'Cell,Name,Final Value,Shadow Price,Constraint R.H. Side,Allowable Increase,Allowable Decrease',
    );
    expect(lines[7]).toBe('r6,Capacity of Manila EN in 2027-01,100,-14,100,55,20');
    expect(lines[8]).toBe('r7,Capacity of Manila EN in 2027-02,90,0,100,,10');
  });

  it('with --out writes it to a file, and with --infinity as Solver does', async () => {
    const out = folder.path('variables.csv');
    const written = await table(sample('tiny'), 'variables', '--infinity', '1E+30', '--out', out);
    expect(written).toEqual({ exit: 0, printed: `Wrote ${out}.\n`, complained: '' });
    expect(readFileSync(out, 'utf8')).toMatch(/\r\nc7,Orders at Manila EN in 2027-02,40,0,10,20,1E\+30\r\n$/);
  });

  it('takes tables from CSV files, with the cells of export-model for the same files', async () => {
    // 50 hours of Orders in January, 40 of them in Manila: the other 10 cost 20 more in Austin.
    const demand = folder.write('demand.csv', 'workflow,period,hours\norders,2027-01,50\n');
    const capacity = folder.write(
      'capacity.csv',
      'team,period,hours\nmanila-en,2027-01,40\naustin-en,2027-01,100\n',
    );
    const files = ['--capacity', capacity, '--demand', demand];
    const { printed } = await table(sample('tiny'), 'constraints', ...files);
    expect(printed.split('\r\n').slice(1, -1)).toEqual([
      'r0,Demand of Orders in 2027-01,50,30,50,90,10',
      'r1,Capacity of Austin EN in 2027-01,10,0,100,,90',
      'r2,Capacity of Manila EN in 2027-01,40,-20,40,10,40',
    ]);
    const program = (await run('export-model', sample('tiny'), ...files)).printed;
    expect(program).toContain(' r2:\n  + 1 c1\n  <= 40\n');
  });

  it('exits with 3 where there is no plan, and with 4 where there are no prices, and says why', async () => {
    expect(await table(sample('infeasible-security'), 'constraints')).toEqual({
      exit: 3,
      printed: '',
      complained:
        'No table, the plan is infeasible. There is no plan, so nothing has a price. The command solve tells more.\n',
    });
    expect(await table(sample('tiny'), 'constraints', '--engine', 'javascript-lp-solver')).toEqual({
      exit: 4,
      printed: '',
      complained:
        'No table, the plan is optimal. The engine javascript-lp-solver gives no prices; highs does. The command solve tells more.\n',
    });
  });

  it('exits with 4 at the time limit', async () => {
    const scenario = folder.write('endless.json', endlessScenario());
    const { exit, printed, complained } = await table(scenario, 'variables', '--time-limit', '1');
    expect([exit, printed]).toEqual([4, '']);
    // The engine ends by itself, or its process is killed.
    expect(complained).toContain('failed (time-limit)');
  });

  it('exits with 1 and tells faults by their place, also those that only the planning finds', async () => {
    const { teams } = smallScenario();
    const unpaid = folder.write(
      'unpaid.json',
      smallScenario({ teams: [{ ...teams[0], rate: { basis: 'fte-period', amount: 1 } }] }),
    );
    const capacity = folder.write('hours.csv', 'team,period,hours\nmanila,P1,100\n');
    const { exit, printed, complained } = await table(unpaid, 'variables', '--capacity', capacity);
    expect([exit, printed]).toEqual([1, '']);
    expect(complained).toMatch(/^One fault:\nhours\.csv line 2: .+ \[missing-fte\]\n$/);
  });
});

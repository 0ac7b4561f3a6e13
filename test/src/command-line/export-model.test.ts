import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../models/small-scenario.ts';
import { readProgram } from '../exports/read-program.ts';
import { newFolder, run } from './terminal-session.ts';

const tiny = fileURLToPath(new URL('../../../data/tiny/scenario.json', import.meta.url));
const golden = (format: string) =>
  readFileSync(new URL(`../exports/golden/tiny.${format}.txt`, import.meta.url), 'utf8');
const folder = newFolder();

afterAll(() => {
  folder.remove();
});

describe('export-model', () => {
  it('prints the program, as LP unless told otherwise', async () => {
    expect(await run('export-model', tiny)).toEqual({ exit: 0, printed: golden('lp'), complained: '' });
    for (const format of ['mps', 'javascript-lp-solver'])
      expect((await run('export-model', tiny, '--format', format)).printed).toBe(golden(format));
  });

  it('with --out writes the program and beside it the key', async () => {
    const out = folder.path('tiny.mps');
    const { exit, printed } = await run('export-model', tiny, '--format', 'mps', '--out', out);
    expect([exit, printed]).toEqual([0, `Wrote ${out} and ${out}.key.json.\n`]);
    expect(readFileSync(out, 'utf8')).toBe(golden('mps'));
    const key = JSON.parse(readFileSync(`${out}.key.json`, 'utf8')) as {
      columns: unknown[];
      rows: unknown[];
    };
    expect([key.columns.length, key.rows.length]).toEqual([8, 8]);
  });

  it('takes tables from CSV files', async () => {
    const demand = folder.write('demand.csv', 'workflow,period,hours\norders,2027-01,7\n');
    const { printed } = await run('export-model', tiny, '--demand', demand);
    expect(readProgram(printed, 'lp')).toMatchObject({ status: 'optimal', optimum: 70 });
  });

  it('exits with 1 and tells the faults, also those that only the planning finds, by their place', async () => {
    const { teams } = smallScenario();
    const unpaid = folder.write(
      'unpaid.json',
      smallScenario({ teams: [{ ...teams[0], rate: { basis: 'fte-period', amount: 1 } }] }),
    );
    const capacity = folder.write('capacity.csv', 'team,period,hours\nmanila,P1,100\n');
    const { exit, printed, complained } = await run('export-model', unpaid, '--capacity', capacity);
    expect([exit, printed]).toEqual([1, '']);
    expect(complained).toMatch(/^One fault:\ncapacity\.csv line 2: .+ \[missing-fte\]\n$/);
  });
});

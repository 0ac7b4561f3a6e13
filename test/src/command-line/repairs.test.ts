import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { smallScenario, team } from '../../models/small-scenario.ts';
import { newFolder, run } from './terminal-session.ts';

const folder = newFolder();

afterAll(() => {
  folder.remove();
});

const short = folder.write('short.json', smallScenario({ teams: [team('manila', 'luzon', 10, 20)] }));

it('prints why there is no plan, and the ways out by number', async () => {
  const { exit, printed, complained } = await run('repairs', short);
  expect([exit, complained]).toEqual([3, '']);
  expect(printed).toContain('There is no plan: these cannot all hold: ');
  expect(printed).toContain(
    '  1. More hours at teams: 30 more hours at manila in P1 (20 → 50). The plan then costs 500.00 USD.\n  2. Work that is not served: 30 hours of appeals not served in P1 (of 50).',
  );
});

it('writes the scenario with a repair, which then has the plan that was promised', async () => {
  const out = folder.path('repaired.json');
  const applied = await run('repairs', short, '--apply', '1', '--out', out);
  expect([applied.exit, applied.complained]).toEqual([0, '']);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(
    smallScenario({ teams: [team('manila', 'luzon', 10, 50)] }),
  );
  const solved = await run('solve', out);
  expect(solved.printed).toContain('optimal, total cost 500.00 USD');
});

it('repairs the table that a CSV file brings', async () => {
  const capacity = folder.write('capacity.csv', 'team,period,hours\nmanila,P1,10\n');
  const out = folder.path('from-csv.json');
  const options = ['--kinds', 'more-team-hours', '--apply', '1', '--out', out];
  const { exit } = await run('repairs', short, '--capacity', capacity, ...options);
  expect(exit).toBe(0);
  expect(readFileSync(out, 'utf8')).toContain('"hours": 50');
});

it.each([
  [['--kinds', 'lower-tier'], 2, '--kinds takes, with commas between them, more-team-hours'],
  [['--apply', '1'], 2, 'Give --apply NUMBER together with --out FILE.'],
  [['--apply', '9', '--out', folder.path('none.json')], 1, 'There is no repair of number 9 that suffices'],
])('refuses %j', async (words, exit, complaint) => {
  const told = await run('repairs', short, ...words);
  expect(told.exit).toBe(exit);
  expect(told.complained).toContain(complaint);
  expect(existsSync(folder.path('none.json'))).toBe(false);
});

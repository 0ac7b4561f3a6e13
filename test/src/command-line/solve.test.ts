import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Plan, planSchema } from '../../../models/plan.ts';
import { endlessScenario, largeScenario } from '../http/large-scenario.ts';
import { childProcesses } from '../http/test-service.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';
import { newFolder, run, runWithProgress } from './terminal-session.ts';

const sample = (path: string) => fileURLToPath(new URL(`../../../data/${path}`, import.meta.url));
const folder = newFolder();

afterAll(() => {
  folder.remove();
});

const planIn = (path: string): Plan => planSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

describe('solve', () => {
  it('prints the plan as the golden file shows it, and leaves no process behind', async () => {
    const { exit, printed, complained } = await run('solve', sample('tiny/scenario.json'));
    const golden = new URL('golden/tiny.txt', import.meta.url);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, printed);
    expect(printed).toBe(readFileSync(golden, 'utf8'));
    expect([exit, complained]).toEqual([0, '']);
    expect(childProcesses()).toEqual([]);
  });

  it('writes a plan with --out that verify proves, and that verify refuses once it is changed', async () => {
    const scenario = sample('tiny/scenario.json');
    const out = folder.path('plan.json');
    const { exit } = await run('solve', scenario, '--out', out);
    expect(exit).toBe(0);
    expect(await run('verify', scenario, out)).toEqual({
      exit: 0,
      printed: 'Verified: optimal at 3220 USD.\n',
      complained: '',
    });

    const plan = planIn(out);
    const [first, ...others] = plan.allocation ?? [];
    const changed = folder.write('changed.json', {
      ...plan,
      allocation: [{ ...first, hours: first.hours + 1 }, ...others],
    });
    const refused = await run('verify', scenario, changed);
    expect(refused.exit).toBe(1);
    expect(refused.printed).toMatch(/^Not verified:\n( {2}- .+\n)+$/);
    expect(refused.printed).toContain(first.workflow);
    expect(refused.printed).toContain('the plan is not proven optimal');
  });

  it('takes tables from CSV files with a byte order mark, quotes and CRLF, which replace the whole table', async () => {
    const scenario = folder.write(
      'two.json',
      smallScenario({
        teams: [team('manila', 'luzon', 10, 100), team('cebu, "north"', 'luzon', 20, 100)],
        workflows: [workflow('appeals', 50), workflow('orders', 70)],
      }),
    );
    const capacity = folder.write(
      'capacity.csv',
      '\uFEFFPeriod,"team",hours\r\nP1,"cebu, ""north""",60\r\n\r\n',
    );
    const demand = folder.write(
      'demand.csv',
      'workflow,period,contacts,aht_seconds\r\n"appeals",P1,100,"360"\r\n',
    );
    const out = folder.path('two-plan.json');
    const { exit, complained } = await run(
      'solve',
      scenario,
      '--capacity',
      capacity,
      '--demand',
      demand,
      '--out',
      out,
    );
    expect([exit, complained]).toEqual([0, '']);
    // Manila and the orders are in no file, so they have nothing: 100 contacts of 360 seconds are 10 hours.
    expect(planIn(out)).toMatchObject({
      totalCost: 200,
      allocation: [{ workflow: 'appeals', team: 'cebu, "north"', hours: 10, contacts: 100 }],
    });
    expect((await run('verify', scenario, out, '--capacity', capacity, '--demand', demand)).exit).toBe(0);
    expect((await run('verify', scenario, out)).exit).toBe(1);
  });

  it('tells the faults of all files together, each by its place', async () => {
    const { teams } = smallScenario();
    const scenario = folder.write('faulty.json', {
      ...smallScenario({ teams: [{ ...teams[0], site: 'nowhere' }] }),
      more: 1,
    });
    const capacity = folder.write(
      'wrong-capacity.csv',
      'team,period,hours\nmanila,P1,"1,000"\nmanilla,P1,5\n',
    );
    const demand = folder.write('wrong-demand.csv', 'workflow,period,hours\n\nappeals,P9,5\n');
    const { exit, printed, complained } = await run(
      'solve',
      scenario,
      '--capacity',
      capacity,
      '--demand',
      demand,
    );
    expect([exit, printed]).toEqual([1, '']);
    const places = complained
      .split('\n')
      .slice(1, -1)
      .map((line) => line.slice(0, line.indexOf(':')));
    expect(complained).toMatch(/^5 faults:\n/);
    expect(places.sort()).toEqual([
      'faulty.json /more',
      'faulty.json /teams/0/site',
      'wrong-capacity.csv line 2, column hours',
      'wrong-capacity.csv line 3, column team',
      'wrong-demand.csv line 3, column period',
    ]);
  });

  it('tells what only the planning finds by the line of the CSV file', async () => {
    const { teams } = smallScenario();
    const scenario = folder.write(
      'paid.json',
      smallScenario({ teams: [{ ...teams[0], rate: { basis: 'paid-hour', amount: 1 } }] }),
    );
    const capacity = folder.write('hours.csv', 'team,period,hours\n\nmanila,P1,100\n');
    const { exit, complained } = await run('solve', scenario, '--capacity', capacity);
    expect(exit).toBe(1);
    expect(complained).toMatch(/^One fault:\nhours\.csv line 3: .+ \[missing-fte\]\n$/);
  });

  it('takes another engine, and says what is its word alone', async () => {
    const scenario = sample('tiny/scenario.json');
    const out = folder.path('second.json');
    const { exit, printed } = await run('solve', scenario, '--engine', 'javascript-lp-solver', '--out', out);
    expect(exit).toBe(0);
    expect(printed).toContain('Prices: The engine javascript-lp-solver gives no prices; highs does.');
    expect(printed).toMatch(/No plan is cheaper by more than 0\.0 %, says javascript-lp-solver [\d.]+\.\n$/);
    expect((await run('verify', scenario, out)).printed).toMatch(
      /^Verified: optimal at 3220 USD\.\nNot proven: that no plan is cheaper is the word of javascript-lp-solver/,
    );
  });

  it('with --sensitivity full prices both sides of every limit, and refuses what it does not know', async () => {
    const scenario = folder.write('small.json', smallScenario());
    const out = folder.path('full.json');
    expect((await run('solve', scenario, '--sensitivity', 'full', '--out', out)).exit).toBe(0);
    expect(planIn(out).sensitivity).toMatchObject({
      constraints: [
        { costOfOneMore: 10, savingOfOneLess: 10 },
        { costOfOneMore: 0, savingOfOneLess: 0 },
      ],
    });
    expect((await run('verify', scenario, out)).exit).toBe(0);
    const { exit, complained } = await run('solve', scenario, '--sensitivity', 'exact');
    expect([exit, complained]).toEqual([
      2,
      expect.stringContaining('--sensitivity takes none or classic or full.'),
    ]);
  });

  it('with --cross-check solves again with the other engine and says what it finds', async () => {
    const { exit, printed } = await run('solve', sample('tiny/scenario.json'), '--cross-check');
    expect(exit).toBe(0);
    expect(printed).toMatch(/\nCross-checked: javascript-lp-solver [\d.]+ finds 3,220\.00 USD\.\n$/);
  });

  it('tells by its option which engine a scenario is too large for', async () => {
    const scenario = folder.write('large.json', largeScenario(40, 25, 12));
    const { exit, complained } = await run('solve', scenario, '--engine', 'javascript-lp-solver');
    expect(exit).toBe(1);
    expect(complained).toMatch(
      /One fault:\n--engine: The program of the scenario has .+ \[too-large-for-engine\]\n$/,
    );
  });

  it('says no more than that there is no plan where the engine gives no reason', async () => {
    const scenario = folder.write('short.json', smallScenario({ teams: [team('manila', 'luzon', 10, 20)] }));
    const { exit, printed } = await run('solve', scenario, '--engine', 'javascript-lp-solver');
    expect(exit).toBe(3);
    expect(printed).toMatch(
      /infeasible\n\nThere is no plan, says javascript-lp-solver .+ cannot all hold\.\n$/,
    );
  });

  it('tells what a choice costs made the other way', async () => {
    const sites = smallScenario().sites.map((site) => ({ ...site, openingCost: 60 }));
    const scenario = folder.write('sites.json', smallScenario({ sites }));
    const { exit, printed } = await run('solve', scenario, '--flip', '{"site":"luzon"}');
    expect(exit).toBe(0);
    expect(printed).toContain('Choices made the other way\n- Closing luzon: then there is no plan.\n');
    const wrong = await run('solve', scenario, '--flip', '{"site":"nowhere"}');
    expect([wrong.exit, wrong.complained.split(':')[1].trim()]).toEqual([1, '--flip']);
    expect((await run('solve', scenario, '--flip', 'luzon')).exit).toBe(2);
  });

  it('exits with 3 and tells the conflict where there is no plan', async () => {
    const { exit, printed, complained } = await run('solve', sample('infeasible-security/scenario.json'));
    expect([exit, complained]).toEqual([3, '']);
    expect(printed).toMatch(
      /^Japanese account recovery that nobody may take: infeasible\n\nThere is no plan: /,
    );
    expect(printed).toContain('The conflict\n');
    expect(printed).not.toContain('Cost');
  });

  it('exits with 4 at the time limit, and tells what is going on once it takes two seconds', async () => {
    const scenario = folder.write('endless.json', endlessScenario());
    const told = await runWithProgress('solve', scenario, '--time-limit', '2.5');
    const { exit, printed, complained, progress } = told;
    expect(exit).toBe(4);
    expect(progress).toMatch(/^… \S.* \(2 s\)\n/);
    // The engine ends by itself, or its process is killed and leaves no plan to print.
    expect(printed + complained).toMatch(/failed \(time-limit\)/);
  });

  it.each(['0', '-1', '3601', 'soon', ''])('refuses the time limit %j as wrong usage', async (limit) => {
    const { exit, complained } = await run('solve', sample('tiny/scenario.json'), `--time-limit=${limit}`);
    expect(exit).toBe(2);
    expect(complained).toMatch(/^--time-limit takes 0\.05 to 3600 seconds\.\n\nUsage:/);
  });
});

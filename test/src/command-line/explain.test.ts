import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { explanationSchema } from '../../../models/explanation.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { newFolder, run } from './terminal-session.ts';

const folder = newFolder();

afterAll(() => {
  folder.remove();
});

const scenario = folder.write(
  'scenario.json',
  smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [
      team('manila', 'luzon', 10, 100),
      team('night', 'luzon', 12, null),
      { ...team('day', 'cebu', 15, null), name: 'Day 1' },
      ...['a', 'b', 'c'].map((id) => team(id, 'cebu', 20, null)),
    ],
    workflows: [{ ...workflow('appeals', 120), name: 'Appeals' }],
  }),
);

describe('explain', () => {
  it('prints the teams in use and those that come next, and writes all of it with --out', async () => {
    const out = folder.path('explanation.json');
    const { exit, printed } = await run('explain', scenario, '--out', out);
    expect(exit).toBe(0);
    expect(printed).toBe(`small: optimal, total cost 1,240.00 USD

Appeals, money per workload hour
Team    Why       Periods  Hours  Cost USD  Limits  Dearer by  Break-even  Moves hours
manila  used            1    100     10.00    2.00       0.00       12.00          100
night   used            1     20     12.00    0.00       0.00       15.00           20
Day 1   too dear        1      0     15.00    0.00       3.00       12.00           20
a       too dear        1      0     20.00    0.00       8.00       12.00           20
b       too dear        1      0     20.00    0.00       8.00       12.00           20
… and 1 more line; --workflow, --team or --vendor shows them

Break-even sheet of acme
Team                  Rate USD  Bills  Spend  Wins below  so many  Loses above  so many
a      20.00 a productive hour      0   0.00       12.00       20            –
b      20.00 a productive hour      0   0.00       12.00       20            –
c      20.00 a productive hour      0   0.00       12.00       20            –
Day 1  15.00 a productive hour      0   0.00       12.00       20            –

Sheets: one rate changes and all others stay; –: no change from half to one and a half times the rate; ?: see --vendor.

Limits: what the limits that an hour there uses add to its cost, less what those it loosens take off, by the plan's prices. Dearer by: cost and limits, less what one more hour of the work costs by these prices.

Break-even: the cost of an hour below which an unused team gets its first hours, or above which a used one loses its first, in the period nearest to it, if this cost alone changes. 6 confirmed by solving again.
`);
    expect(explanationSchema.parse(JSON.parse(readFileSync(out, 'utf8'))).placements).toHaveLength(6);
  });

  it('prints every line about what is asked, with its sentence', async () => {
    const { exit, printed } = await run('explain', scenario, '--vendor', 'acme', '--workflow', 'appeals');
    expect(exit).toBe(0);
    expect(printed).toContain(
      "\n- Appeals is not at Day 1 in P1: an hour costs 15.00 there, and by the plan's prices one more hour of Appeals costs 12.00, so it is too dear by 3.00 USD. Below 12.00",
    );
    expect(printed.match(/^- /gm)).toHaveLength(4);
    expect(printed).not.toContain('manila');
  });

  it('takes tables from CSV files', async () => {
    const demand = folder.write('demand.csv', 'workflow,period,hours\nappeals,P1,70\n');
    const { printed } = await run('explain', scenario, '--demand', demand, '--team', 'manila');
    expect(printed).toContain('manila has 70 hours of Appeals in P1');
  });

  it('prints what evidence would be worth, most first', async () => {
    const german = folder.write(
      'german.json',
      smallScenario({
        sites: [inHouseSite('luzon')],
        teams: [
          team('manila', 'luzon', 10, 100),
          team('cebu', 'luzon', 31, 100),
          { ...team('berlin', 'luzon', 30, null), skills: ['de'] },
        ],
        workflows: [{ ...workflow('german', 60), skills: ['de'] }],
      }),
    );
    const { exit, printed } = await run('explain', german);
    expect(exit).toBe(0);
    expect(printed).toContain(`
What evidence would be worth, over the horizon; nothing is granted by it
Evidence            Worth USD  Hours placed  First hour saves up to
Skill de at manila   1,200.00            60                   20.00
Of 2 changes of evidence 1 is worth nothing.
`);
  });

  it('prints a break-even sheet of each vendor, and every step of the one asked about', async () => {
    const rates = folder.write(
      'rates.json',
      smallScenario({
        sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
        teams: [
          team('own', 'luzon', 1, null),
          { ...team('gamma', 'cebu', 24, null), name: 'Gamma' },
          { ...team('fixed', 'cebu', 5, 8), paid: 'capacity' },
        ],
        workflows: [workflow('appeals', 50), workflow('chat', 40)],
        placements: [
          { workflow: 'appeals', team: 'own', costPerDemandHour: 30 },
          { workflow: 'chat', team: 'own', costPerDemandHour: 20 },
          { workflow: 'appeals', team: 'fixed', costPerDemandHour: 99 },
          { workflow: 'chat', team: 'fixed', costPerDemandHour: 99 },
        ],
      }),
    );
    const table = `
Break-even sheet of acme
Team                  Rate USD     Bills     Spend  Wins below  so many  Loses above  so many
fixed   5.00 a productive hour  capacity     40.00           ?                     ?
Gamma  24.00 a productive hour        50  1,200.00       20.00       40        30.00       50
`;
    const all = await run('explain', rates);
    expect(all.exit).toBe(0);
    expect(all.printed).toContain(table);
    expect(all.printed).not.toContain('Gamma asks');
    const { printed } = await run('explain', rates, '--vendor', 'acme');
    expect(printed).toContain(`${table}
fixed asks 5.00 USD a productive hour, used or not: 40.00 USD. Its whole capacity is paid for, so its rate moves no work.

Gamma asks 24.00 USD a productive hour and bills 50 productive hours, 1,200.00 USD in all. Below 20.00 USD it would win 40 more; above 30.00 USD it would lose 50.
          Rate  Bills  Hours             Spend USD        Total cost USD
12.00 to 20.00     90     90  1,080.00 to 1,800.00  1,120.00 to 1,840.00
20.00 to 30.00     50     50  1,000.00 to 1,500.00  1,840.00 to 2,340.00
30.00 to 36.00      0      0                  0.00              2,340.00
`);
  });

  it('exits with 1 and tells by its option what the scenario does not have', async () => {
    const { exit, printed, complained } = await run('explain', scenario, '--team', 'ghost');
    expect([exit, printed]).toEqual([1, '']);
    expect(complained).toContain(
      'One fault:\n--team: The scenario has no team "ghost". Correct its spelling or leave it out. [unknown-team]\n',
    );
  });

  it('exits with 3 where there is no plan to explain', async () => {
    const short = folder.write('short.json', smallScenario({ teams: [team('manila', 'luzon', 10, 20)] }));
    expect(await run('explain', short)).toMatchObject({
      exit: 3,
      printed: 'small: infeasible\n\nThere is no plan to explain; apportion solve says why.\n',
    });
  });
});

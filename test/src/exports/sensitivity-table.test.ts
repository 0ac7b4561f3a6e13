import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import comfortPlus from '../../fixtures/published/comfort-plus.json' with { type: 'json' };
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import { modelText } from '../../../src/exports/model-text.ts';
import {
  type InfinityText,
  type SensitivityTable,
  sensitivityTable,
} from '../../../src/exports/sensitivity-table.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { planningData, solve } from '../../models/solved-plan.ts';

/** The table of a scenario that has a plan with prices. */
function tableOf(scenario: unknown, table: SensitivityTable, infinity: InfinityText = 'blank'): string {
  const { sensitivity } = solve(scenario);
  if (!sensitivity || 'unavailable' in sensitivity) throw new Error('The plan has no report.');
  const data = planningData(scenario);
  return sensitivityTable(sensitivity, { data, program: buildAllocationModel(data) }, table, infinity);
}

/** The rows without the header, by name: the cells after it, numbers as numbers. */
function rowsOf(scenario: unknown, table: SensitivityTable): Record<string, (string | number)[]> {
  const [, ...rows] = parse(tableOf(scenario, table), { bom: true });
  const valueOf = (cell: string) => (cell === '' || Number.isNaN(Number(cell)) ? cell : Number(cell));
  return Object.fromEntries(rows.map(([, name, ...cells]) => [name, cells.map(valueOf)]));
}

const tiny: unknown = JSON.parse(
  readFileSync(new URL('../../../data/tiny/scenario.json', import.meta.url), 'utf8'),
);
const lines = (...rows: string[]) => rows.map((row) => `${row}\r\n`).join('');

describe('the tables of the tiny sample, solved by hand in its README', () => {
  it('have the variable cells as Solver has them: 16 hours of Appeals in Manila save 17.50 each', () => {
    // Orders in January would move to Austin if that cost 6 less: 30 there against 10 + 14 for the hour in Manila.
    expect(tableOf(tiny, 'variables')).toBe(
      lines(
        'Cell,Name,Final Value,Reduced Cost,Objective Coefficient,Allowable Increase,Allowable Decrease',
        'c0,Appeals at Austin EN in 2027-01,44,0,30,7.5,17.5',
        'c1,Appeals at Manila EN in 2027-01,16,0,12.5,17.5,7.5',
        'c2,Appeals at Austin EN in 2027-02,0,17.5,30,,17.5',
        'c3,Appeals at Manila EN in 2027-02,40,0,12.5,17.5,',
        'c4,Orders at Austin EN in 2027-01,0,6,30,,6',
        'c5,Orders at Manila EN in 2027-01,80,0,10,6,',
        'c6,Orders at Austin EN in 2027-02,0,20,30,,20',
        'c7,Orders at Manila EN in 2027-02,40,0,10,20,',
      ),
    );
  });

  it('have the constraints with the signs of a minimisation: one more hour in Manila saves 14', () => {
    expect(tableOf(tiny, 'constraints')).toBe(
      lines(
        'Cell,Name,Final Value,Shadow Price,Constraint R.H. Side,Allowable Increase,Allowable Decrease',
        'r0,Demand of Appeals in 2027-01,60,30,60,156,44',
        'r1,Demand of Appeals in 2027-02,40,12.5,40,8,40',
        'r2,Demand of Orders in 2027-01,80,24,80,20,55',
        'r3,Demand of Orders in 2027-02,40,10,40,10,40',
        'r4,Capacity of Austin EN in 2027-01,44,0,200,,156',
        'r5,Capacity of Austin EN in 2027-02,0,0,200,,200',
        'r6,Capacity of Manila EN in 2027-01,100,-14,100,55,20',
        'r7,Capacity of Manila EN in 2027-02,90,0,100,,10',
      ),
    );
  });

  it('have the status of each constraint as the Answer report has it', () => {
    expect(tableOf(tiny, 'constraint-status')).toBe(
      lines(
        'Cell,Name,Cell Value,Formula,Status,Slack',
        'r0,Demand of Appeals in 2027-01,60,r0=60,Binding,0',
        'r1,Demand of Appeals in 2027-02,40,r1=40,Binding,0',
        'r2,Demand of Orders in 2027-01,80,r2=80,Binding,0',
        'r3,Demand of Orders in 2027-02,40,r3=40,Binding,0',
        'r4,Capacity of Austin EN in 2027-01,44,r4<=200,Not Binding,156',
        'r5,Capacity of Austin EN in 2027-02,0,r5<=200,Not Binding,200',
        'r6,Capacity of Manila EN in 2027-01,100,r6<=100,Binding,0',
        'r7,Capacity of Manila EN in 2027-02,90,r7<=100,Not Binding,10',
      ),
    );
  });

  it('call every cell as the exported program calls it', () => {
    const { key } = modelText(planningData(tiny), 'lp');
    const cells = (table: SensitivityTable) => parse(tableOf(tiny, table)).map(([cell]) => cell);
    expect(cells('variables')).toEqual(['Cell', ...key.columns.map(({ name }) => name)]);
    expect(cells('constraints')).toEqual(['Cell', ...key.rows.map(({ name }) => name)]);
    expect(key.rows[6]).toMatchObject({ name: 'r6', subject: { team: 'manila-en', period: '2027-01' } });
  });
});

describe(`Comfort Plus (${comfortPlus.source})`, () => {
  it('has the published numbers, and 1E+30 for a range without an end where that is asked for', () => {
    expect(tableOf(comfortPlus.scenario, 'constraints', '1E+30')).toBe(lines(...comfortPlus.asInSolver));
    expect(tableOf(comfortPlus.scenario, 'variables', '1E+30')).toContain(
      '\r\nc3,seats at dap in Q1,0,0.25,12.5,1E+30,0.25\r\n',
    );
  });
});

describe('a share', () => {
  const base = smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('manila', 'luzon', 30, null), team('acme', 'cebu', 10, null)],
    workflows: [workflow('appeals', 160)],
  });

  it('has the allowance as its right-hand side, so that price times right-hand side adds up to the cost', () => {
    // 80 of 160 hours at acme. An hour above the share saves 30 − 10, for up to 80 hours; an hour of demand costs
    // 0.5 · 10 + 0.5 · 30 = 20, and 160 · 20 + 0 · (−20) is the cost of the plan.
    const scenario = { ...base, rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.5 }] } };
    expect(rowsOf(scenario, 'constraints')).toEqual({
      'Demand of appeals in P1': [160, 20, 160, '', 160],
      'Share of acme in P1, hours above it': [0, -20, 0, 80, 80],
    });
    expect(rowsOf(scenario, 'constraint-status')).toEqual({
      'Demand of appeals in P1': [160, 'r0=160', 'Binding', 0],
      'Share of acme in P1, hours above it': [0, 'r1<=0', 'Binding', 0],
    });
    expect(solve(scenario).totalCost).toBe(160 * 20);
    expect(modelText(planningData(scenario), 'lp').program).toContain(' r1:\n  + 1 c0 - 0.5 c2\n  <= 0\n');
  });

  it('that a plan stays below has a negative final value, and one that it stays above a positive one', () => {
    const dearVendor = {
      ...base,
      teams: [team('manila', 'luzon', 10, null), team('acme', 'cebu', 30, null)],
    };
    const rules = {
      vendorShare: [{ vendor: 'acme', maxShare: 0.6 }],
      inHouseShare: [{ workflow: 'appeals', minShare: 0.25 }],
    };
    // acme has 0 of 96 hours, in-house 160 where 40 are asked for.
    expect(rowsOf({ ...dearVendor, rules }, 'constraints')).toMatchObject({
      'Share of acme in P1, hours above it': [-96, 0, 0, '', 96],
      'In-house share of appeals in P1, hours above it': [120, 0, 0, 120, ''],
    });
    expect(rowsOf({ ...dearVendor, rules }, 'constraint-status')).toMatchObject({
      'Share of acme in P1, hours above it': [-96, 'r1<=0', 'Not Binding', 96],
      'In-house share of appeals in P1, hours above it': [120, 'r2>=0', 'Not Binding', 120],
    });
  });
});

it('has the demand of the scenario as its right-hand side where work waits from before', () => {
  // 80 hours of demand and 10 that wait, for 100 hours of capacity.
  const waiting = { ...workflow('appeals', 80), backlog: { maxHours: 20, openingHours: 10 } };
  expect(rowsOf(smallScenario({ workflows: [waiting] }), 'constraints')).toMatchObject({
    'Demand of appeals in P1': [80, 10, 80, 10, 80],
    'Capacity of manila in P1': [90, 0, 100, '', 10],
  });
});

describe('a plan with yes/no choices held', () => {
  /** 100 hours, whole at one site: cebu, opened for 500, at 10 an hour beats luzon at 30. */
  const choosing = smallScenario({
    sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
    teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
    workflows: [{ ...workflow('appeals', 100), maxSites: 1, minimumTeamHours: 40 }],
  });

  it('says so in every name, and of a placement that the choices close', () => {
    expect(rowsOf(choosing, 'variables')).toEqual({
      'appeals at acme in P1 [choices-fixed]': [100, 0, 10, '', ''],
      'appeals at manila in P1 [choices-fixed: closed]': [0, 20, 30, '', ''],
    });
    expect(rowsOf(choosing, 'constraints')).toEqual({
      'Demand of appeals in P1 [choices-fixed]': [100, 10, 100, 20, 60],
      'Capacity of manila in P1 [choices-fixed]': [0, 0, 200, '', 200],
      'Capacity of acme in P1 [choices-fixed]': [100, 0, 120, '', 20],
      'Minimum of appeals at cebu in P1 [choices-fixed]': [100, 0, 40, 60, 40],
    });
    expect(Object.keys(rowsOf(choosing, 'constraint-status'))).toEqual(
      Object.keys(rowsOf(choosing, 'constraints')),
    );
  });

  it('has the cells of the exported program, which has rows that tie hours to choices besides', () => {
    const { key } = modelText(planningData(choosing), 'lp');
    const ofMinimum = key.rows.filter(({ family, subject }) => {
      const { site } = subject as { site?: string };
      return family === 'minimum-team-hours' && site === 'cebu';
    });
    expect(ofMinimum).toHaveLength(2);
    const line = tableOf(choosing, 'constraint-status').split('\r\n').at(-2);
    const { name } = ofMinimum[1];
    expect(line).toBe(
      `${name},Minimum of appeals at cebu in P1 [choices-fixed],100,${name}>=40,Not Binding,60`,
    );
  });
});

it('is run by no spreadsheet, whatever the names', () => {
  const scenario = smallScenario({
    workflows: [{ ...workflow('=1+1', 50), name: '=HYPERLINK("http://x","y")' }],
    teams: [team("-2+3;=cmd|' /C calc'!A0", 'luzon', 10, 100)],
  });
  expect(tableOf(scenario, 'variables')).toContain(
    `\r\nc0,"'=HYPERLINK(""http://x"",""y"") at -2+3;'=cmd|' /C calc'!A0 in P1",50,0,10,,\r\n`,
  );
});

import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import { payrollOf } from '../../../models/constraints/budget.ts';
import { MODEL_FORMATS, modelText } from '../../../src/exports/model-text.ts';
import { fullScenario } from '../http/full-body.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { planningData, solve } from '../../models/solved-plan.ts';
import { randomScenario } from '../../scenarios/random-scenario.ts';
import { readProgram } from './read-program.ts';

/** Words that mean something in the formats, as ids of everything. */
const keywords = smallScenario({
  periods: [{ id: 'End' }],
  sites: [vendorSite('Bounds', 'free'), inHouseSite('RHS')],
  teams: [team('Subject To', 'Bounds', 10, 30, ['End']), team('ROWS\u2028', 'RHS', 20, null, ['End'])],
  workflows: [{ id: 'End', demand: [{ period: 'End', hours: 50 }] }],
  rules: { vendorShare: [{ vendor: 'free', maxShare: 0.5 }] },
});

describe('an exported program', () => {
  it.each(MODEL_FORMATS)('of the tiny sample is what the golden %s file holds', (format) => {
    const scenario: unknown = JSON.parse(
      readFileSync(new URL('../../../data/tiny/scenario.json', import.meta.url), 'utf8'),
    );
    const file = new URL(`golden/tiny.${format}.txt`, import.meta.url);
    const { program } = modelText(planningData(scenario), format);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, program);
    expect(program).toBe(readFileSync(file, 'utf8'));
  });

  it.each(MODEL_FORMATS)('in %s holds nothing of the scenario but its numbers', (format) => {
    const { program } = modelText(planningData(keywords), format);
    const words = {
      'javascript-lp-solver':
        /^(?:[{}],?|"(?:[cr]\d+|cost|min|max|equal|opType|optimize|options|presolve|variables|constraints|binaries)":?|[\d.e+-]+|false)$/,
      lp: /^(?:\\.*|[cr]\d+:?|cost:|Minimize|Subject|To|End|[-+<=>]+|[\d.e+-]+)$/,
      mps: /^(?:[cr]\d+|cost|apportion|NAME|ROWS|COLUMNS|RHS|ENDATA|[NLGE]|[\d.e+-]+)$/,
    };
    const lines = program.split('\n').filter((line) => !line.startsWith('\\'));
    for (const word of lines
      .join(' ')
      .split(format === 'javascript-lp-solver' ? /[\s,:]+/ : /\s+/)
      .filter((text) => text !== ''))
      expect(word).toMatch(words[format]);
  });

  it.each(MODEL_FORMATS)(
    'in %s has a key to every column and every row, by the ids that were sent',
    (format) => {
      const data = planningData(keywords);
      const { columns, rows } = buildAllocationModel(data);
      const { program, key } = modelText(data, format);
      const read = readProgram(program, format);
      expect(key.columns.map(({ name }) => name)).toEqual(columns.map((_, column) => `c${column}`));
      expect(Object.keys(read.costs).sort()).toEqual(key.columns.map(({ name }) => name).sort());
      expect(Object.keys(read.rows).sort()).toEqual(key.rows.map(({ name }) => name).sort());
      expect(key.rows).toHaveLength(rows.length);
      expect(key.columns).toContainEqual({
        name: expect.any(String) as string,
        kind: 'placement',
        workflow: 'End',
        team: 'Subject To',
        period: 'End',
      });
      expect(key.rows).toContainEqual({
        name: expect.any(String) as string,
        family: 'vendor-share',
        subject: { vendor: 'free', period: 'End' },
      });
    },
  );

  it.each(MODEL_FORMATS)('in %s is read back with the same numbers to the last digit', (format) => {
    const data = planningData(
      smallScenario({
        teams: [
          team('a', 'luzon', 1 / 3, 1e9),
          team('b', 'luzon', 1e-6, 1e-3),
          team('c', 'luzon', 0.1 + 0.2, 1e8 / 7),
        ],
        workflows: [workflow('appeals', 123_456.789_012_345_67)],
      }),
    );
    const program = buildAllocationModel(data);
    const read = readProgram(modelText(data, format).program, format);
    program.columns.forEach((_, column) => {
      expect(read.costs[`c${column}`]).toBe(program.cost[column]);
    });
    program.rows.forEach((_, row) => {
      expect(read.rows[`r${row}`]).toEqual([program.rowLower[row], program.rowUpper[row]]);
    });
  });

  /** Opening costs 500, 100 hours whole at one site, nothing or 40 hours: cebu, 500 + 100 · 10, beats 100 · 30. */
  const withChoices = smallScenario({
    sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
    teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
    workflows: [{ ...workflow('appeals', 100), maxSites: 1, minimumTeamHours: 40 }],
  });

  it.each(MODEL_FORMATS)('in %s says which columns are yes/no choices', (format) => {
    const { program, key } = modelText(planningData(withChoices), format);
    const choices = key.columns.filter(({ kind }) => kind !== 'placement');
    expect(choices.map(({ kind, site }) => `${kind} ${site}`)).toEqual([
      'site-open cebu',
      'workflow-at-site cebu',
      'workflow-at-site luzon',
      'workflow-at-site-in-period cebu',
      'workflow-at-site-in-period luzon',
    ]);
    const heading = { lp: 'Binaries', mps: 'BOUNDS', 'javascript-lp-solver': '"binaries"' }[format];
    const section = program.slice(program.indexOf(heading));
    for (const { name } of choices) expect(section).toMatch(new RegExp(`\\b${name}\\b`));
    expect(solve(withChoices).totalCost).toBe(1500);
  });

  it.each(MODEL_FORMATS)('in %s has the optimum of the plan, payroll included', (format) => {
    const scenarios = [
      fullScenario,
      keywords,
      withChoices,
      ...Array.from({ length: 30 }, (_, seed) => randomScenario(seed)),
    ];
    let withPlan = 0;
    for (const scenario of scenarios) {
      const { status, totalCost = NaN } = solve(scenario);
      const read = readProgram(modelText(planningData(scenario), format).program, format);
      if (status === 'infeasible') expect(read.status).toBe('infeasible');
      if (status !== 'optimal') continue;
      withPlan += 1;
      expect(read.status).toBe('optimal');
      expect(Math.abs(read.optimum - totalCost)).toBeLessThanOrEqual(1e-6 * Math.max(1, totalCost));
    }
    expect(withPlan).toBeGreaterThan(10);
    expect(payrollOf(planningData(fullScenario), 0, 1)).toBe(3000);
  });

  it.each(MODEL_FORMATS)('in %s without a column says the same as the plan', (format) => {
    const read = (scenario: unknown) =>
      readProgram(modelText(planningData(scenario), format).program, format);
    const paid = [{ ...team('manila', 'luzon', 10, 100), paid: 'capacity' as const }];
    expect(read(smallScenario({ teams: [], workflows: [] }))).toMatchObject({
      status: 'optimal',
      optimum: 0,
    });
    expect(read(smallScenario({ teams: paid, workflows: [] }))).toMatchObject({
      status: 'optimal',
      optimum: 1000,
    });
    expect(read(smallScenario({ teams: [] })).status).toBe('infeasible');
  });
});

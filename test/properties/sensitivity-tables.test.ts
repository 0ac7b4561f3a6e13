import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { PricedReport } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { modelText } from '../../src/exports/model-text.ts';
import {
  SENSITIVITY_TABLES,
  sensitivityTable,
  type SensitivityTable,
} from '../../src/exports/sensitivity-table.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { readProgram } from '../src/exports/read-program.ts';
import { checkOptimalDraws, draws, expectSameCost, type OptimalPlan, programOf } from './solve-draws.ts';

/** Rows tried of each table, each with a solve of its own. */
const TRIED = 3;
const TIGHT = 1e-8;

const reportOf = ({ sensitivity }: OptimalPlan): PricedReport => {
  if (!sensitivity || 'unavailable' in sensitivity) throw new Error('The plan has no report.');
  return sensitivity;
};

/** The rows of a table as a reader of CSV finds them, without the header. */
function rowsOf(scenario: Scenario, plan: OptimalPlan, table: SensitivityTable): string[][] {
  const text = sensitivityTable(reportOf(plan), programOf(scenario), table, 'blank');
  return parse(text, { bom: true }).slice(1);
}

const numberIn = (cell: string) => (cell === '' ? null : Number(cell));

it('reads back as exactly the numbers of the report, in its order', () => {
  checkOptimalDraws(draws(), (scenario, plan) => {
    const { constraints, placements } = reportOf(plan);
    expect(rowsOf(scenario, plan, 'variables').map(([, , ...cells]) => cells.map(numberIn))).toEqual(
      placements.map((line) => [
        line.hours,
        line.reducedCost,
        line.costPerDemandHour,
        line.allowableIncrease,
        line.allowableDecrease,
      ]),
    );
    expect(rowsOf(scenario, plan, 'constraints').map(([, , ...cells]) => cells.map(numberIn))).toEqual(
      constraints.map((row) => {
        const isShare = row.family.endsWith('-share');
        return [
          isShare ? row.used - row.limit : row.used,
          row.shadowPrice,
          isShare ? 0 : row.limit,
          row.allowableIncrease,
          row.allowableDecrease,
        ];
      }),
    );
    expect(
      rowsOf(scenario, plan, 'constraint-status').map(([, , , , status, slack]) => [status, numberIn(slack)]),
    ).toEqual(constraints.map((row) => [row.binding ? 'Binding' : 'Not Binding', row.slack]));
    const cells = SENSITIVITY_TABLES.flatMap((table) => rowsOf(scenario, plan, table));
    for (const [cell, name] of cells) expect([cell, name]).not.toContain('');
  });
});

it('says of the cells what is true of the exported program: prices times right-hand sides are its optimum', () => {
  let settled = 0;
  checkOptimalDraws(draws(0.5), (scenario, plan) => {
    const { data } = programOf(scenario);
    const exported = readProgram(modelText(data, 'lp').program, 'lp');
    let total = plan.costs.payroll;
    for (const [cell, name, , price, side] of rowsOf(scenario, plan, 'constraints')) {
      const bounds = exported.rows[cell];
      const rightHandSide = Number.isFinite(bounds[0]) ? bounds[0] : bounds[1];
      total += Number(price) * rightHandSide;
      // Work that waits from before and payroll are settled, and stand on that side of the exported row.
      const isSettled = Number(side) !== rightHandSide;
      if (isSettled) settled += 1;
      if (isSettled && !/^(Demand|Budget) of /.test(name))
        throw new Error(`${name} has another right-hand side.`);
    }
    expectSameCost(total, plan.totalCost, 'prices times right-hand sides', TIGHT);
    let handling = 0;
    for (const [cell, , hours, , coefficient] of rowsOf(scenario, plan, 'variables')) {
      expect(exported.costs[cell]).toBe(Number(coefficient));
      handling += Number(hours) * Number(coefficient);
    }
    expectSameCost(handling, plan.costs.handling, 'final values times coefficients', TIGHT);
  });
  expect(settled).toBeGreaterThan(0);
});

it('changes the optimum of the exported program by the shadow price when the right-hand side of a cell moves', () => {
  let tried = 0;
  checkOptimalDraws(draws(0.5), (scenario, plan, seed) => {
    const random = new SeededRandom(seed);
    const { program } = modelText(programOf(scenario).data, 'lp');
    for (const [cell, name, , price, , ...ends] of random
      .shuffled(rowsOf(scenario, plan, 'constraints'))
      .slice(0, TRIED)) {
      for (const [direction, end] of [
        [1, ends[0]],
        [-1, ends[1]],
      ] as const) {
        const step = direction * random.between(0.1, 0.9) * (end === '' ? 10 : Number(end));
        if (step === 0) continue;
        tried += 1;
        const what = `${cell}, ${name}, moved by ${step}`;
        const { status, optimum } = readProgram(withRightHandSide(program, cell, step), 'lp');
        expect([what, status]).toEqual([what, 'optimal']);
        expectSameCost(optimum, plan.totalCost + step * Number(price), what, TIGHT);
      }
    }
  });
  expect(tried).toBeGreaterThan(draws(0.5).length);
});

it('keeps the optimum of the exported program when the coefficient of an unused cell falls by less than is allowed', () => {
  let tried = 0;
  checkOptimalDraws(draws(0.5), (scenario, plan, seed) => {
    // A budget counts the cost too, and the range is that of both; `prices.test.ts` moves both.
    if (scenario.rules?.budget) return;
    const { program } = modelText(programOf(scenario).data, 'lp');
    const unused = rowsOf(scenario, plan, 'variables').filter(
      ([, , hours, reducedCost, coefficient]) =>
        hours === '0' && Number(reducedCost) > 0 && Number(coefficient) > 0,
    );
    for (const [cell, name, , reducedCost, , increase, decrease] of new SeededRandom(seed)
      .shuffled(unused)
      .slice(0, TRIED)) {
      tried += 1;
      expect([increase, decrease]).toEqual(['', reducedCost]);
      const { optimum } = readProgram(withCost(program, cell, -0.9 * Number(decrease)), 'lp');
      expectSameCost(optimum, plan.totalCost, `${cell}, ${name}`, TIGHT);
    }
  });
  expect(tried).toBeGreaterThan(0);
});

/** The text of a program in LP format with the right-hand side of one row moved. */
function withRightHandSide(program: string, cell: string, step: number): string {
  const row = new RegExp(`(\\n ${cell}:\\n(?: {2}[-+].*\\n)+ {2}[<>=]+ )(.*)\\n`);
  expect(program).toMatch(row);
  return program.replace(row, (_, before: string, side: string) => `${before}${Number(side) + step}\n`);
}

/** The text of a program in LP format with the cost of one column moved; the objective is its first mention. */
function withCost(program: string, cell: string, step: number): string {
  const term = new RegExp(`\\+ (\\S+) ${cell}\\b`);
  expect(program.split('Subject To')[0]).toMatch(term);
  return program.replace(term, (_, cost: string) => {
    const moved = Number(cost) + step;
    return `${moved < 0 ? '-' : '+'} ${Math.abs(moved)} ${cell}`;
  });
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import type { EngineAnswer } from '../../../src/engines/engine.ts';
import { javascriptLpSolverEngine } from '../../../src/engines/javascript-lp-solver.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { planningData } from '../../models/solved-plan.ts';
import { describeEngine } from './conformance.ts';

describeEngine({
  name: 'javascript-lp-solver',
  load: () => Promise.resolve(javascriptLpSolverEngine()),
  hasPrices: false,
  hasRanges: false,
  hasRays: false,
  keeps: false,
  keepsTimeLimit: false,
  large: { teams: 20, workflows: 120 },
});

const engine = javascriptLpSolverEngine();

function solve(scenario: unknown): { answer: EngineAnswer; cost: number } {
  const program = buildAllocationModel(planningData(scenario));
  const answer = engine.solve(program, { timeLimitSeconds: 20, ranges: false });
  const values = 'columnValue' in answer ? answer.columnValue : new Float64Array();
  return { answer, cost: values.reduce((sum, value, column) => sum + value * program.cost[column], 0) };
}

describe('javascript-lp-solver', () => {
  it('has the version of its package', () => {
    const file = new URL('../../../node_modules/javascript-lp-solver/package.json', import.meta.url);
    expect(engine.version).toBe((JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version);
  });

  it('is not misled by the names that the library writes its results under', () => {
    const names = ['result', 'feasible', 'bounded', 'isIntegral', 'cost', '__proto__', 'constructor', '0'];
    const { answer, cost } = solve(
      smallScenario({
        sites: [inHouseSite('bounded')],
        teams: names.map((id, at) => team(id, 'bounded', at + 1, 5)),
        workflows: names.map((id) => workflow(id, 4)),
      }),
    );
    expect(answer.status).toBe('optimal');
    // 32 hours: five each of the six cheapest teams, two of the seventh.
    expect(cost).toBeCloseTo(5 * (1 + 2 + 3 + 4 + 5 + 6) + 2 * 7, 9);
  });

  it('gives values as the tableau has them, not rounded to eight decimals', () => {
    const { answer } = solve(
      smallScenario({ teams: [team('a', 'luzon', 1, 1 / 3), team('b', 'luzon', 2, null)] }),
    );
    expect(answer).toHaveProperty('columnValue.0', expect.closeTo(1 / 3, 13));
  });

  const choosing = smallScenario({
    sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
    teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
    workflows: [workflow('appeals', 100)],
  });

  it('keeps yes/no choices at 0 or 1, and vouches for the best of them', () => {
    const { answer, cost } = solve(choosing);
    expect(answer).toMatchObject({ status: 'incumbent', bound: cost });
    expect(cost).toBeCloseTo(1500, 9);
    const dear = { ...choosing, sites: [inHouseSite('luzon'), { ...choosing.sites[1], openingCost: 2500 }] };
    expect(solve(dear).cost).toBeCloseTo(3000, 9);
  });

  it('says infeasible where no choices give a plan', () => {
    const { answer } = solve({ ...choosing, workflows: [workflow('appeals', 400)] });
    expect(answer).toEqual({ status: 'infeasible' });
  });
});

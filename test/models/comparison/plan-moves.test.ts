import { expect, it } from 'vitest';
import type { ComparedPlan, PricedPlan } from '../../../models/comparison/compared-plan.ts';
import { planMoves } from '../../../models/comparison/plan-moves.ts';
import { inHouseSite, smallScenario, team } from '../small-scenario.ts';
import { solve } from '../solved-plan.ts';
import { NO_PEOPLE_COSTS } from '../no-people-costs.ts';

const numbers = (from: string, count: number) => Array.from({ length: count }, (_, i) => `${from}${i + 1}`);

/** A plan that places one hour of each workflow at one team in each period, and two of the first workflow. */
function allAt(at: string, workflows: readonly string[], periods: readonly string[]): ComparedPlan {
  const scenario = smallScenario({
    periods: periods.map((id) => ({ id })),
    sites: [inHouseSite('luzon')],
    teams: [team('a', 'luzon', 1, 1), team('b', 'luzon', 1, 1)],
    workflows: workflows.map((id) => ({ id, demand: [] })),
  });
  const rest = { team: at, site: 'luzon', contacts: null, teamHours: 1, share: 1, cost: 1 };
  const allocation = workflows.flatMap((workflow, w) =>
    periods.map((period) => ({ workflow, period, hours: w === 0 ? 2 : 1, ...rest })),
  );
  const costs = { handling: 0, payroll: 0, opening: 0, backlog: 0, shortfall: 0, ...NO_PEOPLE_COSTS };
  const certificate = solve(smallScenario()).certificate!;
  const lists = { allocation, shortfall: [], backlog: [], sites: [] };
  const plan: PricedPlan = { status: 'optimal', totalCost: 0, currency: 'USD', costs, certificate, ...lists };
  return { id: at, scenarioId: 's', revision: 1, scenario, plan };
}

it('lists 2,000 moves in single periods and 2,000 over all of them, the workflows with the most hours first', () => {
  const [workflows, periods] = [numbers('w', 60), numbers('P', 50)];
  const some = planMoves(allAt('a', workflows, periods), allAt('b', workflows, periods));
  // 61 · 50 hours; 40 workflows have 50 moves each.
  expect([some.hours, some.workflows.length, some.workflowsNotListed]).toEqual([3050, 60, 0]);
  expect(some.workflows.map((each) => each.periods?.length ?? 0)).toEqual([
    ...Array<number>(40).fill(50),
    ...Array<number>(20).fill(0),
  ]);
  expect(some.workflows[0]).toMatchObject({
    workflow: 'w1',
    hours: 100,
    sentence: 'w1: 100 hours from a (luzon) to b (luzon).',
  });
  const more = numbers('w', 2100);
  const many = planMoves(allAt('a', more, ['P1']), allAt('b', more, ['P1']));
  expect([many.hours, many.workflows.length, many.workflowsNotListed]).toEqual([2101, 2000, 100]);
});

it('tells of periods in the order of time, whatever their names', () => {
  const [workflows, periods] = [['w1'], ['late', 'early', 'P10', 'P9']];
  const [{ periods: told }] = planMoves(
    allAt('a', workflows, periods),
    allAt('b', workflows, periods),
  ).workflows;
  expect(told?.map(({ period }) => period)).toEqual(periods);
});

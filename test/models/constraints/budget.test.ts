import { expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import { inHouseSite, smallScenario, team, workflow } from '../small-scenario.ts';
import { planningData, solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

it('limits handling cost and payroll of a period or the horizon, penalties left out', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [
      team('manila', 'luzon', 10, 100, ['P1', 'P2']),
      // Paid for 50 and 20 hours whatever is placed: 600 and 240; what is placed costs nothing more, or 3 where stated.
      {
        ...team('fixed', 'luzon', 12, 50),
        paid: 'capacity',
        capacity: [
          { period: 'P1', hours: 50 },
          { period: 'P2', hours: 20 },
        ],
      },
    ],
    workflows: [
      {
        ...workflow('appeals', 100, 80),
        shortfallCostPerHour: 300,
        backlog: { maxHours: 40, costPerHourPeriod: 1.5 },
      },
    ],
    placements: [{ workflow: 'appeals', team: 'fixed', period: 'P2', costPerDemandHour: 3 }],
    rules: {
      budget: [{ period: 'P2', amount: 900 }, { amount: 2000 }, { period: 'P1', amount: 1000 }],
    },
  });
  expectGoldenProgram(scenario, 'budget');
});

const tight = (parts: object = {}) =>
  smallScenario({
    teams: [team('manila', 'luzon', 10, null)],
    workflows: [{ ...workflow('appeals', 100), shortfallCostPerHour: 25 }],
    rules: { budget: [{ period: 'P1', amount: 600 }] },
    ...parts,
  });

it('prices one unit of money by the shortfall it avoids less itself', () => {
  // 600 buy 60 hours, 40 fall short. One more buys 0.1 hour: 1 − 0.1 · 25 = −1.5.
  const { totalCost, limit } = solveOptimal(tight());
  expect(totalCost).toBeCloseTo(600 + 40 * 25);
  expect(limit('budget', { period: 'P1' })).toMatchObject({
    label: 'Budget of P1',
    unit: 'USD',
    used: 600,
    limit: 600,
    binding: true,
    shadowPrice: expect.closeTo(-1.5) as number,
    allowableIncrease: expect.closeTo(400) as number,
    allowableDecrease: expect.closeTo(600) as number,
    sentence:
      'One more USD in the budget of P1 would save 1.50 USD, up to 400.00 USD. That is net of the money spent.',
  });
});

it('counts payroll as spent, in what is used and in the limit', () => {
  // 20 paid hours for 200 are used first; 400 are left for 40 hours at manila, 40 hours fall short.
  const { totalCost, limit, plan } = solveOptimal(
    tight({
      teams: [team('manila', 'luzon', 10, null), { ...team('fixed', 'luzon', 10, 20), paid: 'capacity' }],
      rules: { budget: [{ amount: 600 }] },
    }),
  );
  expect(plan.costs).toMatchObject({ payroll: 200, handling: 400, shortfall: 40 * 25 });
  expect(totalCost).toBeCloseTo(1600);
  expect(limit('budget', {})).toMatchObject({
    label: 'Budget of the whole horizon',
    used: 600,
    limit: 600,
    sentence:
      'One more USD in the budget of the whole horizon would save 1.50 USD, up to 400.00 USD. That is net of the money spent.',
  });
});

it('is no limit where a price of 0 says so', () => {
  const { limit } = solveOptimal(tight({ rules: { budget: [{ period: 'P1', amount: 5000 }] } }));
  const row = limit('budget', { period: 'P1' });
  expect(row).toMatchObject({ used: 1000, limit: 5000, slack: 4000, binding: false, shadowPrice: 0 });
  expect(row).toMatchObject({ allowableIncrease: null, allowableDecrease: 4000 });
  expect(row.sentence).toBeUndefined();
});

it.each([
  [{ period: 'P1', amount: 300 }, 'at most 300 USD may be spent in P1'],
  [{ amount: 300 }, 'at most 300 USD may be spent in the whole horizon'],
])('says what may be spent where that is too little: %o', (rule, requirement) => {
  const { conflict } = solveInfeasible(smallScenario({ rules: { budget: [rule] } }));
  expect(conflict.map((part) => part.requirement)).toEqual([
    'appeals needs 50 hours served in P1',
    requirement,
  ]);
});

it('cannot be met by payroll that is owed whatever the plan does', () => {
  const { conflict } = solveInfeasible(
    smallScenario({
      teams: [{ ...team('fixed', 'luzon', 10, 100), paid: 'capacity' }],
      rules: { budget: [{ period: 'P1', amount: 999 }] },
    }),
  );
  expect(conflict.map((part) => part.requirement)).toEqual([
    'at most 999 USD may be spent in P1, of which 1,000 is spent whatever the plan',
  ]);
});

it('reads a budget of -0 as 0', () => {
  const data = planningData(
    smallScenario({ sites: [inHouseSite('luzon')], rules: { budget: [{ period: 'P1', amount: -0 }] } }),
  );
  const program = buildAllocationModel(data);
  const row = program.rows.findIndex(({ family }) => family === 'budget');
  expect(program.rowUpper[row]).toBe(0);
});

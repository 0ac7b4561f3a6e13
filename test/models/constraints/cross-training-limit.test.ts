import { expect, it } from 'vitest';
import { crossTrainedScenario } from '../people-team.ts';
import { solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const spanish = { team: 'manila', skill: 'Spanish' };
const training = {
  maxHeadsPerPeriod: 2,
  costPerHead: 50,
  periods: 1,
  trainerHoursPerHead: 10,
  productivity: 0.8,
};

it('has a row for every period in which training can come to any use', () => {
  expectGoldenProgram(crossTrainedScenario(training, [0, 0, 0], [0, 100, 100]), 'cross-training-limit');
});

it('prices training one more head by what it saves, less what it costs and takes', () => {
  const { limit, plan, totalCost } = solveOptimal(
    crossTrainedScenario(training, [500, 0], [0, 1000]),
    'full',
  );
  expect(plan.people).toMatchObject([
    { trainerHours: 20, usedHours: 480, secondSkills: [{ trainingBegins: 2, heads: 0 }] },
    { trainerHours: 0, usedHours: 200, secondSkills: [{ trainingBegins: 0, heads: 2 }] },
  ]);
  // Two heads take 20 hours of the team's, which the vendor works at 30, and do 160 hours of the vendor's.
  expect(plan.costs).toMatchObject({ payroll: 10_000, training: 100, handling: 20 * 30 + 840 * 30 });
  expect(totalCost).toBeCloseTo(35_900);
  expect(limit('cross-training-limit', { ...spanish, period: 'P1' })).toMatchObject({
    unit: 'fte',
    used: 2,
    limit: 2,
    costOfOneMore: expect.closeTo(50 + 300 - 2400) as number,
    savingOfOneLess: expect.closeTo(50 + 300 - 2400) as number,
    sentence: expect.stringContaining(
      'Training one more head of manila in Spanish in P1 would save 2,050.00 USD, up to 3 FTE',
    ) as string,
  });
});

it('counts the cost of training in the budget of its period', () => {
  const rules = { budget: [{ period: 'P1', amount: 5075 }] };
  const { limit, plan } = solveOptimal(
    { ...crossTrainedScenario(training, [0, 0], [0, 1000]), rules },
    'full',
  );
  expect(plan.people![0].secondSkills![0].trainingBegins).toBeCloseTo(1.5);
  // A head costs 50 and saves 2400.
  expect(limit('budget', { period: 'P1' }).costOfOneMore).toBeCloseTo(-(2400 - 50) / 50);
});

it('is named where too few can be trained for work that nobody else may do', () => {
  const scenario = crossTrainedScenario({ ...training, periods: 0 }, [0], [300]);
  const [people, vendors] = scenario.teams;
  const { conflict } = solveInfeasible({
    ...scenario,
    teams: [people, { ...vendors, skills: [] }],
  });
  expect(conflict.map(({ requirement }) => requirement)).toEqual([
    'quejas needs 300 hours served in P1',
    'manila has 0 heads more with Spanish as a second skill in P1, besides those who had it and those who are trained',
    'manila can train 2 heads in Spanish in P1',
    'manila works with Spanish as a second skill in P1 as long as its trained heads can',
  ]);
});

import { expect, it } from 'vitest';
import { crossTrainedScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const spanish = { team: 'manila', skill: 'Spanish' };

it('counts those who are being trained with those who have been', () => {
  const scenario = crossTrainedScenario(
    { maxHeadsPerPeriod: 3, periods: 2, productivity: 0.8 },
    [0, 0, 0, 0],
    [200, 200, 200, 200],
    { openingHeads: 5, attritionPerPeriod: 0.1 },
  );
  expectGoldenProgram(scenario, 'cross-trained-heads');
});

it('trains no more heads than there are, and prices one more by what its training saves', () => {
  const { limit, plan, totalCost } = solveOptimal(
    crossTrainedScenario({ maxHeadsPerPeriod: 10, costPerHead: 50, productivity: 0.8 }, [0], [1000], {
      openingHeads: 2,
    }),
    'full',
  );
  expect(plan.people![0].secondSkills).toMatchObject([{ heads: 2, trainingBegins: 2, usedHours: 200 }]);
  // 80 hours at 30 for 50 a head; of the hours of the team, which are used up, none are left for a third.
  expect(totalCost).toBeCloseTo(2000 + 100 + (1000 - 160) * 30);
  expect(limit('headcount', { team: 'manila', period: 'P1' }).costOfOneMore).toBeCloseTo(1000 + 50 - 2400);
  expect(limit('cross-trained-heads', { ...spanish, period: 'P1' })).toMatchObject({
    unit: 'fte',
    used: 2,
    limit: 2,
    binding: true,
  });
});

it('does not train a head before it is one', () => {
  const { plan } = solveOptimal(
    crossTrainedScenario({ maxHeadsPerPeriod: 10, periods: 1, productivity: 0.8 }, [0, 0], [0, 1000], {
      openingHeads: 2,
      joining: [{ period: 'P2', heads: 3 }],
    }),
  );
  expect(plan.people!.map(({ heads, secondSkills }) => [heads, secondSkills![0].heads])).toEqual([
    [2, 0],
    [5, 2],
  ]);
});

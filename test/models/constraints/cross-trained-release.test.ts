import { expect, it } from 'vitest';
import { crossTrainedScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const spanish = { team: 'manila', skill: 'Spanish', period: 'P2' };
const trained = (openingHeads: number) => ({ openingHeads, maxHeadsPerPeriod: 0, productivity: 0.8 });

it('has a row for every period in which somebody may be released', () => {
  const headcount = { openingHeads: 5, release: { noticePeriods: 1 } };
  expectGoldenProgram(crossTrainedScenario(trained(5), [0, 0], [400, 0], headcount), 'cross-trained-release');
});

it('releases those first who do not have the skill', () => {
  const headcount = { openingHeads: 5, release: { maxHeadsPerPeriod: 2, noticePeriods: 1 } };
  const { plan, totalCost } = solveOptimal(crossTrainedScenario(trained(3), [0, 0], [0, 240], headcount));
  expect(plan.people![1]).toMatchObject({
    heads: 3,
    released: 2,
    secondSkills: [{ heads: 3, released: 0, usedHours: 300 }],
  });
  expect(totalCost).toBeCloseTo(5000 + 3000);
});

it('releases those who have it where there are no others, and they have it no more', () => {
  const headcount = { openingHeads: 5, release: { noticePeriods: 1 } };
  const { limit, plan, totalCost } = solveOptimal(
    crossTrainedScenario(trained(5), [0, 0, 0], [400, 80, 400], headcount),
    'full',
  );
  // In P2 four heads have no work; they are paid 2 · 1000 and would do 80 hours at 30 in P3: it is worth 400 to keep each.
  expect(plan.people!.map(({ heads }) => heads)).toEqual([5, 5, 5]);
  expect(totalCost).toBeCloseTo(15_000);
  const idle = solveOptimal(crossTrainedScenario(trained(5), [0, 0, 0], [400, 80, 80], headcount), 'full');
  expect(idle.plan.people!.slice(1)).toMatchObject([
    { heads: 1, released: 4, secondSkills: [{ heads: 1, released: 4, usedHours: 100 }] },
    { heads: 1, released: 0, secondSkills: [{ heads: 1, released: 0, usedHours: 100 }] },
  ]);
  expect(idle.totalCost).toBeCloseTo(7000);
  expect(limit('cross-trained-release', spanish)).toMatchObject({ used: 0, limit: 0, costOfOneMore: 0 });
  expect(idle.limit('cross-trained-release', spanish)).toMatchObject({ used: 4, limit: 4, costOfOneMore: 0 });
});

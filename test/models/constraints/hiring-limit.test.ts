import { expect, it } from 'vitest';
import { peopleScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const hiring = {
  maxHeadsPerPeriod: 4,
  costPerHead: 500,
  training: { periods: 1, attrition: 0.2, costPerHead: 300, payShare: 0.5 },
  nesting: [{ productivity: 0.5 }],
  nestingAttrition: 0.25,
};
const scenario = peopleScenario({ openingHeads: 0, hiring }, [0, 400, 600, 600]);

it('has a row for every period in which training may begin', () => {
  expectGoldenProgram(scenario, 'hiring-limit');
});

it('prices a hire by what its hours save, less all it costs until the end', () => {
  const { limit, plan } = solveOptimal(scenario, 'full');
  expect(plan.people!.map(({ hires }) => hires)).toEqual([4, 4, 0, 0]);
  // 160 hours at 30 for 500 + 300 + 500 + 800 + 600 + 600.
  expect(limit('hiring-limit', { team: 'manila', period: 'P1' })).toMatchObject({
    unit: 'fte',
    used: 4,
    limit: 4,
    costOfOneMore: expect.closeTo(3300 - 4800) as number,
    savingOfOneLess: expect.closeTo(3300 - 4800) as number,
  });
  // 100 hours for 500 + 300 + 500 + 800 + 600.
  expect(limit('hiring-limit', { team: 'manila', period: 'P2' })).toMatchObject({
    costOfOneMore: expect.closeTo(2700 - 3000) as number,
    sentence: expect.stringContaining('One more hire for manila in P2 would save 300.00 USD') as string,
  });
  // 40 hours for 500 + 300 + 500 + 800: nobody is hired.
  expect(limit('hiring-limit', { team: 'manila', period: 'P3' })).toMatchObject({
    used: 0,
    costOfOneMore: 0,
  });
});

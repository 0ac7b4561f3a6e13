import { expect, it } from 'vitest';
import { peopleScenario } from '../people-team.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const scenario = peopleScenario({ openingHeads: 5, overtime: { maxShare: 0.1, premium: 0.5 } }, [600]);

it('ties overtime to the hours of the heads', () => {
  expectGoldenProgram(scenario, 'overtime-limit');
});

it('prices an hour of overtime by what it saves, its own pay counted', () => {
  const { limit, plan, totalCost } = solveOptimal(scenario, 'full');
  // An hour of a head's is paid 1000 / 100 = 10, one of overtime 15, one of the vendor's 30.
  expect(plan.costs).toMatchObject({ payroll: 5000, overtime: 50 * 15, handling: 50 * 30 });
  expect(totalCost).toBeCloseTo(7250);
  expect(limit('overtime-limit', { team: 'manila', period: 'P1' })).toMatchObject({
    unit: 'hours',
    used: 50,
    limit: 50,
    costOfOneMore: expect.closeTo(15 - 30) as number,
    allowableDecrease: expect.closeTo(50) as number,
  });
  expect(limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({ used: 550, limit: 550 });
  // One more head: 100 hours and 10 of overtime.
  expect(limit('headcount', { team: 'manila', period: 'P1' }).costOfOneMore).toBeCloseTo(
    1000 + 10 * 15 - 110 * 30,
  );
});

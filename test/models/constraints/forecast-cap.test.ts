import { expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import { contracted } from '../contracted-scenario.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** The vendor bills 5 an hour, in-house does 100 hours at 12, and the vendor takes at most 10 % more than the forecast in P1. */
function told(demand: readonly number[], volume: number) {
  const forecastLock = { periods: 1, maxDeviation: 0.1, forecast: [{ period: 'P1', volume }] };
  return contracted({ by: 'unit', rate: 5 }, demand, { forecastLock });
}

it('has a row for every period that is binding', () => {
  expectGoldenProgram(told([200, 200], 150), 'forecast-cap');
});

it('sends no more than the forecast and the deviation while it is binding', () => {
  const scenario = told([200, 200], 150);
  const { plan, totalCost, limit } = solveOptimal(scenario, 'full');
  expect(plan.contracts!.map(({ volume }) => volume)).toEqual([expect.closeTo(165), expect.closeTo(200)]);
  expect(totalCost).toBeCloseTo(365 * 5 + 35 * 12);
  expect(limit('forecast-cap', { vendor: 'acme', period: 'P1' })).toMatchObject({
    limit: expect.closeTo(165) as number,
    costOfOneMore: expect.closeTo(-7) as number,
    sentence: expect.stringContaining(
      'Being able to send acme one more hour in P1 would save 7.00 USD',
    ) as string,
  });
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('sends nothing where nothing is forecast', () => {
  const { plan } = solveOptimal(told([80], 0));
  expect(plan.contracts).toMatchObject([{ volume: 0 }]);
});

import { expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import { contracted } from '../contracted-scenario.ts';
import { faultsOf, solve, solveOptimal } from '../solved-plan.ts';
import { team } from '../small-scenario.ts';
import { expectGoldenProgram } from './golden.ts';

/** The vendor has been told 100 hours for P1 and relies on at least 90; in-house could do all at 12, the vendor bills 20. */
function told(demand: readonly number[], volume = 100) {
  const periods = demand.map((_, t) => `P${t + 1}`);
  const teams = [team('manila', 'luzon', 12, 900, periods), team('acme', 'cebu', 999, null, periods)];
  const forecastLock = { periods: 1, maxDeviation: 0.1, forecast: [{ period: 'P1', volume }] };
  return contracted({ by: 'unit', rate: 20 }, demand, { forecastLock }, { teams });
}

it('has a row for every period that is binding', () => {
  expectGoldenProgram(told([200, 200]), 'forecast-floor');
});

it('sends what the forecast says, less the deviation, while it is binding', () => {
  const scenario = told([200, 200]);
  const { plan, totalCost, limit } = solveOptimal(scenario, 'full');
  expect(plan.contracts!.map(({ volume }) => volume)).toEqual([expect.closeTo(90), expect.closeTo(0)]);
  expect(totalCost).toBeCloseTo(90 * 20 + 310 * 12);
  expect(limit('forecast-floor', { vendor: 'acme', period: 'P1' })).toMatchObject({
    limit: expect.closeTo(90) as number,
    costOfOneMore: expect.closeTo(8) as number,
    sentence: expect.stringContaining(
      'Having to send acme one more hour in P1 would cost 8.00 USD',
    ) as string,
  });
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('leaves no plan where there is less to do', () => {
  const scenario = told([80]);
  const plan = solve(scenario);
  expect(plan.diagnosis!.sentence).toContain(
    'acme gets no less than 90 hours in P1: the forecast is binding',
  );
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('needs the forecast of every period that is binding, and no other', () => {
  const scenario = told([80, 80]);
  const [contract] = scenario.contracts!;
  const forecastLock = { ...contract.forecastLock!, periods: 2 };
  const faults = faultsOf({ ...scenario, contracts: [{ ...contract, forecastLock }] });
  expect(faults).toMatchObject([
    {
      pointer: '/contracts/0/forecastLock/forecast',
      code: 'missing-forecast',
      message: 'The first 2 periods are binding. Give the forecast of "P2".',
    },
  ]);
});

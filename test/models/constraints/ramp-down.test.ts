import { expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import { contracted } from '../contracted-scenario.ts';
import { solve, solveOptimal } from '../solved-plan.ts';
import { team } from '../small-scenario.ts';
import { expectGoldenProgram } from './golden.ts';

const charge = { by: 'unit', rate: 20 } as const;

/** 200 hours a period at the vendor now, at 20; in-house could do all of it at 12. */
function leaving(rampDown: object, demand: readonly number[] = [300, 300, 300, 300]) {
  const periods = demand.map((_, t) => `P${t + 1}`);
  const teams = [team('manila', 'luzon', 12, 900, periods), team('acme', 'cebu', 999, null, periods)];
  const terms = { currentVolume: 200, maxFallPerPeriod: 0.5, ...rampDown };
  return contracted(charge, demand, { rampDown: terms }, { teams });
}

it('has a row for every period, of an amount while there is notice and of the period before after that', () => {
  expectGoldenProgram(leaving({ noticePeriods: 1 }), 'ramp-down');
});

it('falls by half a period once the notice is over', () => {
  const scenario = leaving({ noticePeriods: 2 });
  const { plan, totalCost, limit, costWith } = solveOptimal(scenario, 'full');
  expect(plan.contracts!.map(({ volume }) => volume)).toEqual(
    [200, 200, 100, 50].map((volume) => expect.closeTo(volume) as number),
  );
  expect(totalCost).toBeCloseTo(550 * 20 + 650 * 12);
  expect(verifyAnswer(scenario, plan)).toEqual([]);
  // One more owed in P2 is one more then, half in P3 and a quarter in P4, each 8 dearer than in-house.
  const owed = limit('ramp-down', { vendor: 'acme', period: 'P2' });
  expect(owed).toMatchObject({ unit: 'hours', shadowPrice: expect.closeTo(8 * 1.75) as number });
  expect(costWith('ramp-down', { vendor: 'acme', period: 'P2' }, 1)).toBeCloseTo(totalCost + 14);
});

it('may fall at once where nothing is agreed, and not at all where no fall is allowed', () => {
  const free = solveOptimal(leaving({ maxFallPerPeriod: 1 }));
  expect(free.totalCost).toBeCloseTo(1200 * 12);
  const kept = solveOptimal(leaving({ maxFallPerPeriod: 0 }));
  expect(kept.totalCost).toBeCloseTo(800 * 20 + 400 * 12);
});

it('is in the conflict where there is not enough to do', () => {
  const scenario = leaving({ noticePeriods: 1 }, [150, 150]);
  const plan = solve(scenario);
  expect(plan.status).toBe('infeasible');
  expect(plan.diagnosis!.conflict.map(({ family }) => family).sort()).toEqual(['demand', 'ramp-down']);
  expect(plan.diagnosis!.sentence).toContain('acme gets no less than 200 hours in P1');
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('does not take a plan that falls faster', () => {
  const scenario = leaving({ noticePeriods: 2 });
  const { plan } = solveOptimal(leaving({ maxFallPerPeriod: 1 }));
  expect(verifyAnswer(scenario, plan).join(' ')).toContain('the volume of acme in P1');
});

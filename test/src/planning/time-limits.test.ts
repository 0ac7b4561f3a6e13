import { expect, it } from 'vitest';
import { verifyAnswer, wordOfEngine } from '../../../models/certificate.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveScenario } from '../../../src/planning/solve-scenario.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';

const highs = await loadHighsEngine();

/** Finds choices, and then has no time for anything else. */
const exhausted: Engine = {
  ...highs,
  solve: (program, options) =>
    program.isBinary.includes(1) ? highs.solve(program, options) : { status: 'time-limit' },
};

/** 100 hours at 10 with 500 to open the site are cheaper than at 30. */
const choosing = smallScenario({
  sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
  teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
  workflows: [workflow('appeals', 100)],
});

it('keeps the plan that a search found when no time is left to price it', () => {
  const { plan } = solveScenario(choosing, withDefaults({}), exhausted, () => undefined);
  expect(plan).toMatchObject({
    status: 'optimal',
    totalCost: 1500,
    gap: 0,
    certificate: { verified: true, boundSource: 'engine' },
    sensitivity: {
      unavailable: 'The time ended before the plan could be priced. Allow more with timeLimitSeconds.',
    },
  });
  expect(plan?.certificate).not.toHaveProperty('duals');
  expect(verifyAnswer(choosing, plan!)).toEqual([]);
  expect(wordOfEngine(choosing, plan!)).toContain('highs');
});

it('calls a plan optimal whose gap is the rounding of its cost, also where no gap is allowed', () => {
  const odd = smallScenario({
    sites: [
      { ...inHouseSite('luzon'), openingCost: 100.1 },
      { ...vendorSite('cebu', 'acme'), openingCost: 70.7 },
    ],
    teams: [team('manila', 'luzon', 10.3, 30.3), team('acme', 'cebu', 11.7, 33.3)],
    workflows: [{ ...workflow('appeals', 41.1), occupancy: 0.85, shortfallCostPerHour: 101.3 }],
  });
  const { plan } = solveScenario(odd, withDefaults({ mipGap: 0 }), highs, () => undefined);
  // Both sites: 30.3 team hours at luzon and 41.1 / 0.85 − 30.3 at cebu.
  const cost = 100.1 + 70.7 + 30.3 * 10.3 + (41.1 / 0.85 - 30.3) * 11.7;
  expect(plan).toMatchObject({ status: 'optimal', totalCost: expect.closeTo(cost, 9) as number });
  expect(plan?.sensitivity).toHaveProperty('constraints');
});

it('owes the prices of a plan without choices', () => {
  const unpriced: Engine = {
    ...highs,
    solve: (program, options) => {
      const answer = highs.solve(program, options);
      if (answer.status !== 'optimal') return answer;
      const { rowPrice: _, ...rest } = answer;
      return rest;
    },
  };
  const { plan } = solveScenario(smallScenario(), withDefaults({}), unpriced, () => undefined);
  expect(plan).toMatchObject({ status: 'failed', reason: 'certificate' });
});

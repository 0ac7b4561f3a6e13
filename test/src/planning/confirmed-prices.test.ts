import { beforeAll, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveScenario } from '../../../src/planning/solve-scenario.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';

let highs: Engine;
beforeAll(async () => {
  highs = await loadHighsEngine();
});

/** 6 hours in house at 1, 8 at a vendor at 3; demand is 10. */
const scenario = smallScenario({
  sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
  teams: [team('manila', 'luzon', 1, 6), team('acme', 'cebu', 3, 8)],
  workflows: [workflow('appeals', 10)],
});

function solve(engine: Engine): Plan {
  return solveScenario(scenario, withDefaults({ sensitivity: 'full' }), engine, () => undefined).plan!;
}

it('moves limits and solves again, and says how many prices that confirmed', () => {
  const plan = solve(highs);
  expect(plan.sensitivity).toMatchObject({ constraintsConfirmed: 3 });
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('does so with yes/no choices held, without what they close', () => {
  const choosing = { ...scenario, workflows: [{ ...workflow('appeals', 7), maxSites: 1 }] };
  const { plan } = solveScenario(choosing, withDefaults({ sensitivity: 'full' }), highs, () => undefined);
  // All 7 hours go to the vendor, which has one left: an hour in house would be cheaper, and that is closed.
  expect(plan).toMatchObject({ status: 'optimal', totalCost: 21 });
  expect(plan!.sensitivity).toMatchObject({ basis: 'choices-fixed', constraintsConfirmed: 3 });
});

it('gives no price at all where solving again disagrees with one', () => {
  const doubting: Engine = {
    ...highs,
    solve: (program, options) => {
      const answer = highs.solve(program, options);
      if (options.basis === undefined || answer.status !== 'optimal') return answer;
      return { ...answer, columnValue: answer.columnValue.map((value) => value * 1.1) };
    },
  };
  const plan = solve(doubting);
  expect(plan.status).toBe('optimal');
  expect(plan.sensitivity).toEqual({
    unavailable:
      'Solving again gave another price for "Demand of appeals in P1", so no price is to be trusted.',
  });
});

it('says that nothing is confirmed where there is no time to', () => {
  const hurried: Engine = {
    ...highs,
    solve: (program, options) =>
      options.basis === undefined ? highs.solve(program, options) : { status: 'time-limit' },
  };
  expect(solve(hurried).sensitivity).toMatchObject({ constraintsConfirmed: 0 });
});

import { describe, expect, it } from 'vitest';
import { verifyAnswer, wordOfEngine } from '../../../models/certificate.ts';
import { type Plan, planSchema } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveScenario } from '../../../src/planning/solve-scenario.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';
import { alteredEngine, withoutPrices } from '../engines/stub-engines.ts';

const highs = await loadHighsEngine();
const engine = withoutPrices(highs);

function solve(scenario: Scenario, by = engine): Plan {
  const { plan } = solveScenario(scenario, withDefaults({ timeLimitSeconds: 20 }), by, () => undefined);
  const read = planSchema.parse(JSON.parse(JSON.stringify(plan)));
  expect(read).toEqual(plan);
  return read;
}

const choosing = smallScenario({
  sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
  teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
  workflows: [workflow('appeals', 100)],
});

describe('an engine without prices', () => {
  it('gives a plan that is feasible and costed right, and its optimum is the word of the engine', () => {
    const plan = solve(smallScenario());
    expect(plan).toMatchObject({ status: 'optimal', totalCost: 500 });
    expect(plan.certificate).toEqual({
      verified: true,
      maxPrimalViolation: 0,
      relativeGap: 0,
      boundSource: 'engine',
      engine: `highs ${highs.version}`,
    });
    expect(verifyAnswer(smallScenario(), plan)).toEqual([]);
    expect(wordOfEngine(smallScenario(), plan)).toMatch(/^that no plan is cheaper is the word of highs/);
  });

  it('says that prices are unavailable, and shows none', () => {
    expect(solve(smallScenario()).sensitivity).toEqual({
      unavailable: 'The engine highs gives no prices; highs does.',
    });
  });

  it('plans with choices too', () => {
    const plan = solve(choosing);
    expect(plan).toMatchObject({ status: 'optimal', totalCost: 1500, gap: 0 });
    expect(plan.certificate).not.toHaveProperty('duals');
    expect(verifyAnswer(choosing, plan)).toEqual([]);
  });

  it('names no conflict where it says that there is no plan, and says whose word that is', () => {
    const plan = solve(smallScenario({ teams: [team('manila', 'luzon', 10, 20)] }));
    expect(plan).toMatchObject({ status: 'infeasible', diagnosis: { conflict: [], facts: [] } });
    expect(plan.diagnosis?.sentence).toMatch(/^There is no plan, says highs .+, and gives no reason; /);
  });

  it('names a demand that nobody may take, which proves itself', () => {
    const secret = smallScenario({ workflows: [{ ...workflow('appeals', 50), skills: ['ja'] }] });
    const plan = solve(secret);
    expect(plan.diagnosis?.conflict).toMatchObject([{ family: 'demand', subject: { workflow: 'appeals' } }]);
    expect(plan).toEqual(solve(secret, highs));
    expect(verifyAnswer(secret, plan)).toEqual([]);
  });

  it('names a workflow that fits at no site, which needs no engine', () => {
    const whole = { ...workflow('appeals', 250), maxSites: 1 };
    const plan = solve({ ...choosing, workflows: [whole] });
    expect(plan.diagnosis?.conflict.map(({ subject }) => subject)).toEqual([{ workflow: 'appeals' }]);
  });
});

it('fails a plan without prices by an engine that says it has some', () => {
  const forgetful = alteredEngine(highs, (answer) =>
    answer.status === 'optimal' ? { status: 'optimal', columnValue: answer.columnValue } : answer,
  );
  expect(solve(smallScenario(), forgetful)).toMatchObject({ status: 'failed', reason: 'certificate' });
});

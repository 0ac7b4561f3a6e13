import { expect, it } from 'vitest';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { solveAndExplain } from '../../../src/planning/solve-and-explain.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { crossTrainedScenario } from '../../models/people-team.ts';
import { team } from '../../models/small-scenario.ts';
import { valid } from '../../models/solved-plan.ts';

const engine = await loadHighsEngine();

function restsOn(scenario: Scenario) {
  const options = withDefaults({ timeLimitSeconds: 20, sensitivity: 'none', repairs: false });
  const { plan } = solveAndExplain(valid(scenario), options, engine, () => undefined);
  expect(plan!.status).toBe('infeasible');
  return plan!.diagnosis!.restsOn;
}

/** Spanish work of which manila, with one trained head, can do 80 hours; the vendor does not have the skill, and has 10 hours. */
const trained = { openingHeads: 1, maxHeadsPerPeriod: 0, productivity: 0.8 };
const scenario = crossTrainedScenario(trained, [0], [300]);
const [manila] = scenario.teams;
const small = { ...scenario, teams: [manila, team('acme', 'cebu', 30, 10)] };

it('names no team where work is done with a second skill: what is tried is faster', () => {
  expect(restsOn(small)).toBeUndefined();
});

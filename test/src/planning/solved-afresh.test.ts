import { beforeAll, expect, it } from 'vitest';
import type { Plan } from '../../../models/plan.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveScenario } from '../../../src/planning/solve-scenario.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';

let highs: Engine;
beforeAll(async () => {
  highs = await loadHighsEngine();
});

/** Answers with twice the hours, unless it is asked to begin from nothing. */
function unfinished(): Engine {
  return {
    ...highs,
    solve: (program, options) => {
      const answer = highs.solve(program, options);
      if (options.afresh || answer.status !== 'optimal') return answer;
      return { ...answer, columnValue: answer.columnValue.map((value) => 2 * value) };
    },
  };
}

function solve(scenario: ReturnType<typeof smallScenario>, engine: Engine): Plan {
  return solveScenario(scenario, withDefaults({}), engine, () => undefined).plan!;
}

it('solves again from nothing what is not proven, and says so', () => {
  const { certificate, ...plan } = solve(smallScenario(), highs);
  expect(solve(smallScenario(), unfinished())).toEqual({
    ...plan,
    certificate: { ...certificate, solvedAfresh: true },
  });
});

it('does so with choices too', () => {
  const scenario = smallScenario({
    teams: [team('manila', 'luzon', 10, 100)],
    workflows: [{ ...workflow('appeals', 50), minimumTeamHours: 10 }],
  });
  expect(solve(scenario, unfinished())).toMatchObject({
    status: 'optimal',
    totalCost: 500,
    certificate: { verified: true, solvedAfresh: true },
  });
});

it('says nothing of it where the first answer is proven', () => {
  expect(solve(smallScenario(), highs).certificate).not.toHaveProperty('solvedAfresh');
});

import { beforeAll, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { javascriptLpSolverEngine } from '../../../src/engines/javascript-lp-solver.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveScenario } from '../../../src/planning/solve-scenario.ts';
import { smallScenario, team, workflow } from '../../models/small-scenario.ts';

let engines: Engine[];
beforeAll(async () => {
  engines = [await loadHighsEngine(), javascriptLpSolverEngine()];
});

/** Limits of a billion and costs of a millionth, which the engine alone calls unbounded. Optima by exact arithmetic. */
const cases: [string, Scenario, number][] = [
  [
    'a billion hours wait for hours of one',
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }],
      teams: [
        {
          ...team('one', 'luzon', 1, 1),
          capacity: [
            { period: 'P1', hours: 1 },
            { period: 'P3', hours: 1 },
          ],
        },
      ],
      workflows: [
        {
          ...workflow('w', 1e9),
          shortfallCostPerHour: 100,
          backlog: { maxHours: 1e9, costPerHourPeriod: 0.000003 },
        },
      ],
    }),
    // 1 + 1 hours are done at 1, the last waits twice at 3e-6; 999,999,998 fall short at 100.
    99_999_999_802.000006,
  ],
  [
    'a billion hours at a billion each',
    smallScenario({ teams: [team('dear', 'luzon', 1e9, null)], workflows: [workflow('w', 1e9)] }),
    1e18,
  ],
];

it.each(cases)('%s: an optimum, proven', (_, scenario, totalCost) => {
  for (const engine of engines) {
    const { plan } = solveScenario(scenario, withDefaults({ timeLimitSeconds: 20 }), engine, () => undefined);
    expect(plan?.status, engine.name).toBe('optimal');
    expect((plan?.totalCost ?? NaN) / totalCost, engine.name).toBeCloseTo(1, 12);
    expect(verifyAnswer(scenario, plan!), engine.name).toEqual([]);
  }
});

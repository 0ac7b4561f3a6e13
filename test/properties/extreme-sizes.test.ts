import { expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { EngineError } from '../../src/engines/engine.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { extremeScenario } from '../scenarios/extreme-scenario.ts';
import { valueAt } from '../models/scenario/full-scenario.ts';
import { caseCount } from './case-count.ts';

const DRAWS = caseCount(1000, 20_000);

/** Of 1,000 scenarios that are not refused, at most so many may end without an answer; measured are 1 to 2. */
const MOST_FAILED = 5;

it(
  `refuses, warns of or answers ${DRAWS} scenarios whose numbers are pushed apart, and proves every answer`,
  { timeout: 30_000 + 20 * DRAWS },
  async () => {
    const count = { refused: 0, warned: 0, answered: 0, failed: 0 };
    let engine = await loadHighsEngine();
    for (let seed = 1; seed <= DRAWS; seed += 1) {
      const scenario = extremeScenario(seed);
      if (scenario === undefined) continue;
      const { faults } = normaliseScenario(scenario);
      if (faults) {
        count.refused += 1;
        // The pointer leads to the number, or to the entry that computes it.
        for (const { pointer } of faults) expect(valueAt(scenario, pointer), pointer).toBeDefined();
        continue;
      }
      const plan = await solved();
      if (plan === undefined || plan.status === 'failed') {
        count.failed += 1;
        continue;
      }
      count.answered += 1;
      if (plan.warnings) count.warned += 1;
      expect(verifyAnswer(scenario, plan), `seed ${seed}`).toEqual([]);

      async function solved() {
        try {
          const options = withDefaults({ timeLimitSeconds: 20, sensitivity: 'none' });
          return solveScenario(scenario!, options, engine, () => undefined).plan;
        } catch (error) {
          // In the service this is `failed` too, and the process is replaced with its engine.
          if (!(error instanceof EngineError)) throw error;
          engine = await loadHighsEngine();
          return undefined;
        }
      }
    }
    expect(count.refused).toBeGreaterThan(DRAWS / 20);
    expect(count.warned).toBeGreaterThan(DRAWS / 50);
    expect(count.failed).toBeLessThanOrEqual(1 + (MOST_FAILED * count.answered) / 1000);
  },
);

import { constantCostOf } from '../../models/constraints/budget.ts';
import { costOf } from '../../models/linear-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';

/** What a search is asked for. */
const GAP = 0.001;

/**
 * How far below the best plan found the linear relaxation of a scenario with yes/no choices lies, relative to that plan's cost: what a search has to close. And
 * how long the search takes to `GAP`, or how far it comes within the time limit.
 */
export async function relaxation(scenario: Scenario, timeLimitSeconds: number): Promise<object> {
  const engine = await loadHighsEngine();
  const options = withDefaults({ timeLimitSeconds, mipGap: GAP, sensitivity: 'none' });
  const start = performance.now();
  const outcome = solveScenario(scenario, options, engine, () => undefined);
  const seconds = (performance.now() - start) / 1000;
  if (outcome.faults) throw new Error(JSON.stringify(outcome.faults));
  const { plan, formulation } = outcome;
  if (plan.totalCost === undefined)
    throw new Error(`The plan is ${plan.status}: ${plan.diagnosis?.sentence ?? ''}`);
  const { data, program } = formulation;
  const isBinary = new Uint8Array(program.columns.length);
  const relaxed = engine.solve({ ...program, isBinary }, { timeLimitSeconds: 600, ranges: false });
  if (relaxed.status !== 'optimal') throw new Error(relaxed.status);
  const bound = costOf(program, relaxed.columnValue) + constantCostOf(data, 0, data.periods.length - 1);
  return {
    choices: program.isBinary.reduce((sum, each) => sum + each, 0),
    relaxationGap: (plan.totalCost - bound) / plan.totalCost,
    gap: plan.gap ?? 0,
    seconds,
    classes: plan.classes?.length,
  };
}

import type { EligibleExplanation, Explanation, PlacementExplanation } from '../../models/explanation.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import type { About } from '../../src/planning/explain-options.ts';
import { explainScenario } from '../../src/planning/explain-scenario.ts';
import { valid } from './solved-plan.ts';

const engine = await loadHighsEngine();

/** Checks and explains a scenario; throws where anything has faults. */
export function explain(scenario: unknown, about: About = {}, timeLimitSeconds = 20): Explanation {
  const { explanation, ...rest } = explainScenario(
    valid(scenario),
    about,
    { timeLimitSeconds, mipGap: 1e-6 },
    engine,
    () => undefined,
  );
  if (explanation === undefined) throw new Error(JSON.stringify(rest));
  return explanation;
}

/** Every explanation of one workflow at one team. */
export function explanationsOf(
  { placements = [] }: Explanation,
  workflow: string,
  team: string,
): PlacementExplanation[] {
  return placements.filter((line) => line.workflow === workflow && line.team === team);
}

/** The only explanation of a workflow at a team that may take it. */
export function eligibleAt(explanation: Explanation, workflow: string, team: string): EligibleExplanation {
  const lines = explanationsOf(explanation, workflow, team);
  const [line] = lines;
  if (lines.length !== 1 || line.cause === 'ineligible')
    throw new Error(`Not one eligible explanation but ${JSON.stringify(lines)}.`);
  return line;
}

/** Everything that is said of single periods, with the line it stands in. */
export function pricesOf({ placements = [] }: Explanation) {
  return placements.flatMap((line) =>
    line.cause === 'ineligible' ? [] : line.prices.map((price) => ({ ...price, line })),
  );
}

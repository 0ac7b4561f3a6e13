import type { Scenario } from '../../models/scenario/schema.ts';
import { randomScenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';

/** A random scenario in which some sites cost something to open and some workflows are bound to few sites or hours. */
export function scenarioWithChoices(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const scenario = randomScenario(seed);
  return {
    ...scenario,
    sites: scenario.sites.map((site) =>
      random.chance(0.4) ? { ...site, openingCost: random.whole(1, 2000) } : site,
    ),
    workflows: scenario.workflows.map((each) => ({
      ...each,
      ...(random.chance(0.4) && { maxSites: random.whole(1, 2) }),
      ...(random.chance(0.3) && { minimumTeamHours: random.whole(1, 60) }),
    })),
  };
}

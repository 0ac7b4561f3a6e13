import type { Scenario } from '../../models/scenario/schema.ts';
import { randomScenario } from './random-scenario.ts';
import { SeededRandom } from './seeded-random.ts';

/** A random scenario with less to go round: nothing may fall short, and capacities, budgets or shares are cut. Most have no plan. */
export function tightScenario(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const scenario = structuredClone(randomScenario(seed));
  for (const workflow of scenario.workflows) {
    if (random.chance(0.8)) delete workflow.shortfallCostPerHour;
    if (random.chance(0.2)) workflow.maxSites = random.whole(1, 2);
    if (random.chance(0.1)) workflow.minimumTeamHours = random.whole(1, 50);
  }
  const cut = random.pick([0.2, 0.5, 0.8, 1]);
  for (const team of scenario.teams)
    for (const entry of team.capacity) {
      if (typeof entry.hours === 'number') entry.hours = Math.round(entry.hours * cut);
      if (entry.fte !== undefined) entry.fte = Math.round(entry.fte * cut);
    }
  const share = random.pick([0, 0.1, 0.5, 1]);
  for (const rule of scenario.rules?.vendorShare ?? []) rule.maxShare *= share;
  for (const rule of scenario.rules?.inHouseShare ?? []) rule.minShare = 1 - (1 - rule.minShare) * share;
  const money = random.pick([0.3, 0.7, 1]);
  for (const rule of scenario.rules?.budget ?? []) rule.amount = Math.round(rule.amount * money);
  return scenario;
}

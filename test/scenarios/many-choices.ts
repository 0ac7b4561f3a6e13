import type { Scenario } from '../../models/scenario/schema.ts';
import { SeededRandom } from './seeded-random.ts';

/**
 * A generalised assignment: each of 25 workflows must be whole at one of 8 sites, 200 yes/no choices in all, and the
 * sites are nearly full. It takes an engine seconds to find the best plan, and longer to know that it is.
 */
export function manyChoices(seed = 1): Scenario {
  const random = new SeededRandom(20_270_500 + seed);
  const [workflows, sites] = [25, 8];
  const hours = Array.from({ length: workflows }, () => random.whole(50, 250));
  const total = hours.reduce((sum, each) => sum + each, 0);
  const factors = hours.map(() => Array.from({ length: sites }, () => random.whole(70, 140) / 100));
  return {
    name: 'Many choices',
    currency: 'USD',
    periods: [{ id: 'P1' }],
    sites: Array.from({ length: sites }, (_, s) => ({ id: `site ${s}`, operator: 'in-house' })),
    teams: Array.from({ length: sites }, (_, s) => ({
      id: `team ${s}`,
      site: `site ${s}`,
      rate: { basis: 'productive-hour', amount: random.whole(1000, 4000) / 100 },
      capacity: [{ period: 'P1', hours: Math.round((total / sites) * 1.02) }],
    })),
    workflows: hours.map((each, w) => ({
      id: `workflow ${w}`,
      demand: [{ period: 'P1', hours: each }],
      maxSites: 1,
    })),
    placements: factors.flatMap((row, w) =>
      row.map((handlingFactor, s) => ({
        workflow: `workflow ${w}`,
        team: `team ${s}`,
        handlingFactor,
        // The quicker a team is, the dearer: no choice is plainly the best.
        costPerDemandHour: Math.round(2000 / handlingFactor + random.whole(0, 100)) / 100,
      })),
    ),
  };
}

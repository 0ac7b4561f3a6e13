import type { Scenario, ScenarioSite, ScenarioTeam } from '../../models/scenario/schema.ts';
import { SeededRandom } from './seeded-random.ts';

/**
 * A scenario of one period in which limits bind at the same place: seats for all FTE of a site or for those of its first team,
 * the same budget for the period and for the horizon, a vendor's share beside the in-house share of the rest, and small whole
 * numbers everywhere.
 */
export function tiedScenario(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const sites: ScenarioSite[] = [];
  const teams: ScenarioTeam[] = [];
  for (let s = random.whole(1, 4); s > 0; s -= 1) addSite(`site ${s}`, random, sites, teams);
  const workflows = Array.from({ length: random.whole(1, 3) }, (_, w) => ({
    id: `workflow ${w}`,
    demand: [{ period: 'P1', hours: 10 * random.whole(1, 4) }],
    shortfallCostPerHour: 20,
  }));
  const placements = teams.flatMap(({ id: team }) =>
    workflows.map(({ id: workflow }) => ({ workflow, team, costPerDemandHour: random.whole(1, 4) })),
  );
  const maxShare = random.pick([0.25, 0.5, 0.6, 1]);
  const amount = random.whole(10, 200);
  const hasShares = sites.some(({ vendor }) => vendor !== undefined) && random.chance(0.6);
  return {
    name: 'Tied',
    currency: 'USD',
    periods: [{ id: 'P1' }],
    sites,
    teams,
    workflows,
    placements,
    rules: {
      ...(hasShares && {
        vendorShare: [{ vendor: 'acme', maxShare }],
        inHouseShare: [{ minShare: 1 - maxShare }],
      }),
      ...(random.chance(0.4) && { budget: [{ period: 'P1', amount }, { amount }] }),
    },
  };
}

function addSite(id: string, random: SeededRandom, sites: ScenarioSite[], teams: ScenarioTeam[]): void {
  const fte = Array.from({ length: random.whole(1, 2) }, () => random.whole(1, 4));
  const seats = random.pick([fte[0], fte.reduce((sum, each) => sum + each, 0)]);
  sites.push({
    id,
    ...(random.chance(0.5) ? { operator: 'in-house' } : { operator: 'bpo', vendor: 'acme' }),
    ...(random.chance(0.6) && { seats }),
  });
  fte.forEach((each, k) => {
    const hours = { paidHoursPerFte: random.pick([10, 20]), shrinkage: random.pick([0, 0.25, 0.5]) };
    teams.push({
      id: `${id} team ${k}`,
      site: id,
      rate: { basis: 'productive-hour', amount: 1 },
      capacity: [{ period: 'P1', fte: each, ...hours }],
    });
  });
}

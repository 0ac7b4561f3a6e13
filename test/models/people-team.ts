import type { Scenario } from '../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, type Team, team, vendorSite, workflow } from './small-scenario.ts';

type Headcount = NonNullable<Team['headcount']>;

/** What an hour costs at the vendor that is always there. */
export const VENDOR_RATE = 30;

/** A team each of whose heads gives 125 · (1 − 0.2) = 100 productive hours in a period and is paid 1,000 for it. */
export function peopleTeam(
  headcount: Headcount,
  periods: readonly string[] = ['P1', 'P2'],
  id = 'manila',
): Team {
  return {
    id,
    site: 'luzon',
    rate: { basis: 'fte-period', amount: 1000 },
    capacity: periods.map((period) => ({ period, paidHoursPerFte: 125, shrinkage: 0.2 })),
    headcount,
  };
}

/** Work in `P1`, `P2` and so on for a team with people, and for a vendor's without limit at 30 an hour. */
export function peopleScenario(
  headcount: Headcount,
  hours: readonly number[],
  parts: Partial<Scenario> = {},
): Scenario {
  const periods = hours.map((_, t) => `P${t + 1}`);
  return smallScenario({
    periods: periods.map((id) => ({ id })),
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [peopleTeam(headcount, periods), team('acme', 'cebu', VENDOR_RATE, null, periods)],
    workflows: [workflow('appeals', ...hours)],
    ...parts,
  });
}

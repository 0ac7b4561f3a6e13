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

type SecondSkill = NonNullable<Headcount['crossTraining']>[number];

/**
 * The same with work that needs `Spanish`, hours of either kind by period: the vendor's team has the skill, the team with people may be trained in it.
 */
export function crossTrainedScenario(
  training: Omit<SecondSkill, 'skill'>,
  own: readonly number[],
  spanish: readonly number[],
  headcount: Headcount = { openingHeads: 5 },
): Scenario {
  const { teams, ...scenario } = peopleScenario(
    { ...headcount, crossTraining: [{ skill: 'Spanish', ...training }] },
    own,
  );
  const [people, vendors] = teams;
  return {
    ...scenario,
    teams: [people, { ...vendors, skills: ['Spanish'] }],
    workflows: [...scenario.workflows, { ...workflow('quejas', ...spanish), skills: ['Spanish'] }],
  };
}

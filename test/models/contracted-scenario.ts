import type { Scenario } from '../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from './small-scenario.ts';

export type Contract = NonNullable<Scenario['contracts']>[number];
export type Charge = Contract['charge'];

/** 100 hours in-house at 12 an hour, and a vendor without limit that has a contract. */
export function contracted(
  charge: Charge,
  hours: readonly number[],
  rest: Partial<Contract> = {},
  parts: Partial<Scenario> = {},
) {
  const periods = hours.map((_, t) => `P${t + 1}`);
  return smallScenario({
    periods: periods.map((id) => ({ id })),
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('manila', 'luzon', 12, 100, periods), team('acme', 'cebu', 999, null, periods)],
    workflows: [workflow('appeals', ...hours)],
    contracts: [{ vendor: 'acme', volume: 'hours', charge, ...rest }],
    ...parts,
  });
}

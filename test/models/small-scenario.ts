import type { Scenario } from '../../models/scenario/schema.ts';

export type Site = Scenario['sites'][number];
export type Team = Scenario['teams'][number];
export type Workflow = Scenario['workflows'][number];

/**
 * A scenario of one period `P1` in which the in-house team `manila` (10 USD a productive hour, 100 hours) serves the
 * workflow `appeals` (50 hours); every part can be replaced.
 */
export function smallScenario(parts: Partial<Scenario> = {}): Scenario {
  return {
    name: 'small',
    currency: 'USD',
    periods: [{ id: 'P1' }],
    sites: [inHouseSite('luzon')],
    teams: [team('manila', 'luzon', 10, 100)],
    workflows: [workflow('appeals', 50)],
    ...parts,
  };
}

/** A site that a vendor operates. */
export function vendorSite(id: string, vendor: string): Site {
  return { id, operator: 'bpo', vendor };
}

export function inHouseSite(id: string): Site {
  return { id, operator: 'in-house' };
}

/** A team paid by productive hour with the same hours in each period; `null` is uncapped. */
export function team(
  id: string,
  site: string,
  amount: number,
  hours: number | null,
  periods: readonly string[] = ['P1'],
): Team {
  return {
    id,
    site,
    rate: { basis: 'productive-hour', amount },
    capacity: periods.map((period) => ({ period, hours })),
  };
}

/** A workflow with the given hours in `P1`, `P2` and so on. */
export function workflow(id: string, ...hours: number[]): Workflow {
  return { id, demand: hours.map((amount, t) => ({ period: `P${t + 1}`, hours: amount })) };
}

import type { PlanNumbers } from '../../../models/plan.ts';
import { NO_PEOPLE_COSTS } from '../no-people-costs.ts';

/** Hours of a workflow at a team, which it takes as many team hours to do, at a rate. */
type PlacedLine = readonly [
  workflow: string,
  team: string,
  site: string,
  period: string,
  hours: number,
  rate: number,
];

/** The plan that places these hours, and nothing else. */
export function placing(lines: readonly PlacedLine[], sites: PlanNumbers['sites']): PlanNumbers {
  const allocation = lines.map(([workflow, team, site, period, hours, rate]) => {
    const all = lines.filter((other) => other[0] === workflow && other[3] === period);
    const share = hours / all.reduce((sum, other) => sum + other[4], 0);
    const names = { workflow, team, site, period };
    return { ...names, hours, contacts: null, teamHours: hours, share, cost: hours * rate };
  });
  const handling = allocation.reduce((sum, { cost }) => sum + cost, 0);
  const opening = sites.reduce((sum, { openingCost }) => sum + openingCost, 0);
  const costs = { handling, payroll: 0, opening, backlog: 0, shortfall: 0, ...NO_PEOPLE_COSTS };
  const totalCost = handling + opening;
  return { totalCost, currency: 'USD', costs, allocation, shortfall: [], backlog: [], sites };
}

import type { Demand, Team, TeamCapacity } from '../planning-data.ts';

/**
 * Money per workload hour that a team's rate implies, `c[w,k,t]`.
 *
 * `teamHours` is team hours used per workload hour, `f/o`. Undefined where the basis needs what the data do not have:
 * `paid-hour` and `fte-period` need the capacity in FTE, `contact` needs the AHT of the period in which the work is
 * done. Source: contract.md, "Cost per workload hour"; field.md 2.4, conversion of rates.
 */
export function costPerDemandHour(
  team: Team,
  capacity: TeamCapacity,
  demand: Demand,
  teamHours: number,
): number | undefined {
  const { basis, amount } = team.rate;
  switch (basis) {
    case 'productive-hour':
      return amount * teamHours;
    case 'paid-hour':
      return capacity.fte && (amount * teamHours) / (1 - capacity.fte.shrinkage);
    case 'fte-period':
      return capacity.fte && (amount * teamHours) / capacity.fte.productiveHours;
    case 'contact':
      return demand.ahtSeconds === undefined ? undefined : (amount * 3600) / demand.ahtSeconds;
  }
}

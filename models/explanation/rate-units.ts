import type { PlanningData } from '../planning-data.ts';
import { PlacementFacts } from '../scenario/placement-facts.ts';
import { costPerDemandHour } from '../scenario/rates.ts';
import type { Scenario } from '../scenario/schema.ts';

/**
 * Units of its team's rate (productive hours, paid hours, FTE-periods, contacts) that one workload hour of each placement takes,
 * so that its cost is that times the amount of the rate; 0 where the rate does not make the cost: a cost that the scenario
 * gives itself, or a team that is paid for its whole capacity.
 */
export function rateUnitsOf(scenario: Scenario, data: PlanningData): Float64Array {
  const { placements, teams, workflows, positions } = data;
  const facts = new PlacementFacts(scenario.placements ?? [], positions, workflows.length, teams.length);
  return Float64Array.from({ length: placements.count }, (_, j) => {
    const [w, k, t] = [placements.workflow[j], placements.team[j], placements.period[j]];
    const team = teams[k];
    if (
      team.paidForCapacity ||
      team.billedByContract ||
      team.headcount ||
      facts.find('costPerDemandHour', w, k, t)
    )
      return 0;
    const ofOneUnit = { ...team, rate: { ...team.rate, amount: 1 } };
    const teamHours = placements.teamHoursPerDemandHour[j];
    return costPerDemandHour(ofOneUnit, team.capacity[t]!, workflows[w].demand[t]!, teamHours) ?? 0;
  });
}

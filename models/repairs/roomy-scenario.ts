import { emptyCapacity } from './more-team-hours.ts';
import { LARGEST_AMOUNT } from '../scenario/fields.ts';
import type { Scenario } from '../scenario/schema.ts';

/**
 * The scenario with a capacity of nothing wherever a team has no entry for a period: so that hours can be given there too.
 *
 * A team whose rate or seats ask for FTE, and which has no entry to take their form from, stays as it is.
 */
export function withEmptyCapacities(scenario: Scenario): Scenario {
  const limitsSeats = new Set(
    scenario.sites.flatMap(({ id, seats }) => (seats === undefined ? [] : [id.normalize()])),
  );
  return {
    ...scenario,
    teams: scenario.teams.map((team) => {
      const isFteKnown = team.capacity.some(({ fte }) => fte !== undefined);
      const needsFte =
        team.rate.basis === 'paid-hour' ||
        team.rate.basis === 'fte-period' ||
        limitsSeats.has(team.site.normalize());
      if (team.headcount || (needsFte && !isFteKnown)) return team;
      const known = new Set(team.capacity.map(({ period }) => period.normalize()));
      const missing = scenario.periods.filter(({ id }) => !known.has(id.normalize()));
      return {
        ...team,
        capacity: [...team.capacity, ...missing.map(({ id }) => emptyCapacity(team.capacity, id))],
      };
    }),
  };
}

/**
 * The scenario with room for all work to wait, where work may wait at all: so that there are columns for work in all periods into which a
 * larger backlog could carry it.
 */
export function withRoomToWait(scenario: Scenario): Scenario {
  return {
    ...scenario,
    workflows: scenario.workflows.map((workflow) => {
      if (workflow.backlog === undefined) return workflow;
      const { maxHours, openingHours = 0 } = workflow.backlog;
      const hours = workflow.demand.reduce((sum, entry) => sum + hoursOf(entry), openingHours);
      const most = Math.min(LARGEST_AMOUNT, Math.max(maxHours, hours));
      return { ...workflow, backlog: { ...workflow.backlog, maxHours: most } };
    }),
  };
}

function hoursOf({
  hours,
  contacts = 0,
  ahtSeconds = 0,
}: Scenario['workflows'][number]['demand'][number]): number {
  return hours ?? (contacts * ahtSeconds) / 3600;
}

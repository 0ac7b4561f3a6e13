import { payrollOf } from './constraints/budget.ts';
import { type HeldBracket, planBills } from './contracts/plan-bills.ts';
import { PEOPLE_COSTS } from './people/headcount.ts';
import { peopleCosts, peoplePlanOf } from './people/people-plan.ts';
import type { LinearProgram } from './linear-program.ts';
import type { PlanNumbers } from './plan.ts';
import { placementsByWorkflowAndPeriod } from './placement-groups.ts';
import type { PlanningData } from './planning-data.ts';

/** Hours below this are the engine's noise, not work: the smallest quantity a scenario can speak of is 1e-6. */
export const NOISE_HOURS = 1e-9;

/**
 * Reads a plan off the values of the program's columns: what is placed where, what waits, what is not served, and the
 * money by cost term. Lines come in the order of the planning data; hours are unrounded. `heldBracket` says in which brackets volumes are held, where they are.
 */
export function planNumbersOf(
  data: PlanningData,
  program: LinearProgram,
  columnValue: Float64Array,
  heldBracket?: HeldBracket,
): PlanNumbers {
  const hours = columnValue.map((value) => (value > NOISE_HOURS ? value : 0));
  const allocation = allocationOf(data, hours);
  const shortfall: PlanNumbers['shortfall'] = [];
  const backlog: PlanNumbers['backlog'] = [];
  const costs = {
    handling: 0,
    payroll: payrollOf(data, 0, data.periods.length - 1),
    opening: 0,
    backlog: 0,
    shortfall: 0,
    hiring: 0,
    training: 0,
    release: 0,
    overtime: 0,
    contracts: 0,
  };
  const people = data.teams.some(({ headcount }) => headcount)
    ? peoplePlanOf(data, program, hours)
    : undefined;
  const ofPeople = peopleCosts(people?.people ?? []);
  for (const term of PEOPLE_COSTS) costs[term] += ofPeople[term];
  const contracts = planBills(data, hours, heldBracket);
  for (const { cost } of contracts) costs.contracts += cost;
  const sites = sitesOf(data, hours);
  for (const line of allocation) costs.handling += line.cost;
  for (const { openingCost } of sites) costs.opening += openingCost;
  for (let j = data.placements.count; j < program.columns.length; j += 1) {
    const key = program.columns[j];
    if (hours[j] === 0 || (key.kind !== 'shortfall' && key.kind !== 'backlog')) continue;
    const line = {
      workflow: data.workflows[key.workflow].id,
      period: data.periods[key.period].id,
      hours: hours[j],
    };
    (key.kind === 'shortfall' ? shortfall : backlog).push(line);
    costs[key.kind] += hours[j] * program.cost[j];
  }
  return {
    totalCost: Object.values(costs).reduce((sum, cost) => sum + cost, 0),
    currency: data.currency,
    costs,
    allocation,
    shortfall,
    backlog,
    sites,
    ...(contracts.length > 0 && { contracts }),
    ...people,
  };
}

function allocationOf(data: PlanningData, hours: Float64Array): PlanNumbers['allocation'] {
  const { workflow, team, period, costPerDemandHour, teamHoursPerDemandHour } = data.placements;
  const T = data.periods.length;
  const placed = placedHours(data, hours);
  const allocation: PlanNumbers['allocation'] = [];
  for (let j = 0; j < data.placements.count; j += 1) {
    if (hours[j] === 0) continue;
    const [w, k, t] = [workflow[j], team[j], period[j]];
    const ahtSeconds = data.workflows[w].demand[t]?.ahtSeconds;
    allocation.push({
      workflow: data.workflows[w].id,
      team: data.teams[k].id,
      site: data.sites[data.teams[k].site].id,
      period: data.periods[t].id,
      hours: hours[j],
      contacts: ahtSeconds === undefined ? null : (hours[j] * 3600) / ahtSeconds,
      teamHours: hours[j] * teamHoursPerDemandHour[j],
      share: hours[j] / placed[w * T + t],
      cost: hours[j] * costPerDemandHour[j],
    });
  }
  return allocation;
}

/** Hours placed for each workflow in each period, at `w · T + t`. */
function placedHours(data: PlanningData, hours: Float64Array): Float64Array {
  const { start, member } = placementsByWorkflowAndPeriod(data);
  const placed = new Float64Array(start.length - 1);
  placed.forEach((_, group) => {
    for (let i = start[group]; i < start[group + 1]; i += 1) placed[group] += hours[member[i]];
  });
  return placed;
}

function sitesOf(data: PlanningData, hours: Float64Array): PlanNumbers['sites'] {
  const isOpen = new Array<boolean>(data.sites.length).fill(false);
  for (let j = 0; j < data.placements.count; j += 1) {
    if (hours[j] > 0) isOpen[data.teams[data.placements.team[j]].site] = true;
  }
  return data.sites.map(({ id, openingCost }, s) => ({
    site: id,
    open: isOpen[s],
    openingCost: isOpen[s] ? openingCost : 0,
  }));
}

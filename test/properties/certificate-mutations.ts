import { buildAllocationModel } from '../../models/allocation-model.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { OptimalPlan } from './solve-draws.ts';
import { isSame } from '../scenarios/changed-scenarios.ts';
import type { SeededRandom } from '../scenarios/seeded-random.ts';
import { columnValuesOf } from './certificate-oracle.ts';

/** A copy of a proven answer and its scenario, to be spoilt in place. */
export interface Specimen {
  readonly scenario: Scenario;
  readonly plan: OptimalPlan;
  readonly random: SeededRandom;
}

/** Changes one thing; false where the specimen has no such thing. */
export type Mutation = (specimen: Specimen) => boolean;

/** A list's random member, or nothing for an empty list. */
function oneOf<Item>(random: SeededRandom, items: readonly Item[]): Item | undefined {
  return items.length === 0 ? undefined : random.pick(items);
}

/** Applies a change to one random member of a list. */
function toOne<Item>(
  list: (specimen: Specimen) => readonly Item[],
  change: (item: Item, specimen: Specimen) => void,
): Mutation {
  return (specimen) => {
    const item = oneOf(specimen.random, list(specimen));
    if (item === undefined) return false;
    change(item, specimen);
    return true;
  };
}

/** Runs a mutation and then states all derived numbers of the plan anew, so that only a rule can give it away. */
function restated(mutation: Mutation): Mutation {
  return (specimen) => {
    if (!mutation(specimen)) return false;
    restate(specimen);
    return true;
  };
}

function restate({ scenario, plan }: Specimen): void {
  const { data } = normaliseScenario(scenario);
  if (data === undefined) return;
  const program = buildAllocationModel(data);
  const value = columnValuesOf(data, program, plan);
  if (value !== undefined) Object.assign(plan, planNumbersOf(data, program, value));
}

type AllocationLine = OptimalPlan['allocation'][number];

const lines = ({ plan }: Specimen) => plan.allocation;
const duals = ({ plan }: Specimen) => (plan.certificate.duals ??= []);
const teamOf = ({ scenario }: Specimen, id: string) => scenario.teams.find((team) => isSame(team.id, id))!;
const workflowOf = ({ scenario }: Specimen, id: string) =>
  scenario.workflows.find((workflow) => isSame(workflow.id, id))!;
const siteOf = (specimen: Specimen, team: string) =>
  specimen.scenario.sites.find(({ id }) => isSame(id, teamOf(specimen, team).site))!;

/** Applies a change to a line of the plan and a team that it is not of. */
function toLineAndOtherTeam(
  change: (line: AllocationLine, there: { team: string; site: string }, specimen: Specimen) => void,
): Mutation {
  return (specimen) => {
    const { plan, scenario, random } = specimen;
    const line = oneOf(random, plan.allocation);
    const others = scenario.teams.filter(({ id }) => id !== line?.team);
    const team = line && oneOf(random, others);
    if (line === undefined || team === undefined) return false;
    change(line, { team: team.id, site: siteOf(specimen, team.id).id }, specimen);
    return true;
  };
}

const otherTeam = toLineAndOtherTeam((line, there) => {
  Object.assign(line, there);
});

const otherPeriod: Mutation = ({ plan, scenario, random }) => {
  const line = oneOf(random, plan.allocation);
  const period =
    line &&
    oneOf(
      random,
      scenario.periods.filter(({ id }) => id !== line.period),
    );
  if (line === undefined || period === undefined) return false;
  line.period = period.id;
  return true;
};

const someHoursElsewhere = toLineAndOtherTeam((line, there, { plan, random }) => {
  const moved = line.hours * random.between(0.05, 0.95);
  line.hours -= moved;
  const lineThere = plan.allocation.find(
    ({ workflow, period, team }) =>
      workflow === line.workflow && period === line.period && team === there.team,
  );
  if (lineThere) lineThere.hours += moved;
  else plan.allocation.push({ ...line, ...there, hours: moved });
});

function dropOne(list: (specimen: Specimen) => unknown[]): Mutation {
  return (specimen) => {
    const items = list(specimen);
    if (items.length === 0) return false;
    items.splice(specimen.random.whole(0, items.length - 1), 1);
    return true;
  };
}

function duplicateOne(list: (specimen: Specimen) => unknown[]): Mutation {
  return (specimen) => {
    const items = list(specimen);
    if (items.length === 0) return false;
    items.push(structuredClone(specimen.random.pick(items)));
    return true;
  };
}

function addHours(kind: 'shortfall' | 'backlog'): Mutation {
  return ({ plan, scenario, random }) => {
    const line = {
      workflow: random.pick(scenario.workflows).id,
      period: random.pick(scenario.periods).id,
      hours: random.between(0.5, 2),
    };
    plan[kind].push(line);
    return true;
  };
}

/** A little, so that only arithmetic can tell; or a lot. */
function nudged(value: number, random: SeededRandom): number {
  return random.pick([value * 1.01 + 0.001, value * 0.99 - 0.001, value + 1]);
}

export const planMutations: Readonly<Record<string, Mutation>> = {
  'hours of a line up by a thousandth': toOne(lines, (line) => (line.hours *= 1.001)),
  'hours of a line up by one': toOne(lines, (line) => (line.hours += 1)),
  'hours of a line down by one': toOne(lines, (line) => (line.hours -= 1)),
  'hours up, all numbers stated anew': restated(toOne(lines, (line) => (line.hours *= 1.001))),
  'hours down, all numbers stated anew': restated(toOne(lines, (line) => (line.hours *= 0.999))),
  'another team': otherTeam,
  'another team, stated anew': restated(otherTeam),
  'some hours at another team, stated anew': restated(someHoursElsewhere),
  'another site': (specimen) => {
    const line = oneOf(specimen.random, specimen.plan.allocation);
    const site =
      line &&
      oneOf(
        specimen.random,
        specimen.scenario.sites.filter(({ id }) => id !== line.site),
      );
    if (line === undefined || site === undefined) return false;
    line.site = site.id;
    return true;
  },
  'another period': otherPeriod,
  'another period, stated anew': restated(otherPeriod),
  'a line dropped': dropOne(lines),
  'a line dropped, stated anew': restated(dropOne(lines)),
  'a line twice': duplicateOne(lines),
  'a line split in two': (specimen) => {
    const line = oneOf(specimen.random, lines(specimen));
    if (line === undefined) return false;
    for (const field of ['hours', 'teamHours', 'share', 'cost'] as const) line[field] /= 2;
    if (line.contacts !== null) line.contacts /= 2;
    lines(specimen).push({ ...line });
    return true;
  },
  'the cost of a line': toOne(lines, (line, { random }) => (line.cost = nudged(line.cost, random))),
  'the share of a line': toOne(lines, (line) => (line.share -= 0.01)),
  'the contacts of a line': toOne(lines, (line, { random }) => {
    line.contacts = line.contacts === null ? 1 : random.pick([null, line.contacts * 1.01 + 0.001]);
  }),
  'the team hours of a line': toOne(
    lines,
    (line, { random }) => (line.teamHours = nudged(line.teamHours, random)),
  ),
  'a cost term': ({ plan, random }) => {
    const term = random.pick(['handling', 'payroll', 'opening', 'backlog', 'shortfall'] as const);
    plan.costs[term] = nudged(plan.costs[term], random);
    return true;
  },
  'a cost term and the total': ({ plan, random }) => {
    const term = random.pick(['handling', 'payroll', 'opening', 'backlog', 'shortfall'] as const);
    plan.costs[term] += 1;
    plan.totalCost += 1;
    return true;
  },
  'money moved between cost terms': ({ plan }) => {
    plan.costs.handling += 1;
    plan.costs.payroll -= 1;
    return true;
  },
  'the total cost': ({ plan, random }) => {
    plan.totalCost = nudged(plan.totalCost, random);
    return true;
  },
  'shortfall changed': toOne(
    ({ plan }) => plan.shortfall,
    (line, { random }) => (line.hours = nudged(line.hours, random)),
  ),
  'shortfall changed, stated anew': restated(
    toOne(
      ({ plan }) => plan.shortfall,
      (line, { random }) => (line.hours = nudged(line.hours, random)),
    ),
  ),
  'shortfall dropped': dropOne(({ plan }) => plan.shortfall),
  'shortfall twice': duplicateOne(({ plan }) => plan.shortfall),
  'shortfall added': addHours('shortfall'),
  'backlog changed': toOne(
    ({ plan }) => plan.backlog,
    (line, { random }) => (line.hours = nudged(line.hours, random)),
  ),
  'backlog dropped': dropOne(({ plan }) => plan.backlog),
  'backlog added': addHours('backlog'),
  'backlog added, stated anew': restated(addHours('backlog')),
  'a site said to be open or closed': toOne(
    ({ plan }) => plan.sites,
    (site) => (site.open = !site.open),
  ),
  'an opening cost': toOne(
    ({ plan }) => plan.sites,
    (site) => (site.openingCost += 1),
  ),
  'a site dropped': dropOne(({ plan }) => plan.sites),
  'a site twice': duplicateOne(({ plan }) => plan.sites),
  'the currency': ({ plan }) => {
    plan.currency = plan.currency === 'USD' ? 'EUR' : 'USD';
    return true;
  },
};

export const dualMutations: Readonly<Record<string, Mutation>> = {
  'a price up by 1 %': toOne(duals, (dual) => (dual.price *= 1.01)),
  'a price down by 1 %': toOne(duals, (dual) => (dual.price *= 0.99)),
  'a price up by a cent': toOne(duals, (dual) => (dual.price += 0.01)),
  'a price down by a cent': toOne(duals, (dual) => (dual.price -= 0.01)),
  'a price dropped': dropOne(duals),
  'a price with its sign turned': toOne(duals, (dual) => (dual.price *= -1)),
  'a price twice': duplicateOne(duals),
  'all prices dropped': ({ plan }) => {
    delete plan.certificate.duals;
    return true;
  },
  'all prices up by 1 %': (specimen) => {
    for (const dual of duals(specimen)) dual.price *= 1.01;
    return duals(specimen).length > 0;
  },
  'a price of no family': (specimen) =>
    duals(specimen).push({ family: 'weather', subject: {}, price: 1 }) > 0,
  'a price of no team': (specimen) =>
    duals(specimen).push({
      family: 'team-capacity',
      subject: { team: 'nobody', period: 'never' },
      price: -1,
    }) > 0,
  'a price of a limit that did not bind': (specimen) => {
    const { plan, random } = specimen;
    if (plan.sensitivity === undefined || 'unavailable' in plan.sensitivity) return false;
    const idle = plan.sensitivity.constraints.filter(({ slack, limit }) => slack > 1e-3 * Math.max(1, limit));
    const limit = oneOf(random, idle);
    if (limit === undefined) return false;
    const price = limit.family === 'in-house-share' ? 0.5 : -0.5;
    duals(specimen).push({ family: limit.family, subject: limit.subject, price });
    return true;
  },
};

/** The team of a line in use, with its entry of capacity. */
function usedCapacity(specimen: Specimen) {
  const line = oneOf(specimen.random, specimen.plan.allocation);
  if (line === undefined) return undefined;
  const team = teamOf(specimen, line.team);
  return { line, team, entry: team.capacity.find(({ period }) => isSame(period, line.period))! };
}

function placementOf({ scenario }: Specimen, line: OptimalPlan['allocation'][number]) {
  const { workflow, team, period } = line;
  const known = scenario.placements?.find(
    (placement) =>
      placement.period !== undefined &&
      isSame(placement.period, period) &&
      isSame(placement.workflow, workflow) &&
      isSame(placement.team, team),
  );
  if (known) return known;
  const placement: NonNullable<Scenario['placements']>[number] = { workflow, team, period };
  (scenario.placements ??= []).push(placement);
  return placement;
}

/** Changes the workflow, team, site or placement behind a line in use. */
function behindALine(
  change: (line: OptimalPlan['allocation'][number], specimen: Specimen) => boolean,
): Mutation {
  return (specimen) => {
    const line = oneOf(specimen.random, specimen.plan.allocation);
    return line !== undefined && change(line, specimen);
  };
}

export const scenarioMutations: Readonly<Record<string, Mutation>> = {
  'a rate': toOne(
    ({ scenario }) => scenario.teams,
    ({ rate }, { random }) => (rate.amount *= random.pick([0.9, 1.1])),
  ),
  'the handling factor of a line': behindALine((line, specimen) => {
    const placement = placementOf(specimen, line);
    const factor = (line.teamHours / line.hours) * (workflowOf(specimen, line.workflow).occupancy ?? 1);
    placement.handlingFactor = factor * specimen.random.pick([0.95, 1.05]);
    return true;
  }),
  'the cost of a line': behindALine((line, specimen) => {
    placementOf(specimen, line).costPerDemandHour = (line.cost / line.hours) * 1.05 + 0.01;
    return true;
  }),
  'a line forbidden': behindALine((line, specimen) => {
    placementOf(specimen, line).allowed = false;
    return true;
  }),
  'the capacity of a team below its use': (specimen) => {
    const used = usedCapacity(specimen);
    if (used === undefined) return false;
    const { line, entry } = used;
    if (entry.fte !== undefined) entry.fte *= 0.9 * Math.min(1, hoursUsed(specimen, line) / fteHours(entry));
    else entry.hours = 0.9 * hoursUsed(specimen, line);
    return true;
  },
  'a team without its entry of the period': (specimen) => {
    const used = usedCapacity(specimen);
    used?.team.capacity.splice(used.team.capacity.indexOf(used.entry), 1);
    return used !== undefined;
  },
  'the shrinkage of a team': (specimen) => {
    const entries = specimen.scenario.teams.flatMap(({ capacity }) =>
      capacity.filter(({ fte }) => fte !== undefined),
    );
    const entry = oneOf(specimen.random, entries);
    if (entry === undefined) return false;
    entry.shrinkage = entry.shrinkage! * 0.9 + 0.05;
    return true;
  },
  'the paid hours of an FTE': (specimen) => {
    const entries = specimen.scenario.teams.flatMap(({ capacity }) =>
      capacity.filter(({ fte }) => fte !== undefined),
    );
    const entry = oneOf(specimen.random, entries);
    if (entry === undefined) return false;
    entry.paidHoursPerFte! *= 1.05;
    return true;
  },
  'the tier of a site below a workflow there': behindALine((line, specimen) => {
    workflowOf(specimen, line.workflow).securityTier = 5;
    siteOf(specimen, line.team).securityTier = 4;
    return true;
  }),
  'a control that the site lacks': behindALine((line, specimen) => {
    workflowOf(specimen, line.workflow).controls = ['no such control'];
    return true;
  }),
  'a skill that the team lacks': behindALine((line, specimen) => {
    workflowOf(specimen, line.workflow).skills = ['no such skill'];
    return true;
  }),
  'the country of the site denied': behindALine((line, specimen) => {
    siteOf(specimen, line.team).country = 'XX';
    workflowOf(specimen, line.workflow).deniedCountries = ['XX'];
    return true;
  }),
  'a country outside the allowed ones': behindALine((line, specimen) => {
    siteOf(specimen, line.team).country = 'XX';
    workflowOf(specimen, line.workflow).allowedCountries = ['YY'];
    return true;
  }),
  'a workflow too complex for its team': behindALine((line, specimen) => {
    workflowOf(specimen, line.workflow).complexity = 9;
    teamOf(specimen, line.team).maxComplexity = 8;
    return true;
  }),
  'the occupancy of a workflow': toOne(
    ({ scenario }) => scenario.workflows,
    (workflow) => {
      workflow.occupancy = (workflow.occupancy ?? 1) * 0.95;
    },
  ),
  'the demand of a workflow': (specimen) => {
    const entry = oneOf(
      specimen.random,
      specimen.scenario.workflows.flatMap(({ demand }) => demand),
    );
    if (entry === undefined) return false;
    if (entry.contacts !== undefined) entry.contacts = entry.contacts * 1.02 + 0.1;
    else entry.hours = entry.hours! * 1.02 + 0.1;
    return true;
  },
  'the AHT of a workflow': (specimen) => {
    const entries = specimen.scenario.workflows.flatMap(({ demand }) => demand);
    const entry = oneOf(
      specimen.random,
      entries.filter(({ contacts }) => contacts! > 0),
    );
    if (entry === undefined) return false;
    entry.ahtSeconds! *= 1.02;
    return true;
  },
  'the cost of shortfall': toOne(
    ({ scenario, plan }) =>
      scenario.workflows.filter(({ id }) => plan.shortfall.some(({ workflow }) => workflow === id)),
    (workflow) => (workflow.shortfallCostPerHour! *= 0.9),
  ),
  'shortfall no longer permitted': toOne(
    ({ scenario, plan }) =>
      scenario.workflows.filter(({ id }) => plan.shortfall.some(({ workflow }) => workflow === id)),
    (workflow) => delete workflow.shortfallCostPerHour,
  ),
  'the cost of waiting': toOne(
    ({ scenario, plan }) =>
      scenario.workflows.filter(({ id }) => plan.backlog.some(({ workflow }) => workflow === id)),
    ({ backlog }) => (backlog!.costPerHourPeriod = (backlog!.costPerHourPeriod ?? 0) * 1.1 + 0.1),
  ),
  'less room for waiting': toOne(
    ({ scenario, plan }) =>
      scenario.workflows.filter(({ id }) => plan.backlog.some(({ workflow }) => workflow === id)),
    ({ backlog }) => (backlog!.maxHours *= 0.5),
  ),
  'opening backlog': toOne(
    ({ scenario }) => scenario.workflows.filter(({ backlog }) => backlog !== undefined),
    ({ backlog }) => (backlog!.openingHours = (backlog!.openingHours ?? 0) + 1),
  ),
  'a largest share': toOne(
    ({ scenario }) => scenario.rules?.vendorShare ?? [],
    (rule) => (rule.maxShare *= 0.9),
  ),
  'a smallest share': toOne(
    ({ scenario }) => scenario.rules?.inHouseShare ?? [],
    (rule) => {
      rule.minShare = rule.minShare * 0.9 + 0.1;
    },
  ),
  'a budget': toOne(
    ({ scenario }) => scenario.rules?.budget ?? [],
    (rule) => (rule.amount *= 0.9),
  ),
  'the seats of a site': toOne(
    ({ scenario }) => scenario.sites.filter(({ seats }) => seats !== undefined),
    (site) => (site.seats! *= 0.7),
  ),
  'a site sold to a vendor': toOne(
    ({ scenario }) => scenario.sites.filter(({ operator }) => operator === 'in-house'),
    (site) => Object.assign(site, { operator: 'bpo', vendor: 'new owner' }),
  ),
  'the currency': ({ scenario }) => {
    scenario.currency = scenario.currency === 'USD' ? 'EUR' : 'USD';
    return true;
  },
};

function hoursUsed({ plan }: Specimen, { team, period }: OptimalPlan['allocation'][number]): number {
  return plan.allocation
    .filter((line) => line.team === team && line.period === period)
    .reduce((sum, line) => sum + line.teamHours, 0);
}

function fteHours(entry: Scenario['teams'][number]['capacity'][number]): number {
  return entry.fte! * entry.paidHoursPerFte! * (1 - entry.shrinkage!);
}

function reportOf({ plan }: Specimen) {
  if (plan.sensitivity === undefined || 'unavailable' in plan.sensitivity)
    throw new Error('There is no report.');
  return plan.sensitivity;
}
const limitRows = (specimen: Specimen) => reportOf(specimen).constraints;
const placementRows = (specimen: Specimen) => reportOf(specimen).placements;

/** Each changes the report by more than its tolerance, so none of them is harmless. */
export const reportMutations: Readonly<Record<string, Mutation>> = {
  'a shadow price': toOne(limitRows, (row) => (row.shadowPrice = row.shadowPrice * 1.01 + 0.01)),
  'a slack': toOne(limitRows, (row) => (row.slack += 0.01 * Math.max(1, row.limit))),
  'the use of a limit': toOne(limitRows, (row) => (row.used += 0.01 * Math.max(1, row.limit))),
  'a limit and its use': toOne(limitRows, (row) => {
    row.used += 0.01 * Math.max(1, row.limit);
    row.limit += 0.01 * Math.max(1, row.limit);
  }),
  'whether a limit binds': toOne(
    // Closer to a limit than the tolerance, a plan may be said to stand at it.
    (specimen) =>
      limitRows(specimen).filter(({ binding, slack, limit }) => binding || slack > 2e-6 * Math.max(1, limit)),
    (row) => (row.binding = !row.binding),
  ),
  'a limit left out': dropOne(limitRows),
  'a limit twice': duplicateOne(limitRows),
  'a limit that does not exist': toOne(limitRows, (row) => (row.subject = { period: 'never' })),
  'a reduced cost': toOne(placementRows, (row) => {
    row.reducedCost += 0.01 * Math.max(1, row.costPerDemandHour);
  }),
  'a break-even': toOne(placementRows, (row) => {
    row.breakEvenCostPerDemandHour =
      row.breakEvenCostPerDemandHour - 0.01 * Math.max(1, row.costPerDemandHour);
  }),
  'a cost in the report': toOne(
    placementRows,
    (row) => (row.costPerDemandHour = row.costPerDemandHour * 1.01 + 0.01),
  ),
  'hours in the report': toOne(placementRows, (row) => (row.hours = row.hours * 1.01 + 0.01)),
  'a placement left out': dropOne(placementRows),
  'a placement twice': duplicateOne(placementRows),
};

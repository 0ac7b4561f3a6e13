import type { Scenario, ScenarioPlacement } from '../../models/scenario/schema.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Every list in another order but `periods`, whose order is time. */
export function shuffled(scenario: Scenario, random: SeededRandom): Scenario {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return random.shuffled(value.map(inside));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, inside(field)]));
  };
  return { ...(inside(scenario) as Scenario), periods: scenario.periods };
}

const ID_FIELDS = new Set(['id', 'workflow', 'team', 'site', 'vendor', 'period']);

/** All ids replaced by others that sort in another order; what was one id stays one id. */
export function renamed(scenario: Scenario, random: SeededRandom): Scenario {
  const names = new Map<string, string>();
  const nameFor = (id: string) => {
    const known = names.get(id.normalize());
    const name = known ?? `${String(random.whole(0, 1e9))} ${String(names.size)}`;
    names.set(id.normalize(), name);
    return name;
  };
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]: [string, unknown]) => [
        key,
        ID_FIELDS.has(key) && typeof field === 'string' ? nameFor(field) : inside(field),
      ]),
    );
  };
  return inside(scenario) as Scenario;
}

/** All money multiplied by a factor. */
export function repriced(scenario: Scenario, factor: number): Scenario {
  const copy = structuredClone(scenario);
  for (const { rate } of copy.teams) rate.amount *= factor;
  for (const workflow of copy.workflows) {
    if (workflow.shortfallCostPerHour !== undefined) workflow.shortfallCostPerHour *= factor;
    if (workflow.backlog?.costPerHourPeriod !== undefined) workflow.backlog.costPerHourPeriod *= factor;
  }
  for (const placement of copy.placements ?? []) {
    if (placement.costPerDemandHour !== undefined) placement.costPerDemandHour *= factor;
  }
  for (const budget of copy.rules?.budget ?? []) budget.amount *= factor;
  return copy;
}

/** Every placement at a site of one kind of operator forbidden; all rules stay. */
export function withoutOperator(scenario: Scenario, operator: 'in-house' | 'bpo'): Scenario {
  const copy = structuredClone(scenario);
  const isForbidden = (teamId: string) => {
    const team = copy.teams.find(({ id }) => isSame(id, teamId))!;
    return copy.sites.find(({ id }) => isSame(id, team.site))!.operator === operator;
  };
  const placements: ScenarioPlacement[] = [];
  for (const { allowed, ...placement } of copy.placements ?? []) {
    if (!isForbidden(placement.team))
      placements.push({ ...placement, ...(allowed !== undefined && { allowed }) });
    else placements.push({ ...placement, allowed: false });
  }
  for (const { id: workflow } of copy.workflows) {
    for (const { id: team } of copy.teams.filter(({ id }) => isForbidden(id))) {
      const isGeneral = (placement: ScenarioPlacement) =>
        placement.period === undefined &&
        isSame(placement.workflow, workflow) &&
        isSame(placement.team, team);
      if (!placements.some(isGeneral)) placements.push({ workflow, team, allowed: false });
    }
  }
  return { ...copy, placements };
}

export function isSame(id: string, other: string): boolean {
  return id.normalize() === other.normalize();
}

/** One placement in one period at a given cost per workload hour. */
export function withPlacementCost(
  scenario: Scenario,
  { workflow, team, period }: { readonly workflow: string; readonly team: string; readonly period: string },
  costPerDemandHour: number,
): Scenario {
  const copy = structuredClone(scenario);
  const placements = (copy.placements ??= []);
  const single = placements.find(
    (placement) =>
      placement.period !== undefined &&
      isSame(placement.period, period) &&
      isSame(placement.workflow, workflow) &&
      isSame(placement.team, team),
  );
  if (single) single.costPerDemandHour = costPerDemandHour;
  else placements.push({ workflow, team, period, costPerDemandHour });
  return copy;
}

/** Whose limit it is. */
export interface Limit {
  readonly family: string;
  readonly subject: {
    readonly workflow?: string | undefined;
    readonly team?: string | undefined;
    readonly site?: string | undefined;
    readonly vendor?: string | undefined;
    readonly period?: string | undefined;
  };
}

/**
 * The scenario with one limit moved by `step`, all rates and every other limit held; undefined where no field of the
 * scenario is that limit alone: shares, a backlog limit of several periods, and the capacity of a team whose payroll
 * would move with it.
 */
export function withMovedLimit(scenario: Scenario, limit: Limit, step: number): Scenario | undefined {
  const copy = structuredClone(scenario);
  return moveLimit(copy, limit, step) ? copy : undefined;
}

function moveLimit(scenario: Scenario, { family, subject }: Limit, step: number): boolean {
  const period = subject.period ?? '';
  const isOfPeriod = (entry: { readonly period?: string | undefined }) =>
    entry.period !== undefined && isSame(entry.period, period);
  switch (family) {
    case 'demand': {
      const { demand } = scenario.workflows.find(({ id }) => isSame(id, subject.workflow!))!;
      const entry = demand.find(isOfPeriod);
      if (entry === undefined) demand.push({ period, hours: step });
      else if (entry.contacts !== undefined) entry.contacts += (step * 3600) / entry.ahtSeconds!;
      else entry.hours! += step;
      return true;
    }
    case 'team-capacity': {
      const team = scenario.teams.find(({ id }) => isSame(id, subject.team!))!;
      if (team.paid === 'capacity') return false;
      const entry = team.capacity.find(isOfPeriod)!;
      if (entry.fte !== undefined) entry.fte += step / (entry.paidHoursPerFte! * (1 - entry.shrinkage!));
      else entry.hours! += step;
      return true;
    }
    case 'site-seats': {
      // The seats are the same in every period.
      if (scenario.periods.length > 1) return false;
      const site = scenario.sites.find(({ id }) => isSame(id, subject.site!))!;
      site.seats! += step / (site.fteSharingASeat ?? 1);
      return true;
    }
    case 'budget': {
      const isAsked = (rule: { readonly period?: string | undefined }) =>
        subject.period === undefined ? rule.period === undefined : isOfPeriod(rule);
      scenario.rules!.budget!.find(isAsked)!.amount += step;
      return true;
    }
    case 'backlog-limit': {
      if (scenario.periods.length !== 2) return false;
      scenario.workflows.find(({ id }) => isSame(id, subject.workflow!))!.backlog!.maxHours += step;
      return true;
    }
    default:
      return false;
  }
}

/** Some sites cost something to open, and the others nothing. */
export function withOpeningCosts(scenario: Scenario, random: SeededRandom): Scenario {
  const sites = scenario.sites.map((site) => ({
    ...site,
    openingCost: random.chance(0.6) ? random.whole(1, 2000) : 0,
  }));
  return { ...scenario, sites };
}

/** No work may go to these sites; ids are one whatever Unicode form they have. */
export function withoutWorkAt(scenario: Scenario, sites: readonly string[]): Scenario {
  const closed = new Set(sites.map((id) => id.normalize()));
  const teams = scenario.teams.filter(({ site }) => closed.has(site.normalize()));
  const without = new Set(teams.map(({ id }) => id.normalize()));
  const forbidden = scenario.workflows.flatMap(({ id: workflow }) =>
    teams.map(({ id: team }) => ({ workflow, team, allowed: false })),
  );
  const placements = (scenario.placements ?? []).filter(({ team }) => !without.has(team.normalize()));
  return { ...scenario, placements: [...placements, ...forbidden] };
}

import type { Contract } from '../contracts/contract-schema.ts';
import { type Fault, jsonPointer } from '../fault.ts';
import type {
  Demand,
  PlanningData,
  Positions,
  Site,
  Team,
  TeamCapacity,
  Workflow,
} from '../planning-data.ts';
import { collectPlacements, eligiblePairs, ineligibleLines } from './eligible-pairs.ts';
import { LARGEST_AMOUNT, SMALLEST_AMOUNT } from './fields.ts';
import { checkNumberRange } from './number-range.ts';
import { normaliseContracts } from './normalise-contracts.ts';
import { classFaults, normaliseHeadcount, secondSkillFaults } from './normalise-headcount.ts';
import { PlacementCollector } from './placement-collector.ts';
import { PlacementFacts } from './placement-facts.ts';
import { plainZero } from './plain-zero.ts';
import { MAX_FAULTS } from './schema-faults.ts';
import type { Scenario, ScenarioTeam, ScenarioWorkflow } from './schema.ts';
import { SentPlaces } from './sent-places.ts';

/** More pairs of workflow and team than this are refused: each pair is reported, eligible or not. */
const MAX_PAIRS = 1_000_000;

/** Largest payroll of one team in one period, in money. */
const LARGEST_PAYROLL = 1e15;

/** What normalisation gives: planning data with what to beware of, or every reason why the scenario has none. */
export type Normalised =
  | { readonly data: PlanningData; readonly warnings: readonly Fault[]; readonly faults?: undefined }
  | { readonly data?: undefined; readonly warnings?: undefined; readonly faults: readonly Fault[] };

/** An entity with the position at which it was sent, for pointers in faults. */
interface Sent<Entity> {
  readonly entity: Entity;
  readonly sentAt: number;
}

/**
 * Turns a valid scenario into planning data: defaults filled in, entities sorted by id, references resolved, hours and
 * costs computed, ineligible placements left out.
 *
 * The result does not depend on the order of any list but `periods`, whose order is time. Expects a scenario without
 * schema or reference faults. Returns faults where a rate cannot be turned into a cost (`missing-fte`, `missing-aht`), no class of hires can begin,
 * more heads have a second skill than there are, or a computed number is out of range (`out-of-range`) or too far from others of its unit (`number-range`).
 */
export function normaliseScenario(scenario: Scenario): Normalised {
  const faults: Fault[] = [];
  const sites = sortedById(scenario.sites);
  const teams = sortedById(scenario.teams);
  const workflows = sortedById(scenario.workflows);
  if (hasTooManyPairs(scenario)) return { faults: [tooManyPairs(teams.length, workflows.length)] };

  const vendors = vendorsOf(scenario);
  const positions = positionsOf(scenario, sites, teams, workflows, vendors);
  const contracted = sitesWithContract(scenario);
  const periodCount = scenario.periods.length;
  const base = {
    currency: scenario.currency,
    periods: scenario.periods.map(({ id, start }) => ({ id, ...(start !== undefined && { start }) })),
    vendors,
    positions,
    sites: sites.map(({ entity }): Site => normaliseSite(entity, positions)),
    teams: teams.map((team) => normaliseTeam(team, scenario, positions, contracted, faults)),
    workflows: workflows.map((workflow) => normaliseWorkflow(workflow, periodCount, positions, faults)),
    rules: sortedRules(scenario, positions),
    contracts: normaliseContracts(scenario, positions, faults),
  };
  if (faults.length > 0) return { faults: faults.slice(0, MAX_FAULTS) };

  const places = new SentPlaces(scenario, positions);
  const collector = new PlacementCollector(base.workflows, base.teams, base.sites, places);
  const facts = new PlacementFacts(scenario.placements ?? [], positions, workflows.length, teams.length);
  const pairs = eligiblePairs(entitiesOf(sites), entitiesOf(teams), entitiesOf(workflows), base, facts);
  collectPlacements(collector, base, pairs, facts);
  if (collector.faults.length > 0) return { faults: collector.faults.slice(0, MAX_FAULTS) };
  const data = {
    ...base,
    placements: collector.build(),
    ineligible: (w: number) => ineligibleLines(w, base, pairs),
  };
  const { faults: lost, warnings } = checkNumberRange(data, scenario, places);
  return lost.length > 0 ? { faults: lost } : { data, warnings };
}

/** Whether the scenario is refused for that, whatever else is in it. */
export function hasTooManyPairs({ teams, workflows }: Scenario): boolean {
  return teams.length * workflows.length > MAX_PAIRS;
}

function sortedById<Entity extends { readonly id: string }>(entities: readonly Entity[]): Sent<Entity>[] {
  return entities
    .map((entity, sentAt) => ({ entity, sentAt }))
    .sort((a, b) => compareText(a.entity.id.normalize(), b.entity.id.normalize()));
}

function entitiesOf<Entity>(sent: readonly Sent<Entity>[]): Entity[] {
  return sent.map(({ entity }) => entity);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each vendor once, spelled as its first site in id order spells it. */
function vendorsOf(scenario: Scenario): string[] {
  const spelling = new Map<string, string>();
  for (const { entity } of sortedById(scenario.sites)) {
    if (entity.vendor === undefined) continue;
    const key = entity.vendor.normalize();
    if (!spelling.has(key)) spelling.set(key, entity.vendor);
  }
  return [...spelling.entries()].sort(([a], [b]) => compareText(a, b)).map(([, vendor]) => vendor);
}

function positionsOf(
  scenario: Scenario,
  sites: readonly Sent<{ readonly id: string }>[],
  teams: readonly Sent<{ readonly id: string }>[],
  workflows: readonly Sent<{ readonly id: string }>[],
  vendors: readonly string[],
): Positions {
  return {
    period: positionIn(
      scenario.periods.map(({ id }) => id),
      'period',
    ),
    site: positionIn(
      sites.map(({ entity }) => entity.id),
      'site',
    ),
    team: positionIn(
      teams.map(({ entity }) => entity.id),
      'team',
    ),
    workflow: positionIn(
      workflows.map(({ entity }) => entity.id),
      'workflow',
    ),
    vendor: positionIn(vendors, 'vendor'),
  };
}

function positionIn(ids: readonly string[], kind: string): (id: string) => number {
  const positions = new Map(ids.map((id, position) => [id.normalize(), position]));
  return (id) => {
    const position = positions.get(id.normalize());
    if (position === undefined)
      throw new Error(`A reference to an unknown ${kind} was not caught by validation.`);
    return position;
  };
}

function normaliseSite(site: Scenario['sites'][number], positions: Positions): Site {
  return {
    id: site.id,
    name: site.name ?? site.id,
    ...(site.vendor !== undefined && { vendor: positions.vendor(site.vendor) }),
    openingCost: plainZero(site.openingCost ?? 0),
    ...(site.seats !== undefined && { seatedFte: plainZero(site.seats * (site.fteSharingASeat ?? 1)) }),
  };
}

function normaliseTeam(
  { entity: team, sentAt }: Sent<ScenarioTeam>,
  { periods, periodsPerYear }: Scenario,
  positions: Positions,
  contracted: ReadonlyMap<string, Contract>,
  faults: Fault[],
): Team {
  const capacity = new Array<TeamCapacity | undefined>(periods.length).fill(undefined);
  team.capacity.forEach((entry, at) => {
    const normalised = normaliseCapacity(entry, team);
    const path = ['teams', sentAt, 'capacity', at];
    checkHours(normalised.hours, path, faults);
    checkPayroll(normalised.payroll, path, faults);
    capacity[positions.period(entry.period)] = normalised;
  });
  const contract = contracted.get(team.site.normalize());
  if (team.headcount) {
    const path = ['teams', sentAt, 'headcount'];
    faults.push(...classFaults(team.headcount, path), ...secondSkillFaults(team.headcount, path));
  }
  const headcount =
    team.headcount &&
    normaliseHeadcount(team.headcount, {
      rate: team.rate,
      capacity,
      periodsPerYear,
      periodAt: positions.period,
    });
  return {
    id: team.id,
    name: team.name ?? team.id,
    site: positions.site(team.site),
    rate: { basis: team.rate.basis, amount: plainZero(team.rate.amount) },
    paidForCapacity: team.paid === 'capacity' && headcount === undefined,
    billedByContract: contract?.volume,
    ...(contract?.quality && { qualityTarget: contract.quality.target }),
    capacity,
    ...(headcount && { headcount }),
  };
}

/** The contract that pays for the work at each site whose vendor has one, by the site's id after NFC. */
function sitesWithContract({ contracts = [], sites }: Scenario): ReadonlyMap<string, Contract> {
  const ofVendor = new Map(contracts.map((contract) => [contract.vendor.normalize(), contract]));
  return new Map(
    sites.flatMap(({ id, vendor }) => {
      const contract = vendor === undefined ? undefined : ofVendor.get(vendor.normalize());
      return contract === undefined ? [] : [[id.normalize(), contract] as const];
    }),
  );
}

function normaliseCapacity(entry: ScenarioTeam['capacity'][number], team: ScenarioTeam): TeamCapacity {
  const { fte, paidHoursPerFte, shrinkage } = entry;
  if (team.headcount) {
    // How many they are is for the plan to say, and what they cost together with it.
    const productiveHours = paidHoursPerFte! * (1 - shrinkage!);
    return { hours: Infinity, fte: { productiveHours, shrinkage: plainZero(shrinkage!) }, payroll: 0 };
  }
  if (fte === undefined || paidHoursPerFte === undefined || shrinkage === undefined) {
    const hours = plainZero(entry.hours ?? Infinity);
    // Paid hours and productive hours are the same here: the hours form knows no shrinkage.
    return { hours, payroll: team.paid === 'capacity' ? plainZero(team.rate.amount * hours) : 0 };
  }
  const productiveHours = paidHoursPerFte * (1 - shrinkage);
  const hours = plainZero(fte * productiveHours);
  const paidUnits = {
    'productive-hour': hours,
    'paid-hour': fte * paidHoursPerFte,
    'fte-period': fte,
    contact: 0,
  };
  const payroll = team.paid === 'capacity' ? team.rate.amount * paidUnits[team.rate.basis] : 0;
  return { hours, fte: { productiveHours, shrinkage: plainZero(shrinkage) }, payroll: plainZero(payroll) };
}

function normaliseWorkflow(
  { entity: workflow, sentAt }: Sent<ScenarioWorkflow>,
  periodCount: number,
  positions: Positions,
  faults: Fault[],
): Workflow {
  // With a backlog every period needs its balance, also one in which nothing new arrives.
  const nothing: Demand | undefined = workflow.backlog === undefined ? undefined : { hours: 0 };
  const demand = new Array<Demand | undefined>(periodCount).fill(nothing);
  workflow.demand.forEach((entry, at) => {
    const { contacts, ahtSeconds } = entry;
    const hours =
      contacts === undefined || ahtSeconds === undefined
        ? (entry.hours ?? 0)
        : (contacts * ahtSeconds) / 3600;
    checkHours(hours, ['workflows', sentAt, 'demand', at], faults);
    demand[positions.period(entry.period)] = {
      hours: plainZero(hours),
      ...(ahtSeconds !== undefined && { ahtSeconds }),
    };
  });
  const { shortfallCostPerHour, backlog } = workflow;
  return {
    mostHours: mostHoursOf(demand, backlog),
    id: workflow.id,
    name: workflow.name ?? workflow.id,
    occupancy: workflow.occupancy ?? 1,
    minimumTeamHours: plainZero(workflow.minimumTeamHours ?? 0),
    ...(workflow.maxSites !== undefined && { maxSites: workflow.maxSites }),
    ...(shortfallCostPerHour !== undefined && { shortfallCostPerHour: plainZero(shortfallCostPerHour) }),
    ...(backlog && {
      backlog: {
        maxHours: plainZero(backlog.maxHours),
        costPerHourPeriod: plainZero(backlog.costPerHourPeriod ?? 0),
        openingHours: plainZero(backlog.openingHours ?? 0),
      },
    }),
    demand,
  };
}

function mostHoursOf(demand: Workflow['demand'], backlog: ScenarioWorkflow['backlog']): number[] {
  let carriedIn = backlog?.openingHours ?? 0;
  return demand.map((entry) => {
    const most = (entry?.hours ?? 0) + carriedIn;
    carriedIn = Math.min(backlog?.maxHours ?? 0, most);
    return most;
  });
}

/** Computed hours obey the same range as given ones; an engine drops what is smaller and drowns in what is larger. */
function checkHours(hours: number, path: readonly PropertyKey[], faults: Fault[]): void {
  if (hours === 0 || hours === Infinity || (hours >= SMALLEST_AMOUNT && hours <= LARGEST_AMOUNT)) return;
  faults.push({
    pointer: jsonPointer(path),
    code: 'out-of-range',
    message: `These numbers give ${hours.toExponential(2)} hours. They must give 0 or ${SMALLEST_AMOUNT} to ${LARGEST_AMOUNT} hours.`,
  });
}

/** A budget's right-hand side has its payroll taken off: past this it is infinite to an engine. */
function checkPayroll(payroll: number, path: readonly PropertyKey[], faults: Fault[]): void {
  if (payroll <= LARGEST_PAYROLL) return;
  faults.push({
    pointer: jsonPointer(path),
    code: 'out-of-range',
    message: `This capacity costs ${payroll.toExponential(2)}. Its payroll must be at most ${LARGEST_PAYROLL.toExponential()}.`,
  });
}

function sortedRules(scenario: Scenario, positions: Positions): Record<string, readonly unknown[]> {
  const lists: [string, readonly unknown[]][] = [];
  for (const [name, list] of Object.entries(scenario.rules ?? {})) {
    const keyed = (list as readonly Record<string, unknown>[]).map((rule) => ({
      rule,
      key: ruleKey(rule, positions),
    }));
    keyed.sort((a, b) => compareText(a.key, b.key));
    lists.push([name, keyed.map(({ rule }) => withPlainZeros(rule))]);
  }
  return Object.fromEntries(lists);
}

function withPlainZeros(rule: Record<string, unknown>): Record<string, unknown> {
  const fields = Object.entries(rule);
  return Object.fromEntries(
    fields.map(([field, value]) => [field, typeof value === 'number' ? plainZero(value) : value]),
  );
}

/** What a rule refers to, as a text that sorts by position. */
function ruleKey(rule: Record<string, unknown>, positions: Positions): string {
  const kinds = ['vendor', 'site', 'team', 'workflow', 'period'] as const;
  return kinds
    .map((kind) => {
      const id = rule[kind];
      return typeof id === 'string' ? String(positions[kind](id)).padStart(9, '0') : '';
    })
    .join(' ');
}

function tooManyPairs(teams: number, workflows: number): Fault {
  return {
    pointer: '/workflows',
    code: 'too-large',
    message: `${workflows} workflows times ${teams} teams are more than ${MAX_PAIRS} pairs. Split the scenario.`,
  };
}

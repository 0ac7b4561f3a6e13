import type { Scenario } from '../scenario/schema.ts';
import { recomputeContracts, type RecomputedContract } from './contract-bills.ts';
import { recomputePeople, type RecomputedPeople } from './people.ts';

/**
 * The scenario's hours, rates and eligibility, computed here a second time and on purpose by other code than the one
 * that builds the program: the certificate must not repeat the builder's mistakes. Imports types only.
 *
 * Entities and rules stand in the order of their ids, whatever the order in which they were sent: sums of rounded
 * numbers depend on their order, and the same scenario must get the same certificate to the last digit. `w`, `k`, `s`,
 * `t` are positions in those lists; `[w][t]` and the like are nested arrays.
 */
export interface RecomputedScenario {
  readonly scenario: Scenario;
  readonly T: number;
  /** Workload hours that arrive; undefined where the scenario says nothing and nothing can be carried in. */
  readonly demand: readonly (readonly (number | undefined)[])[];
  readonly ahtSeconds: readonly (readonly (number | undefined)[])[];
  /** Most hours that can wait at the start of a period. */
  readonly mostCarriedIn: readonly (readonly number[])[];
  /** Productive hours; Infinity where uncapped or a matter of people, undefined where the team has no entry. */
  readonly capacity: readonly (readonly (number | undefined)[])[];
  /** Productive hours of one FTE, where the capacity is in FTE. */
  readonly hoursPerFte: readonly (readonly (number | undefined)[])[];
  /** Money owed for whole capacities in each period. */
  readonly payroll: readonly number[];
  /** By team; undefined where it has no headcount. */
  readonly people: readonly (RecomputedPeople | undefined)[];
  readonly contracts: readonly RecomputedContract[];
  readonly siteOfTeam: readonly number[];
  readonly isInHouse: readonly boolean[];
  /** Vendor of each team's site, normalised. */
  readonly vendorOfTeam: readonly (string | undefined)[];
  readonly find: Finder;
  /** Whether a team may take a workflow, as far as that does not depend on the period. */
  mayTake(w: number, k: number): boolean;
  /** Facts of a placement that has capacity and demand; undefined where the work may not or cannot be done there. */
  placement(w: number, k: number, t: number): PlacementFacts | undefined;
}

export interface PlacementFacts {
  /** Money per workload hour. */
  readonly cost: number;
  /** Team hours per workload hour. */
  readonly teamHours: number;
  /** What the vendor's contract bills of a workload hour: team hours, or contacts. */
  readonly billed: number;
  /** Quality of the work times what is billed; 0 where no contract pays for quality. */
  readonly qualityPoints: number;
  /** Which of the team's second skills the work is done with; absent where its own skills will do. */
  readonly secondSkill?: number;
}

/** Positions by id, compared after Unicode normalisation; undefined for what does not exist. */
export type Finder = Record<'workflow' | 'team' | 'site' | 'period', (id: string) => number | undefined>;

export function recompute(sent: Scenario): RecomputedScenario {
  const scenario = inIdOrder(sent);
  const find = finderOf(scenario);
  const T = scenario.periods.length;
  const { demand, ahtSeconds, mostCarriedIn } = recomputeDemand(scenario, find, T);
  const { capacity, hoursPerFte, shrinkage, payroll } = recomputeCapacity(scenario, find, T);
  const siteOfTeam = scenario.teams.map((team) => find.site(team.site)!);
  const siteAt = (k: number) => scenario.sites[siteOfTeam[k]];
  const facts = factsByPlacement(scenario, find, T);
  const people = scenario.teams.map((team) => recomputePeople(team, scenario, find.period));
  const { mayTake, secondSkillFor } = eligibilityOf(scenario, siteAt, people);
  const contracted = new Map(
    (scenario.contracts ?? []).map((contract) => [contract.vendor.normalize(), contract]),
  );

  const placement = (w: number, k: number, t: number): PlacementFacts | undefined => {
    if (demand[w][t] === undefined || capacity[k][t] === undefined || !mayTake(w, k)) return undefined;
    const single = facts.single(w, k, t);
    const general = facts.general(w, k);
    if ((single?.allowed ?? general?.allowed) === false) return undefined;
    const workflow = scenario.workflows[w];
    const { paid, rate, headcount } = scenario.teams[k];
    const secondSkill = secondSkillFor(w, k);
    const factor = single?.handlingFactor ?? general?.handlingFactor ?? 1;
    const productivity = secondSkill === undefined ? 1 : people[k]!.secondSkills[secondSkill].productivity;
    const teamHours = factor / (workflow.occupancy ?? 1) / productivity;
    const given = single?.costPerDemandHour ?? general?.costPerDemandHour;
    const contract = contracted.get(siteAt(k).vendor?.normalize() ?? '');
    const unit = contract?.volume;
    const aht = ahtSeconds[w][t];
    if (unit === 'contacts' && aht === undefined) return undefined;
    const billed = unit === 'contacts' ? 3600 / aht! : teamHours;
    const target = contract?.quality?.target;
    const quality = target === undefined ? 0 : (single?.quality ?? general?.quality ?? target);
    const uses = {
      teamHours,
      billed,
      qualityPoints: quality * billed,
      ...(secondSkill !== undefined && { secondSkill }),
    };
    if (given !== undefined) return { cost: given, ...uses };
    if (paid === 'capacity' || headcount || unit) return { cost: 0, ...uses };
    const unitsPerHour = unitsOf(rate.basis, teamHours, shrinkage[k][t], hoursPerFte[k][t], aht);
    return unitsPerHour === undefined ? undefined : { cost: rate.amount * unitsPerHour, ...uses };
  };

  return {
    scenario,
    T,
    demand,
    ahtSeconds,
    mostCarriedIn,
    capacity,
    hoursPerFte,
    payroll,
    contracts: recomputeContracts(scenario),
    people,
    siteOfTeam,
    isInHouse: scenario.teams.map((_, k) => siteAt(k).operator === 'in-house'),
    vendorOfTeam: scenario.teams.map((_, k) => siteAt(k).vendor?.normalize()),
    find,
    mayTake,
    placement,
  };
}

function inIdOrder(scenario: Scenario): Scenario {
  const { sites, teams, workflows, rules } = scenario;
  return {
    ...scenario,
    sites: sortedBy(sites, ({ id }) => id),
    teams: sortedBy(teams, ({ id }) => id),
    workflows: sortedBy(workflows, ({ id }) => id),
    ...(rules && {
      rules: {
        ...rules,
        ...(rules.vendorShare && { vendorShare: sortedBy(rules.vendorShare, ({ vendor }) => vendor) }),
        ...(rules.inHouseShare && {
          inHouseShare: sortedBy(rules.inHouseShare, ({ workflow }) => workflow ?? ''),
        }),
        ...(rules.budget && { budget: sortedBy(rules.budget, ({ period }) => period ?? '') }),
      },
    }),
  };
}

function sortedBy<Item>(items: readonly Item[], idOf: (item: Item) => string): Item[] {
  const keyed = items.map((item) => ({ item, key: idOf(item).normalize() }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}

/** Units of a rate's basis per workload hour; undefined where the scenario does not say what they are made of. */
function unitsOf(
  basis: Scenario['teams'][number]['rate']['basis'],
  teamHours: number,
  shrinkage: number | undefined,
  hoursPerFte: number | undefined,
  ahtSeconds: number | undefined,
): number | undefined {
  switch (basis) {
    case 'productive-hour':
      return teamHours;
    case 'paid-hour':
      return shrinkage === undefined ? undefined : teamHours / (1 - shrinkage);
    case 'fte-period':
      return hoursPerFte === undefined ? undefined : teamHours / hoursPerFte;
    case 'contact':
      return ahtSeconds === undefined ? undefined : 3600 / ahtSeconds;
  }
}

function finderOf(scenario: Scenario): Finder {
  const finder = (entities: readonly { readonly id: string }[]) => {
    const positions = new Map(entities.map(({ id }, position) => [id.normalize(), position]));
    // Most ids are normalised already, and looking up is cheaper than normalising.
    return (id: string) => positions.get(id) ?? positions.get(id.normalize());
  };
  return {
    workflow: finder(scenario.workflows),
    team: finder(scenario.teams),
    site: finder(scenario.sites),
    period: finder(scenario.periods),
  };
}

function recomputeDemand(scenario: Scenario, find: Finder, T: number) {
  const demand: (number | undefined)[][] = [];
  const ahtSeconds: (number | undefined)[][] = [];
  const mostCarriedIn: number[][] = [];
  for (const { demand: entries, backlog } of scenario.workflows) {
    const hours = new Array<number | undefined>(T).fill(backlog ? 0 : undefined);
    const aht = new Array<number | undefined>(T).fill(undefined);
    for (const entry of entries) {
      const t = find.period(entry.period)!;
      hours[t] = entry.hours ?? (entry.contacts! * entry.ahtSeconds!) / 3600;
      aht[t] = entry.ahtSeconds;
    }
    const carried = [backlog?.openingHours ?? 0];
    for (let t = 1; t < T; t += 1) {
      carried[t] = Math.min(backlog?.maxHours ?? 0, carried[t - 1] + (hours[t - 1] ?? 0));
    }
    demand.push(hours);
    ahtSeconds.push(aht);
    mostCarriedIn.push(carried);
  }
  return { demand, ahtSeconds, mostCarriedIn };
}

function recomputeCapacity(scenario: Scenario, find: Finder, T: number) {
  const table = () => scenario.teams.map(() => new Array<number | undefined>(T).fill(undefined));
  const [capacity, hoursPerFte, shrinkage] = [table(), table(), table()];
  const payroll = new Array<number>(T).fill(0);
  scenario.teams.forEach(({ capacity: entries, paid, rate, headcount }, k) => {
    for (const { period, hours, fte, paidHoursPerFte, shrinkage: lost } of entries) {
      const t = find.period(period)!;
      capacity[k][t] = fte === undefined ? (hours ?? Infinity) : fte * paidHoursPerFte! * (1 - lost!);
      if (fte !== undefined) {
        hoursPerFte[k][t] = paidHoursPerFte! * (1 - lost!);
        shrinkage[k][t] = lost;
      }
      if (paid !== 'capacity' || headcount) continue;
      if (rate.basis === 'fte-period') payroll[t] += rate.amount * fte!;
      else if (rate.basis === 'paid-hour' && fte !== undefined)
        payroll[t] += rate.amount * fte * paidHoursPerFte!;
      else payroll[t] += rate.amount * capacity[k][t];
    }
  });
  return { capacity, hoursPerFte, shrinkage, payroll };
}

type SentPlacement = NonNullable<Scenario['placements']>[number];

/** What the scenario says of a placement, for its period alone and for all periods. */
function factsByPlacement(scenario: Scenario, find: Finder, T: number) {
  const K = scenario.teams.length;
  const single = new Map<number, SentPlacement>();
  const general = new Array<SentPlacement | undefined>(scenario.workflows.length * K).fill(undefined);
  for (const placement of scenario.placements ?? []) {
    const pair = find.workflow(placement.workflow)! * K + find.team(placement.team)!;
    if (placement.period === undefined) general[pair] = placement;
    else single.set(pair * T + find.period(placement.period)!, placement);
  }
  return {
    general: (w: number, k: number) => general[w * K + k],
    single: (w: number, k: number, t: number) =>
      single.size === 0 ? undefined : single.get((w * K + k) * T + t),
  };
}

/** Whether a team may take a workflow at all, and with which second skill where its own will not do; each pair is decided once. */
function eligibilityOf(
  scenario: Scenario,
  siteAt: (k: number) => Scenario['sites'][number],
  people: RecomputedScenario['people'],
) {
  const words = (list: readonly string[] | undefined) => list?.map((word) => word.normalize());
  const bring = scenario.teams.map((team, k) => ({
    skills: new Set(words(team.skills)),
    controls: new Set(words(siteAt(k).controls)),
    country: siteAt(k).country?.normalize(),
  }));
  const need = scenario.workflows.map((workflow) => ({
    skills: words(workflow.skills) ?? [],
    controls: words(workflow.controls) ?? [],
    allowed: words(workflow.allowedCountries),
    denied: words(workflow.deniedCountries) ?? [],
  }));
  const lackedBy = (w: number, k: number) => need[w].skills.filter((skill) => !bring[k].skills.has(skill));
  /** Position of the only skill that is lacking among the team's second ones; -1 where there are others, or none. */
  const standIn = (w: number, k: number): number => {
    const lacked = new Set(lackedBy(w, k));
    return lacked.size === 1 ? people[k]!.secondSkills.findIndex(({ skill }) => lacked.has(skill)) : -1;
  };
  const hasSecond = people.map((each) => each !== undefined && each.secondSkills.length > 0);
  const decide = (w: number, k: number) => {
    const [workflow, team, site] = [scenario.workflows[w], scenario.teams[k], siteAt(k)];
    const { skills, controls, allowed, denied } = need[w];
    const { country } = bring[k];
    return (
      (skills.every((skill) => bring[k].skills.has(skill)) || (hasSecond[k] && standIn(w, k) >= 0)) &&
      controls.every((control) => bring[k].controls.has(control)) &&
      (site.securityTier ?? 1) >= (workflow.securityTier ?? 1) &&
      (team.maxComplexity ?? Infinity) >= (workflow.complexity ?? 1) &&
      (allowed === undefined || (country !== undefined && allowed.includes(country))) &&
      (denied.length === 0 || (country !== undefined && !denied.includes(country)))
    );
  };
  const [NOT_YET, NO, YES] = [0, 1, 2];
  const decided = new Uint8Array(scenario.workflows.length * scenario.teams.length).fill(NOT_YET);
  const mayTake = (w: number, k: number): boolean => {
    const pair = w * scenario.teams.length + k;
    if (decided[pair] === NOT_YET) decided[pair] = decide(w, k) ? YES : NO;
    return decided[pair] === YES;
  };
  const secondSkillFor = (w: number, k: number): number | undefined => {
    const found = hasSecond[k] ? standIn(w, k) : -1;
    return found < 0 ? undefined : found;
  };
  return { mayTake, secondSkillFor };
}

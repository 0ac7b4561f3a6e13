import { type Fault, jsonPointer } from '../fault.ts';
import { GrowingList } from '../growing-list.ts';
import type { Placements, Site, Team, Workflow } from '../planning-data.ts';
import type { PlacementFacts } from './placement-facts.ts';
import { costPerDemandHour } from './rates.ts';
import { MAX_FAULTS, quoted } from './schema-faults.ts';
import type { SentPlaces } from './sent-places.ts';

/**
 * Coefficients outside this range are refused: an engine drops |a| ≤ 1e-9 without a word, and past 1e12 its tolerances
 * are wider than the limits they guard.
 */
const SMALLEST_COEFFICIENT = 1e-8;
const LARGEST_COEFFICIENT = 1e12;

/** More columns than this are refused before memory is spent on them. */
export const MAX_COLUMNS = 2_000_000;

/** A team that may take a workflow, but for the periods in which that is forbidden. */
export interface EligibleTeam {
  readonly team: number;
  /** With which of its second skills the team does the work, where its own will not do. */
  readonly secondSkill: number | undefined;
  readonly forbidden: ReadonlySet<number>;
}

/**
 * Gathers the placements that become columns, with their cost and team hours per workload hour, and every fault met on
 * the way, each once.
 */
export class PlacementCollector {
  readonly faults: Fault[] = [];
  #isFull = false;
  readonly #faultKeys = new Set<string>();
  readonly #workflow = GrowingList.ofInt32();
  readonly #team = GrowingList.ofInt32();
  readonly #period = GrowingList.ofInt32();
  readonly #cost = GrowingList.ofFloat64();
  readonly #teamHours = GrowingList.ofFloat64();
  readonly #quality: GrowingList<Float64Array> | undefined;
  readonly #secondSkill = new Map<number, number>();
  readonly #workflows: readonly Workflow[];
  readonly #teams: readonly Team[];
  readonly #sites: readonly Site[];
  readonly #sent: SentPlaces;

  constructor(
    workflows: readonly Workflow[],
    teams: readonly Team[],
    sites: readonly Site[],
    sent: SentPlaces,
  ) {
    this.#workflows = workflows;
    this.#teams = teams;
    this.#sites = sites;
    this.#sent = sent;
    if (teams.some(({ qualityTarget }) => qualityTarget !== undefined))
      this.#quality = GrowingList.ofFloat64();
  }

  /** Adds one workflow's columns, period by period, at the teams that may take it. */
  addWorkflow(w: number, eligible: readonly EligibleTeam[], facts: PlacementFacts): void {
    if (this.#hasStopped()) return;
    const { demand, mostHours } = this.#workflows[w];
    demand.forEach((entry, t) => {
      if (entry === undefined) return;
      for (const { team, secondSkill, forbidden } of eligible) {
        if (!forbidden.has(t)) this.#addPlacement(w, team, secondSkill, t, mostHours[t] > 0, facts);
      }
    });
  }

  build(): Placements {
    return {
      count: this.#workflow.length,
      workflow: this.#workflow.toArray(),
      team: this.#team.toArray(),
      period: this.#period.toArray(),
      costPerDemandHour: this.#cost.toArray(),
      teamHoursPerDemandHour: this.#teamHours.toArray(),
      ...(this.#quality && { quality: this.#quality.toArray() }),
      secondSkill: this.#secondSkill,
    };
  }

  /** Once the answer is a refusal, counting on would only cost time. */
  #hasStopped(): boolean {
    return this.#isFull || this.faults.length >= MAX_FAULTS;
  }

  #addPlacement(
    w: number,
    k: number,
    secondSkill: number | undefined,
    t: number,
    hasWork: boolean,
    facts: PlacementFacts,
  ): void {
    if (this.#teams[k].capacity[t] === undefined || this.#hasStopped()) return;
    if (this.#workflow.length >= MAX_COLUMNS) {
      this.#isFull = true;
      const remedy = `More than ${MAX_COLUMNS} placements are possible. Split the scenario.`;
      this.#report(['workflows'], 'too-large', remedy);
      return;
    }
    const training =
      secondSkill === undefined ? undefined : this.#teams[k].headcount?.crossTraining[secondSkill];
    // f/o, within 1e-6 to 1e11 by the ranges of its parts, and up to 100 times that with a second skill.
    const teamHours =
      (facts.find('handlingFactor', w, k, t)?.value ?? 1) /
      this.#workflows[w].occupancy /
      (training?.productivity ?? 1);
    if (training) this.#checkSecondSkill(k, training.skill, teamHours);
    this.#checkSeatedFte(k, t, teamHours);
    const cost = this.#costPerDemandHour(w, k, t, teamHours, hasWork, facts);
    if (cost === undefined) return;
    if (secondSkill !== undefined) this.#secondSkill.set(this.#workflow.length, secondSkill);
    this.#workflow.push(w);
    this.#team.push(k);
    this.#period.push(t);
    this.#cost.push(cost + 0); // -0 reads as 0
    this.#teamHours.push(teamHours);
    this.#quality?.push(facts.find('quality', w, k, t)?.value ?? this.#teams[k].qualityTarget ?? 0);
  }

  #checkSecondSkill(k: number, skill: string, teamHours: number): void {
    if (isUsableCoefficient(teamHours)) return;
    const found = `Work with the skill ${quoted(skill)} takes ${teamHours.toExponential(2)} team hours per workload hour.`;
    this.#report(
      [...this.#sent.team(k), 'headcount', 'crossTraining'],
      'out-of-range',
      `${found} Use a productivity nearer to 1.`,
    );
  }

  /** At a site that limits its seats, the FTE that one workload hour occupies are a coefficient too. */
  #checkSeatedFte(k: number, t: number, teamHours: number): void {
    const { site, capacity } = this.#teams[k];
    const fte = capacity[t]?.fte;
    if (fte === undefined || this.#sites[site].seatedFte === undefined) return;
    const seatedFte = teamHours / fte.productiveHours;
    if (isUsableCoefficient(seatedFte)) return;
    const path = this.#sent.capacity(k, t);
    const found = `This gives ${seatedFte.toExponential(2)} FTE on a seat per workload hour.`;
    this.#report(path, 'out-of-range', `${found} Use the hours of one FTE in one period.`);
  }

  /** `c[w,k,t]`; undefined where it cannot be said, which is a fault only where there may be work to do. */
  #costPerDemandHour(
    w: number,
    k: number,
    t: number,
    teamHours: number,
    hasWork: boolean,
    facts: PlacementFacts,
  ): number | undefined {
    const team = this.#teams[k];
    if (team.billedByContract === 'contacts' && this.#workflows[w].demand[t]!.ahtSeconds === undefined) {
      if (hasWork) this.#reportMissingAht(w, k, t);
      return undefined;
    }
    const given = facts.find('costPerDemandHour', w, k, t);
    if (given) return given.value;
    if (team.paidForCapacity || team.billedByContract || team.headcount) return 0;
    const cost = costPerDemandHour(team, team.capacity[t]!, this.#workflows[w].demand[t]!, teamHours);
    if (cost === undefined) {
      if (hasWork) this.#reportMissingBasis(w, k, t);
    } else if (cost !== 0 && !isUsableCoefficient(cost)) {
      const found = `This rate gives a cost of ${cost.toExponential(2)} per workload hour.`;
      this.#report(
        [...this.#sent.team(k), 'rate', 'amount'],
        'out-of-range',
        `${found} Use an amount nearer to 1.`,
      );
    }
    return cost;
  }

  #reportMissingBasis(w: number, k: number, t: number): void {
    const { rate } = this.#teams[k];
    if (rate.basis === 'contact') {
      this.#reportMissingAht(w, k, t);
    } else {
      const path = this.#sent.capacity(k, t);
      const needs = 'fte, paidHoursPerFte and shrinkage in every period with work for the team.';
      this.#report(path, 'missing-fte', `A rate by ${rate.basis} needs the capacity as ${needs}`);
    }
  }

  #reportMissingAht(w: number, k: number, t: number): void {
    const needs = 'every period with work for it needs contacts and ahtSeconds.';
    const { id, billedByContract } = this.#teams[k];
    const who = billedByContract
      ? `The contract that pays for ${quoted(id)} is`
      : `The team ${quoted(id)} is paid`;
    const found = `${who} by contact, so ${needs}`;
    this.#report(this.#sent.demand(w, t), 'missing-aht', found);
  }

  #report(path: readonly PropertyKey[], code: string, message: string): void {
    const pointer = jsonPointer(path);
    const key = `${code} ${pointer}`;
    if (this.#faultKeys.has(key)) return;
    this.#faultKeys.add(key);
    this.faults.push({ pointer, code, message });
  }
}

function isUsableCoefficient(value: number): boolean {
  return value >= SMALLEST_COEFFICIENT && value <= LARGEST_COEFFICIENT;
}

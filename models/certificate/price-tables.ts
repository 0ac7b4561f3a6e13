import type { PlanPrice } from '../plan.ts';
import type { HeldChoices } from './held-choices.ts';
import { limitsThere } from './people-limits.ts';
import { siteKey } from './limit-use.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';
import { canBegin, canRelease } from './second-skills.ts';

/** The prices of a scenario's limits as tables, mostly by entity and period. */
export interface PriceTables {
  readonly demand: Float64Array[];
  readonly capacity: Float64Array[];
  readonly seats: Float64Array[];
  /** Heads who join, hires, places in training, releases and overtime, by team. */
  readonly headcount: Float64Array[];
  readonly hires: Float64Array[];
  /** What is billed, and what holds it, by contract. */
  readonly billed: Float64Array[];
  readonly quality: Float64Array[];
  readonly rampDown: Float64Array[];
  readonly forecastFloor: Float64Array[];
  readonly forecastCap: Float64Array[];
  readonly classes: Float64Array[];
  readonly trainees: Float64Array[];
  readonly releases: Float64Array[];
  readonly overtime: Float64Array[];
  /** What limits heads with a second skill and their work, by team and skill. */
  readonly secondSkills: readonly (readonly SecondSkillPrices[])[];
  readonly backlog: Float64Array[];
  /** One table row a rule, in the order of the scenario's list. */
  readonly vendorShare: Float64Array[];
  readonly inHouseShare: Float64Array[];
  /** By period; the price of the budget of the whole horizon stands apart. */
  readonly budget: Float64Array;
  horizonBudget: number;
  /** By `siteKey`. */
  readonly minimum: Map<number, number>;
}

/** Prices `[t]` of the limits of one second skill. */
export type SecondSkillPrices = Readonly<Record<keyof typeof SECOND_SKILL_TABLES, Float64Array>>;

/** The families of these limits by their tables. */
const SECOND_SKILL_TABLES = {
  trained: 'cross-trained',
  heads: 'cross-trained-heads',
  released: 'cross-trained-release',
  begins: 'cross-training-limit',
  hours: 'second-skill',
} as const;

/** More second skills than a team has. */
const MOST_SKILLS = 1000;

/** The prices by the limit they belong to; those that belong to none, or come twice, are added to `unknown`. */
export function readPrices(
  model: RecomputedScenario,
  prices: readonly PlanPrice[],
  choices: HeldChoices,
  unknown: PlanPrice[],
): PriceTables {
  const { scenario, T } = model;
  const table = (rows: readonly unknown[] = []) => rows.map(() => new Float64Array(T));
  const tables: PriceTables = {
    demand: table(scenario.workflows),
    capacity: table(scenario.teams),
    seats: table(scenario.sites),
    headcount: table(scenario.teams),
    hires: table(scenario.teams),
    billed: table(scenario.contracts),
    quality: table(scenario.contracts),
    rampDown: table(scenario.contracts),
    forecastFloor: table(scenario.contracts),
    forecastCap: table(scenario.contracts),
    classes: table(scenario.teams),
    trainees: table(scenario.teams),
    releases: table(scenario.teams),
    overtime: table(scenario.teams),
    secondSkills: model.people.map((people) =>
      (people?.secondSkills ?? []).map(() => {
        const [trained, heads, released, begins, hours] = table(Object.keys(SECOND_SKILL_TABLES));
        return { trained, heads, released, begins, hours };
      }),
    ),
    backlog: table(scenario.workflows),
    vendorShare: table(scenario.rules?.vendorShare),
    inHouseShare: table(scenario.rules?.inHouseShare),
    budget: new Float64Array(T),
    horizonBudget: 0,
    minimum: new Map(),
  };
  const seen = new Map<string, Set<number>>();
  for (const entry of prices) {
    const cell = cellOf(model, tables, choices, entry);
    const ofFamily = seen.get(entry.family) ?? new Set<number>();
    if (cell === undefined || ofFamily.has(cell.key) || !Number.isFinite(entry.price)) {
      unknown.push(entry);
      continue;
    }
    seen.set(entry.family, ofFamily.add(cell.key));
    cell.write(entry.price);
  }
  return tables;
}

interface Cell {
  /** A number that no other limit of the family has. */
  readonly key: number;
  write(price: number): void;
}

/** The place of a price in the tables; undefined where the scenario has no such limit. */
function cellOf(
  model: RecomputedScenario,
  tables: PriceTables,
  choices: HeldChoices,
  { family, subject }: PlanPrice,
): Cell | undefined {
  const { find, scenario } = model;
  const position = (kind: 'workflow' | 'team' | 'site' | 'period') => {
    const id = subject[kind];
    return id === undefined ? undefined : find[kind](id);
  };
  const t = position('period');
  if (family === 'budget' && subject.period === undefined) {
    const exists = scenario.rules?.budget?.some(({ period }) => period === undefined);
    return exists ? { key: -1, write: (price) => void (tables.horizonBudget = price) } : undefined;
  }
  if (t === undefined) return undefined;
  const cell = (
    rows: Float64Array[],
    row: number | undefined,
    exists: (row: number) => boolean | undefined,
  ): Cell | undefined =>
    row === undefined || !exists(row)
      ? undefined
      : { key: row * model.T + t, write: (price) => void (rows[row][t] = price) };
  const [w, k, s] = [position('workflow'), position('team'), position('site')];
  const hasPeople = (at: number) => model.people[at] !== undefined;
  const limitsOf = (at: number) => {
    const people = model.people[at];
    return people && limitsThere(people, t, model.T);
  };
  const contractAt = model.contracts.findIndex(({ vendor }) => vendor === subject.vendor?.normalize());
  const contract = contractAt < 0 ? undefined : contractAt;
  switch (family) {
    case 'demand':
      return cell(tables.demand, w, (at) => model.demand[at][t] !== undefined);
    case 'team-capacity':
      return cell(tables.capacity, k, (at) => Number.isFinite(model.capacity[at][t]) || hasPeople(at));
    case 'headcount':
      return cell(tables.headcount, k, hasPeople);
    case 'hiring-limit':
      return cell(tables.hires, k, (at) => limitsOf(at)?.hiring);
    case 'class-size':
      return cell(tables.classes, k, (at) => (choices.classOf(at, t) ?? 0) > 0);
    case 'trainer-capacity':
      return cell(tables.trainees, k, (at) => limitsOf(at)?.training);
    case 'release-limit':
      return cell(tables.releases, k, (at) => limitsOf(at)?.release);
    case 'overtime-limit':
      return cell(tables.overtime, k, (at) => limitsOf(at)?.overtime);
    case 'cross-trained':
    case 'cross-trained-heads':
    case 'cross-trained-release':
    case 'cross-training-limit':
    case 'second-skill':
      return k === undefined ? undefined : secondSkillCell(model, tables, { family, subject }, k, t);
    case 'site-seats':
      return cell(tables.seats, s, (at) => scenario.sites[at].seats !== undefined);
    case 'backlog-limit':
      return cell(tables.backlog, w, (at) => scenario.workflows[at].backlog !== undefined && t < model.T - 1);
    case 'minimum-team-hours':
      if (w === undefined || s === undefined || !choices.hasMinimum(w, s, t)) return undefined;
      return {
        key: siteKey(model, w, s, t),
        write: (price) => void tables.minimum.set(siteKey(model, w, s, t), price),
      };
    case 'contract-volume':
      return cell(tables.billed, contract, () => true);
    case 'contract-quality':
      return cell(tables.quality, contract, (at) => model.contracts[at].qualityRate(t) !== undefined);
    case 'ramp-down':
      return cell(tables.rampDown, contract, (at) => model.contracts[at].leastByRamp(t) !== undefined);
    case 'forecast-floor':
      return cell(tables.forecastFloor, contract, (at) => (model.contracts[at].locked(t)?.least ?? 0) > 0);
    case 'forecast-cap':
      return cell(tables.forecastCap, contract, (at) => model.contracts[at].locked(t) !== undefined);
    case 'vendor-share': {
      const rule = scenario.rules?.vendorShare?.findIndex(
        ({ vendor }) => vendor.normalize() === subject.vendor?.normalize(),
      );
      return cell(tables.vendorShare, rule, (at) => at >= 0);
    }
    case 'in-house-share': {
      const rule = scenario.rules?.inHouseShare?.findIndex(
        ({ workflow }) => workflow?.normalize() === subject.workflow?.normalize(),
      );
      return cell(tables.inHouseShare, rule, (at) => at >= 0);
    }
    case 'budget': {
      const exists = scenario.rules?.budget?.some(
        ({ period }) => period !== undefined && find.period(period) === t,
      );
      return cell([tables.budget], 0, () => exists);
    }
    default:
      return undefined;
  }
}

/** The place of a price of a second skill; undefined where the team has no such skill, or can neither train nor release then. */
function secondSkillCell(
  { people: all, T }: RecomputedScenario,
  tables: PriceTables,
  { family, subject }: Pick<PlanPrice, 'family' | 'subject'>,
  k: number,
  t: number,
): Cell | undefined {
  const people = all[k];
  const i = people?.secondSkills.findIndex(({ skill }) => skill === subject.skill?.normalize()) ?? -1;
  if (people === undefined || i < 0) return undefined;
  if (family === 'cross-trained-release' && !canRelease(people, t)) return undefined;
  if (family === 'cross-training-limit' && !canBegin(people, people.secondSkills[i], t, T)) return undefined;
  const names = Object.keys(SECOND_SKILL_TABLES) as (keyof typeof SECOND_SKILL_TABLES)[];
  const name = names.find((each) => SECOND_SKILL_TABLES[each] === family)!;
  const row = tables.secondSkills[k][i][name];
  return { key: (k * MOST_SKILLS + i) * T + t, write: (price) => void (row[t] = price) };
}

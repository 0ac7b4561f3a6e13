import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type {
  Scenario,
  ScenarioPlacement,
  ScenarioSite,
  ScenarioTeam,
  ScenarioWorkflow,
} from '../../models/scenario/schema.ts';
import { SeededRandom } from './seeded-random.ts';

/**
 * A small valid scenario: 1–4 periods, 1–5 workflows, 1–6 teams, 1–5 sites, 0–3 vendors.
 *
 * Over many seeds every field of the contract occurs but `maxSites`, which the suites about choices add. Most scenarios have a plan.
 * Numbers come in three kinds: whole ones that make ties and degenerate plans, prices and hours with two decimals, and
 * sizes from thousandths to millions.
 */
export function randomScenario(seed: number): Scenario {
  const random = new SeededRandom(seed);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const scenario = new ScenarioDraw(random).scenario();
    if (isValid(scenario)) return scenario;
    // A rate by contact needs an AHT wherever work can be; where there is none, the hour is paid instead.
    for (const team of scenario.teams) if (team.rate.basis === 'contact') team.rate.basis = 'productive-hour';
    if (isValid(scenario)) return scenario;
  }
  throw new Error(`Seed ${seed} draws no valid scenario.`);
}

/** Numbers of any size leave the permitted range now and then; the next draw stays within. */
const MOST_ATTEMPTS = 10;

export function isValid(scenario: Scenario): boolean {
  return !checkScenario(scenario).faults && !normaliseScenario(scenario).faults;
}

/** Ids that break what takes ids for plain words: emoji, decomposed letters, names of object members, spaces. */
const WEIRD = [
  '__proto__',
  'constructor',
  'Zu\u0308rich',
  '📞 1',
  ' a ',
  'toString',
  '0',
  '-1',
  'ﬁ',
  '"',
  '\\',
  'é',
];
const COUNTRIES = ['PH', 'US', 'DE', 'Co\u0302te d’Ivoire'];
const SKILLS = ['en', 'de', 'payments'];
const CONTROLS = ['pci', 'clean-room'];

type Numbers = 'whole' | 'decimal' | 'any-size';

class ScenarioDraw {
  readonly #random: SeededRandom;
  readonly #numbers: Numbers;
  readonly #usesWeirdIds: boolean;
  /** All demand in contacts, so that rates by contact have their AHT. */
  readonly #countsContacts: boolean;
  readonly #usedIds = new Set<string>();
  readonly #scale: number;
  /** Hours a workflow typically needs in a period. */
  readonly #typicalHours: number;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#numbers = random.pick(['whole', 'whole', 'decimal', 'decimal', 'any-size']);
    this.#usesWeirdIds = random.chance(0.3);
    this.#countsContacts = random.chance(0.35);
    this.#scale = this.#numbers === 'any-size' ? 10 ** random.between(-2, 4) : 1;
    this.#typicalHours = (this.#numbers === 'whole' ? 10 : 100) * this.#scale;
  }

  scenario(): Scenario {
    const random = this.#random;
    const periods = this.#periods();
    const periodIds = periods.map(({ id }) => id);
    const vendors = Array.from({ length: random.whole(0, 3) }, (_, v) => this.#id(`vendor ${v}`));
    const sites = Array.from({ length: random.whole(1, 5) }, (_, s) => this.#site(s, vendors));
    const teams = Array.from({ length: random.whole(1, 6) }, (_, k) => this.#team(k, sites, periodIds));
    const workflows = Array.from({ length: random.whole(1, 5) }, (_, w) => this.#workflow(w, periodIds));
    const placements = this.#placements(workflows, teams, periodIds);
    return {
      name: random.chance(0.1) ? '' : 'Drawn at random',
      currency: random.pick(['USD', 'EUR', 'PHP']),
      periods,
      sites,
      teams,
      workflows,
      ...(placements.length > 0 && { placements }),
      ...(random.chance(0.6) && { rules: this.#rules(sites, workflows, periodIds) }),
    };
  }

  #id(plain: string): string {
    const id = this.#usesWeirdIds && this.#random.chance(0.6) ? this.#random.pick(WEIRD) : plain;
    if (this.#usedIds.has(id.normalize())) return this.#unused(plain);
    return this.#unused(id);
  }

  #unused(id: string): string {
    this.#usedIds.add(id.normalize());
    return id;
  }

  /** A number near `typical`: whole, with two decimals, or with all its digits. */
  #near(typical: number, least = 0.3, most = 1.7): number {
    const drawn = typical * this.#random.between(least, most);
    if (this.#numbers === 'whole') return Math.max(1, Math.round(drawn));
    if (this.#numbers === 'decimal') return Math.max(0.01, Math.round(drawn * 100) / 100);
    return this.#random.chance(0.1) ? drawn * 10 ** this.#random.between(-3, 3) : drawn;
  }

  #hours(least?: number, most?: number): number {
    return this.#near(this.#typicalHours, least, most);
  }

  #money(typical = 20): number {
    return this.#random.chance(0.05) ? 0 : this.#near(typical);
  }

  #periods(): Scenario['periods'] {
    const random = this.#random;
    const dated = random.pick(['both', 'start', 'none']);
    return Array.from({ length: random.whole(1, 4) }, (_, t) => ({
      id: this.#id(`2027-0${4 - t}`),
      ...(dated !== 'none' && { start: `2027-0${t + 1}-01` }),
      ...(dated === 'both' && { end: `2027-0${t + 1}-28` }),
    }));
  }

  #site(s: number, vendors: readonly string[]): ScenarioSite {
    const random = this.#random;
    const vendor = vendors.length > 0 && random.chance(0.6) ? random.pick(vendors) : undefined;
    const seats = random.chance(0.2) ? (random.chance(0.1) ? 0 : this.#near(3 * this.#scale)) : undefined;
    return {
      id: this.#id(`site ${s}`),
      ...(random.chance(0.3) && { name: `Site №${s}` }),
      ...(vendor === undefined
        ? { operator: 'in-house' as const }
        : // The same vendor may be spelled in two Unicode forms.
          { operator: 'bpo' as const, vendor: random.chance(0.5) ? vendor.normalize() : vendor }),
      ...(random.chance(0.6) && { country: random.pick(COUNTRIES) }),
      ...(random.chance(0.2) && { timeZone: 'Asia/Manila' }),
      ...(random.chance(0.6) && { securityTier: random.whole(2, 5) }),
      ...(random.chance(0.5) && { controls: random.some(CONTROLS, 0.7) }),
      ...(seats !== undefined && { seats }),
      ...(seats !== undefined &&
        random.chance(0.5) && { fteSharingASeat: random.chance(0.5) ? 2 : this.#near(1.5) }),
      ...(random.chance(0.1) && { openingCost: 0 }),
    };
  }

  #team(k: number, sites: readonly ScenarioSite[], periodIds: readonly string[]): ScenarioTeam {
    const random = this.#random;
    const site = random.pick(sites);
    const needsFte = site.seats !== undefined;
    const basis = this.#basis();
    const paid = basis !== 'contact' && random.chance(0.2) ? ('capacity' as const) : ('used' as const);
    const inFte = needsFte || basis === 'fte-period' || basis === 'paid-hour' || random.chance(0.2);
    // One generous team in most scenarios keeps them feasible.
    const plenty = k === 0 && random.chance(0.7) ? 5 : 1;
    const capacity = periodIds
      .filter(() => random.chance(0.92))
      .map((period) => this.#capacity(period, inFte, paid, plenty));
    const amounts = { 'productive-hour': 20, 'paid-hour': 15, 'fte-period': 3000, contact: 2 };
    return {
      id: this.#id(`team ${k}`),
      ...(random.chance(0.3) && { name: `Team 🙂 ${k}` }),
      site: random.chance(0.9) ? site.id : site.id.normalize('NFD'),
      ...(random.chance(0.8) && { skills: plenty > 1 ? SKILLS : random.some(SKILLS, 0.75) }),
      ...(random.chance(0.3) && { maxComplexity: random.whole(1, 5) }),
      rate: { basis, amount: this.#money(amounts[basis]) },
      ...((paid === 'capacity' || random.chance(0.2)) && { paid }),
      capacity,
    };
  }

  #basis(): ScenarioTeam['rate']['basis'] {
    if (this.#countsContacts && this.#random.chance(0.4)) return 'contact';
    return this.#random.pick(['productive-hour', 'productive-hour', 'paid-hour', 'fte-period']);
  }

  #capacity(
    period: string,
    inFte: boolean,
    paid: 'used' | 'capacity',
    plenty: number,
  ): ScenarioTeam['capacity'][number] {
    const random = this.#random;
    if (inFte) {
      const paidHoursPerFte = this.#numbers === 'whole' ? 10 : this.#near(160, 0.8, 1.1);
      const shrinkage = random.chance(0.2)
        ? 0
        : this.#numbers === 'whole'
          ? random.pick([0.2, 0.5])
          : this.#share(0.15, 0.4);
      const fte = random.chance(0.05) ? 0 : (this.#hours() / paidHoursPerFte) * 1.5 * plenty;
      return { period, fte, paidHoursPerFte, shrinkage };
    }
    if (paid === 'used' && random.chance(0.12)) return { period, hours: null };
    return { period, hours: random.chance(0.05) ? 0 : this.#hours() * plenty };
  }

  #share(least: number, most: number): number {
    return Math.round(this.#random.between(least, most) * 100) / 100;
  }

  #workflow(w: number, periodIds: readonly string[]): ScenarioWorkflow {
    const random = this.#random;
    const inContacts = this.#countsContacts || random.chance(0.2);
    const hasBacklog = random.chance(0.35);
    const hasEverything = this.#countsContacts && hasBacklog;
    return {
      id: this.#id(`workflow ${w}`),
      ...(random.chance(0.3) && { name: `Queue ${w}` }),
      ...(random.chance(0.2) && { channel: 'voice' }),
      ...(random.chance(0.6) && { skills: random.some(SKILLS, 0.4) }),
      ...(random.chance(0.4) && { securityTier: random.whole(1, 3) }),
      ...(random.chance(0.25) && { controls: random.some(CONTROLS, 0.4) }),
      ...(random.chance(0.4) && { complexity: random.whole(1, 3) }),
      ...(random.chance(0.15) && { allowedCountries: random.some(COUNTRIES, 0.8) }),
      ...(random.chance(0.15) && { deniedCountries: random.some(COUNTRIES, 0.25) }),
      demand: periodIds
        .filter(() => hasEverything || random.chance(0.92))
        .map((period) => this.#demand(period, inContacts)),
      ...(random.chance(0.4) && {
        occupancy: this.#numbers === 'whole' ? random.pick([0.5, 0.8, 1]) : this.#share(0.7, 0.95),
      }),
      ...(random.chance(0.75) && { shortfallCostPerHour: this.#money(random.pick([20, 60, 300])) }),
      ...(hasBacklog && { backlog: this.#backlog() }),
      ...(random.chance(0.1) && { minimumTeamHours: 0 }),
    };
  }

  #backlog(): NonNullable<ScenarioWorkflow['backlog']> {
    const random = this.#random;
    return {
      maxHours: random.chance(0.1) ? 0 : this.#hours(0.1, 0.8),
      ...(random.chance(0.7) && { costPerHourPeriod: this.#money(2) }),
      ...(random.chance(0.5) && { openingHours: random.chance(0.2) ? 0 : this.#hours(0.1, 0.5) }),
    };
  }

  #demand(period: string, inContacts: boolean): ScenarioWorkflow['demand'][number] {
    const random = this.#random;
    if (inContacts) {
      const ahtSeconds = this.#numbers === 'whole' ? random.pick([180, 360, 720]) : this.#near(400);
      const contacts = random.chance(0.05) ? 0 : (this.#hours() * 3600) / ahtSeconds;
      return { period, contacts: this.#numbers === 'whole' ? Math.round(contacts) : contacts, ahtSeconds };
    }
    return { period, hours: random.chance(0.05) ? 0 : this.#hours() };
  }

  #placements(
    workflows: readonly ScenarioWorkflow[],
    teams: readonly ScenarioTeam[],
    periodIds: readonly string[],
  ): ScenarioPlacement[] {
    const random = this.#random;
    const density = random.pick([0, 0.2, 0.6]);
    return workflows.flatMap(({ id: workflow }) =>
      teams.flatMap(({ id: team }) => {
        if (!random.chance(density)) return [];
        const general = random.chance(0.8) ? [{ workflow, team, ...this.#facts() }] : [];
        const single = random
          .some(periodIds, 0.25)
          .map((period) => ({ workflow, team, period, ...this.#facts() }));
        return [...general, ...single];
      }),
    );
  }

  #facts(): Pick<ScenarioPlacement, 'handlingFactor' | 'costPerDemandHour' | 'allowed'> {
    const random = this.#random;
    return {
      ...(random.chance(0.5) && {
        handlingFactor: this.#numbers === 'whole' ? random.pick([0.5, 1, 2]) : this.#share(0.7, 1.6),
      }),
      ...(random.chance(0.4) && { costPerDemandHour: this.#money() }),
      ...(random.chance(0.25) && { allowed: random.chance(0.4) }),
    };
  }

  #rules(
    sites: readonly ScenarioSite[],
    workflows: readonly ScenarioWorkflow[],
    periodIds: readonly string[],
  ): NonNullable<Scenario['rules']> {
    const random = this.#random;
    const vendors = [...new Set(sites.flatMap(({ vendor }) => vendor?.normalize() ?? []))];
    const share = (least: number, most: number) =>
      random.chance(0.05) ? random.pick([0, 1]) : this.#share(least, most);
    const hoursInAll = this.#typicalHours * workflows.length;
    const budgetOf = (count: number) => this.#near(20 * hoursInAll * count, 0.6, 3);
    // A share nobody else, or nobody in-house, could make up for is one more way to have no plan; it stays rare.
    const operators = new Set(sites.map(({ vendor }) => vendor?.normalize()));
    const vendorShare = random
      .some(vendors, operators.size > 1 ? 0.5 : 0.05)
      .map((vendor) => ({ vendor, maxShare: share(0.2, 0.8) }));
    const inHouse = operators.has(undefined) ? 0.25 : 0.03;
    const inHouseShare = [
      ...random.some(workflows, inHouse).map(({ id }) => ({ workflow: id, minShare: share(0.05, 0.6) })),
      ...(random.chance(inHouse) ? [{ minShare: share(0.05, 0.5) }] : []),
    ];
    const budget = [
      ...random.some(periodIds, 0.15).map((period) => ({ period, amount: budgetOf(1) })),
      ...(random.chance(0.25) ? [{ amount: budgetOf(periodIds.length) }] : []),
    ];
    return {
      ...(vendorShare.length > 0 && { vendorShare }),
      ...(inHouseShare.length > 0 && { inHouseShare }),
      ...(budget.length > 0 && { budget }),
    };
  }
}

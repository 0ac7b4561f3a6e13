import type { Scenario, ScenarioSite, ScenarioTeam, ScenarioWorkflow } from '../../models/scenario/schema.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';

/** How large a global delivery model is; columns and rows follow from it. */
export interface DeliveryModelSize {
  readonly name: string;
  readonly workflows: number;
  readonly teams: number;
  readonly sites: number;
  readonly vendors: number;
  readonly periods: number;
  /** Back office: every queue may wait, up to half of its hours, and every pair has a handling time of its own. */
  readonly isBackOffice?: boolean;
  /** Share of the sites that cost something to open; 0 where nothing is said. */
  readonly opening?: number;
  /** How many workflows may be at so many sites only, and how many have a minimum at a site. */
  readonly withMaxSites?: number;
  readonly withMinimum?: number;
}

const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it', 'ja', 'nl', 'pl', 'tr', 'ko', 'sv'];
/** The languages of the work: half of it English, the rest falling. */
const LANGUAGE_WEIGHT = [24, 8, 4, 4, 3, 2, 2, 1, 1, 1, 1, 1];
const COUNTRIES = [
  { country: 'US', rate: 38, operator: 'in-house' },
  { country: 'IE', rate: 35, operator: 'in-house' },
  { country: 'PH', rate: 14, operator: 'bpo' },
  { country: 'IN', rate: 12, operator: 'bpo' },
  { country: 'CO', rate: 16, operator: 'bpo' },
  { country: 'PL', rate: 21, operator: 'bpo' },
  { country: 'MX', rate: 17, operator: 'bpo' },
  { country: 'PT', rate: 24, operator: 'bpo' },
] as const;

/**
 * A seeded scenario of realistic shape: queues in a dozen languages and several products, most of them English; teams
 * that know one language and one or two products, at rates of their country; a few sensitive queues; capacity about a
 * tenth above demand, unevenly spread, so that capacities, seats, shares and budgets bind; two queues in five may wait;
 * everything may fall short at a price.
 */
export function deliveryModel(size: DeliveryModelSize, seed = 1): Scenario {
  const random = new SeededRandom(seed);
  const periods = Array.from({ length: size.periods }, (_, t) => ({
    id: `p${String(t + 1).padStart(2, '0')}`,
  }));
  const sites = sitesOf(size, random);
  const workflows = workflowsOf(size, periods, random);
  const teams = teamsOf(size, sites, periods, workflows, random);
  return {
    name: size.name,
    currency: 'USD',
    periods,
    sites: sites.map((site) => withSeats(site, teams, random)),
    teams,
    workflows,
    placements: handlingFactors(workflows, teams, size.isBackOffice ? 1 : 0.6, random),
    rules: {
      vendorShare: [...new Set(sites.flatMap(({ vendor }) => vendor ?? []))].map((vendor) => ({
        vendor,
        maxShare: cents(random.between(0.9, 1.6) / size.vendors),
      })),
      inHouseShare: [{ minShare: 0.25 }],
      budget: periods
        .filter((_, t) => t % 4 === 3)
        .map(({ id }) => ({ period: id, amount: Math.round(hoursIn(workflows, id) * 36) })),
    },
  };
}

function sitesOf(size: DeliveryModelSize, random: SeededRandom): ScenarioSite[] {
  let outsourced = 0;
  return Array.from({ length: size.sites }, (_, s) => {
    const place = COUNTRIES[s % COUNTRIES.length];
    const isOpened = random.next() < (size.opening ?? 0);
    const vendor = place.operator === 'bpo' ? `vendor-${outsourced++ % size.vendors}` : undefined;
    return {
      id: `site-${String(s).padStart(3, '0')}`,
      operator: place.operator,
      ...(vendor !== undefined && { vendor }),
      country: place.country,
      securityTier: place.operator === 'in-house' ? 5 : random.whole(2, 4),
      ...(isOpened && { openingCost: random.whole(20, 90) * 1000 * Math.ceil(size.periods / 4) }),
    };
  });
}

/** A language and a product: the work of about six queues, known to about four teams. */
interface Pool {
  readonly language: string;
  readonly product: string;
}

function poolsOf({ workflows }: DeliveryModelSize): Pool[] {
  const tongues = LANGUAGES.flatMap((language, i) =>
    Array.from({ length: LANGUAGE_WEIGHT[i] }, () => language),
  );
  const count = Math.max(LANGUAGES.length, Math.round(workflows / 6));
  return Array.from({ length: count }, (_, i) => ({
    language: tongues[Math.floor((i * tongues.length) / count)],
    product: `product-${i % Math.max(2, Math.round(count / 4))}`,
  }));
}

function workflowsOf(
  size: DeliveryModelSize,
  periods: Scenario['periods'],
  random: SeededRandom,
): ScenarioWorkflow[] {
  const pools = poolsOf(size);
  return Array.from({ length: size.workflows }, (_, w) => {
    const { language, product } = pools[w % pools.length];
    const contacts = random.between(500, 15_000);
    const ahtSeconds = random.whole(240, 900);
    const usualHours = (contacts * ahtSeconds) / 3600;
    const wave = random.between(0, 6);
    return {
      id: `queue-${String(w).padStart(4, '0')}`,
      skills: [language, product],
      securityTier: random.chance(0.1) ? 5 : random.whole(1, 3),
      complexity: random.whole(1, 4),
      occupancy: cents(random.between(0.78, 0.9)),
      shortfallCostPerHour: random.whole(150, 400),
      ...((random.chance(0.4) || size.isBackOffice) && {
        backlog: {
          maxHours: Math.round(usualHours * (size.isBackOffice ? 0.5 : 0.1)),
          costPerHourPeriod: cents(random.between(1, 6) * (size.isBackOffice ? 0.2 : 1)),
        },
      }),
      ...(w < (size.withMaxSites ?? 0) && { maxSites: random.whole(1, 2) }),
      ...(w >= size.workflows - (size.withMinimum ?? 0) && {
        minimumTeamHours: Math.round(usualHours * random.between(0.1, 0.3)),
      }),
      demand: periods.map(({ id }, t) => {
        const season = 1 + 0.2 * Math.sin(wave + t / 2);
        return { period: id, hours: cents(usualHours * season * random.between(0.93, 1.07)) };
      }),
    };
  });
}

/** Teams by pool, in turn; the capacity of a pool's teams is a tenth above its demand. */
function teamsOf(
  size: DeliveryModelSize,
  sites: readonly ScenarioSite[],
  periods: Scenario['periods'],
  workflows: readonly ScenarioWorkflow[],
  random: SeededRandom,
): ScenarioTeam[] {
  const pools = poolsOf(size);
  return Array.from({ length: size.teams }, (_, k) => {
    const { language, product } = pools[k % pools.length];
    const second = random.pick(pools.filter((pool) => pool.language === language)).product;
    const site = sites[(k * 7 + random.whole(0, 2)) % sites.length];
    const teamsInPool = Math.ceil((size.teams - (k % pools.length)) / pools.length);
    const teamHours = (1.1 * teamHoursOf(workflows, language, product)) / teamsInPool / size.periods;
    const fte = (teamHours * random.between(0.5, 1.5)) / (160 * 0.7);
    const rate = COUNTRIES.find(({ country }) => country === site.country)?.rate ?? 20;
    return {
      id: `team-${String(k).padStart(4, '0')}`,
      site: site.id,
      skills: [...new Set([language, product, ...(random.chance(0.5) ? [second] : [])])],
      maxComplexity: random.chance(0.2) ? 3 : 4,
      rate: { basis: 'productive-hour', amount: cents(rate * random.between(0.85, 1.2)) },
      capacity: periods.map(({ id }) => ({
        period: id,
        fte: cents(fte * random.between(0.9, 1.1)),
        paidHoursPerFte: 160,
        shrinkage: cents(random.between(0.26, 0.34)),
      })),
    };
  });
}

/** Team hours that the work of a language and a product takes in all periods together. */
function teamHoursOf(workflows: readonly ScenarioWorkflow[], language: string, product: string): number {
  return workflows
    .filter(({ skills }) => skills?.[0] === language && skills[1] === product)
    .flatMap(({ demand, occupancy }) => demand.map(({ hours }) => (hours ?? 0) / (occupancy ?? 1)))
    .reduce((sum, hours) => sum + hours, 0);
}

function hoursIn(workflows: readonly ScenarioWorkflow[], period: string): number {
  return workflows
    .flatMap(({ demand }) => demand.filter((each) => each.period === period))
    .reduce((sum, { hours }) => sum + (hours ?? 0), 0);
}

function withSeats(site: ScenarioSite, teams: readonly ScenarioTeam[], random: SeededRandom): ScenarioSite {
  const fte = teams
    .filter((team) => team.site === site.id)
    .reduce((sum, { capacity }) => sum + (capacity[0].fte ?? 0), 0);
  if (fte === 0 || random.chance(0.6)) return site;
  return { ...site, seats: Math.ceil(fte * random.between(0.75, 1.05)), fteSharingASeat: 1.2 };
}

/** So many of the pairs that know the same have been measured: the work takes longer or shorter there. */
function handlingFactors(
  workflows: readonly ScenarioWorkflow[],
  teams: readonly ScenarioTeam[],
  probability: number,
  random: SeededRandom,
): NonNullable<Scenario['placements']> {
  return workflows.flatMap(({ id, skills }) =>
    teams
      .filter((team) => skills?.every((skill) => team.skills?.includes(skill)) && random.chance(probability))
      .map((team) => ({ workflow: id, team: team.id, handlingFactor: cents(random.between(0.85, 1.35)) })),
  );
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}

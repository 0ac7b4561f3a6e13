import { expect, it } from 'vitest';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { isValid } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { scenarioWithContracts } from '../scenarios/with-contracts.ts';
import { atSeed, draws } from './solve-draws.ts';

type Break = (scenario: Scenario, random: SeededRandom) => string;

/** Faults of form, one in each kind of place that leaves the periods and placements whole; each returns its pointer. */
const OF_FORM: readonly Break[] = [
  (scenario) => ((scenario.currency = 'usd'), '/currency'),
  ({ sites }, random) => inOne('sites', sites, random, { securityTier: 9 }),
  ({ teams }, random) => inOne('teams', teams, random, { maxComplexity: -1 }),
  ({ workflows }, random) => inOne('workflows', workflows, random, { occupancy: 7 }),
  ({ contracts = [] }, random) => inOne('contracts', contracts, random, { managementFee: -1 }),
  ({ contracts = [] }, random) => inOne('contracts', contracts, random, { vendor: 7 }),
  ({ contracts = [] }, random) => inOne('contracts', contracts, random, { volume: 'calls' }),
];

/** What is wrong within a contract, or between it and the scenario. */
const OF_CONTRACT: readonly Break[] = [
  ({ contracts = [] }, random) => {
    const at = random.whole(0, contracts.length - 1);
    contracts[at].escalation = { perYear: 0.1, from: ['no period'] };
    return `/contracts/${at}/escalation/from/0`;
  },
  (scenario, random) => {
    const at = random.whole(0, scenario.contracts!.length - 1);
    const bonus = { fromVolume: 7, amount: 1 };
    scenario.contracts![at].bonuses = [bonus, bonus];
    return `/contracts/${at}/bonuses/1/fromVolume`;
  },
  ({ contracts = [] }) => {
    contracts.push({ ...contracts[0], vendor: 'no vendor' });
    return `/contracts/${contracts.length - 1}/vendor`;
  },
];

/** Gives one item of a list other fields; returns the pointer of the first. */
function inOne(list: string, items: readonly object[], random: SeededRandom, fields: object): string {
  const at = random.whole(0, items.length - 1);
  Object.assign(items[at], fields);
  return `/${list}/${at}/${Object.keys(fields)[0]}`;
}

/** The scenario with rates at its contracts' teams that would be faulty without these: paid hours, of which capacity in productive hours says nothing. */
function withUnusedRates(scenario: Scenario): Scenario {
  const contracted = new Set(scenario.contracts?.map(({ vendor }) => vendor.normalize()));
  const sites = new Set(
    scenario.sites.flatMap(({ id, vendor }) =>
      vendor !== undefined && contracted.has(vendor.normalize()) ? [id.normalize()] : [],
    ),
  );
  const teams = scenario.teams.map((team) =>
    sites.has(team.site.normalize()) ? { ...team, rate: { basis: 'paid-hour' as const, amount: 1 } } : team,
  );
  return { ...scenario, teams };
}

function pointersOf(scenario: Scenario): string[] {
  return (checkScenario(scenario).faults ?? []).map(({ pointer }) => pointer);
}

/** Runs a check on scenarios with contracts, each once for every fault of form. */
function checkBroken(check: (broken: Scenario, pointer: string, random: SeededRandom) => void): void {
  for (const seed of draws(0.25)) {
    const drawn = scenarioWithContracts(seed);
    if (drawn === undefined) continue;
    const scenario = withUnusedRates(drawn);
    atSeed(seed, () => {
      expect(isValid(scenario)).toBe(true);
      const random = new SeededRandom(seed);
      for (const breakForm of OF_FORM) {
        const broken = structuredClone(scenario);
        check(broken, breakForm(broken, random), random);
      }
    });
  }
}

it('tells of one fault of form in a sound scenario with contracts that one alone', () => {
  checkBroken((broken, pointer) => {
    expect(pointersOf(broken)).toEqual([pointer]);
  });
});

it('tells of what is wrong with a contract beside any fault of form elsewhere', () => {
  let told = 0;
  checkBroken((broken, ofForm, random) => {
    const ofContract = OF_CONTRACT[random.whole(0, OF_CONTRACT.length - 1)](broken, random);
    // A contract whose own form is wrong is not looked into; that there is no such vendor is seen all the same.
    const isHidden = ofContract.split('/', 3).join('/') === ofForm.split('/', 3).join('/');
    if (isHidden) return;
    expect(pointersOf(broken)).toEqual(expect.arrayContaining([ofForm, ofContract]));
    told += 1;
  });
  expect(told).toBeGreaterThan(0);
});

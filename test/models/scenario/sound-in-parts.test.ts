import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../../models/scenario/normalise-scenario.ts';
import { isSoundInParts, type ListWithTable } from '../../../models/scenario/sound-in-parts.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { caseCount } from '../../properties/case-count.ts';
import { extremeScenario } from '../../scenarios/extreme-scenario.ts';
import { randomScenario } from '../../scenarios/random-scenario.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';
import { scenarioWithPeople } from '../../scenarios/with-people.ts';
import { largeScenario } from '../../src/http/large-scenario.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';

const TABLES = { teams: 'capacity', workflows: 'demand' } as const;
const LISTS = ['teams', 'workflows'] as const;

/** As a whole, the way of every scenario that is sent. */
function isSound(scenario: Scenario): boolean {
  return !checkScenario(scenario).faults && !normaliseScenario(scenario).faults;
}

function inParts(scenario: Scenario, list: ListWithTable, entriesOfAPart?: number): boolean {
  const table = TABLES[list];
  const whole = new Map<object, Record<string, unknown>>();
  const items = scenario[list].map((item) => {
    const empty = { ...item, [table]: [] };
    whole.set(empty, item);
    return empty;
  });
  const rest = { ...scenario, [list]: items };
  const tables = {
    list,
    countOf: (item: object) => (whole.get(item)![table] as unknown[]).length,
    whole: (item: object) => whole.get(item) as never,
  };
  return isSoundInParts(rest, tables, entriesOfAPart);
}

function expectSame(scenario: Scenario, seed: number): boolean {
  const sound = isSound(scenario);
  for (const list of LISTS)
    for (const entries of [1, 3, undefined])
      expect([seed, list, entries, inParts(scenario, list, entries)]).toEqual([seed, list, entries, sound]);
  return sound;
}

/** Something is given another value that may be a fault: alone, with others of its item, or beside other items. */
function disturbed(scenario: Scenario, random: SeededRandom): Scenario {
  const copy = structuredClone(scenario) as unknown as Record<string, Record<string, unknown>[]>;
  for (let times = random.whole(1, 3); times > 0; times -= 1) {
    const list = random.pick(LISTS);
    const item = random.pick(copy[list]);
    const entries = item[TABLES[list]] as Record<string, unknown>[];
    const entry = entries.length === 0 ? undefined : random.pick(entries);
    const hours = random.pick([1e-6, 1e9, 1e-3, 0, null, -1]);
    random.pick([
      () => entry && entries.splice(entries.indexOf(entry), 1),
      () => entry && entries.push({ ...entry }),
      () => entry && Object.assign(entry, { period: 'unknown' }),
      () => entry && entries.splice(entries.indexOf(entry), 1, { period: entry.period, hours }),
      () => entry && Object.assign(entry, { hours }),
      () =>
        entry &&
        entries.splice(entries.indexOf(entry), 1, {
          period: entry.period,
          ...(list === 'teams'
            ? {
                fte: random.pick([1e-6, 1e9, 0, 7]),
                paidHoursPerFte: random.pick([1e-6, 1e9, 40]),
                shrinkage: 0.2,
              }
            : { contacts: random.pick([1e-6, 1e9, 0, 7]), ahtSeconds: random.pick([1e-6, 1e9, 300]) }),
        }),
      () => Object.assign(random.pick(copy.sites), { seats: random.pick([1, 1e-6, 1e9]) }),
      () => Object.assign(random.pick(copy.teams), { paid: random.pick(['capacity', 'used']) }),
      () =>
        Object.assign(random.pick(copy.teams), {
          rate: {
            basis: random.pick(['contact', 'fte-period', 'paid-hour', 'productive-hour']),
            amount: random.pick([1e-6, 1e9, 20]),
          },
        }),
      () =>
        Object.assign(random.pick(copy.workflows), {
          backlog: { maxHours: 5, openingHours: random.pick([0, 3]) },
        }),
      () => Object.assign(random.pick(copy.workflows), { shortfallCostPerHour: random.pick([1e-6, 1e9]) }),
      () => copy[list].push({ ...item }),
      () => Object.assign(copy, { rules: { vendorShare: [{ vendor: 'nobody', maxShare: 1 }] } }),
      () => Object.assign(copy, { placements: [{ workflow: 'nothing', team: 'nobody' }] }),
    ])();
  }
  return copy as unknown as Scenario;
}

describe('a scenario that is checked in parts', () => {
  it('is sound exactly where the whole is', () => {
    let sound = 0;
    const count = caseCount(400, 20_000);
    for (let seed = 1; seed <= count; seed += 1) {
      const random = new SeededRandom(seed);
      const drawn = random.chance(0.4) ? extremeScenario(seed) : randomScenario(seed);
      if (drawn && expectSame(drawn, seed)) sound += 1;
      const plain = (random.chance(0.3) ? scenarioWithPeople(seed) : undefined) ?? randomScenario(seed);
      if (expectSame(disturbed(plain, random), seed)) sound += 1;
      if (plain.teams.some(({ headcount }) => headcount)) expect(expectSame(plain, seed)).toBe(true);
    }
    // Both ways often enough that neither is an accident.
    expect(sound).toBeGreaterThan(count * 0.5);
    expect(sound).toBeLessThan(count * 1.8);
  });

  it('is not where only numbers of different parts lie too far apart', () => {
    const apart = smallScenario({
      teams: [team('manila', 'luzon', 10, 1e-6), team('cebu', 'luzon', 10, 1e7)],
    });
    expect(isSound(apart)).toBe(false);
    expect(inParts(apart, 'teams', 1)).toBe(false);
    const nearer = { ...apart, teams: [apart.teams[0], team('cebu', 'luzon', 10, 1e5)] };
    expect([isSound(nearer), inParts(nearer, 'teams', 1)]).toEqual([true, true]);
    const work = smallScenario({ workflows: [workflow('appeals', 1e-6), workflow('refunds', 1e7)] });
    expect([isSound(work), inParts(work, 'workflows', 1)]).toEqual([false, false]);
  });

  it('is not where there are no items and the rest is at fault, and is where it is not', () => {
    const none = smallScenario({ teams: [] });
    expect([isSound(none), inParts(none, 'teams')]).toEqual([true, true]);
    const apart = { ...none, workflows: [workflow('appeals', 1e-6), workflow('refunds', 1e7)] };
    expect([isSound(apart), inParts(apart, 'teams')]).toEqual([false, false]);
  });

  it('is not where all parts together have too many columns', () => {
    const large = largeScenario(21, 200, 500);
    const { rules: _, placements: __, ...rest } = large;
    expect(isSound(rest)).toBe(false);
    for (const list of LISTS) expect(inParts(rest, list)).toBe(false);
  }, 60_000);
});

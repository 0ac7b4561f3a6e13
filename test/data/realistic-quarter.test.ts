import { describe, expect, it } from 'vitest';
import { sampleFiles } from '../../data/realistic-quarter/sample-files.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import {
  bytesOf,
  constraintsOf,
  type Expected,
  expectedOf,
  readCapacity,
  scenarioOf,
  solve,
  solveAndVerify,
} from './sample.ts';

interface OneSided {
  readonly family: 'demand' | 'team-capacity';
  readonly subject: { readonly workflow?: string; readonly team?: string; readonly period: string };
  readonly costOfOneMore: number;
  readonly savingOfOneLess: number;
}
interface Facts {
  readonly familiesWithPrices: readonly string[];
  readonly degenerateWeek: string;
  readonly oneSidedPrices: readonly OneSided[];
}

const sample = 'realistic-quarter';
const expected = expectedOf(sample) as Expected & Facts;
const scenario = scenarioOf(sample);
const engine = await loadHighsEngine();
const plan = solveAndVerify(scenario, engine);
const constraints = constraintsOf(plan);

describe('the files', () => {
  it.each(Object.keys(sampleFiles))('%s is what the generator writes', (file) => {
    expect(bytesOf(sample, file).toString()).toBe(sampleFiles[file]);
  });

  it('keeps scenario.json below 400 kB', () => {
    expect(bytesOf(sample, 'scenario.json').length).toBeLessThan(400_000);
  });

  it('takes 40 % of the people of Manila in weeks 9 and 10, and nothing else, in capacity-typhoon.csv', () => {
    const usual = readCapacity(sample, 'capacity.csv', scenario);
    const typhoon = readCapacity(sample, 'capacity-typhoon.csv', scenario);
    expect(typhoon).toHaveLength(usual.length);
    typhoon.forEach(({ team, entry }, i) => {
      const before = usual[i].entry;
      if (!('fte' in entry) || !('fte' in before)) throw new Error('The sample counts people.');
      const isHit = team.startsWith('manila-') && ['2027-W09', '2027-W10'].includes(entry.period);
      expect(entry).toEqual({ ...before, fte: entry.fte });
      expect(entry.fte).toBeCloseTo(isHit ? 0.6 * before.fte : before.fte, 6);
    });
  });
});

describe('its size', () => {
  it('has 30 or more workflows in 8 languages', () => {
    const languages = new Set(scenario.workflows.map(({ skills }) => skills?.[0]));
    expect(scenario.workflows.length).toBeGreaterThanOrEqual(30);
    expect([...languages].sort()).toEqual(['de', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'pt']);
  });

  it('has 10 sites in 6 countries: in-house sites and those of 4 vendors', () => {
    expect(scenario.sites).toHaveLength(10);
    expect(new Set(scenario.sites.map(({ country }) => country)).size).toBe(6);
    const vendors = new Set(scenario.sites.flatMap(({ vendor }) => vendor ?? []));
    expect(vendors.size).toBe(4);
    expect(scenario.sites.some(({ operator }) => operator === 'in-house')).toBe(true);
  });

  it('has 35 to 50 teams, with all four bases of rates and some paid for their whole capacity', () => {
    expect(scenario.teams.length).toBeGreaterThanOrEqual(35);
    expect(scenario.teams.length).toBeLessThanOrEqual(50);
    const bases = new Set(scenario.teams.map(({ rate }) => rate.basis));
    expect([...bases].sort()).toEqual(['contact', 'fte-period', 'paid-hour', 'productive-hour']);
    expect(scenario.teams.filter(({ paid }) => paid === 'capacity').length).toBeGreaterThan(1);
  });

  it('has three security tiers at the sites and in the work', () => {
    for (const entities of [scenario.sites, scenario.workflows]) {
      const tiers = new Set(entities.map(({ securityTier = 1 }) => securityTier));
      expect([...tiers].sort()).toEqual([1, 2, 3]);
    }
  });

  it('covers 13 weeks on end, each from Monday to Sunday', () => {
    expect(scenario.periods).toHaveLength(13);
    scenario.periods.forEach(({ start, end }, i) => {
      expect(Date.parse(start!)).toBe(Date.UTC(2027, 0, 4 + 7 * i));
      expect(Date.parse(end!)).toBe(Date.UTC(2027, 0, 10 + 7 * i));
    });
  });

  it('has 100,000 contacts or more in each month', () => {
    const contactsIn = (month: string) => {
      const weeks = new Set(
        scenario.periods.flatMap(({ id, start }) => (start?.startsWith(month) ? id : [])),
      );
      const entries = scenario.workflows.flatMap(({ demand }) =>
        demand.filter(({ period }) => weeks.has(period)),
      );
      return entries.reduce((sum, { contacts = 0 }) => sum + contacts, 0);
    };
    for (const month of ['2027-01', '2027-02', '2027-03']) {
      expect(contactsIn(month)).toBeGreaterThanOrEqual(100_000);
    }
  });

  it('lets 20 to 50 % of the pairs of workflow and team be', () => {
    const refused = plan.ineligible?.filter(({ period }) => period === undefined).length ?? 0;
    const share = 1 - refused / (scenario.workflows.length * scenario.teams.length);
    expect(share).toBeGreaterThanOrEqual(0.2);
    expect(share).toBeLessThanOrEqual(0.5);
  });
});

describe('its plan', () => {
  it('leaves less than 1 % of the peak week unserved', () => {
    const short = plan.shortfall?.reduce((sum, { hours }) => sum + hours, 0) ?? 0;
    expect(short).toBeGreaterThan(0);
    expect(short).toBeLessThan(0.01 * 14_500);
  });

  it('meets limits of every family that have a price', () => {
    const priced = new Set(
      constraints
        .filter(({ binding, shadowPrice }) => binding && shadowPrice !== 0)
        .map(({ family }) => family),
    );
    expect([...priced].sort()).toEqual([...expected.familiesWithPrices].sort());
  });

  it('is degenerate in the week in which Korean demand is just what the Korean teams can do', () => {
    const degenerate = constraints.filter((row) => row.degenerate);
    expect(degenerate.length).toBeGreaterThan(0);
    expect(new Set(degenerate.map(({ subject }) => subject.period))).toEqual(
      new Set([expected.degenerateWeek]),
    );
  });

  it.each(labelled(expected.oneSidedPrices))('has the one-sided prices of the %s', (_, price) => {
    expect(costWith(price, 1) - plan.totalCost!).toBeCloseTo(price.costOfOneMore, 1);
    expect(plan.totalCost! - costWith(price, -1)).toBeCloseTo(price.savingOfOneLess, 1);
  });
});

function labelled(prices: readonly OneSided[]): [string, OneSided][] {
  return prices.map((price) => {
    const { workflow, team, period } = price.subject;
    return [`${price.family} of ${workflow ?? team ?? ''} in ${period}`, price];
  });
}

/** Total cost when one limit is `hours` higher; the payroll of the changed team is left as it was. */
function costWith({ family, subject }: OneSided, hours: number): number {
  const changed: Scenario = structuredClone(scenario);
  if (family === 'demand') {
    const { demand } = changed.workflows.find(({ id }) => id === subject.workflow)!;
    const entry = demand.find(({ period }) => period === subject.period)!;
    entry.contacts! += (3600 / entry.ahtSeconds!) * hours;
    return solve(changed, engine, 'none').totalCost!;
  }
  const team = changed.teams.find(({ id }) => id === subject.team)!;
  const entry = team.capacity.find(({ period }) => period === subject.period)!;
  const fte = hours / (entry.paidHoursPerFte! * (1 - entry.shrinkage!));
  entry.fte! += fte;
  const payroll = team.paid === 'capacity' ? team.rate.amount * fte : 0;
  return solve(changed, engine, 'none').totalCost! - payroll;
}

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normaliseScenario } from '../../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { scenarioOf } from '../../data/sample.ts';
import { inHouseSite, smallScenario, team, workflow } from '../small-scenario.ts';
import { solve, valid } from '../solved-plan.ts';
import { expectHelpful, fullScenario, pointersAndCodes, replaceAt, valueAt } from './full-scenario.ts';

/** Two teams of 100 hours and two workflows of 50, one of which may wait, be left undone, or be split with a minimum. */
function roomy(): Scenario {
  return smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [team('dear', 'luzon', 10, 100, ['P1', 'P2']), team('manila', 'luzon', 10, 100, ['P1', 'P2'])],
    workflows: [
      workflow('appeals', 50),
      {
        ...workflow('chat', 50, 50),
        occupancy: 0.5,
        shortfallCostPerHour: 300,
        backlog: { maxHours: 20, costPerHourPeriod: 2, openingHours: 5 },
        minimumTeamHours: 1,
      },
    ],
    placements: [{ workflow: 'chat', team: 'dear', costPerDemandHour: 12, handlingFactor: 1.1 }],
  });
}

function changed(values: Readonly<Record<string, unknown>>): Scenario {
  const scenario: unknown = roomy();
  for (const [pointer, value] of Object.entries(values)) replaceAt(scenario, pointer, value);
  return valid(scenario);
}

const placesIn = (values: Readonly<Record<string, unknown>>) => {
  const { faults = [], warnings = [] } = normaliseScenario(changed(values));
  return { faults: pointersAndCodes(faults), warnings: pointersAndCodes(warnings) };
};

describe('numbers of one unit', () => {
  const demand = '/workflows/0/demand/0/hours';
  const capacity = '/teams/0/capacity/0/hours';

  it.each([
    ['up to 1e9 apart, nothing', 1e-2, 1e7, [], []],
    ['more than 1e9 apart, a warning', 0.99e-2, 1e7, [], [demand]],
    ['up to 1e12 apart, a warning', 1e-3, 1e9, [], [demand]],
    ['more than 1e12 apart, a refusal', 0.99e-3, 1e9, [demand], []],
  ])('get, when they are %s', (_, smallest, largest, faults, warnings) => {
    const at = (pointers: readonly string[]) => pointers.map((pointer) => `${pointer} number-range`);
    expect(placesIn({ [demand]: smallest, [capacity]: largest })).toEqual({
      faults: at(faults),
      warnings: at(warnings),
    });
  });

  it.each([
    '/workflows/0/demand/0/hours',
    '/workflows/1/backlog/openingHours',
    '/workflows/1/backlog/maxHours',
    '/workflows/1/minimumTeamHours',
    '/teams/1/capacity/1/hours',
  ])('are hours at %s', (pointer) => {
    expect(placesIn({ [pointer]: 1e-6, [capacity]: 1e9 }).faults).toEqual([`${pointer} number-range`]);
    expect(placesIn({ [pointer]: 1e9, [demand]: 1e-6, '/teams/0/capacity/0/hours': 100 }).faults).toEqual(
      pointer === demand ? [] : [`${demand} number-range`],
    );
  });

  it.each([
    '/workflows/1/shortfallCostPerHour',
    '/workflows/1/backlog/costPerHourPeriod',
    '/placements/0/costPerDemandHour',
    '/teams/1/rate/amount',
  ])('are costs per workload hour at %s', (pointer) => {
    const other = pointer === '/teams/1/rate/amount' ? '/teams/0/rate/amount' : '/teams/1/rate/amount';
    expect(placesIn({ [pointer]: 1e-6, [other]: 1e9 }).faults).toEqual([`${pointer} number-range`]);
  });

  it('are team hours per workload hour, by handling factor and occupancy', () => {
    const factors = [
      { workflow: 'chat', team: 'dear', handlingFactor: 1e-6 },
      { workflow: 'chat', team: 'manila', handlingFactor: 6e5 },
    ];
    const low = { '/teams/0/rate/amount': 0, '/teams/1/rate/amount': 0, '/placements': factors };
    // 6e5 / 1e-6 is 6e11 apart, and the occupancy of both is the same.
    expect(placesIn(low)).toEqual({ faults: [], warnings: ['/placements/0/handlingFactor number-range'] });
    factors[1].handlingFactor = 6e6;
    expect(placesIn(low).faults).toEqual(['/placements/0/handlingFactor number-range']);
  });

  it('are FTE on a seat per workload hour', () => {
    const seats = (entry: object) => ({
      '/sites/0/seats': 10,
      '/teams/0/capacity': [{ period: 'P1', fte: 10, paidHoursPerFte: 1e-6, shrinkage: 0 }],
      '/teams/1/capacity': [{ period: 'P1', fte: 1, paidHoursPerFte: 160, shrinkage: 0, ...entry }],
    });
    expect(placesIn(seats({})).warnings).toEqual([]);
    expect(placesIn(seats({ fte: 0.001, paidHoursPerFte: 1e4 }))).toEqual({
      faults: [],
      warnings: ['/teams/1/capacity/0 number-range'],
    });
  });

  it('are said as what their entry computes', () => {
    const contacts = { period: 'P1', contacts: 1e-6, ahtSeconds: 4000 };
    expect(placesIn({ '/workflows/0/demand/0': contacts, [capacity]: 1e9 }).faults).toEqual([
      '/workflows/0/demand/0 number-range',
    ]);
    const fte = { period: 'P1', fte: 1e-3, paidHoursPerFte: 1e-2, shrinkage: 0 };
    expect(placesIn({ '/teams/1/capacity/0': fte, [capacity]: 1e9 }).faults).toEqual([
      '/teams/1/capacity/0 number-range',
    ]);
  });

  it('do not meet numbers of another unit, 0, what has no limit, or teams that may take nothing', () => {
    const nothing = { faults: [], warnings: [] };
    expect(placesIn({ [capacity]: 1e9, '/teams/0/rate/amount': 1e-3 })).toEqual(nothing);
    expect(placesIn({ [capacity]: 1e9, [demand]: 0 })).toEqual(nothing);
    expect(placesIn({ [capacity]: null, [demand]: 1e-6 })).toEqual(nothing);
    expect(
      placesIn({
        [demand]: 1e-6,
        '/teams/-': team('idle', 'closed', 1e9, 1e9),
        '/sites/-': inHouseSite('closed'),
        '/workflows/0/securityTier': 1,
        '/placements': ['appeals', 'chat'].map((id) => ({ workflow: id, team: 'idle', allowed: false })),
      }),
    ).toEqual(nothing);
  });

  it('are named with their sizes and a remedy, in a message of bounded length', () => {
    const long = 'x'.repeat(100);
    const scenario = changed({
      '/workflows/0/id': `a${long.slice(1)}`,
      '/teams/0/id': `b${long.slice(1)}`,
      '/placements': [],
      [demand]: 1.23456e-6,
      [capacity]: 1e9,
    });
    const [{ message }] = normaliseScenario(scenario).faults!;
    expect(message).toBe(
      'Hours: 0.00000123 (demand of "axxxxxxxxxxxxxxxxxx…" in "P1") and 1000000000 (capacity of "bxxxxxxxxxxxxxxxxxx…" in "P1") lie more than 1e12 apart. Leave the small one out or give 0; a capacity without limit is null.',
    );
    expectHelpful(message);
    const costs = changed({ '/teams/0/rate/amount': 1e-6, '/teams/1/rate/amount': 1e9 });
    expectHelpful(normaliseScenario(costs).faults![0].message);
    expect(message.length).toBeLessThan(400);
  });
});

describe('a plan', () => {
  it('carries the warning with a pointer to the smallest number', () => {
    const scenario = changed({ '/workflows/0/demand/0/hours': 1e-3, '/teams/0/capacity/0/hours': 1e9 });
    const plan = solve(scenario);
    expect(plan.status).toBe('optimal');
    expect(plan.warnings?.map(({ code, pointer }) => [code, valueAt(scenario, pointer)])).toEqual([
      ['number-range', 1e-3],
    ]);
  });

  it('has no such field where there is nothing to warn of', () => {
    expect(solve(roomy())).not.toHaveProperty('warnings');
  });
});

describe('nothing is said of', () => {
  const folder = new URL('../../fixtures/published/', import.meta.url);

  it.each(readdirSync(folder))('the published case %s', (file) => {
    const { scenario } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { scenario: Scenario };
    expect(normaliseScenario(valid(scenario)).warnings).toEqual([]);
  });

  it.each(['tiny', 'realistic-quarter', 'infeasible-security'])('the sample %s', (sample) => {
    expect(normaliseScenario(valid(scenarioOf(sample))).warnings).toEqual([]);
  });

  it('a scenario with every kind of field', () => {
    expect(normaliseScenario(valid(fullScenario())).warnings).toEqual([]);
  });
});

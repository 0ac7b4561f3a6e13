import { expect } from 'vitest';
import type { Fault } from '../../../models/fault.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';

/** A valid scenario with every kind of field. */
export function fullScenario(): Scenario {
  return {
    name: 'full',
    currency: 'USD',
    periods: [{ id: 'P1', start: '2027-01-01', end: '2027-01-31' }, { id: 'P2' }],
    sites: [
      {
        id: 'luzon',
        name: 'Luzon',
        operator: 'in-house',
        country: 'PH',
        timeZone: 'Asia/Manila',
        securityTier: 2,
        controls: ['clean-room'],
        seats: 400,
        fteSharingASeat: 1.5,
        openingCost: 0,
      },
      { id: 'cebu', operator: 'bpo', vendor: 'acme' },
    ],
    teams: [
      {
        id: 'manila',
        name: 'Manila EN',
        site: 'luzon',
        skills: ['en', 'law'],
        maxComplexity: 3,
        rate: { basis: 'paid-hour', amount: 14.2 },
        paid: 'capacity',
        capacity: [
          { period: 'P1', fte: 90, paidHoursPerFte: 173.3, shrinkage: 0.28 },
          { period: 'P2', fte: 95, paidHoursPerFte: 173.3, shrinkage: 0.28 },
        ],
      },
      {
        id: 'acme',
        site: 'cebu',
        rate: { basis: 'productive-hour', amount: 9 },
        capacity: [
          { period: 'P1', hours: 12_000 },
          { period: 'P2', hours: null },
        ],
      },
    ],
    workflows: [
      {
        id: 'appeals',
        name: 'Account appeals',
        channel: 'email',
        skills: ['en'],
        securityTier: 2,
        controls: [],
        complexity: 3,
        allowedCountries: ['PH', 'US'],
        deniedCountries: ['PL'],
        demand: [
          { period: 'P1', hours: 5200 },
          { period: 'P2', contacts: 41_000, ahtSeconds: 460 },
        ],
        occupancy: 0.85,
        shortfallCostPerHour: 300,
        backlog: { maxHours: 300, costPerHourPeriod: 1.5, openingHours: 10 },
        minimumTeamHours: 0,
      },
      { id: 'chat', demand: [{ period: 'P1', hours: 100 }] },
    ],
    placements: [
      { workflow: 'appeals', team: 'manila', handlingFactor: 1.15, costPerDemandHour: 16.4, allowed: true },
      { workflow: 'chat', team: 'acme', period: 'P1', handlingFactor: 1.1 },
    ],
    rules: {
      vendorShare: [{ vendor: 'acme', maxShare: 0.6 }],
      inHouseShare: [{ workflow: 'appeals', minShare: 0.3 }, { minShare: 0.1 }],
      budget: [{ period: 'P1', amount: 900_000 }, { amount: 2e6 }],
    },
  };
}

/** The full scenario with the values at some pointers replaced; `undefined` removes one, `/-` appends to a list. */
export function withValues(values: Record<string, unknown>): unknown {
  return Object.entries(values).reduce<unknown>(
    (scenario, [pointer, value]) => replaceAt(scenario, pointer, value),
    fullScenario(),
  );
}

export function withValue(pointer: string, value: unknown): unknown {
  return withValues({ [pointer]: value });
}

export function replaceAt(scenario: unknown, pointer: string, value: unknown): unknown {
  if (pointer === '') return value;
  const end = pointer.lastIndexOf('/');
  const parent = valueAt(scenario, pointer.slice(0, end));
  // An earlier replacement may have taken the place away.
  if (typeof parent !== 'object' || parent === null) return scenario;
  const last = pointer.slice(end + 1);
  if (last === '-' && Array.isArray(parent)) parent.push(value);
  else if (value === undefined) Reflect.deleteProperty(parent, last);
  // Not an assignment: that of `__proto__` would do something else.
  else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  return scenario;
}

/** The pointer of every part of a value, its own first. */
export function pointersIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([key, part]) => pointersIn(part, `${pointer}/${key}`))];
}

export function valueAt(value: unknown, pointer: string): unknown {
  let found = value;
  for (const segment of pointer.split('/').slice(1)) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, segment.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return found;
}

/** Faults in short, as `/teams/0/site unknown-site`. */
export function pointersAndCodes(faults: readonly Fault[]): string[] {
  return faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

/** One or two full sentences, of which one says what to do. */
export function expectHelpful(message: string): void {
  expect(message).toMatch(/^[A-Z"].*\.$/);
  expect(message).toMatch(
    /\b(Use|Give|Must be|must give|Expected|Remove|Keep|Define|Name|Split|Exchange|List|Leave|Ids must differ|needs?)\b/,
  );
}

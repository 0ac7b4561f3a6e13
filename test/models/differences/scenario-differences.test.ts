import { describe, expect, it } from 'vitest';
import { scenarioDifferences } from '../../../models/differences/scenario-differences.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { fullScenario, pointersIn, replaceAt, valueAt, withValues } from '../scenario/full-scenario.ts';

/** What changes when the values at some pointers of the full scenario are replaced. */
function afterChange(values: Record<string, unknown>) {
  return scenarioDifferences(fullScenario(), withValues(values) as Scenario);
}

function sentences(values: Record<string, unknown>): string[] {
  return afterChange(values).items.map(({ sentence }) => sentence);
}

describe('a difference is said with names, both values and their unit', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ '/name': 'FY27' }, 'Name of the scenario: full → FY27.'],
    [{ '/currency': 'EUR' }, 'Currency of all money: USD → EUR.'],
    [{ '/periods/0/end': '2027-01-30' }, 'Last day of P1: 2027-01-31 → 2027-01-30.'],
    [{ '/periods/1/start': '2027-02-01' }, 'First day of P2: not given (none) → 2027-02-01.'],
    [{ '/sites/0/name': 'Manila' }, 'Name of site luzon: Luzon → Manila.'],
    [{ '/sites/1/name': 'Cebu' }, 'Name of site cebu: not given (its id) → Cebu.'],
    [{ '/sites/0/seats': 450.5 }, 'Seats of Luzon: 400 → 450.5.'],
    [{ '/sites/0/seats': undefined }, 'Seats of Luzon: 400 → not given (not limited).'],
    [{ '/sites/0/openingCost': 25_000 }, 'Opening cost of Luzon: 0.00 → 25,000.00 USD.'],
    [{ '/sites/0/controls': ['pci'] }, 'Controls of Luzon: pci added; clean-room removed.'],
    [{ '/sites/1/vendor': 'zenith' }, 'Vendor of cebu: acme → zenith.'],
    [{ '/teams/0/site': 'cebu' }, 'Site of Manila EN: Luzon → cebu.'],
    [{ '/teams/0/rate/amount': 14.25 }, 'Rate of Manila EN: 14.20 → 14.25 USD a paid hour.'],
    [
      { '/teams/1/rate': { basis: 'contact', amount: 0.125 } },
      'Rate of acme: 9.00 USD a productive hour → 0.125 USD a contact.',
    ],
    [{ '/teams/0/paid': 'used' }, 'Paid of Manila EN: for its whole capacity → for hours used.'],
    [
      { '/workflows/0/shortfallCostPerHour': undefined },
      'Shortfall cost of Account appeals: 300.00 USD an hour → not given (all demand must be served).',
    ],
    [{ '/workflows/0/occupancy': 0.29 }, 'Occupancy of Account appeals: 85 % → 29 %.'],
    [
      { '/workflows/0/backlog/maxHours': 400 },
      'Backlog of Account appeals: at most 300 hours, 1.50 USD an hour and period, 10 hours at the start → at most 400 hours, 1.50 USD an hour and period, 10 hours at the start.',
    ],
    [{ '/workflows/0/allowedCountries': undefined }, 'Allowed countries of Account appeals: PH, US → any.'],
    [{ '/workflows/1/allowedCountries': [] }, 'Allowed countries of chat: any → none.'],
    [{ '/rules/vendorShare/0/maxShare': 0.55 }, 'Largest share of acme: 60 % → 55 %.'],
    [{ '/rules/inHouseShare/0/minShare': 0.4 }, 'Least in-house share of Account appeals: 30 % → 40 %.'],
    [
      { '/rules/inHouseShare': [{ workflow: 'appeals', minShare: 0.3 }] },
      'Least in-house share of all work: 10 % → none.',
    ],
    [{ '/rules/budget/1/amount': 1.5e6 }, 'Budget of the whole horizon: 2,000,000.00 → 1,500,000.00 USD.'],
    [{ '/teams/1/capacity/0/hours': 11_000 }, 'Capacity of acme in P1: 12,000 → 11,000 productive hours.'],
    [{ '/teams/1/capacity/0/hours': null }, 'Capacity of acme in P1: 12,000 productive hours → no limit.'],
    // 90 · 173.3 · 0.72 = 11,229.84 and 80 · 173.3 · 0.72 = 9,982.08.
    [
      { '/teams/0/capacity/0/fte': 80 },
      'Capacity of Manila EN in P1: 90 → 80 FTE with 173.3 paid hours each and 28 % shrinkage (11,229.8 → 9,982.1 productive hours).',
    ],
    [
      { '/workflows/1/demand/-': { period: 'P2', hours: 120 } },
      'Demand of chat in P2: none → 120 workload hours.',
    ],
    // 45,000 contacts of 460 s are 5,750 hours.
    [
      { '/workflows/0/demand/1/contacts': 45_000 },
      'Demand of Account appeals in P2: 41,000 → 45,000 contacts at 460 s (5,238.9 → 5,750 workload hours).',
    ],
    [
      { '/teams/0/capacity/0': { period: 'P1', hours: 5 } },
      'Capacity of Manila EN in P1: 90 FTE with 173.3 paid hours each and 28 % shrinkage (11,229.8 productive hours) → 5 productive hours.',
    ],
    // 41,000 contacts of 460 s are 5,238.9 hours.
    [
      { '/workflows/0/demand/1': { period: 'P2', hours: 5000 } },
      'Demand of Account appeals in P2: 41,000 contacts at 460 s (5,238.9 workload hours) → 5,000 workload hours.',
    ],
    [{ '/placements/0/handlingFactor': 1.2 }, 'Handling factor of Account appeals at Manila EN: 1.15 → 1.2.'],
    [
      { '/placements/1/allowed': false },
      'Permission of chat at acme in P1: not given (as without this entry) → forbidden.',
    ],
    [
      { '/placements/-': { workflow: 'chat', team: 'manila', costPerDemandHour: 20, allowed: false } },
      'Facts of chat at Manila EN: no entry → 20.00 USD a workload hour, forbidden.',
    ],
    [{ '/sites/-': { id: 'lodz', operator: 'in-house' } }, 'Site lodz is new: in-house.'],
    [
      {
        '/teams/-': {
          id: 'lodz-en',
          site: 'cebu',
          rate: { basis: 'productive-hour', amount: 8 },
          capacity: [{ period: 'P1', hours: 10 }],
        },
      },
      'Team lodz-en is new: at cebu, 8.00 USD a productive hour, capacity in 1 period.',
    ],
    [
      { '/workflows': fullScenario().workflows.slice(0, 1) },
      'Workflow chat is gone: 100 workload hours in 1 period.',
    ],
    [{ '/periods/-': { id: 'P3' } }, 'Period P3 is new, after P2.'],
    [
      { '/periods': fullScenario().periods.toReversed() },
      'The periods stand in another order: P1, P2 → P2, P1.',
    ],
  ])('%j', (values, sentence) => {
    expect(sentences(values)).toEqual([sentence]);
  });
});

it('gives what changed to programs, too', () => {
  expect(afterChange({ '/teams/1/capacity/0/hours': 11_000 })).toEqual({
    total: 1,
    counts: { capacity: 1 },
    items: [
      {
        change: 'changed',
        what: 'capacity',
        subject: { team: 'acme', period: 'P1' },
        from: { hours: 12_000 },
        to: { hours: 11_000 },
        sentence: 'Capacity of acme in P1: 12,000 → 11,000 productive hours.',
      },
    ],
  });
});

it('tells what comes and goes first, then fields, rules and tables', () => {
  const { items, counts, total } = afterChange({
    '/name': 'x',
    '/workflows/-': { id: 'voice', demand: [] },
    '/sites/-': { id: 'lodz', operator: 'in-house' },
    '/teams/0/maxComplexity': 4,
    '/rules/budget/0/amount': 1,
    '/workflows/0/demand/0/hours': 1,
    '/teams/1/capacity/0/hours': 1,
    '/teams/0/capacity/0/fte': 1,
    '/placements/1/handlingFactor': 2,
  });
  expect(items.map(({ what, change }) => `${what} ${change}`)).toEqual([
    'scenario changed',
    'site added',
    'workflow added',
    'team changed',
    'budget changed',
    'capacity changed',
    'capacity changed',
    'demand changed',
    'placement changed',
  ]);
  expect([total, counts.capacity, counts['vendor-share']]).toEqual([9, 2, undefined]);
});

it('lists a thousand and counts all', () => {
  const placement = (team: string, handlingFactor: number) => ({ workflow: 'chat', team, handlingFactor });
  const many = (handlingFactor: number): Scenario => ({
    ...fullScenario(),
    placements: Array.from({ length: 1500 }, (_, k) => placement(`t${k}`, handlingFactor)),
  });
  const { items, total, counts } = scenarioDifferences(many(1), many(2));
  expect([items.length, total, counts]).toEqual([1000, 1500, { placement: 1500 }]);
});

it('takes ids and words for the same in either Unicode form, and a missing list for an empty one', () => {
  const decomposed = 'Zu\u0308rich';
  const at = (site: string): Scenario => {
    const scenario = fullScenario();
    scenario.sites[0].id = site;
    scenario.sites[0].controls = [site];
    scenario.teams[0].site = site;
    return scenario;
  };
  expect(scenarioDifferences(at(decomposed), at(decomposed.normalize()))).toEqual({
    total: 0,
    counts: {},
    items: [],
  });
  const { rules: _rules, placements: _placements, ...bare } = fullScenario();
  expect(scenarioDifferences(bare, { ...bare, rules: { budget: [] }, placements: [] }).total).toBe(0);
});

it('sees a change of every field that a scenario can have', () => {
  const seen: string[] = [];
  for (const pointer of pointersIn(fullScenario())) {
    const value = valueAt(fullScenario(), pointer);
    // Of two entries of a period or two entities of an id only one would be left.
    if (typeof value === 'object' || /\/(id|period|team|workflow|vendor|currency)$/.test(pointer)) continue;
    const other = OTHER_CHOICES[pointer.split('/').at(-1)!] ?? anotherThan(value);
    const changed = replaceAt(fullScenario(), pointer, other) as Scenario;
    expect([pointer, scenarioDifferences(fullScenario(), changed).total]).toEqual([pointer, 1]);
    seen.push(pointer);
  }
  expect(seen.length).toBeGreaterThan(50);
});

const OTHER_CHOICES: Readonly<Record<string, unknown>> = {
  operator: 'other',
  basis: 'contact',
  paid: 'other',
};

function anotherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${String(value)} x`;
}

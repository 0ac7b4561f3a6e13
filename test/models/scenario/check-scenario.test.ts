import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../models/scenario/check-scenario.ts';
import { faultsOf } from '../solved-plan.ts';
import {
  expectHelpful,
  fullScenario,
  pointersAndCodes,
  replaceAt,
  withValue,
  withValues,
} from './full-scenario.ts';

it('accepts a scenario with every kind of field and hands it on as it was sent', () => {
  const scenario = fullScenario();
  expect(checkScenario(scenario).scenario).toBe(scenario);
  expect(faultsOf(scenario)).toEqual([]);
});

describe('reports just one fault, with its pointer and code', () => {
  const cases: readonly [what: string, pointer: string, value: unknown, expected: string][] = [
    ['an unknown field', '/teams/0/colour', 'red', '/teams/0/colour unknown-field'],
    ['an unknown field with slashes', '/rules', { 'a/b~c': [] }, '/rules/a~1b~0c unknown-field'],
    ['an unknown rule', '/rules/vendorShares', [], '/rules/vendorShares unknown-field'],
    ['a missing field', '/teams/0/rate', undefined, '/teams/0/rate missing-field'],
    ['a missing list', '/workflows/1/demand', undefined, '/workflows/1/demand missing-field'],
    ['a text instead of a number', '/teams/0/rate/amount', '14', '/teams/0/rate/amount wrong-type'],
    ['null instead of a text', '/name', null, '/name wrong-type'],
    ['a list instead of an object', '/teams/0/rate', [], '/teams/0/rate wrong-type'],
    ['an infinite number', '/teams/0/rate/amount', Infinity, '/teams/0/rate/amount wrong-type'],
    ['a number that is none', '/teams/0/rate/amount', NaN, '/teams/0/rate/amount wrong-type'],
    ['half a tier', '/workflows/0/securityTier', 1.5, '/workflows/0/securityTier wrong-type'],
    ['a negative amount', '/teams/0/rate/amount', -1, '/teams/0/rate/amount too-small'],
    [
      'an amount that drowns in tolerances',
      '/teams/0/rate/amount',
      1e-7,
      '/teams/0/rate/amount invalid-value',
    ],
    ['an amount beyond a billion', '/teams/0/rate/amount', 1.1e9, '/teams/0/rate/amount too-large'],
    ['an amount of 1e308', '/teams/0/rate/amount', 1e308, '/teams/0/rate/amount too-large'],
    ['a tier of 1e308', '/workflows/0/securityTier', 1e308, '/workflows/0/securityTier too-large'],
    ['a handling factor of 0', '/placements/0/handlingFactor', 0, '/placements/0/handlingFactor too-small'],
    ['an AHT of 0', '/workflows/0/demand/1/ahtSeconds', 0, '/workflows/0/demand/1/ahtSeconds too-small'],
    ['no occupancy at all', '/workflows/0/occupancy', 0, '/workflows/0/occupancy too-small'],
    [
      'shrinkage of everything',
      '/teams/0/capacity/0/shrinkage',
      1,
      '/teams/0/capacity/0/shrinkage too-large',
    ],
    ['a share above 1', '/rules/vendorShare/0/maxShare', 60, '/rules/vendorShare/0/maxShare too-large'],
    ['tier 6', '/sites/0/securityTier', 6, '/sites/0/securityTier too-large'],
    ['tier 0', '/sites/0/securityTier', 0, '/sites/0/securityTier too-small'],
    ['an unknown basis', '/teams/0/rate/basis', 'hour', '/teams/0/rate/basis not-allowed-value'],
    ['an unknown operator', '/sites/0/operator', 'vendor', '/sites/0/operator not-allowed-value'],
    ['a day that does not exist', '/periods/0/end', '2027-02-30', '/periods/0/end invalid-format'],
    ['a currency in words', '/currency', 'usd', '/currency invalid-format'],
    ['no id at all', '/sites/-', { id: '', operator: 'in-house' }, '/sites/2/id too-small'],
    ['a second site of an id', '/sites/-', { id: 'luzon', operator: 'in-house' }, '/sites/2/id duplicate-id'],
    ['a period twice', '/periods/-', { id: 'P2' }, '/periods/2/id duplicate-id'],
    ['an unknown site', '/teams/1/site', 'cebú', '/teams/1/site unknown-site'],
    ['an unknown team', '/placements/0/team', 'x', '/placements/0/team unknown-team'],
    ['an unknown workflow', '/placements/0/workflow', 'x', '/placements/0/workflow unknown-workflow'],
    ['an unknown period', '/placements/1/period', 'x', '/placements/1/period unknown-period'],
    [
      'an unknown vendor in a rule',
      '/rules/vendorShare/0/vendor',
      'x',
      '/rules/vendorShare/0/vendor unknown-vendor',
    ],
    ['an unknown period in a rule', '/rules/budget/0/period', 'x', '/rules/budget/0/period unknown-period'],
    [
      'an unknown workflow in a rule',
      '/rules/inHouseShare/0/workflow',
      'x',
      '/rules/inHouseShare/0/workflow unknown-workflow',
    ],
    [
      'an unknown period of demand',
      '/workflows/1/demand/0/period',
      'x',
      '/workflows/1/demand/0/period unknown-period',
    ],
    [
      'an unknown period of capacity',
      '/teams/1/capacity/0/period',
      'x',
      '/teams/1/capacity/0/period unknown-period',
    ],
    [
      'a period of demand twice',
      '/workflows/0/demand/1/period',
      'P1',
      '/workflows/0/demand/1/period duplicate-period',
    ],
    [
      'a period of capacity twice',
      '/teams/1/capacity/1/period',
      'P1',
      '/teams/1/capacity/1/period duplicate-period',
    ],
    [
      'a placement twice',
      '/placements/-',
      { workflow: 'appeals', team: 'manila' },
      '/placements/2 duplicate-placement',
    ],
    ['a rule twice', '/rules/inHouseShare/-', { minShare: 0.2 }, '/rules/inHouseShare/2 duplicate-rule'],
    [
      'a budget of a period twice',
      '/rules/budget/-',
      { period: 'P1', amount: 1 },
      '/rules/budget/2 duplicate-rule',
    ],
    [
      'a period that ends before it starts',
      '/periods/0/end',
      '2026-12-31',
      '/periods/0/end end-before-start',
    ],
    [
      'a period before the one before it',
      '/periods/1/start',
      '2027-01-15',
      '/periods/1/start periods-not-in-order',
    ],
    [
      'a BPO site without its vendor',
      '/sites/-',
      { id: 'x', operator: 'bpo' },
      '/sites/2/vendor missing-vendor',
    ],
    ['a vendor at an in-house site', '/sites/0/vendor', 'acme', '/sites/0/vendor vendor-not-allowed'],
    ['a capacity in both forms', '/teams/1/capacity/0/fte', 5, '/teams/1/capacity/0 mixed-forms'],
    [
      'a capacity in neither form',
      '/teams/1/capacity/0/hours',
      undefined,
      '/teams/1/capacity/0 missing-field',
    ],
    [
      'FTE without shrinkage',
      '/teams/0/capacity/0/shrinkage',
      undefined,
      '/teams/0/capacity/0 missing-field',
    ],
    ['a demand in both forms', '/workflows/0/demand/1/hours', 5, '/workflows/0/demand/1 mixed-forms'],
    [
      'a demand in neither form',
      '/workflows/0/demand/0/hours',
      undefined,
      '/workflows/0/demand/0 missing-field',
    ],
    [
      'contacts without AHT',
      '/workflows/0/demand/1/ahtSeconds',
      undefined,
      '/workflows/0/demand/1 missing-field',
    ],
    [
      'a whole capacity paid by contact',
      '/teams/0/rate/basis',
      'contact',
      '/teams/0/rate/basis contact-paid-for-capacity',
    ],
    [
      'an uncapped team paid for its capacity',
      '/teams/1/paid',
      'capacity',
      '/teams/1/capacity/1/hours uncapped-paid-for-capacity',
    ],
    [
      'hours at a site that limits its seats',
      '/sites/1/seats',
      10,
      '/teams/1/capacity/0 missing-fte,/teams/1/capacity/1 missing-fte',
    ],
    [
      'a rate by paid hour without FTE',
      '/teams/1/rate/basis',
      'paid-hour',
      '/teams/1/capacity/0 missing-fte',
    ],
    ['a rate by contact without AHT', '/teams/1/rate/basis', 'contact', '/workflows/1/demand/0 missing-aht'],
  ];

  it.each(cases)('%s', (_, pointer, value, expected) => {
    const faults = faultsOf(withValue(pointer, value));
    // Faults of form may come in the company of others; those of one kind must be the only ones.
    if (pointer === '/rules' || pointer === '/teams/0/rate')
      expect(pointersAndCodes(faults)).toContain(expected);
    else expect(pointersAndCodes(faults).join()).toBe(expected);
    for (const { message } of faults) expectHelpful(message);
  });
});

describe('messages', () => {
  const messagesAt = (pointer: string, value: unknown) =>
    faultsOf(withValue(pointer, value)).map(({ message }) => message);

  it.each([
    ['/workflows/0/complexity', 1e308, 'Must be at most 100.'],
    ['/workflows/0/securityTier', 1.5, 'Expected a whole number, got 1.5.'],
    ['/teams/0/rate/amount', Infinity, 'Expected a number, got Infinity.'],
    ['/teams/0/rate/amount', '14', 'Expected a number, got a string.'],
    ['/teams/0/rate/amount', 1e-7, 'Use 0 or a number from 0.000001 to 1000000000.'],
    ['/teams/0/rate/basis', 'hour', 'Use one of productive-hour, paid-hour, fte-period, contact.'],
    ['/currency', 'USDX', 'Use a three-letter code such as USD.'],
    ['/teams/0/skills', Array(1001).fill('en'), 'Must be a list of at most 1000 items.'],
    ['/teams/0/rate', undefined, 'This field is missing. Give an object.'],
    ['/teams/1/site', 'cebú', 'There is no site "cebú". Define it under /sites or correct the spelling.'],
    [
      '/sites/-',
      { id: 'luzon', operator: 'in-house' },
      '"luzon" is already the id of /sites/0. Ids must differ.',
    ],
  ])('at %s for %j', (pointer, value, message) => {
    expect(messagesAt(pointer, value)).toEqual([message]);
  });

  it.each([
    ['101 characters', 'x'.repeat(101), 'Use 1 to 100 characters.'],
    ['300 characters', 'x'.repeat(300), 'Use 1 to 100 characters.'],
    ['no character', '', 'Use 1 to 100 characters.'],
    ['101 emoji', '😀'.repeat(101), 'Use 1 to 100 characters.'],
    ['a lone surrogate', 'a\ud800', 'Remove control characters and lone surrogates.'],
    ['a line break', 'a\nb', 'Remove control characters and lone surrogates.'],
    ['a null character', '\0', 'Remove control characters and lone surrogates.'],
  ])('about an id with %s', (_, id, message) => {
    expect(messagesAt('/workflows/1/id', id)).toContain(message);
  });

  it('show at most 41 characters of what was sent', () => {
    const long = 'zebra '.repeat(1000);
    for (const pointer of [
      '/teams/1/site',
      '/placements/0/team',
      '/rules/vendorShare/0/vendor',
      `/${long}`,
    ]) {
      for (const message of messagesAt(pointer, long)) {
        expect(message.match(/zebra/g)?.length ?? 0).toBeLessThanOrEqual(7);
        expect(message.length).toBeLessThan(150);
      }
    }
  });
});

it('takes ids that differ only in their Unicode form for the same', () => {
  const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'].map((id) => ({ id, operator: 'in-house' }));
  const twins = replaceAt(withValue('/sites/-', composed), '/sites/-', decomposed);
  expect(pointersAndCodes(faultsOf(twins))).toEqual(['/sites/3/id duplicate-id']);
});

it('accepts dates that touch, and periods of which only some have dates', () => {
  expect(faultsOf(withValue('/periods/1/start', '2027-02-01'))).toEqual([]);
  expect(faultsOf(withValue('/periods/0/start', undefined))).toEqual([]);
});

describe('faults of form and of reference', () => {
  it('come together', () => {
    const scenario = withValues({
      '/teams/0/rate/amount': '14',
      '/teams/1/site': 'nowhere',
      '/workflows/0/colour': 'red',
      '/placements/0/team': 'nobody',
    });
    expect(pointersAndCodes(faultsOf(scenario)).sort()).toEqual([
      '/placements/0/team unknown-team',
      '/teams/0/rate/amount wrong-type',
      '/teams/1/site unknown-site',
      '/workflows/0/colour unknown-field',
    ]);
  });

  it.each([null, undefined, 5, 'text', true, [], [{}]])(
    'point at the root where the whole is %j',
    (value) => {
      const faults = checkScenario(value).faults ?? [];
      expect(faults).toHaveLength(1);
      expect(faults[0].pointer).toBe('');
    },
  );

  it('say that a scenario needs a period', () => {
    expect(checkScenario({ ...fullScenario(), periods: [] }).faults?.[0]).toEqual({
      pointer: '/periods',
      code: 'too-small',
      message: 'Must be a list of at least 1 item.',
    });
  });

  it('name every field an empty object lacks', () => {
    expect(pointersAndCodes(checkScenario({}).faults ?? []).sort()).toEqual(
      ['currency', 'name', 'periods', 'sites', 'teams', 'workflows'].map(
        (field) => `/${field} missing-field`,
      ),
    );
  });
});

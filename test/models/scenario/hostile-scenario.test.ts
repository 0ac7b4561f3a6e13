import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../models/fault.ts';
import { checkScenario } from '../../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../../models/scenario/normalise-scenario.ts';
import { faultsOf } from '../solved-plan.ts';
import {
  expectHelpful,
  fullScenario,
  pointersAndCodes,
  pointersIn,
  replaceAt,
  valueAt,
  withValue,
} from './full-scenario.ts';

describe('words that mean something to JavaScript or to nobody', () => {
  const words = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

  it.each(words)('%s is an unknown field everywhere', (word) => {
    for (const place of [
      '',
      '/teams/0',
      '/teams/0/rate',
      '/workflows/0/backlog',
      '/rules',
      '/rules/budget/0',
    ]) {
      expect(pointersAndCodes(faultsOf(withValue(`${place}/${word}`, [{ amount: 5 }])))).toEqual([
        `${place}/${word} unknown-field`,
      ]);
    }
  });

  it('a key that cannot be printed is shown with question marks', () => {
    expect(faultsOf(withValue('/rules/a\ud800\n', 1))).toEqual([
      {
        pointer: '/rules/a\ud800\n',
        code: 'unknown-field',
        message: 'There is no field "a??" here. Remove it or correct its spelling.',
      },
    ]);
  });

  it.each(words)('%s is no id until it is defined', (word) => {
    expect(pointersAndCodes(faultsOf(withValue('/teams/1/site', word)))).toEqual([
      '/teams/1/site unknown-site',
    ]);
    expect(pointersAndCodes(faultsOf(withValue('/rules/vendorShare/0/vendor', word)))).toEqual([
      '/rules/vendorShare/0/vendor unknown-vendor',
    ]);
  });

  it.each(words)('%s is no rate basis', (word) => {
    expect(pointersAndCodes(faultsOf(withValue('/teams/0/rate/basis', word)))).toEqual([
      '/teams/0/rate/basis not-allowed-value',
    ]);
  });
});

describe('a body with far too many faults is answered in time with 100 of them', () => {
  const MANY = 300_000;
  const bodies: readonly [string, () => unknown][] = [
    [
      'placements that refer to nothing',
      () => Array.from({ length: MANY }, (_, i) => ({ workflow: `w${i}`, team: `k${i}` })),
    ],
    [
      'placements that say the same',
      () => Array.from({ length: MANY }, () => ({ workflow: 'chat', team: 'acme' })),
    ],
    ['placements that are no objects', () => Array<number>(MANY).fill(5)],
  ];

  it.each(bodies)('%s', (_, placements) => {
    expectQuickAnswer(withValue('/placements', placements()), 100);
  });

  it.each([
    [
      'unknown fields',
      () => Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`k${i}`, 1])),
      '/rules',
    ],
    [
      'budgets of no period',
      () => Array.from({ length: 20_000 }, () => ({ period: 'x', amount: -1, z: 1 })),
      '/rules/budget',
    ],
    ['sites of one id', () => Array.from({ length: 20_000 }, () => ({ id: 'x', operator: 'bpo' })), '/sites'],
  ])('%s', (_, value, pointer) => {
    expectQuickAnswer(withValue(pointer, value()), 100);
  });

  it('a list that is too long', () => {
    expectQuickAnswer(withValue('/teams/0/capacity', Array<number>(MANY).fill(5)), 1);
  });

  it('an id of ten million characters', () => {
    const faults = expectQuickAnswer(withValue('/teams/1/site', 'x'.repeat(1e7)), 2);
    expect(JSON.stringify(faults).length).toBeLessThan(1000);
  });

  function expectQuickAnswer(scenario: unknown, count: number): readonly Fault[] {
    const start = performance.now();
    const { faults = [] } = checkScenario(scenario);
    expect(performance.now() - start).toBeLessThan(4000);
    expect(faults).toHaveLength(count);
    return faults;
  }
});

describe('whatever stands in the place of any part of a scenario', () => {
  const pointers = pointersIn(fullScenario());
  const hostile = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue() },
    {
      weight: 2,
      arbitrary: fc.constantFrom<unknown>(
        ...[null, true, 0, -0, -1, 1, 0.5, 1e-7, 1e-6, 1e9, 1e308, -1e308, Number.MAX_SAFE_INTEGER],
        ...[
          '',
          'P1',
          'P2',
          'luzon',
          'acme',
          'appeals',
          '__proto__',
          'constructor',
          '\ud800',
          '\0',
          'x'.repeat(101),
        ],
        ...['used', 'capacity', 'contact', 'fte-period', 'in-house', 'bpo', '2027-02-30', '😀'.repeat(100)],
        ...[[], {}, [[]], [{}], [null], { id: 'P1' }, [{ id: 'P1' }], { __proto__: null, constructor: 1 }],
        JSON.parse('{"__proto__": 5}'),
      ),
    },
    // A part of the scenario itself, where it does not belong.
    { weight: 1, arbitrary: fc.constantFrom(...pointers).map((pointer) => valueAt(fullScenario(), pointer)) },
  );
  const replacements = fc.array(fc.tuple(fc.constantFrom(...pointers), hostile), {
    minLength: 1,
    maxLength: 3,
  });

  it('is accepted or gets faults with pointers, and never an exception', () => {
    fc.assert(
      fc.property(replacements, (parts) => {
        const scenario = parts.reduce<unknown>(
          (whole, [pointer, value]) => replaceAt(whole, pointer, value),
          fullScenario(),
        );
        const checked = checkScenario(scenario);
        const faults = checked.faults ?? normaliseScenario(checked.scenario).faults;
        if (checked.faults) expect(checked.faults.length).toBeGreaterThan(0);
        for (const { pointer, code, message } of faults ?? []) {
          expectPointerInto(scenario, pointer);
          expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
          expectHelpful(message);
          expect(message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 1500 },
    );
  });

  /** The pointer leads somewhere, or its last step names what is missing. */
  function expectPointerInto(scenario: unknown, pointer: string): void {
    const parent = valueAt(scenario, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
    expect(pointer === '' || (typeof parent === 'object' && parent !== null)).toBe(true);
  }
});

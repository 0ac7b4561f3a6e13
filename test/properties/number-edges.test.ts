import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Plan, planSchema } from '../../models/plan.ts';
import { solveFields } from '../../src/planning/answer-request.ts';
import { readBody } from '../../src/scenarios/read-body.ts';
import { valueAt } from '../models/scenario/full-scenario.ts';
import { fullBody } from '../src/http/full-body.ts';
import { placesIn } from '../src/http/hostile-bodies.ts';
import { type NumericField, numericFields } from '../src/http/numeric-fields.ts';
import { post, startService, type TestService } from '../src/http/test-service.ts';
import { caseCount } from './case-count.ts';

let service: TestService;
beforeAll(async () => {
  // A process is replaced after so many requests, which would only cost time here.
  service = await startService({ recycleAfterRequests: 1_000_000 });
});
afterAll(() => service.close());

/** In the short form a field takes every third literal, the next field the ones after these. */
const STRIDE = process.env.APPORTION_DRAWS === undefined ? 3 : 1;

/** Each field that takes a number, as `openapi.yaml` has it, with a place in a valid body where it stands. */
const fields = numericFields('SolveRequest').map((field, at) => ({
  ...field,
  pointer: placeOf(field),
  some: (literals: readonly string[]) => literals.filter((_, i) => (i + at) % STRIDE === 0),
}));

const NO_NUMBERS = ['NaN', '-NaN', 'nan', 'Infinity', '-Infinity', 'inf'];
const OUTSIDE_DOUBLES = ['1e999', '-1e999', '1E400', '1e-999', '5e-324', '-4e-320', '2e-308'];
const EDGES = [
  ...[
    '0',
    '-0',
    '-0.0',
    '0e5',
    '1',
    '1.0',
    '-1',
    '0.5',
    '0.30000000000000004',
    '1e-6',
    '9.999999999999999e-7',
  ],
  ...[
    '1e-10',
    '-1e-10',
    '2.2250738585072014e-308',
    '1e9',
    '1000000000.0000001',
    '1e10',
    '1e21',
    '1e308',
    '-1e308',
  ],
  ...['9007199254740991', '9007199254740993', '18446744073709551616', '1.7976931348623157e308', '5', '100'],
];

/** What can be wrong between numbers each of which is right. */
const BETWEEN_NUMBERS = [
  ...['out-of-range', 'number-range', 'no-class-size', 'too-many-class-sizes', 'more-than-heads'],
  ...['tiers-not-rising', 'bonuses-not-rising', 'volumes-too-near', 'floor-in-band', 'missing-forecast'],
];

/** Where a number as small as that changes nothing but itself, any size is accepted. */
const TAKES_ANY_SIZE = /\/(shrinkage|mipGap)$/;

describe.each(fields)('$pattern', (field) => {
  it('stands in the valid body', () => {
    expect(field.pointer).not.toBe('');
  });

  it('refuses there what is no number', async () => {
    const expected = field.some(NO_NUMBERS).map((literal) => `${literal}: ${field.pointer} invalid-json`);
    expect(await faultsOf(field, field.some(NO_NUMBERS))).toEqual(expected);
  });

  it('refuses there what no double can hold', async () => {
    const expected = field.some(OUTSIDE_DOUBLES).map((literal) => {
      const code = /e-/.test(literal) ? 'number-underflow' : 'number-overflow';
      return `${literal}: ${field.pointer} ${code}`;
    });
    expect(await faultsOf(field, field.some(OUTSIDE_DOUBLES))).toEqual(expected);
  });

  it('takes every other number as it is, or refuses it there', async () => {
    for (const literal of field.some(EDGES)) await expectNoSilence(field, literal);
  });
});

it('takes any number as it is, or refuses it where it stands', { timeout: 600_000 }, async () => {
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ noNaN: true, min: 0, max: 2e9 }),
    fc.double({ noNaN: true, min: 0, max: 2e-6 }),
    fc.maxSafeInteger(),
  );
  // A denormal literal is an underflow, and listed above.
  const normal = number.filter((value) => value === 0 || Math.abs(value) >= 2.3e-308);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...fields), normal, (field, value) =>
      expectNoSilence(field, Object.is(value, -0) ? '-0' : String(value)),
    ),
    { numRuns: caseCount(200, 4000), seed: 20_270_301 },
  );
});

/** The number is refused at its field; or it is what is read, and the answer is a plan or names the numbers in conflict. */
async function expectNoSilence(field: NumericField & { readonly pointer: string }, literal: string) {
  const body = bodyWith(field.pointer, literal);
  const { status, text } = await post(`${service.url}/v1/solve`, body);
  if (!isLegal(field, Number(literal))) {
    expect(status, literal).toBe(400);
    const faults = placesOf(text);
    expect([...new Set(faults.map(([pointer]) => pointer))]).toEqual([field.pointer]);
    return;
  }
  const read = readBody(Buffer.from(body), solveFields);
  if (read.faults) throw new Error(`${literal} is refused: ${JSON.stringify(read.faults)}`);
  expect(valueAt({ scenario: read.scenario, ...read.rest }, field.pointer)).toBe(Number(literal));
  if (status === 400) {
    const codes = placesOf(text).map(([, code]) => code);
    expect(BETWEEN_NUMBERS).toEqual(expect.arrayContaining(codes));
    return;
  }
  expect(status).toBe(200);
  const plan: Plan = planSchema.parse(JSON.parse(text));
  if (field.pattern !== '/options/timeLimitSeconds') expect(plan.status).not.toBe('failed');
}

function isLegal({ pattern, minimum, maximum, isWhole }: NumericField, value: number): boolean {
  if (value < minimum || value > maximum || (isWhole && !Number.isInteger(value))) return false;
  return value === 0 || Math.abs(value) >= 1e-6 || TAKES_ANY_SIZE.test(pattern);
}

/** What is wrong with each literal in the place of a field; all of them must be refused. */
async function faultsOf({ pointer }: { readonly pointer: string }, literals: readonly string[]) {
  const found: string[] = [];
  for (const literal of literals) {
    const { status, text } = await post(`${service.url}/v1/solve`, bodyWith(pointer, literal));
    expect(status, literal).toBe(400);
    found.push(...placesOf(text).map(([at, code]) => `${literal}: ${at} ${code}`));
  }
  return found;
}

function placesOf(problem: string): [string, string][] {
  const { errors } = JSON.parse(problem) as { errors: { pointer: string; code: string }[] };
  return errors.map(({ pointer, code }) => [pointer, code]);
}

/** The valid body as text with a literal in one place. */
function bodyWith(pointer: string, literal: string): string {
  const mark = '\u2603';
  const body = structuredClone(fullBody);
  const end = pointer.lastIndexOf('/');
  Reflect.set(valueAt(body, pointer.slice(0, end)) as object, pointer.slice(end + 1), mark);
  return JSON.stringify(body).replace(`"${mark}"`, literal);
}

/** Where a field stands in the valid body; empty where it does not, which is a failure. */
function placeOf({ pattern }: NumericField): string {
  const pointers = placesIn(fullBody).map(({ path }) => `/${path.join('/')}`);
  return pointers.find((pointer) => pointer.replaceAll(/\/\d+/g, '/-') === pattern) ?? '';
}

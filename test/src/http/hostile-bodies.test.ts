import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSchema } from '../../../models/plan.ts';
import { fullBody } from './full-body.ts';
import { hostileBodies, placesIn } from './hostile-bodies.ts';
import { childProcesses, post, startService, type TestService } from './test-service.ts';

interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
}

/** A refusal takes milliseconds; the limit leaves room for a machine that is busy with other things. */
const SLOW_MS = 1000;
const bodies = hostileBodies();

let service: TestService;
let processes: readonly number[];

beforeAll(async () => {
  // A process is replaced after so many requests; here a new one would mean that a body killed the old.
  service = await startService({ recycleAfterRequests: 1_000_000 });
  processes = childProcesses();
});

afterAll(() => service.close());

describe('400', () => {
  it('is the answer to every hostile body within a second, and every fault has a pointer, a code and a message', async () => {
    expect(bodies.length).toBeGreaterThan(500);
    const wrong: string[] = [];
    for (const { name, body, pointer } of bodies) {
      const send = () => post(`${service.url}/v1/solve`, body);
      const { status, type, text, milliseconds } = await send();
      const finding = wrongWith(status, type, text, pointer);
      if (finding !== undefined) wrong.push(`${name}: ${finding}`);
      // The second try is for a machine that was busy during the first.
      if (milliseconds > SLOW_MS && (await send()).milliseconds > SLOW_MS)
        wrong.push(`${name}: ${milliseconds} ms`);
    }
    expect(wrong).toEqual([]);
  });

  it('or 200 answers a valid body in which random places hold random JSON', async () => {
    const places = placesIn(fullBody);
    const change = fc.record({
      at: fc.nat(places.length - 1),
      value: fc.oneof(
        fc.jsonValue({ maxDepth: 3 }),
        fc.constantFrom(0, -0, 1, 1e-6, 1e9, 1e300, '', 'P1', 'orders', '__proto__', null, [], {}),
        fc.nat(places.length - 1).map((at) => places[at].value),
      ),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, async (drawn) => {
        const body = structuredClone(fullBody);
        // What is put in stands elsewhere in the valid body, which the next change must not reach.
        for (const { at, value } of drawn) put(body, places[at].path, structuredClone(value));
        const { status, type, text } = await post(`${service.url}/v1/solve`, body);
        if (status === 400) expect(wrongWith(status, type, text)).toBeUndefined();
        else {
          expect(status).toBe(200);
          const plan = planSchema.parse(JSON.parse(text));
          if (plan.status === 'failed') expect(plan.reason).not.toBe('engine');
        }
      }),
      { numRuns: 300, seed: 20_270_101 },
    );
  });

  it('costs no planning process, reports no mistake and leaves Object.prototype as it is', async () => {
    expect(childProcesses()).toEqual(processes);
    expect(service.mistakes).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(Reflect.has({}, 'polluted')).toBe(false);
    const { status, text } = await post(`${service.url}/v1/solve`, fullBody);
    expect([status, planSchema.parse(JSON.parse(text)).status]).toEqual([200, 'optimal']);
  });
});

function wrongWith(status: number, type: string | null, text: string, pointer?: string): string | undefined {
  if (status !== 400) return `status ${status} ${text.slice(0, 200)}`;
  if (!type?.startsWith('application/problem+json')) return `type ${type}`;
  if (text.length > 200_000) return `an answer of ${text.length} characters`;
  const problem = JSON.parse(text) as ProblemBody;
  if (problem.status !== 400 || problem.type !== '/problems/invalid-request')
    return `problem ${text.slice(0, 200)}`;
  const { errors } = problem;
  if (errors.length < 1 || errors.length > 100) return `${errors.length} errors`;
  const isWhole = errors.every(
    (error) =>
      /^(\/|$)/.test(error.pointer) &&
      /^[a-z0-9]+(-[a-z0-9]+)*$/.test(error.code) &&
      /^.{10,400}$/.test(error.message),
  );
  if (!isWhole) return `errors ${text.slice(0, 500)}`;
  if (pointer !== undefined && !errors.some((error) => error.pointer === pointer))
    return `no error at ${pointer} but ${errors.map((error) => error.pointer).join(' ')}`;
  return undefined;
}

function put(target: object, path: readonly (string | number)[], value: unknown): void {
  let at: unknown = target;
  for (const key of path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return;
    at = (at as Record<string, unknown>)[key];
  }
  if (typeof at === 'object' && at !== null) (at as Record<string, unknown>)[path.at(-1)!] = value;
}

import { describe, expect, it } from 'vitest';
import { solveFields } from '../../../src/planning/answer-request.ts';
import { inScenario, readBody } from '../../../src/scenarios/read-body.ts';
import { fullBody } from '../http/full-body.ts';
import { hostileBodies } from '../http/hostile-bodies.ts';

const read = (value: unknown) =>
  readBody(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), solveFields);
const placesOf = (value: unknown) => read(value).faults?.map(({ pointer, code }) => [pointer, code]);

describe('a body', () => {
  it('that is valid is exactly what was sent', () => {
    const body = read(fullBody);
    expect(body.faults).toBeUndefined();
    if (body.faults) return;
    expect(body.scenario).toEqual(fullBody.scenario);
    expect(body.rest).toEqual({ options: fullBody.options });
  });

  it('has the faults of its text, its form, its references and its other fields reported together', () => {
    const text = JSON.stringify({
      scenario: {
        ...fullBody.scenario,
        name: 7,
        teams: [{ ...fullBody.scenario.teams[0], site: 'nowhere', extra: true }, fullBody.scenario.teams[1]],
      },
      options: { threads: 4 },
      more: 0,
    });
    const places = placesOf(
      text.replace('"currency":"USD"', '"currency":"USD","currency":"EUR","__proto__":{}'),
    );
    expect(places).toEqual(
      expect.arrayContaining([
        ['/scenario/currency', 'duplicate-key'],
        ['/scenario/__proto__', 'unknown-field'],
        ['/more', 'unknown-field'],
        ['/options/threads', 'unknown-field'],
        ['/scenario/name', 'wrong-type'],
        ['/scenario/teams/0/extra', 'unknown-field'],
        ['/scenario/teams/0/site', 'unknown-site'],
      ]),
    );
    expect(places).toHaveLength(7);
  });

  it('has one fault for a number that no double can hold, also beside the scenario', () => {
    const text = JSON.stringify(fullBody);
    expect(placesOf(text.replace('"mipGap":0.000001', '"mipGap":-1e-999'))).toEqual([
      ['/options/mipGap', 'number-underflow'],
    ]);
  });

  it('that is no object, or has no scenario, is refused at that place', () => {
    expect(placesOf([])).toEqual([['', 'wrong-type']]);
    expect(placesOf(null)).toEqual([['', 'wrong-type']]);
    expect(placesOf({})).toEqual([['/scenario', 'missing-field']]);
    expect(placesOf({ scenario: null })).toEqual([['/scenario', 'wrong-type']]);
    expect(placesOf({ scenario: [] })).toEqual([['/scenario', 'wrong-type']]);
  });

  it('never changes Object.prototype, however hostile, and costs at most 100 faults', () => {
    const before = Reflect.ownKeys(Object.prototype);
    // All of them go through the service in a suite of their own.
    const bodies = hostileBodies().filter((_, i) => i % 3 === 0);
    for (const { name, body } of bodies) {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const { faults } = readBody(bytes, solveFields);
      expect([name, (faults?.length ?? 0) <= 100]).toEqual([name, true]);
      expect(Reflect.has({}, 'polluted')).toBe(false);
    }
    expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
  });
});

describe('faults found later', () => {
  it('point into the body that carries the scenario', () => {
    const fault = { pointer: '/teams/0', code: 'missing-fte', message: 'It is missing.' };
    expect(inScenario([fault])).toEqual([{ ...fault, pointer: '/scenario/teams/0' }]);
  });
});

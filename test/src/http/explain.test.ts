import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario, team } from '../../models/small-scenario.ts';
import { documentedSchema } from './documented-schema.ts';
import { fullScenario } from './full-body.ts';
import { startService, type TestService } from './test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

const send = (body: object) => request(service.url).post('/v1/explanations').send(body);

describe('200', () => {
  it('is an explanation as the document describes it', async () => {
    const answer = await send({ scenario: fullScenario, options: { timeLimitSeconds: 20 } });
    expect([answer.status, answer.type]).toEqual([200, 'application/json']);
    expect(documentedSchema('Explanation').safeParse(answer.body).error).toBeUndefined();
    expect(answer.body).toMatchObject({
      status: 'optimal',
      placements: [
        { cause: 'ineligible', team: 'austin-en', requirements: [{ rule: 'control' }] },
        { cause: 'ineligible', team: 'cebu-en' },
        { cause: 'ineligible', team: 'davao-en' },
        { cause: 'used', team: 'manila-en' },
        { cause: 'too-dear', team: 'manila-en' },
        { cause: 'used', team: 'manila-new' },
        { cause: 'used', team: 'manila-old' },
      ],
    });
  });

  it('is about what was asked for', async () => {
    const scenario = smallScenario({
      teams: [team('manila', 'luzon', 10, 100), team('day', 'luzon', 15, null)],
    });
    const answer = await send({ scenario, about: { teams: ['day'] } });
    expect(answer.body).toMatchObject({ placements: [{ team: 'day', cause: 'too-dear' }] });
  });

  it('is the status alone where there is no plan', async () => {
    const answer = await send({
      scenario: smallScenario({ teams: [team('manila', 'luzon', 10, 1)] }),
    });
    expect([answer.status, answer.body]).toEqual([200, { status: 'infeasible', currency: 'USD' }]);
  });

  it('is failed where the time ends before there is a plan', async () => {
    const answer = await send({ scenario: fullScenario, options: { timeLimitSeconds: 0.05 } });
    expect(['optimal', 'failed']).toContain((answer.body as { status: string }).status);
  });
});

describe('400', () => {
  it.each([
    [
      { scenario: smallScenario(), about: { workflows: ['appeals', 'ghost'] } },
      '/about/workflows/1',
      'unknown-workflow',
    ],
    [{ scenario: smallScenario(), about: { teams: ['ghost'] } }, '/about/teams/0', 'unknown-team'],
    [{ scenario: smallScenario(), about: { vendors: ['__proto__'] } }, '/about/vendors/0', 'unknown-vendor'],
    [{ scenario: smallScenario(), about: { teams: [] } }, '/about/teams', 'too-small'],
    [{ scenario: smallScenario(), about: { sites: ['luzon'] } }, '/about/sites', 'unknown-field'],
    [{ scenario: smallScenario(), options: { engine: 'highs' } }, '/options/engine', 'unknown-field'],
    [{ about: {} }, '/scenario', 'missing-field'],
    [
      { scenario: smallScenario({ teams: [team('manila', 'nowhere', 1, 1)] }) },
      '/scenario/teams/0/site',
      'unknown-site',
    ],
  ])('points at what is wrong (%#)', async (body, pointer, code) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    const { errors } = answer.body as { errors: { pointer: string; code: string }[] };
    expect(errors.map((error) => [error.pointer, error.code])).toContainEqual([pointer, code]);
  });

  it('tells also what only the planning finds', async () => {
    const { teams } = smallScenario();
    const unpayable = smallScenario({ teams: [{ ...teams[0], rate: { basis: 'paid-hour', amount: 1 } }] });
    expect((await send({ scenario: unpayable })).body).toMatchObject({
      errors: [{ pointer: '/scenario/teams/0/capacity/0', code: 'missing-fte' }],
    });
  });
});

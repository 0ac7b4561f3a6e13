import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODEL_FORMATS, modelText } from '../../../src/exports/model-text.ts';
import { smallScenario, team } from '../../models/small-scenario.ts';
import { planningData } from '../../models/solved-plan.ts';
import { documentedSchema } from './documented-schema.ts';
import { fullScenario } from './full-body.ts';
import { startService, type TestService } from './test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

const send = (body: object) => request(service.url).post('/v1/model').send(body);

describe('200', () => {
  it.each(MODEL_FORMATS)(
    'is the program in %s with its key, as the document describes it',
    async (format) => {
      const answer = await send({ scenario: fullScenario, format });
      expect(answer.status).toBe(200);
      expect(answer.type).toBe('application/json');
      expect(documentedSchema('ExportedModel').safeParse(answer.body).error).toBeUndefined();
      expect(answer.body).toEqual(JSON.parse(JSON.stringify(modelText(planningData(fullScenario), format))));
    },
  );
});

describe('400', () => {
  it.each([
    [{ scenario: smallScenario(), format: 'cplex' }, '/format', 'not-allowed-value'],
    [{ scenario: smallScenario(), format: 'lp', options: {} }, '/options', 'unknown-field'],
    [{ format: 'lp' }, '/scenario', 'missing-field'],
    [
      { scenario: smallScenario({ teams: [team('manila', 'nowhere', 1, 1)] }), format: 'lp' },
      '/scenario/teams/0/site',
      'unknown-site',
    ],
  ])('points at what is wrong (%#)', async (body, pointer, code) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    const { errors } = answer.body as { errors: { pointer: string; code: string }[] };
    expect(errors.map((error) => [error.pointer, error.code])).toContainEqual([pointer, code]);
  });

  it('points at a format that is missing', async () => {
    const answer = await send({ scenario: smallScenario() });
    expect(answer.body).toMatchObject({ status: 400, errors: [{ pointer: '/format' }] });
  });

  it('tells also what only the planning finds', async () => {
    const { teams } = smallScenario();
    const unpayable = smallScenario({ teams: [{ ...teams[0], rate: { basis: 'paid-hour', amount: 1 } }] });
    const answer = await send({ scenario: unpayable, format: 'lp' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      errors: [{ pointer: '/scenario/teams/0/capacity/0', code: 'missing-fte' }],
    });
  });
});

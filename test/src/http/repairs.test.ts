import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planSchema } from '../../../models/plan.ts';
import { smallScenario, team } from '../../models/small-scenario.ts';
import { documentedSchema } from './documented-schema.ts';
import { startService, type TestService } from './test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

const short = smallScenario({ teams: [team('manila', 'luzon', 10, 20)] });

async function ask(
  body: object,
  path = '/v1/repairs',
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await request(service.url).post(path).send(body);
  if (answer.status === 200) expect(documentedSchema('Plan').safeParse(answer.body).error).toBeUndefined();
  return answer;
}

it('tells the ways out of a scenario without a plan, and so does a solve', async () => {
  const { status, body } = await ask({ scenario: short });
  expect(status).toBe(200);
  const plan = planSchema.parse(body);
  expect(plan.status).toBe('infeasible');
  expect(plan.diagnosis?.repairs?.map(({ kinds, totalCost }) => [kinds, totalCost])).toEqual([
    [['more-team-hours'], 500],
    [['accepted-shortfall'], 200],
  ]);
  const solved = await ask({ scenario: short }, '/v1/solve');
  expect(solved.body).toEqual(body);
});

it('works out none for a solve that does not want any', async () => {
  const { body } = await ask({ scenario: short, options: { repairs: false } }, '/v1/solve');
  expect(planSchema.parse(body).diagnosis).toMatchObject({ irreducible: true });
  expect(planSchema.parse(body).diagnosis).not.toHaveProperty('repairs');
});

it('offers only the kinds that are asked for, and nothing that is to be kept', async () => {
  const keep = [{ family: 'team-capacity', subject: { team: 'manila', period: 'P1' } }];
  const kept = await ask({ scenario: short, kinds: ['more-team-hours', 'accepted-shortfall'], keep });
  expect(planSchema.parse(kept.body).diagnosis?.repairs?.map(({ kinds }) => kinds)).toEqual([
    ['accepted-shortfall'],
  ]);
});

it('answers with the plan where there is one', async () => {
  const { body } = await ask({ scenario: smallScenario() });
  const plan = planSchema.parse(body);
  expect(plan).toMatchObject({ status: 'optimal', totalCost: 500 });
  expect(plan.sensitivity).toBeUndefined();
});

it('refuses kinds, families and ids that there are none of, all at once', async () => {
  const { status, body } = await ask({
    scenario: short,
    kinds: ['more-team-hours', 'lower-tier'],
    keep: [{ family: 'security-tier', subject: {} }],
  });
  expect(status).toBe(400);
  const { errors } = body as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/kinds/1', '/keep/0/family']);
  const strangers = await ask({
    scenario: short,
    keep: [
      { family: 'team-capacity', subject: { team: 'manila' } },
      { family: 'team-capacity', subject: { team: '__proto__', period: 'P9' } },
    ],
  });
  expect(strangers.status).toBe(400);
  const found = strangers.body as { errors: { pointer: string; code: string }[] };
  expect(found.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
    ['/keep/1/subject/team', 'unknown-team'],
    ['/keep/1/subject/period', 'unknown-period'],
  ]);
});

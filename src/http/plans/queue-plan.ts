import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { NewPlan, PlanRecord, PlanRecords, Records, Tenant } from '../../store/store.ts';
import { goneOf } from '../gone.ts';
import { HttpProblem } from '../http-problem.ts';
import { doneOnce, sendKept } from '../idempotency.ts';
import { json, type Problems, reference } from '../operation.ts';
import { waitSecondsOf } from '../prefer.ts';
import { keptPlanOf } from '../records.ts';
import type { Services } from '../route.ts';
import { IDEMPOTENCY_KEY, LOCATION } from '../scenarios/operation-parts.ts';
import { tenantOf } from '../tenant.ts';
import { settledPlan } from './settled-plan.ts';

/** Pieces that every operation that queues a plan has. */

export const QUEUE_PARAMETERS = [
  IDEMPOTENCY_KEY,
  {
    name: 'Prefer',
    in: 'header',
    required: false,
    description: '`wait=N`: to wait up to so many seconds for the plan.',
    schema: { type: 'string' },
  },
];

export const QUEUE_ANSWERS = {
  '200': {
    description: 'The plan, where it was waited for and is there.',
    headers: LOCATION,
    content: json(reference('KeptPlan')),
  },
  '202': { description: 'It is queued.', headers: LOCATION, content: json(reference('KeptPlan')) },
};

export const QUEUE_PROBLEMS: Problems = {
  'key-reused': 'The idempotency key was used for another request.',
  'too-many-plans': 'Too many plans are queued.',
};

const DEFAULT_QUEUE_SECONDS = 24 * 60 * 60;

/** Finds what is to be planned, or a plan that is there already; may throw a problem. */
type Asked = (records: Records) => Promise<Omit<NewPlan, 'id' | 'expiresAt'> | PlanRecord>;

/**
 * Queues a plan once that is on the disk, wakes whoever works on plans, and answers: with where the plan is, or with the plan itself where it was
 * waited for and is there in time.
 */
export async function answerWithQueued(
  services: Services,
  request: Request,
  response: Response,
  {
    queueLimitSeconds = DEFAULT_QUEUE_SECONDS,
    asked,
  }: { queueLimitSeconds?: number | undefined; asked: Asked },
): Promise<void> {
  const tenant = tenantOf(request);
  const done = await doneOnce(services.store, request, async (records) => {
    const [wanted, full] = await Promise.all([asked(records), fullQueue(records.plans, tenant)]);
    const isThere = 'state' in wanted;
    if (!isThere && full) throw full;
    const expiresAt = Date.now() + queueLimitSeconds * 1000;
    const plan = isThere
      ? wanted
      : await records.plans.submit(tenant, { ...wanted, id: randomUUID(), expiresAt });
    return {
      status: isThere ? 200 : 202,
      headers: { Location: `/v1/plans/${plan.id}` },
      body: JSON.stringify(keptPlanOf(plan)),
    };
  });
  if (!done.isReplay) services.jobs.wake();
  const seconds = waitSecondsOf(request);
  const { id } = JSON.parse(done.answer.body) as { readonly id: string };
  const plan = seconds > 0 ? await settledPlan(services, tenant, id, seconds, goneOf(response)) : undefined;
  if (!plan) {
    sendKept(response, done);
    return;
  }
  if (done.isReplay) response.set('Idempotent-Replayed', 'true');
  response.set(done.answer.headers).set('Preference-Applied', `wait=${seconds}`).json(keptPlanOf(plan));
}

/** So many may be queued for one tenant, and for all together. */
const MOST_QUEUED = { ofTenant: 2000, inAll: 10_000 };

const RETRY_SECONDS = 10;

/** Why there is no room for another plan, where there is none. */
async function fullQueue(plans: PlanRecords, tenant: Tenant): Promise<HttpProblem | undefined> {
  const queued = await plans.queued();
  const inAll = [...queued.values()].reduce((sum, count) => sum + count, 0);
  const retry = { 'Retry-After': String(RETRY_SECONDS) };
  if (inAll >= MOST_QUEUED.inAll)
    return new HttpProblem('service-full', `${inAll} plans are queued. Try again later.`, {}, retry);
  if ((queued.get(tenant) ?? 0) >= MOST_QUEUED.ofTenant)
    return new HttpProblem(
      'too-many-plans',
      `${MOST_QUEUED.ofTenant} of your plans are queued. Wait for some of them, or cancel some.`,
      {},
      retry,
    );
  return undefined;
}

import { randomUUID } from 'node:crypto';
import { planRequestSchema } from '../../planning/plan-request.ts';
import type { PlanRecords, Tenant } from '../../store/store.ts';
import { HttpProblem } from '../http-problem.ts';
import { doneOnce, sendKept } from '../idempotency.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { waitSecondsOf } from '../prefer.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import { keptPlanOf } from '../records.ts';
import type { Route } from '../route.ts';
import { foundRevision, foundScenario } from '../scenarios/found-scenario.ts';
import {
  IDEMPOTENCY_KEY,
  KEEP_PROBLEMS,
  LOCATION,
  SCENARIO_ADDRESS_PROBLEMS,
  SCENARIO_ID,
} from '../scenarios/operation-parts.ts';
import { smallBodyOf } from '../small-body.ts';
import { tenantOf } from '../tenant.ts';
import { goneOf } from '../gone.ts';
import { settledPlan } from './settled-plan.ts';

/** A request has a few options and up to a hundred names. */
const MOST_BYTES = 256 * 1024;

const DEFAULT_QUEUE_SECONDS = 24 * 60 * 60;

/** `POST /v1/scenarios/{scenario}/plans`: asks for a plan, which is worked on until it is there. */
export const submitPlan: Route = {
  method: 'post',
  path: '/v1/scenarios/{scenario}/plans',
  operation: {
    operationId: 'submitPlan',
    summary: 'Ask for a plan of a kept scenario',
    description:
      'Queues the plan and answers 202 with its address once that is on the disk: from then on it is worked on, whatever becomes of the connection or the service. With `Prefer: wait=N` (at most 60 seconds) the answer is 200 with the plan, if it is there in time.',
    tags: ['plans'],
    parameters: [
      SCENARIO_ID,
      IDEMPOTENCY_KEY,
      {
        name: 'Prefer',
        in: 'header',
        required: false,
        description: '`wait=N`: to wait up to so many seconds for the plan.',
        schema: { type: 'string' },
      },
    ],
    requestBody: { required: true, content: json(reference('PlanRequest')) },
    responses: {
      '200': {
        description: 'The plan, where it was waited for and is there.',
        headers: LOCATION,
        content: json(reference('KeptPlan')),
      },
      '202': { description: 'It is queued.', headers: LOCATION, content: json(reference('KeptPlan')) },
      ...problemResponses({
        ...KEEP_PROBLEMS,
        ...SCENARIO_ADDRESS_PROBLEMS,
        'key-reused': 'The idempotency key was used for another request.',
        'too-many-plans': 'Too many plans are queued.',
      }),
    },
  },
  handlers: (services) => [
    ...readJsonBytes(MOST_BYTES),
    async (request, response) => {
      const tenant = tenantOf(request);
      const asked = smallBodyOf(request.body, planRequestSchema);
      const done = await doneOnce(services.store, request, async ({ scenarios, plans }) => {
        const [scenario] = await Promise.all([
          foundScenario(scenarios, tenant, pathWord(request, 'scenario')),
          requireRoom(plans, tenant),
        ]);
        const number = asked.revision ?? scenario.head;
        const { sha256, revision } = await foundRevision(scenarios, tenant, scenario.id, number);
        const plan = await plans.submit(tenant, {
          id: randomUUID(),
          scenario: scenario.id,
          revision,
          sha256,
          options: JSON.stringify(asked.options ?? {}),
          expiresAt: Date.now() + (asked.queueLimitSeconds ?? DEFAULT_QUEUE_SECONDS) * 1000,
        });
        return {
          status: 202,
          headers: { Location: `/v1/plans/${plan.id}` },
          body: JSON.stringify(keptPlanOf(plan)),
        };
      });
      if (!done.isReplay) services.jobs.wake();
      const seconds = waitSecondsOf(request);
      const { id } = JSON.parse(done.answer.body) as { readonly id: string };
      const plan =
        seconds > 0 ? await settledPlan(services, tenant, id, seconds, goneOf(response)) : undefined;
      if (!plan) {
        sendKept(response, done);
        return;
      }
      if (done.isReplay) response.set('Idempotent-Replayed', 'true');
      response.set(done.answer.headers).set('Preference-Applied', `wait=${seconds}`).json(keptPlanOf(plan));
    },
  ],
};

/** So many may be queued for one tenant, and for all together. */
const MOST_QUEUED = { ofTenant: 2000, inAll: 10_000 };

const RETRY_SECONDS = 10;

async function requireRoom(plans: PlanRecords, tenant: Tenant): Promise<void> {
  const queued = await plans.queued();
  const inAll = [...queued.values()].reduce((sum, count) => sum + count, 0);
  const retry = { 'Retry-After': String(RETRY_SECONDS) };
  if (inAll >= MOST_QUEUED.inAll)
    throw new HttpProblem('service-full', `${inAll} plans are queued. Try again later.`, {}, retry);
  if ((queued.get(tenant) ?? 0) >= MOST_QUEUED.ofTenant)
    throw new HttpProblem(
      'too-many-plans',
      `${MOST_QUEUED.ofTenant} of your plans are queued. Wait for some of them, or cancel some.`,
      {},
      retry,
    );
}

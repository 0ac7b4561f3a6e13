import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { keptPlanOf } from '../records.ts';
import type { Route } from '../route.ts';
import { STORE_PROBLEMS } from '../scenarios/operation-parts.ts';
import { tenantOf } from '../tenant.ts';
import { PLAN_ID } from './operation-parts.ts';

/** `POST /v1/plans/{plan}/cancel`: a plan that is not wanted any more. */
export const cancelPlan: Route = {
  method: 'post',
  path: '/v1/plans/{plan}/cancel',
  operation: {
    operationId: 'cancelPlan',
    summary: 'Cancel a plan',
    description:
      'Takes a queued plan out of the queue and stops a running one; it is never finished after that. A plan that has ended stays as it is, and the answer says how.',
    tags: ['plans'],
    parameters: [PLAN_ID],
    responses: {
      '200': { description: 'The plan as it is now.', content: json(reference('KeptPlan')) },
      ...problemResponses({ 'not-found': 'There is no such plan.', ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store, jobs }) => [
    async (request, response) => {
      const [tenant, id] = [tenantOf(request), pathWord(request, 'plan')];
      const record = await store.plans.cancel(tenant, id);
      if (!record) throw new HttpProblem('not-found', 'There is no such plan.');
      jobs.abandon(tenant, id);
      response.json(keptPlanOf(record));
    },
  ],
};

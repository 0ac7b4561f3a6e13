import { planRequestSchema } from '../../planning/plan-request.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { pathWord } from '../path-word.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { foundRevision, foundScenario } from '../scenarios/found-scenario.ts';
import { KEEP_PROBLEMS, SCENARIO_ADDRESS_PROBLEMS, SCENARIO_ID } from '../scenarios/operation-parts.ts';
import { smallBodyOf } from '../small-body.ts';
import { tenantOf } from '../tenant.ts';
import { answerWithQueued, QUEUE_ANSWERS, QUEUE_PARAMETERS, QUEUE_PROBLEMS } from './queue-plan.ts';
import { samePlan } from './same-plan.ts';

/** A request has a few options and up to a hundred names. */
const MOST_BYTES = 256 * 1024;

/** `POST /v1/scenarios/{scenario}/plans`: asks for a plan, which is worked on until it is there. */
export const submitPlan: Route = {
  method: 'post',
  path: '/v1/scenarios/{scenario}/plans',
  operation: {
    operationId: 'submitPlan',
    summary: 'Ask for a plan of a kept scenario',
    description:
      'Queues the plan and answers 202 with its address once that is on the disk: from then on it is worked on, whatever becomes of the connection or the service. With `Prefer: wait=N` (at most 60 seconds) the answer is 200 with the plan, if it is there in time; with `reuse` also with a plan that was there before.',
    tags: ['plans'],
    parameters: [SCENARIO_ID, ...QUEUE_PARAMETERS],
    requestBody: { required: true, content: json(reference('PlanRequest')) },
    responses: {
      ...QUEUE_ANSWERS,
      ...problemResponses({ ...KEEP_PROBLEMS, ...SCENARIO_ADDRESS_PROBLEMS, ...QUEUE_PROBLEMS }),
    },
  },
  handlers: (services) => [
    ...readJsonBytes(MOST_BYTES),
    async (request, response) => {
      const [tenant, id] = [tenantOf(request), pathWord(request, 'scenario')];
      const {
        revision: number,
        options = {},
        queueLimitSeconds,
        reuse = false,
      } = smallBodyOf(request.body, planRequestSchema);
      await answerWithQueued(services, request, response, {
        queueLimitSeconds,
        asked: async ({ scenarios, plans }) => {
          const scenario = await foundScenario(scenarios, tenant, id);
          const { sha256, revision } = await foundRevision(scenarios, tenant, id, number ?? scenario.head);
          const same = reuse ? await samePlan(plans, tenant, sha256, options) : undefined;
          return same ?? { scenario: id, revision, sha256, options: JSON.stringify(options) };
        },
      });
    },
  ],
};

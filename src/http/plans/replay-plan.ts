import { z } from 'zod';
import { planRequestSchema } from '../../planning/plan-request.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { readJsonBytes } from '../read-json-bytes.ts';
import type { Route } from '../route.ts';
import { KEEP_PROBLEMS } from '../scenarios/operation-parts.ts';
import { smallBodyOf } from '../small-body.ts';
import { foundPlan, requireFinished } from './found-plan.ts';
import { PLAN_ID } from './operation-parts.ts';
import { answerWithQueued, QUEUE_ANSWERS, QUEUE_PARAMETERS, QUEUE_PROBLEMS } from './queue-plan.ts';

const MOST_BYTES = 16 * 1024;

export const replayRequestSchema = z
  .strictObject({ queueLimitSeconds: planRequestSchema.shape.queueLimitSeconds })
  .meta({ id: 'ReplayRequest' });

/** `POST /v1/plans/{plan}/replay`: makes a finished plan again, to see whether the same comes of it. */
export const replayPlan: Route = {
  method: 'post',
  path: '/v1/plans/{plan}/replay',
  operation: {
    operationId: 'replayPlan',
    summary: 'Make a finished plan again, and compare',
    description:
      'Queues a plan of the same revision with the options that the finished plan was made with, by the engine as it is today. It is a plan of its own, with `replayOf`; once it is finished, `replay` says whether its answer is the same byte for byte, or what differs. For the rest as `POST /v1/scenarios/{scenario}/plans`; of a deleted scenario too. The body may be left out.',
    tags: ['plans'],
    parameters: [PLAN_ID, ...QUEUE_PARAMETERS],
    requestBody: { required: false, content: json(reference('ReplayRequest')) },
    responses: {
      ...QUEUE_ANSWERS,
      ...problemResponses({
        ...KEEP_PROBLEMS,
        ...QUEUE_PROBLEMS,
        'not-found': 'There is no such plan.',
        'not-finished': 'The plan is not finished, or ended without a result.',
      }),
    },
  },
  handlers: (services) => [
    ...readJsonBytes(MOST_BYTES),
    async (request, response) => {
      const body: unknown = request.body;
      const hasBody = Buffer.isBuffer(body) && body.length > 0;
      const { queueLimitSeconds } = hasBody ? smallBodyOf(body, replayRequestSchema) : {};
      await answerWithQueued(services, request, response, {
        queueLimitSeconds,
        asked: async ({ plans }) => {
          const original = await foundPlan(plans, request);
          requireFinished(original);
          const { id, scenario, revision, sha256, origin, options } = original;
          // As they were used: a default may have become another since.
          const used = origin?.options === undefined ? options : JSON.stringify(origin.options);
          return { scenario, revision, sha256, options: used, replayOf: id };
        },
      });
    },
  ],
};

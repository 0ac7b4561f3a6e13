import { MODEL_FORMATS } from '../../exports/model-text.ts';
import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { programTooLarge } from '../planning/export-model.ts';
import type { Route } from '../route.ts';
import { runParts } from '../run-planning.ts';
import { STORE_PROBLEMS } from '../scenarios/operation-parts.ts';
import { foundPlan } from './found-plan.ts';
import { PLAN_ID } from './operation-parts.ts';

/** `GET /v1/plans/{plan}/model`: the program that was solved, made again from the plan's revision. */
export const readModel: Route = {
  method: 'get',
  path: '/v1/plans/{plan}/model',
  operation: {
    operationId: 'readPlanModel',
    summary: 'Read the program of a plan, as POST /v1/model gives it',
    tags: ['plans'],
    parameters: [
      PLAN_ID,
      {
        name: 'format',
        in: 'query',
        required: false,
        description: 'Default `lp`.',
        schema: { type: 'string', enum: MODEL_FORMATS },
      },
    ],
    responses: {
      '200': { description: 'The program and its key.', content: json(reference('ExportedModel')) },
      ...problemResponses({
        'invalid-request': 'There is no such format.',
        'not-found': 'There is no such plan.',
        'body-too-large': 'The program is too large to be written out.',
        'service-full': 'Too many requests are waiting.',
        ...STORE_PROBLEMS,
      }),
    },
  },
  handlers: ({ store, editing }) => [
    async (request, response) => {
      const format = MODEL_FORMATS.find((each) => each === (request.query.format ?? MODEL_FORMATS[0]));
      if (!format)
        throw new HttpProblem('invalid-request', `A format is one of ${MODEL_FORMATS.join(', ')}.`);
      const { tenant, scenario, revision } = await foundPlan(store.plans, request);
      const content = await store.scenarios.content(tenant, scenario, revision);
      const parts = [Buffer.from(JSON.stringify({ format })), content!];
      await runParts(editing, { kind: 'model', parts }, response, { onFailure: programTooLarge });
    },
  ],
};

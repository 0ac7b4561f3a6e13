import { answerWithStatus } from '../answer-with-status.ts';
import { json, problemResponses, reference, SCENARIO_PROBLEMS } from '../operation.ts';
import type { Route } from '../route.ts';
import { solveExample } from '../solve-example.ts';

/** `POST /v1/explanations`: why each workflow is where it is and not elsewhere. */
export const explain: Route = {
  method: 'post',
  path: '/v1/explanations',
  operation: {
    operationId: 'explain',
    summary: 'Say why work is here and not there',
    description:
      'Solves the scenario and gives every workflow and team one cause a period: used, ineligible (which rule, and what would satisfy it), too dear, no room, held by a rule, or another plan of the same cost. Costs are taken apart by limit, and break-evens are confirmed by solving again, the nearest first, as far as the time goes (`timeLimitSeconds`, default 30). Nothing is stored or changed.',
    tags: ['planning'],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference('ExplainRequest'), example: solveExample } },
    },
    responses: {
      '200': {
        description: 'The reasons, or the status without a plan.',
        content: json(reference('Explanation')),
      },
      ...problemResponses(SCENARIO_PROBLEMS),
    },
  },
  handlers: answerWithStatus('explain'),
};

import { answerWithStatus } from '../answer-with-status.ts';
import { json, problemResponses, reference, SCENARIO_PROBLEMS } from '../operation.ts';
import type { Route } from '../route.ts';
import { solveExample } from '../solve-example.ts';

/** `POST /v1/solve`: a plan for the scenario in the body. */
export const solve: Route = {
  method: 'post',
  path: '/v1/solve',
  operation: {
    operationId: 'solve',
    summary: 'Solve a scenario',
    description:
      'Returns a certified plan with its sensitivity report on the same request. An infeasible scenario is an answer: status 200 with the conflict that proves it.',
    tags: ['planning'],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference('SolveRequest'), example: solveExample } },
    },
    responses: {
      '200': { description: 'The plan, or why there is none.', content: json(reference('Plan')) },
      ...problemResponses(SCENARIO_PROBLEMS),
    },
  },
  handlers: answerWithStatus('solve'),
};

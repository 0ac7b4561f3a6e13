import { answerWithStatus } from '../answer-with-status.ts';
import { json, problemResponses, reference, SCENARIO_PROBLEMS } from '../operation.ts';
import type { Route } from '../route.ts';

/** `POST /v1/repairs`: every way out of a scenario without a plan; the plan itself where there is one. */
export const repairs: Route = {
  method: 'post',
  path: '/v1/repairs',
  operation: {
    operationId: 'findRepairs',
    summary: 'Find repairs of a scenario without a plan',
    description:
      'Returns why there is no plan and every way out: of each kind of limit the least that has to change, and of that the cheapest, with the total cost of the plan that is possible then, solved and proven. Skills, security tiers, controls, countries, complexity and prohibitions are never touched. Where there is a plan, that is the answer.',
    tags: ['planning'],
    requestBody: { required: true, content: json(reference('RepairRequest')) },
    responses: {
      '200': {
        description: 'Why there is no plan, with repairs; or the plan.',
        content: json(reference('Plan')),
      },
      ...problemResponses(SCENARIO_PROBLEMS),
    },
  },
  handlers: answerWithStatus('repairs'),
};

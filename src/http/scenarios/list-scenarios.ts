import { json, problemResponses, reference } from '../operation.ts';
import { cursorOf, pageOf } from '../pages-of-lists.ts';
import { scenarioHeadOf } from '../records.ts';
import type { Route } from '../route.ts';
import { tenantOf } from '../tenant.ts';
import { PAGE, STORE_PROBLEMS } from './operation-parts.ts';

/** `GET /v1/scenarios`: what is kept, the newest change first. */
export const listScenarios: Route = {
  method: 'get',
  path: '/v1/scenarios',
  operation: {
    operationId: 'listScenarios',
    summary: 'List scenarios, the newest change first',
    tags: ['scenarios'],
    parameters: PAGE,
    responses: {
      '200': { description: 'A page of them.', content: json(reference('ScenarioPage')) },
      ...problemResponses({ ...STORE_PROBLEMS, 'invalid-request': 'The cursor or limit is not valid.' }),
    },
  },
  handlers: ({ store }) => [
    async (request, response) => {
      const { limit, after } = pageOf(request);
      const page = await store.scenarios.list(tenantOf(request), limit, after);
      response.json({
        items: page.items.map(scenarioHeadOf),
        ...(page.next && { next: cursorOf(page.next) }),
      });
    },
  ],
};

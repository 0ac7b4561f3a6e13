import { HttpProblem } from './http-problem.ts';
import { json, problemResponses, reference } from './operation.ts';
import type { Route } from './route.ts';

/** `GET /healthz` and `/livez`: 200 as soon as requests are served. */
export const health = liveRoute('/healthz', 'getHealth', 'Whether requests are served');
export const liveness = liveRoute('/livez', 'getLiveness', 'The same as /healthz');

/** `GET /readyz`: whether the next request would find a store and a planning process. */
export const readiness: Route = {
  method: 'get',
  path: '/readyz',
  operation: {
    operationId: 'getReadiness',
    summary: 'Whether plans can be made and kept now',
    description:
      'For whoever sends requests to one of several services: 503 where the store or the planning processes are out of order.',
    tags: ['service'],
    responses: {
      '200': { description: 'They can.', content: json(reference('Health')) },
      ...problemResponses({
        'method-not-allowed': 'Another method than GET.',
        'store-unavailable': 'The store is not available.',
        'service-full': 'No planning process starts.',
      }),
    },
  },
  handlers: ({ store, planning, editing }) => [
    async (_request, response) => {
      await store.check();
      const broken = [planning, editing].find((pool) => pool.processIds.length === 0);
      if (broken)
        throw new HttpProblem('service-full', 'No planning process is up.', {}, { 'Retry-After': '1' });
      response.json({ status: 'ok' });
    },
  ],
};

function liveRoute(path: string, operationId: string, summary: string): Route {
  return {
    method: 'get',
    path,
    operation: {
      operationId,
      summary,
      tags: ['service'],
      responses: {
        '200': { description: 'As the summary says.', content: json(reference('Health')) },
        ...problemResponses({ 'method-not-allowed': 'Another method than GET.' }),
      },
    },
    handlers: () => [
      (_request, response) => {
        response.json({ status: 'ok' });
      },
    ],
  };
}

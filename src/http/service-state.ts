import { json, problemResponses, reference } from './operation.ts';
import type { Route } from './route.ts';

/** `GET /healthz` and `/livez`: 200 as soon as requests are served. */
export const health = stateRoute('/healthz', 'getHealth', 'Whether requests are served');
export const liveness = stateRoute('/livez', 'getLiveness', 'The same as /healthz');

function stateRoute(path: string, operationId: string, summary: string): Route {
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

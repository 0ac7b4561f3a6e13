import { problemResponses } from './operation.ts';
import type { Route } from './route.ts';

/** `GET /metrics`: what the service counts and measures. */
export const readMetrics: Route = {
  method: 'get',
  path: '/metrics',
  operation: {
    operationId: 'getMetrics',
    summary: 'What the service counts and measures, for Prometheus',
    description: 'No ids, no names, nothing of a scenario. The README lists what there is.',
    tags: ['service'],
    responses: {
      '200': {
        description: 'The text exposition format.',
        content: { 'text/plain': { schema: { type: 'string' } } },
      },
      ...problemResponses({ 'method-not-allowed': 'Another method than GET.' }),
    },
  },
  handlers: ({ operations: { metrics } }) => [
    async (_request, response) => {
      const text = await metrics.text();
      response.set('Content-Type', metrics.contentType).end(text);
    },
  ],
};

import { problemResponses } from '../operation.ts';
import { keptPlanOf } from '../records.ts';
import type { Route } from '../route.ts';
import { STORE_PROBLEMS } from '../scenarios/operation-parts.ts';
import { goneOf } from '../gone.ts';
import { foundPlan, isFinal } from './found-plan.ts';
import { PLAN_ID } from './operation-parts.ts';

/** Proxies cut a connection on which nothing is said. */
const SILENCE_MS = 15_000;

/** `GET /v1/plans/{plan}/events`: what becomes of a plan, as it happens. */
export const planEvents: Route = {
  method: 'get',
  path: '/v1/plans/{plan}/events',
  operation: {
    operationId: 'followPlan',
    summary: 'Follow a plan',
    description:
      'Server-sent events: one named `plan` at once and with every change, its data a KeptPlan as JSON; the last one has the final state, and ends the stream. A comment every 15 seconds keeps the connection.',
    tags: ['plans'],
    parameters: [PLAN_ID],
    responses: {
      '200': {
        description: 'The events.',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
      ...problemResponses({ 'not-found': 'There is no such plan.', ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store, jobs }) => [
    async (request, response) => {
      const { tenant, id } = await foundPlan(store.plans, request);
      const gone = goneOf(response);
      response.type('text/event-stream').flushHeaders();
      let last = '';
      for (;;) {
        // Listened for before it is looked, so that no change falls between.
        const changed = jobs.changed(tenant, id, SILENCE_MS, gone);
        const record = await foundPlan(store.plans, request);
        const data = JSON.stringify(keptPlanOf(record, jobs.progress(tenant, id)));
        response.write(data === last ? ': still there\n\n' : `event: plan\ndata: ${data}\n\n`);
        last = data;
        if (isFinal(record)) break;
        await changed;
        if (gone.aborted) return;
      }
      response.end();
    },
  ],
};

import { json, problemResponses, reference } from '../operation.ts';
import { cursorOf, pageOf } from '../pages-of-lists.ts';
import { pathWord } from '../path-word.ts';
import { keptPlanOf } from '../records.ts';
import type { Route } from '../route.ts';
import { everKept } from '../scenarios/found-scenario.ts';
import { PAGE, SCENARIO_ID, STORE_PROBLEMS } from '../scenarios/operation-parts.ts';
import { tenantOf } from '../tenant.ts';
import { foundPlan } from './found-plan.ts';
import { PLAN_ID } from './operation-parts.ts';

/** `GET /v1/plans/{plan}`: what has become of a plan. */
export const readPlan: Route = {
  method: 'get',
  path: '/v1/plans/{plan}',
  operation: {
    operationId: 'readPlan',
    summary: 'Read what has become of a plan',
    description:
      'Its state and, while it runs, its progress; once it is finished, its costs and certificate, and the addresses of its parts.',
    tags: ['plans'],
    parameters: [PLAN_ID],
    responses: {
      '200': { description: 'The plan.', content: json(reference('KeptPlan')) },
      ...problemResponses({ 'not-found': 'There is no such plan.', ...STORE_PROBLEMS }),
    },
  },
  handlers: ({ store, jobs }) => [
    async (request, response) => {
      const record = await foundPlan(store.plans, request);
      response.json(keptPlanOf(record, jobs.progress(record.tenant, record.id)));
    },
  ],
};

/** `GET /v1/scenarios/{scenario}/plans`: the plans of a scenario, the newest first. */
export const listPlans: Route = {
  method: 'get',
  path: '/v1/scenarios/{scenario}/plans',
  operation: {
    operationId: 'listPlans',
    summary: 'List the plans of a scenario, the newest first',
    description: 'Those of a deleted scenario too.',
    tags: ['plans'],
    parameters: [SCENARIO_ID, ...PAGE],
    responses: {
      '200': { description: 'A page of them.', content: json(reference('PlanPage')) },
      ...problemResponses({
        'invalid-request': 'The cursor or limit is not valid.',
        'not-found': 'There is no such scenario.',
        ...STORE_PROBLEMS,
      }),
    },
  },
  handlers: ({ store, jobs }) => [
    async (request, response) => {
      const [tenant, scenario] = [tenantOf(request), pathWord(request, 'scenario')];
      const { limit, after } = pageOf(request);
      const page = await store.plans.list(tenant, scenario, limit, after);
      if (page.items.length === 0) await everKept(store.scenarios, tenant, scenario);
      response.json({
        items: page.items.map((record) => keptPlanOf(record, jobs.progress(tenant, record.id))),
        ...(page.next && { next: cursorOf(page.next) }),
      });
    },
  ],
};

import type { Request, Response } from 'express';
import { COMPARED_FIELDS, type ComparisonParts } from '../../planning/comparison-reply.ts';
import type { PlanRecord, Records, Tenant } from '../../store/store.ts';
import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import { sendProblem } from '../problem-details.ts';
import type { Route } from '../route.ts';
import { runParts } from '../run-planning.ts';
import { STORE_PROBLEMS } from '../scenarios/operation-parts.ts';
import { tenantOf } from '../tenant.ts';
import { requireFinished } from './found-plan.ts';

const MOST_PLANS = 10;

/** `GET /v1/comparisons?plans=a,b`: finished plans beside each other. */
export const comparePlans: Route = {
  method: 'get',
  path: '/v1/comparisons',
  operation: {
    operationId: 'comparePlans',
    summary: 'Compare finished plans: costs, sites, prices, and what moved where',
    description:
      'What each plan comes to, and what every other one has different from the first: costs by term, hours of vendors and sites, the prices that changed most, and from where to where the hours of each workflow moved. Plans of different scenarios may be compared; ids match as they do within a scenario.',
    tags: ['plans'],
    parameters: [
      {
        name: 'plans',
        in: 'query',
        required: true,
        description:
          'The ids of 2 to 10 finished plans with a cost; the first is what the others are compared with.',
        style: 'form',
        explode: false,
        schema: {
          type: 'array',
          minItems: 2,
          maxItems: MOST_PLANS,
          uniqueItems: true,
          items: { type: 'string' },
        },
      },
    ],
    responses: {
      '200': { description: 'The comparison.', content: json(reference('Comparison')) },
      ...problemResponses({
        'invalid-request': 'The plans are fewer than 2, more than 10, or one of them is named twice.',
        'not-found': 'There is no such plan.',
        'not-finished': 'A plan is not finished, or ended without a result.',
        'not-comparable':
          'A plan has no cost, or the plans have different currencies, or were made by different engines, or by different versions of one: those are replayed first.',
        'service-full': 'Too much is waiting.',
        ...STORE_PROBLEMS,
      }),
    },
  },
  handlers: ({ store, editing }) => [
    async (request, response) => {
      const records = await plansAsked(store, request);
      const { parts, options } = await partsOf(store, tenantOf(request), records);
      await runParts(editing, { kind: 'comparison', parts, options }, response, {
        onFailure: sayBrokenOff,
        onNothing: (lost, { detail }) => {
          sendProblem(lost, 'not-comparable', detail);
        },
      });
    },
  ],
};

/** The plans that are named; throws a problem where they are too few or many, not there or not finished. */
async function plansAsked({ plans }: Records, request: Request): Promise<PlanRecord[]> {
  const { plans: word } = request.query;
  const ids = typeof word === 'string' ? word.split(',') : [];
  if (ids.length < 2 || ids.length > MOST_PLANS || new Set(ids).size < ids.length)
    throw new HttpProblem(
      'invalid-request',
      `Name 2 to ${MOST_PLANS} plans, each once: ?plans=first,second.`,
    );
  const records: PlanRecord[] = [];
  for (const id of ids) {
    const record = await plans.find(tenantOf(request), id);
    if (!record) throw new HttpProblem('not-found', `There is no plan ${JSON.stringify(id.slice(0, 100))}.`);
    requireFinished(record);
    records.push(record);
  }
  return records;
}

/** Plans as they are kept and their scenarios, each once, with what says which part is what. */
async function partsOf(
  { plans, scenarios }: Records,
  tenant: Tenant,
  records: readonly PlanRecord[],
): Promise<{ readonly parts: Buffer[]; readonly options: ComparisonParts }> {
  const parts: Buffer[] = [];
  const partOf = (content: Buffer) => parts.push(content) - 1;
  const known = new Map<string, number>();
  const options: ComparisonParts = { plans: [] };
  for (const { id, scenario: scenarioId, revision, sha256, summary } of records) {
    const scenario = known.get(sha256) ?? partOf((await scenarios.content(tenant, scenarioId, revision))!);
    known.set(sha256, scenario);
    const fields = await plans.fields(tenant, id, COMPARED_FIELDS);
    options.plans.push({
      id,
      scenarioId,
      revision,
      scenario,
      summary: partOf(Buffer.from(summary!)),
      fields: Object.fromEntries([...fields].map(([field, content]) => [field, partOf(content)])),
    });
  }
  return { parts, options };
}

function sayBrokenOff(response: Response): void {
  sendProblem(response, 'internal-error', 'Comparing the plans broke off. Try again later.');
}

import type { Request, Response } from 'express';
import type { PlanTable } from '../../exports/plan-tables.ts';
import { LARGE_FIELDS } from '../../planning/plan-fields.ts';
import { HttpProblem } from '../http-problem.ts';
import { json, problemResponses, reference } from '../operation.ts';
import type { Route, Services } from '../route.ts';
import { STORE_PROBLEMS } from '../scenarios/operation-parts.ts';
import { foundPlan, requireFinished } from './found-plan.ts';
import { PLAN_ID } from './operation-parts.ts';
import {
  CSV,
  sendTable,
  TABLE_PROBLEMS,
  tableAsked,
  tableParameter,
  TABLES_DESCRIPTION,
  VARY,
} from './part-tables.ts';

/** `GET /v1/plans/{plan}/answer`: the whole plan as `POST /v1/solve` gives it. */
export const readAnswer = partRoute({
  part: 'answer',
  operationId: 'readPlanAnswer',
  summary: 'Read a whole plan, as POST /v1/solve gives it',
  schema: 'Plan',
  fields: LARGE_FIELDS,
  hasSummary: true,
});

/** `GET /v1/plans/{plan}/allocation`: who does what. */
export const readAllocation = partRoute({
  part: 'allocation',
  operationId: 'readPlanAllocation',
  summary: 'Read where a plan places the work: allocation, shortfall, backlog, sites, people and bills',
  schema: 'PlanAllocation',
  fields: ['allocation', 'shortfall', 'backlog', 'sites', 'people', 'classes', 'contracts'],
  tables: ['allocation', 'shortfall', 'backlog', 'sites', 'people', 'second-skills', 'classes', 'contracts'],
});

/** `GET /v1/plans/{plan}/sensitivity`: the prices. */
export const readSensitivity = partRoute({
  part: 'sensitivity',
  operationId: 'readPlanSensitivity',
  summary: 'Read the prices of a plan',
  schema: 'PlanSensitivity',
  fields: ['sensitivity'],
  tables: ['constraints', 'placements'],
});

/** `GET /v1/plans/{plan}/certificate`: the proof. */
export const readCertificate = partRoute({
  part: 'certificate',
  operationId: 'readPlanCertificate',
  summary: 'Read the certificate of a plan, with the prices that prove it',
  schema: 'PlanCertificate',
  fields: ['certificate'],
});

interface Part {
  readonly part: string;
  readonly operationId: string;
  readonly summary: string;
  /** The id of its schema. */
  readonly schema: string;
  readonly fields: readonly (typeof LARGE_FIELDS)[number][];
  /** Whether the small fields are in it. */
  readonly hasSummary?: boolean;
  /** The tables of it that there are as CSV, the default first. */
  readonly tables?: readonly PlanTable[];
}

function partRoute({ part, operationId, summary, schema, fields, hasSummary = false, tables }: Part): Route {
  return {
    method: 'get',
    path: `/v1/plans/{plan}/${part}`,
    operation: {
      operationId,
      summary,
      ...(tables && { description: TABLES_DESCRIPTION }),
      tags: ['plans'],
      parameters: [PLAN_ID, ...(tables ? [tableParameter(tables)] : [])],
      responses: {
        '200': {
          description: 'As the summary says.',
          ...(tables && { headers: VARY }),
          content: { ...json(reference(schema)), ...(tables && CSV) },
        },
        ...problemResponses({
          ...(tables && TABLE_PROBLEMS),
          'not-found': 'There is no such plan, or it has no such part.',
          'not-finished': 'The plan is not finished, or ended without a result.',
          ...STORE_PROBLEMS,
        }),
      },
    },
    handlers: ({ store, editing }: Services) => [
      async (request: Request, response: Response) => {
        const table = tables && tableAsked(request, response, tables);
        const record = await foundPlan(store.plans, request);
        requireFinished(record);
        if (table) {
          await sendTable({ store, editing }, record, table, response);
          return;
        }
        const found = await store.plans.fields(record.tenant, record.id, fields);
        if (found.size === 0 && !hasSummary) throw new HttpProblem('not-found', 'The plan has no such part.');
        sendFields(response, hasSummary ? record.summary! : '{}', found);
      },
    ],
  };
}

/** Writes fields that are JSON already behind those of an object that is. */
function sendFields(response: Response, object: string, fields: ReadonlyMap<string, Buffer>): void {
  response.type('application/json');
  const members = object.slice(0, -1);
  let start = members === '{' ? members : `${members},`;
  for (const [field, content] of fields) {
    response.write(`${start}${JSON.stringify(field)}:`);
    response.write(content);
    start = ',';
  }
  response.end(fields.size === 0 ? object : '}');
}

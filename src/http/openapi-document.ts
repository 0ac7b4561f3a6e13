import { z } from 'zod';
import { comparisonSchema } from '../../models/comparison.ts';
import { billsSchema } from '../../models/contracts/bill.ts';
import { explanationSchema } from '../../models/explanation.ts';
import { SECOND_SKILL_KINDS } from '../../models/people/cross-training.ts';
import { PEOPLE_KINDS } from '../../models/people/headcount.ts';
import { planSchema } from '../../models/plan.ts';
import { scenarioSchema } from '../../models/scenario/schema.ts';
import { modelFields, solveFields } from '../planning/answer-request.ts';
import { explainFields } from '../planning/explain-options.ts';
import { invoiceRequestSchema } from '../planning/invoice-reply.ts';
import { keepFields } from '../planning/keep-scenario.ts';
import { revisionDifferencesSchema } from '../planning/differences-reply.ts';
import { planRequestSchema } from '../planning/plan-request.ts';
import { repairFields } from '../planning/repair-request.ts';
import { sensitivityTableFields } from '../planning/sensitivity-table-reply.ts';
import { backupRequestSchema, backupSchema } from './create-backup.ts';
import { json, problemResponses } from './operation.ts';
import { replayRequestSchema } from './plans/replay-plan.ts';
import { copyRequestSchema } from './scenarios/copy-scenario.ts';
import { labelRequestSchema } from './scenarios/label-revision.ts';
import { productVersion } from '../product-version.ts';
import {
  keptScenarioSchema,
  planPageSchema,
  revisionListSchema,
  revisionSchema,
  scenarioPageSchema,
} from './records.ts';
import { routes } from './routes.ts';
import { tableChangeSchema } from './scenarios/table-change-schema.ts';

/**
 * The API's description, made from the schemas that validate: `openapi.yaml` is this, written to a file, and
 * `GET /v1/openapi.json` serves it.
 */

const solveRequest = z
  .strictObject({ scenario: scenarioSchema, ...solveFields.shape })
  .meta({ id: 'SolveRequest' });

const explainRequest = z
  .strictObject({ scenario: scenarioSchema, ...explainFields.shape })
  .meta({ id: 'ExplainRequest' });

const repairRequest = z
  .strictObject({ scenario: scenarioSchema, ...repairFields.shape })
  .meta({ id: 'RepairRequest' });

const modelRequest = z
  .strictObject({ scenario: scenarioSchema, ...modelFields.shape })
  .meta({ id: 'ModelRequest' });

const sensitivityTableRequest = z
  .strictObject({ scenario: scenarioSchema, ...sensitivityTableFields.shape })
  .meta({ id: 'SensitivityTableRequest' });

const exportedModel = z
  .strictObject({
    program: z.string().meta({ description: 'The program as text, with opaque names.' }),
    key: z.strictObject({
      columns: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum([
            'placement',
            'shortfall',
            'backlog',
            'hours-placed',
            ...PEOPLE_KINDS,
            ...SECOND_SKILL_KINDS,
            'site-open',
            'workflow-at-site',
            'workflow-at-site-in-period',
            'class',
            'class-digit',
            'billed',
            'bracket',
            'quality',
            'payroll',
          ]),
          workflow: z.string().optional(),
          team: z.string().optional(),
          skill: z.string().optional(),
          site: z.string().optional(),
          vendor: z.string().optional(),
          period: z.string().optional(),
        }),
      ),
      rows: z.array(
        z.strictObject({ name: z.string(), family: z.string(), subject: z.record(z.string(), z.string()) }),
      ),
    }),
  })
  .meta({ id: 'ExportedModel' });

const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(
        z.strictObject({
          pointer: z
            .string()
            .optional()
            .meta({ description: 'A JSON pointer into the body, or into the scenario as it would be.' }),
          line: z
            .int()
            .min(1)
            .optional()
            .meta({ description: 'Of a CSV file: the physical line, counted from 1.' }),
          column: z
            .string()
            .optional()
            .meta({ description: 'Of a CSV file: the column’s name, where the fault is in one column.' }),
          code: z.string(),
          message: z.string(),
        }),
      )
      .max(100)
      .optional()
      .meta({ description: 'All faults at once, at most 100, each with its place: `pointer` or `line`.' }),
    planStatus: planSchema.shape.status
      .optional()
      .meta({ description: 'With status 422: the status that `POST /v1/solve` gives the plan.' }),
    reason: planSchema.shape.reason.meta({
      description: 'With status 422: the reason that `POST /v1/solve` gives, where it gives one.',
    }),
    revision: z.int().optional().meta({ description: 'With status 412: the newest revision.' }),
    changes: z
      .array(revisionSchema)
      .optional()
      .meta({ description: 'With status 412: the revisions since the one that was seen, at most 20.' }),
    requestId: z.string().optional().meta({
      description:
        'With status 5xx: the name of the request in the log of the service, also in the header X-Request-Id.',
    }),
  })
  .meta({ id: 'Problem', description: 'Why a request got no answer (RFC 9457).' });

const keepRequest = z
  .strictObject({ scenario: scenarioSchema, ...keepFields.shape })
  .meta({ id: 'KeepRequest' });

const planAllocation = z
  .strictObject({
    allocation: planSchema.shape.allocation,
    shortfall: planSchema.shape.shortfall,
    backlog: planSchema.shape.backlog,
    sites: planSchema.shape.sites,
    people: planSchema.shape.people,
    classes: planSchema.shape.classes,
    contracts: planSchema.shape.contracts,
  })
  .meta({ id: 'PlanAllocation' });

const planSensitivity = z
  .strictObject({ sensitivity: planSchema.shape.sensitivity })
  .meta({ id: 'PlanSensitivity' });

const planCertificate = z
  .strictObject({ certificate: planSchema.shape.certificate })
  .meta({ id: 'PlanCertificate' });

const health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

/** Where the service says what is written here. */
export const OPENAPI_PATH = '/v1/openapi.json';

export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Apportion',
      version: productVersion(),
      description:
        'Decides where customer-support work lives: certified allocation plans with sensitivity reports. All money is in the currency of the scenario, all times are hours unless the name says otherwise, shares are 0 to 1.',
    },
    servers: [{ url: '/', description: 'This service' }],
    security: [],
    tags: [
      { name: 'planning', description: 'Plans and programs.' },
      { name: 'scenarios', description: 'Scenarios that are kept, with every revision.' },
      { name: 'plans', description: 'Plans of kept scenarios: asked for, worked on, kept.' },
      { name: 'service', description: 'The service itself.' },
    ],
    paths: paths(),
    components: { schemas: componentSchemas() },
  };
}

function paths(): Record<string, Record<string, object>> {
  const all: Record<string, Record<string, object>> = {};
  for (const { method, path, operation } of routes) all[path] = { ...all[path], [method]: operation };
  return {
    ...all,
    [OPENAPI_PATH]: {
      get: {
        operationId: 'getOpenApi',
        summary: 'This document',
        tags: ['service'],
        responses: {
          '200': { description: 'As the summary says.', content: json({ type: 'object' }) },
          ...problemResponses({ 'method-not-allowed': 'Another method than GET.' }),
        },
      },
    },
  };
}

/** Every schema with an id, as JSON Schema; they refer to each other by name. */
function componentSchemas(): Record<string, object> {
  const schemas = [
    solveRequest,
    explainRequest,
    repairRequest,
    modelRequest,
    sensitivityTableRequest,
    exportedModel,
    planSchema,
    explanationSchema,
    keepRequest,
    keptScenarioSchema,
    scenarioPageSchema,
    tableChangeSchema,
    revisionListSchema,
    copyRequestSchema,
    invoiceRequestSchema,
    billsSchema,
    labelRequestSchema,
    revisionDifferencesSchema,
    planRequestSchema,
    replayRequestSchema,
    planPageSchema,
    planAllocation,
    planSensitivity,
    planCertificate,
    comparisonSchema,
    backupRequestSchema,
    backupSchema,
    problem,
    health,
  ];
  const { $defs } = z.toJSONSchema(z.union(schemas), { io: 'input' }) as { $defs: Record<string, object> };
  const text = JSON.stringify($defs).replaceAll('"#/$defs/', '"#/components/schemas/');
  const definitions = JSON.parse(text) as Record<string, Record<string, unknown>>;
  const named = Object.entries(definitions).map(([name, { id: _id, ...schema }]) => [name, schema] as const);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries<object>(named);
}

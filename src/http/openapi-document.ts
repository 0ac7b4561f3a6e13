import { z } from 'zod';
import { explanationSchema } from '../../models/explanation.ts';
import { planSchema } from '../../models/plan.ts';
import { scenarioSchema } from '../../models/scenario/schema.ts';
import { modelFields, solveFields } from '../planning/answer-request.ts';
import { explainFields } from '../planning/explain-options.ts';
import { repairFields } from '../planning/repair-request.ts';
import { sensitivityTableFields } from '../planning/sensitivity-table-reply.ts';
import { solveExample } from './solve-example.ts';
import { productVersion } from '../product-version.ts';

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
            'site-open',
            'workflow-at-site',
            'workflow-at-site-in-period',
            'payroll',
          ]),
          workflow: z.string().optional(),
          team: z.string().optional(),
          site: z.string().optional(),
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
      .array(z.strictObject({ pointer: z.string(), code: z.string(), message: z.string() }))
      .max(100)
      .optional()
      .meta({ description: 'All faults at once, at most 100, each with a JSON pointer into the body.' }),
    planStatus: planSchema.shape.status
      .optional()
      .meta({ description: 'With status 422: the status that `POST /v1/solve` gives the plan.' }),
    reason: planSchema.shape.reason.meta({
      description: 'With status 422: the reason that `POST /v1/solve` gives, where it gives one.',
    }),
  })
  .meta({ id: 'Problem', description: 'Why a request got no answer (RFC 9457).' });

const health = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

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
      { name: 'service', description: 'The service itself.' },
    ],
    paths: {
      '/v1/solve': { post: postSolve() },
      '/v1/explanations': { post: postExplanations() },
      '/v1/repairs': { post: postRepairs() },
      '/v1/model': { post: postModel() },
      '/v1/sensitivity-table': { post: postSensitivityTable() },
      '/v1/openapi.json': {
        get: getOperation('getOpenApi', 'This document', 'service', { type: 'object' }),
      },
      '/healthz': {
        get: getOperation('getHealth', 'Whether requests are served', 'service', reference('Health')),
      },
      '/livez': { get: getOperation('getLiveness', 'The same as /healthz', 'service', reference('Health')) },
    },
    components: { schemas: componentSchemas() },
  };
}

function postSolve(): object {
  return {
    operationId: 'solve',
    summary: 'Solve a scenario',
    description:
      'Returns a certified plan with its sensitivity report on the same request. An infeasible scenario is an answer: status 200 with the conflict that proves it.',
    tags: ['planning'],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference('SolveRequest'), example: solveExample } },
    },
    responses: {
      '200': { description: 'The plan, or why there is none.', content: json(reference('Plan')) },
      ...problemResponses(),
    },
  };
}

function postExplanations(): object {
  return {
    operationId: 'explain',
    summary: 'Say why work is here and not there',
    description:
      'Solves the scenario and gives every workflow and team one cause a period: used, ineligible (which rule, and what would satisfy it), too dear, no room, held by a rule, or another plan of the same cost. Costs are taken apart by limit, and break-evens are confirmed by solving again, the nearest first, as far as the time goes (`timeLimitSeconds`, default 30). Nothing is stored or changed.',
    tags: ['planning'],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference('ExplainRequest'), example: solveExample } },
    },
    responses: {
      '200': {
        description: 'The reasons, or the status without a plan.',
        content: json(reference('Explanation')),
      },
      ...problemResponses(),
    },
  };
}

function postRepairs(): object {
  return {
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
      ...problemResponses(),
    },
  };
}

function postModel(): object {
  return {
    operationId: 'exportModel',
    summary: 'Export the program of a scenario',
    description:
      'Returns the program in LP or MPS format, or as the JSON model of javascript-lp-solver, with opaque names, and the key to them.',
    tags: ['planning'],
    requestBody: { required: true, content: json(reference('ModelRequest')) },
    responses: {
      '200': { description: 'The program and its key.', content: json(reference('ExportedModel')) },
      ...problemResponses(),
    },
  };
}

function postSensitivityTable(): object {
  return {
    operationId: 'sensitivityTable',
    summary: "The sensitivity report as a CSV table with Excel Solver's columns",
    description:
      "Solves the scenario and returns one table of its classic sensitivity report with the columns, the order and the signs of Excel's Solver: a shadow price is the change of total cost for one unit more of the right-hand side. `Cell` is the name that the column or row has in the program of `POST /v1/model`. Money and hours are not rounded, and no text in it is run by a spreadsheet. A share has the right-hand side 0: the hours by which it may be passed. With yes/no choices in the plan every name says `[choices-fixed]`: the prices hold with today's choices.",
    tags: ['planning'],
    requestBody: { required: true, content: json(reference('SensitivityTableRequest')) },
    responses: {
      '200': {
        description:
          'The table: a header, CRLF line ends, UTF-8 with a byte order mark where it is not ASCII.',
        content: { 'text/csv': { schema: { type: 'string' } } },
      },
      ...problemResponses(),
      '422': {
        description:
          'The scenario is valid and has no table, because `POST /v1/solve` answers with anything but an optimal plan with prices: `planStatus` and `reason` say what.',
        content: problemContent(),
      },
    },
  };
}

function getOperation(operationId: string, summary: string, tag: string, schema: object): object {
  return {
    operationId,
    summary,
    tags: [tag],
    responses: {
      '200': { description: 'As the summary says.', content: json(schema) },
      '405': { description: 'Another method than GET.', content: problemContent() },
    },
  };
}

function problemResponses(): object {
  const described = {
    '400': 'The body is not valid; every fault is listed with its place and remedy.',
    '413': 'The body is too large.',
    '415': 'The body is not application/json in UTF-8.',
    '500': 'The service made a mistake.',
  };
  const responses: Record<string, object> = {};
  for (const [status, description] of Object.entries(described)) {
    responses[status] = { description, content: problemContent() };
  }
  const full = {
    description: 'Too many plans are waiting.',
    headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
    content: problemContent(),
  };
  return { ...responses, '503': full };
}

function json(schema: object): object {
  return { 'application/json': { schema } };
}

function problemContent(): object {
  return { 'application/problem+json': { schema: reference('Problem') } };
}

function reference(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
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

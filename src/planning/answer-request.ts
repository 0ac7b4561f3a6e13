import { z } from 'zod';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { MODEL_FORMATS, modelText } from '../exports/model-text.ts';
import type { HandlerReply, ReceivedRequest, RequestContext } from '../processes/serve-requests.ts';
import { replyWithComparison } from './comparison-reply.ts';
import { replyWithDifferences } from './differences-reply.ts';
import { explainFields } from './explain-options.ts';
import { replyToExplain } from './explain-reply.ts';
import type { Engines, Handling } from './handling.ts';
import { replyWithInvoices } from './invoice-reply.ts';
import { replyToKeep, replyToPatch } from './keep-scenario.ts';
import { planInPieces } from './plan-fields.ts';
import { replyWithPlanTable } from './plan-table-reply.ts';
import { replyToExportTable, replyToImportTable } from './scenario-tables.ts';
import { mayGiveWay, repairFields, unknownIds } from './repair-request.ts';
import { faultReply, jsonAnswer } from './replies.ts';
import { sensitivityTableFields, sensitivityTableReply } from './sensitivity-table-reply.ts';
import { type Sent, sentInBody, sentInFiles, type SentWith } from './sent-scenario.ts';
import { solveOptionsSchema, withDefaults } from './solve-options.ts';
import { replyToSolve } from './solve-within.ts';

/** The fields of `POST /v1/solve` beside the scenario. */
export const solveFields = z.strictObject({ options: solveOptionsSchema.optional() });

/** The fields of `POST /v1/model` beside the scenario. */
export const modelFields = z.strictObject({
  format: z.enum(MODEL_FORMATS).meta({
    description:
      'The format of the program: `lp` and `mps` for most solvers, `javascript-lp-solver` for the JSON model of that library.',
  }),
});

/** What a planning process can be asked for, in a body or with files; each takes bytes and gives bytes. */
const KINDS = {
  'keep-scenario': ({ parts }: ReceivedRequest): HandlerReply => replyToKeep(parts[0]),
  'patch-scenario': ({ parts }: ReceivedRequest): HandlerReply => replyToPatch(parts[0], parts[1]),
  differences: replyWithDifferences,
  comparison: replyWithComparison,
  'plan-table': replyWithPlanTable,
  'import-table': replyToImportTable,
  'export-table': replyToExportTable,
  plan: handler(sentInBody, solveFields, replyWithPieces),
  solve: handler(sentInBody, solveFields, replyWithPlan),
  explain: handler(sentInBody, explainFields, replyToExplain),
  repairs: handler(sentInBody, repairFields, replyWithRepairs),
  model: handler(sentInBody, modelFields, replyWithModel),
  invoices: replyWithInvoices,
  'sensitivity-table': handler(sentInBody, sensitivityTableFields, replyWithTable),
  'solve-files': handler(sentInFiles, solveFields, replyWithPlan),
  'explain-files': handler(sentInFiles, explainFields, replyToExplain),
  'repairs-files': handler(sentInFiles, repairFields, replyWithRepairs),
  'sensitivity-table-files': handler(sentInFiles, sensitivityTableFields, replyWithTable),
};

export type RequestKind = keyof typeof KINDS;

/** The whole way of one request inside a planning process. */
export function answerRequest(
  request: ReceivedRequest,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const began = performance.now();
  context.progress('read');
  return KINDS[request.kind as RequestKind](request, { began, context, engines });
}

/** Reads what was sent, and replies to it or with all that is wrong with it. */
function handler<Fields>(
  read: (request: ReceivedRequest, schema: z.ZodType<Fields>) => Sent<Fields>,
  schema: z.ZodType<Fields>,
  reply: (sent: SentWith<Fields>, handling: Handling) => HandlerReply,
) {
  return (request: ReceivedRequest, handling: Handling): HandlerReply => {
    const sent = read(request, schema);
    return sent.faults ? faultReply(sent.faults) : reply(sent, handling);
  };
}

function replyWithPlan(sent: SentWith<z.infer<typeof solveFields>>, handling: Handling): HandlerReply {
  return replyToSolve({ ...sent, options: sent.fields.options }, handling, ({ plan }) => jsonAnswer(plan));
}

/** The same plan, for whoever keeps it. */
function replyWithPieces(sent: SentWith<z.infer<typeof solveFields>>, handling: Handling): HandlerReply {
  const { options } = sent.fields;
  const engine = handling.engines[withDefaults(options).engine];
  return replyToSolve({ ...sent, options }, handling, ({ plan }) => planInPieces(plan, engine));
}

/** The plan of a scenario without its prices, or why there is none and every way out that is allowed. */
function replyWithRepairs(sent: SentWith<z.infer<typeof repairFields>>, handling: Handling): HandlerReply {
  const { scenario, fields } = sent;
  const strangers = unknownIds(scenario, fields.keep);
  if (strangers.length > 0) return faultReply(sent.placeFieldFaults(strangers));
  const options = { ...fields.options, sensitivity: 'none' } as const;
  const task = { ...sent, options, repairsMay: mayGiveWay(fields) };
  return replyToSolve(task, handling, ({ plan }) => jsonAnswer(plan));
}

function replyWithTable(
  sent: SentWith<z.infer<typeof sensitivityTableFields>>,
  handling: Handling,
): HandlerReply {
  const options = { ...sent.fields.options, repairs: false };
  return replyToSolve({ ...sent, options }, handling, (solved) => sensitivityTableReply(solved, sent.fields));
}

function replyWithModel(
  { scenario, fields, placeFaults }: SentWith<z.infer<typeof modelFields>>,
  { context }: Handling,
): HandlerReply {
  context.progress('formulate');
  const { data, faults } = normaliseScenario(scenario);
  return faults ? faultReply(placeFaults(faults)) : jsonAnswer(modelText(data, fields.format));
}

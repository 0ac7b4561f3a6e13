import { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { MODEL_FORMATS, modelText } from '../exports/model-text.ts';
import type { HandlerReply, ReceivedRequest, RequestContext } from '../processes/serve-requests.ts';
import { inScenario, readBody } from '../scenarios/read-body.ts';
import { readScenarioFiles, type SoundFiles } from '../scenarios/scenario-files.ts';
import { explainFields } from './explain-options.ts';
import { replyToExplain } from './explain-reply.ts';
import { mayGiveWay, repairFields, unknownIds } from './repair-request.ts';
import { type FaultReply, faultReply, jsonAnswer } from './replies.ts';
import { sensitivityTableFields, sensitivityTableReply } from './sensitivity-table-reply.ts';
import { type OptionFault, solveOptionsSchema } from './solve-options.ts';
import { type Engines, replyToSolve } from './solve-within.ts';

/** What a planning process can be asked for; each takes bytes and gives bytes. */
export type RequestKind =
  | 'solve'
  | 'explain'
  | 'repairs'
  | 'model'
  | 'sensitivity-table'
  | 'solve-files'
  | 'explain-files'
  | 'sensitivity-table-files';

/** The fields of `POST /v1/solve` beside the scenario. */
export const solveFields = z.strictObject({ options: solveOptionsSchema.optional() });

/** The fields of `POST /v1/model` beside the scenario. */
export const modelFields = z.strictObject({
  format: z.enum(MODEL_FORMATS).meta({
    description:
      'The format of the program: `lp` and `mps` for most solvers, `javascript-lp-solver` for the JSON model of that library.',
  }),
});

/** The whole way of one request inside a planning process. */
export function answerRequest(
  request: ReceivedRequest,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const began = performance.now();
  context.progress('read');
  switch (request.kind as RequestKind) {
    case 'solve':
      return answerSolve(request, began, context, engines);
    case 'explain':
      return answerExplain(request, began, context, engines);
    case 'repairs':
      return answerRepairs(request, began, context, engines);
    case 'model':
      return answerModel(request, context);
    case 'sensitivity-table':
      return answerSensitivityTable(request, began, context, engines);
    case 'solve-files':
      return answerSolveFiles(request, began, context, engines);
    case 'explain-files':
      return answerExplainFiles(request, began, context, engines);
    case 'sensitivity-table-files':
      return answerSensitivityTableFiles(request, began, context, engines);
  }
}

function answerSolve(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const body = readBody(request.parts[0], solveFields);
  if (body.faults) return faultReply(body.faults);
  const task = { scenario: body.scenario, options: body.rest.options, began, placeFaults: inBody };
  return replyToSolve(task, context, engines, ({ plan }) => jsonAnswer(plan));
}

function answerExplain(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const body = readBody(request.parts[0], explainFields);
  if (body.faults) return faultReply(body.faults);
  const { scenario, rest: fields } = body;
  const placeAboutFaults = (faults: readonly Fault[]) =>
    faults.map((fault) => ({ ...fault, pointer: `/about${fault.pointer}` }));
  return replyToExplain({ scenario, fields, began, placeFaults: inBody, placeAboutFaults }, context, engines);
}

/** The plan of a scenario without its prices, or why there is none and every way out that is allowed. */
function answerRepairs(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const body = readBody(request.parts[0], repairFields);
  if (body.faults) return faultReply(body.faults);
  const { scenario, rest } = body;
  const strangers = unknownIds(scenario, rest.keep);
  if (strangers.length > 0) return faultReply(strangers);
  const options = { ...rest.options, sensitivity: 'none' } as const;
  const task = { scenario, options, began, placeFaults: inBody, repairsMay: mayGiveWay(rest) };
  return replyToSolve(task, context, engines, ({ plan }) => jsonAnswer(plan));
}

function answerSensitivityTable(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const body = readBody(request.parts[0], sensitivityTableFields);
  if (body.faults) return faultReply(body.faults);
  const options = { ...body.rest.options, repairs: false };
  const task = { scenario: body.scenario, options, began, placeFaults: inBody };
  return replyToSolve(task, context, engines, (solved) => sensitivityTableReply(solved, body.rest));
}

function inBody(faults: readonly (Fault | OptionFault)[]): Fault[] {
  return faults.flatMap((fault) =>
    'pointer' in fault
      ? inScenario([fault])
      : [{ pointer: `/options/${fault.option}`, code: fault.code, message: fault.message }],
  );
}

function answerModel(request: ReceivedRequest, context: RequestContext): HandlerReply {
  const body = readBody(request.parts[0], modelFields);
  if (body.faults) return faultReply(body.faults);
  context.progress('formulate');
  const { data, faults } = normaliseScenario(body.scenario);
  if (faults) return faultReply(inScenario(faults));
  return jsonAnswer(modelText(data, body.rest.format));
}

/** A scenario file with the CSV files that replace its tables; `options` says which parts there are. */
function answerSolveFiles(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const files = readScenarioFiles(request.parts, request.options);
  if (files.faults) return faultReply(files.faults);
  const options = solveOptionsSchema.parse(request.options.solve ?? {});
  const asked = 'repairs' in request.options && repairFields.parse(request.options.repairs);
  const placed = { scenario: files.scenario, options, began, placeFaults: inFiles(files) };
  const task = asked ? { ...placed, repairsMay: mayGiveWay(asked) } : placed;
  return replyToSolve(task, context, engines, ({ plan }) => jsonAnswer(plan));
}

/** As `answerSolveFiles`; it is asked about one id at most of each kind, as the words of a command line do. */
function answerExplainFiles(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const { explain, ...tables } = request.options;
  const fields = explainFields.parse(explain);
  const files = readScenarioFiles(request.parts, tables);
  if (files.faults) return faultReply(files.faults);
  const placeAboutFaults = (faults: readonly Fault[]) => faults.map(optionFaultOf);
  return replyToExplain(
    { scenario: files.scenario, fields, began, placeFaults: inFiles(files), placeAboutFaults },
    context,
    engines,
  );
}

const OPTION_OF_FIELD = { workflows: 'workflow', teams: 'team', vendors: 'vendor' } as const;

function optionFaultOf({ pointer, code, message }: Fault): OptionFault {
  // What is wrong with all of it stands at the first.
  const [, field = 'workflows'] = pointer.split('/') as [string, (keyof typeof OPTION_OF_FIELD)?];
  return { option: OPTION_OF_FIELD[field], code, message };
}

function answerSensitivityTableFiles(
  request: ReceivedRequest,
  began: number,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const { solve, table, infinity, ...tables } = request.options;
  const fields = sensitivityTableFields.parse({ options: solve, table, infinity });
  const files = readScenarioFiles(request.parts, tables);
  if (files.faults) return faultReply(files.faults);
  const options = { ...fields.options, repairs: false };
  const task = { scenario: files.scenario, options, began, placeFaults: inFiles(files) };
  return replyToSolve(task, context, engines, (solved) => sensitivityTableReply(solved, fields));
}

function inFiles(files: SoundFiles): (faults: readonly (Fault | OptionFault)[]) => FaultReply['faults'] {
  return (faults) =>
    faults.flatMap((fault): FaultReply['faults'] => ('pointer' in fault ? files.locate([fault]) : [fault]));
}

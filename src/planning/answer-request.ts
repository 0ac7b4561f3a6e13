import { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';

import type { Scenario } from '../../models/scenario/schema.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Engine } from '../engines/engine.ts';
import { MODEL_FORMATS, modelText } from '../exports/model-text.ts';
import type { HandlerReply, ReceivedRequest, RequestContext } from '../processes/serve-requests.ts';
import type { CsvFault } from '../scenarios/csv-faults.ts';
import { inScenario, readBody } from '../scenarios/read-body.ts';
import { readScenarioFiles } from '../scenarios/scenario-files.ts';
import {
  ENGINE_NAMES,
  type EngineName,
  type OptionFault,
  solveOptionsSchema,
  withDefaults,
} from './solve-options.ts';
import type { SolveOutcome } from './solve-scenario.ts';
import { mayGiveWay, repairFields, unknownIds } from './repair-request.ts';
import { solveAndExplain } from './solve-and-explain.ts';

/** What a planning process can be asked for; each takes bytes and gives bytes. */
export type RequestKind = 'solve' | 'repairs' | 'model' | 'solve-files';

/** The fields of `POST /v1/solve` beside the scenario. */
export const solveFields = z.strictObject({ options: solveOptionsSchema.optional() });

/** The fields of `POST /v1/model` beside the scenario. */
export const modelFields = z.strictObject({
  format: z.enum(MODEL_FORMATS).meta({
    description:
      'The format of the program: `lp` and `mps` for most solvers, `javascript-lp-solver` for the JSON model of that library.',
  }),
});

/** What is wrong with what was sent, and how much of it there is in all. */
export interface FaultReply {
  readonly faults: readonly (Fault | CsvFault | OptionFault)[];
}

/** The engines of a planning process. */
export type Engines = Readonly<Record<EngineName, Engine>>;

/** The whole way of one request inside a planning process. */
export function answerRequest(
  request: ReceivedRequest,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  switch (request.kind as RequestKind) {
    case 'solve':
      return answerSolve(request, context, engines);
    case 'repairs':
      return answerRepairs(request, context, engines);
    case 'model':
      return answerModel(request, context);
    case 'solve-files':
      return answerSolveFiles(request, context, engines);
  }
}

function answerSolve(request: ReceivedRequest, context: RequestContext, engines: Engines): HandlerReply {
  const began = performance.now();
  context.progress('read');
  const body = readBody(request.parts[0], solveFields);
  if (body.faults) return faultReply(body.faults);
  const { faults, plan } = solveWithin(body.scenario, body.rest.options, began, context, engines);
  if (faults) return faultReply(faults.flatMap(inBody));
  context.progress('write');
  return answer(plan);
}

/** The plan of a scenario without its prices, or why there is none and every way out that is allowed. */
function answerRepairs(request: ReceivedRequest, context: RequestContext, engines: Engines): HandlerReply {
  const began = performance.now();
  context.progress('read');
  const body = readBody(request.parts[0], repairFields);
  if (body.faults) return faultReply(body.faults);
  const { scenario, rest } = body;
  const strangers = unknownIds(scenario, rest.keep);
  if (strangers.length > 0) return faultReply(strangers);
  const options = { ...rest.options, sensitivity: 'none' } as const;
  const may = mayGiveWay(rest);
  const { faults, plan } = solveWithin(scenario, options, began, context, engines, may);
  if (faults) return faultReply(faults.flatMap(inBody));
  context.progress('write');
  return answer(plan);
}

function inBody(fault: Fault | OptionFault): Fault[] {
  if ('pointer' in fault) return inScenario([fault]);
  return [{ pointer: `/options/${fault.option}`, code: fault.code, message: fault.message }];
}

function answerModel(request: ReceivedRequest, context: RequestContext): HandlerReply {
  context.progress('read');
  const body = readBody(request.parts[0], modelFields);
  if (body.faults) return faultReply(body.faults);
  context.progress('formulate');
  const { data, faults } = normaliseScenario(body.scenario);
  if (faults) return faultReply(inScenario(faults));
  return answer(modelText(data, body.rest.format));
}

/** A scenario file with the CSV files that replace its tables; `options` says which parts there are. */
function answerSolveFiles(request: ReceivedRequest, context: RequestContext, engines: Engines): HandlerReply {
  const began = performance.now();
  context.progress('read');
  const files = readScenarioFiles(request.parts, request.options);
  if (files.faults) return faultReply(files.faults);
  const options = solveOptionsSchema.parse(request.options.solve ?? {});
  const may = request.options.repairs && mayGiveWay(repairFields.parse(request.options.repairs));
  const { faults, plan } = solveWithin(files.scenario, options, began, context, engines, may || undefined);
  if (faults) {
    const located = faults.flatMap((fault): FaultReply['faults'] =>
      'pointer' in fault ? files.locate([fault]) : [fault],
    );
    return faultReply(located);
  }
  context.progress('write');
  return answer(plan);
}

/** Solves in what is left of the time limit, and asks to be killed once it is over. */
function solveWithin(
  scenario: Scenario,
  sentOptions: z.infer<typeof solveOptionsSchema> | undefined,
  began: number,
  context: RequestContext,
  engines: Engines,
  may?: MayGiveWay,
): SolveOutcome {
  const options = withDefaults(sentOptions);
  context.deadline(options.timeLimitSeconds);
  const left = options.timeLimitSeconds - (performance.now() - began) / 1000;
  const timed = { ...options, timeLimitSeconds: Math.max(0.01, left) };
  const other = ENGINE_NAMES.find((name) => name !== options.engine)!;
  return solveAndExplain(
    scenario,
    timed,
    engines[options.engine],
    (stage) => {
      context.progress(stage);
    },
    options.crossCheck ? engines[other] : undefined,
    may,
  );
}

function answer(value: unknown): HandlerReply {
  return { header: { outcome: 'answer' }, body: [Buffer.from(JSON.stringify(value))] };
}

function faultReply(faults: FaultReply['faults']): HandlerReply {
  return {
    header: { outcome: 'faults' },
    body: [Buffer.from(JSON.stringify({ faults } satisfies FaultReply))],
  };
}

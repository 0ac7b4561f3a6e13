import type { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { ReceivedRequest } from '../processes/serve-requests.ts';
import { besideScenario } from '../scenarios/beside-scenario.ts';
import { inScenario, readBody } from '../scenarios/read-body.ts';
import { readScenarioFiles } from '../scenarios/scenario-files.ts';
import type { FaultReply } from './replies.ts';
import type { OptionFault } from './solve-options.ts';

/** A sound scenario, and where what is found to be wrong later stands in what was sent. */
export interface SentScenario {
  readonly scenario: Scenario;
  /** Places faults of the scenario and of its options. */
  readonly placeFaults: (faults: readonly (Fault | OptionFault)[]) => FaultReply['faults'];
  /** Places faults of the other fields; their pointers are from the root of the fields. */
  readonly placeFieldFaults: (faults: readonly Fault[]) => FaultReply['faults'];
}

/** A scenario with the fields that were sent beside it. */
export interface SentWith<Fields> extends SentScenario {
  readonly fields: Fields;
  readonly faults?: undefined;
}

/** What was sent, or everything that is wrong with it. */
export type Sent<Fields> = SentWith<Fields> | FaultReply;

/** A JSON body `{ "scenario": …, … }`, or its other fields and then a scenario as it is kept; faults point into the body. */
export function sentInBody<Fields>({ parts }: ReceivedRequest, schema: z.ZodType<Fields>): Sent<Fields> {
  const [first, content] = parts as [Buffer, Buffer?];
  const body = readBody(content ? besideScenario(first.toString(), content) : first, schema);
  if (body.faults) return body;
  const { scenario, rest: fields } = body;
  return { scenario, fields, placeFaults: inBody, placeFieldFaults: (faults) => faults };
}

function inBody(faults: readonly (Fault | OptionFault)[]): Fault[] {
  return faults.flatMap((fault) =>
    'pointer' in fault
      ? inScenario([fault])
      : [{ pointer: `/options/${fault.option}`, code: fault.code, message: fault.message }],
  );
}

/**
 * A scenario file with the CSV files that replace its tables; `options` says which parts there are, and has the fields that a body
 * has beside its scenario. Faults point into the scenario file, name a place in a CSV file, or an option of the command line.
 *
 * Throws where the fields are not valid: the command line has checked them.
 */
export function sentInFiles<Fields>(
  { parts, options }: ReceivedRequest,
  schema: z.ZodType<Fields>,
): Sent<Fields> {
  const { capacity, demand, ...rest } = options;
  const fields = schema.parse(rest);
  const files = readScenarioFiles(parts, { capacity, demand });
  if (files.faults) return files;
  return {
    scenario: files.scenario,
    fields,
    placeFaults: (faults) =>
      faults.flatMap((fault): FaultReply['faults'] => ('pointer' in fault ? files.locate([fault]) : [fault])),
    placeFieldFaults: (faults) => faults.map(optionFaultOf),
  };
}

const OPTION_OF_FIELD = { workflows: 'workflow', teams: 'team', vendors: 'vendor' } as const;

/** The words of a command line ask about one id at most of each kind, and no other field of theirs can have faults. */
function optionFaultOf({ pointer, code, message }: Fault): OptionFault {
  // What is wrong with all of it stands at the first.
  const [, , field = 'workflows'] = pointer.split('/') as [string, string, (keyof typeof OPTION_OF_FIELD)?];
  return { option: OPTION_OF_FIELD[field], code, message };
}

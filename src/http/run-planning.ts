import type { Response } from 'express';
import { MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import type { RequestKind } from '../planning/answer-request.ts';
import type { FaultReply, Nothing } from '../planning/replies.ts';
import type { FailureReason, PlanningOutcome, PlanningRequest } from '../processes/messages.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { goneOf } from './gone.ts';
import { HttpProblem } from './http-problem.ts';
import { type PlacedFault, sendProblem } from './problem-details.ts';

/** How a route answers with what a planning process says. */
export interface Answering {
  /** The media type of its answers; JSON unless said otherwise. */
  readonly type?: string;
  /** The name of its answers as a file, where they are to be saved as one. */
  readonly fileName?: string;
  /** Answers a request that a planning process was lost over. */
  readonly onFailure: (response: Response, reason: FailureReason) => void;
  /** Says why there is nothing to answer with; a scenario without a plan that has prices unless said otherwise. */
  readonly onNothing?: (response: Response, why: Nothing) => void;
}

/** Hands a body to a planning process and its answer to the client; a client that goes away cancels the work. */
export async function runPlanning(
  pool: PlanningPool,
  kind: RequestKind,
  body: unknown,
  response: Response,
  answering: Answering,
): Promise<void> {
  // Without a body the reader leaves no buffer behind.
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  await runParts(pool, { kind, parts: [bytes] }, response, answering);
}

/** Hands anything to a planning process and its answer to the client; a client that goes away cancels the work. */
export async function runParts(
  pool: PlanningPool,
  asked: PlanningRequest & { readonly kind: RequestKind },
  response: Response,
  answering: Answering,
): Promise<void> {
  const gone = goneOf(response);
  const outcome = await pool.run(asked, { signal: gone });
  if (!gone.aborted) send(response, outcome, answering);
}

function send(response: Response, outcome: PlanningOutcome, answering: Answering): void {
  switch (outcome.kind) {
    case 'reply':
      sendReply(response, outcome, answering);
      return;
    case 'failed':
      answering.onFailure(response, outcome.reason);
      return;
    case 'refused':
      throw fullProblem(outcome.retryAfterSeconds);
    case 'cancelled':
      response.destroy();
  }
}

function sendReply(
  response: Response,
  { header, body }: Extract<PlanningOutcome, { readonly kind: 'reply' }>,
  { type = 'application/json', fileName, onNothing = sendNoPrices }: Answering,
): void {
  switch (header.outcome) {
    case 'answer':
      if (fileName !== undefined) response.attachment(fileName);
      response.status(200).type(type).end(body);
      return;
    case 'faults':
      throw faultsProblem(body);
    case 'nothing':
      onNothing(response, JSON.parse(body.toString()) as Nothing);
  }
}

/** Says that a sound scenario has no plan with prices, so that what was asked for does not exist. */
export function sendNoPrices(response: Response, { detail, ...why }: Nothing): void {
  sendProblem(response, 'no-priced-plan', `${detail} POST /v1/solve answers with all that is known.`, why);
}

/** That there is no room for more work now. */
export function fullProblem(retryAfterSeconds: number): HttpProblem {
  return new HttpProblem(
    'service-full',
    `Too many plans are waiting. Try again in ${retryAfterSeconds} s.`,
    {},
    { 'Retry-After': String(retryAfterSeconds) },
  );
}

/** Everything that a planning process found to be wrong with what was sent. */
export function faultsProblem(body: Buffer): HttpProblem {
  const { faults } = JSON.parse(body.toString()) as FaultReply;
  return invalidRequest(faults.flatMap(placedFault));
}

/** A fault as a client is told it: there is one file, and it has no name; options of a command line are not sent here. */
function placedFault(fault: FaultReply['faults'][number]): PlacedFault[] {
  if ('option' in fault) return [];
  if ('pointer' in fault) return [fault];
  const { file: _, ...placed } = fault;
  return [placed];
}

/** That a request is not valid, with every fault. */
export function invalidRequest(errors: readonly PlacedFault[]): HttpProblem {
  const isCut = errors.length >= MAX_FAULTS;
  const count =
    errors.length === 1
      ? 'One fault was found.'
      : `${isCut ? 'At least ' : ''}${errors.length} faults were found.`;
  const remedy = isCut
    ? ' Only the first 100 are listed; mend them and send again.'
    : ' Mend every one listed and send again.';
  return new HttpProblem('invalid-request', count + remedy, { errors });
}

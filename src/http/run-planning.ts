import type { Request, Response } from 'express';
import { MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import type { RequestKind } from '../planning/answer-request.ts';
import type { FaultReply, NoPrices } from '../planning/replies.ts';
import type { FailureReason, PlanningOutcome } from '../processes/messages.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { sendProblem } from './problem-details.ts';

/** How a route answers with what a planning process says. */
export interface Answering {
  /** The media type of its answers; JSON unless said otherwise. */
  readonly type?: string;
  /** Answers a request that a planning process was lost over. */
  readonly onFailure: (response: Response, reason: FailureReason) => void;
}

/** Hands a body to a planning process and its answer to the client; a client that goes away cancels the work. */
export async function runPlanning(
  pool: PlanningPool,
  kind: RequestKind,
  request: Request,
  response: Response,
  answering: Answering,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  // Without a body the reader leaves no buffer behind.
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const outcome = await pool.run({ kind, parts: [body] }, { signal: gone.signal });
  if (!gone.signal.aborted) send(response, outcome, answering);
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
      response.set('Retry-After', String(outcome.retryAfterSeconds));
      sendProblem(
        response,
        'service-full',
        `Too many plans are waiting. Try again in ${outcome.retryAfterSeconds} s.`,
      );
      return;
    case 'cancelled':
      response.destroy();
  }
}

function sendReply(
  response: Response,
  { header, body }: Extract<PlanningOutcome, { readonly kind: 'reply' }>,
  { type = 'application/json' }: Answering,
): void {
  switch (header.outcome) {
    case 'answer':
      sendAnswer(response, type, body);
      return;
    case 'faults':
      sendFaults(response, body);
      return;
    case 'nothing':
      sendNoPrices(response, JSON.parse(Buffer.concat(body).toString()) as NoPrices);
  }
}

/** Says that a sound scenario has no plan with prices, so that what was asked for does not exist. */
export function sendNoPrices(response: Response, { detail, ...why }: NoPrices): void {
  sendProblem(response, 'no-priced-plan', `${detail} POST /v1/solve answers with all that is known.`, why);
}

/** Writes the chunks as they came: joining tens of megabytes would hold up everybody else. */
function sendAnswer(response: Response, type: string, body: readonly Buffer[]): void {
  response.status(200).type(type);
  for (const chunk of body) response.write(chunk);
  response.end();
}

function sendFaults(response: Response, body: readonly Buffer[]): void {
  const { faults } = JSON.parse(Buffer.concat(body).toString()) as FaultReply;
  const errors = faults.flatMap((fault) => ('pointer' in fault ? [fault] : []));
  const isCut = errors.length >= MAX_FAULTS;
  const count =
    errors.length === 1
      ? 'One fault was found.'
      : `${isCut ? 'At least ' : ''}${errors.length} faults were found.`;
  const remedy = isCut
    ? ' Only the first 100 are listed; mend them and send again.'
    : ' Mend every one listed and send again.';
  sendProblem(response, 'invalid-request', count + remedy, { errors });
}

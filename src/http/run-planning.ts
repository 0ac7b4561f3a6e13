import type { Request, Response } from 'express';
import { MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import type { FaultReply, RequestKind } from '../planning/answer-request.ts';
import type { FailureReason, PlanningOutcome } from '../processes/messages.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { sendProblem } from './problem-details.ts';

/** Answers a request that a planning process was lost over. */
export type OnFailure = (response: Response, reason: FailureReason) => void;

/** Hands a body to a planning process and its answer to the client; a client that goes away cancels the work. */
export async function runPlanning(
  pool: PlanningPool,
  kind: RequestKind,
  request: Request,
  response: Response,
  onFailure: OnFailure,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  // Without a body the reader leaves no buffer behind.
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const outcome = await pool.run({ kind, parts: [body] }, { signal: gone.signal });
  if (!gone.signal.aborted) send(response, outcome, onFailure);
}

function send(response: Response, outcome: PlanningOutcome, onFailure: OnFailure): void {
  switch (outcome.kind) {
    case 'reply':
      if (outcome.header.outcome === 'faults') sendFaults(response, outcome.body);
      else sendJson(response, outcome.body);
      return;
    case 'failed':
      onFailure(response, outcome.reason);
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

/** Writes the chunks as they came: joining tens of megabytes would hold up everybody else. */
function sendJson(response: Response, body: readonly Buffer[]): void {
  response.status(200).type('application/json');
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
  sendProblem(response, 'invalid-request', count + remedy, errors);
}

import type { Response } from 'express';
import type { z } from 'zod';
import type { RequestKind } from '../../planning/answer-request.ts';
import { keptHeader } from '../../planning/keep-scenario.ts';
import type { PlanningOutcome, PlanningRequest } from '../../processes/messages.ts';
import type { PlanningPool } from '../../processes/planning-pool.ts';
import type { NewRevision } from '../../store/store.ts';
import { goneOf } from '../gone.ts';
import { HttpProblem } from '../http-problem.ts';
import { faultsProblem, fullProblem } from '../run-planning.ts';

/** A scenario that has been checked, ready to be kept. */
export type EditedScenario = Omit<NewRevision, 'change'>;

/**
 * Has a scenario checked, or changed and checked, off the event loop. Throws a problem with everything that is wrong with it; a client that
 * goes away cancels the work.
 */
export async function editedScenario(
  editing: PlanningPool,
  kind: Extract<RequestKind, 'keep-scenario' | 'patch-scenario'>,
  parts: readonly Buffer[],
  response: Response,
): Promise<EditedScenario> {
  const { header, body } = await editingReply(editing, { kind, parts }, response);
  return editedOf(keptHeader.parse(header), body);
}

/** What a planning process for editing says; throws a problem where it finds faults or says nothing. */
export async function editingReply(
  editing: PlanningPool,
  request: PlanningRequest & { readonly kind: RequestKind },
  response: Response,
): Promise<Extract<PlanningOutcome, { readonly kind: 'reply' }>> {
  const outcome = await editing.run(request, { signal: goneOf(response) });
  switch (outcome.kind) {
    case 'reply':
      if (outcome.header.outcome === 'faults') throw faultsProblem(outcome.body);
      return outcome;
    case 'refused':
      throw fullProblem(outcome.retryAfterSeconds);
    case 'failed':
      if (outcome.reason === 'engine')
        throw new HttpProblem('internal-error', 'Checking the scenario broke off. Try again later.');
      throw new HttpProblem('body-too-large', 'The scenario is too large to be checked. Send a smaller one.');
    case 'cancelled':
      throw new HttpProblem('internal-error', 'The client went away.');
  }
}

function editedOf({ name, sha256, comment }: z.infer<typeof keptHeader>, content: Buffer): EditedScenario {
  return { name, sha256, content, ...(comment !== undefined && { comment }) };
}

import type { RequestHandler } from 'express';
import type { RequestKind } from '../planning/answer-request.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { runPlanning } from './run-planning.ts';

/** A route whose answers say by their status how they ended: a lost planning process is an answer too, `failed`. */
export function answerWithStatus(
  pool: PlanningPool,
  kind: Extract<RequestKind, 'solve' | 'explain' | 'repairs'>,
): RequestHandler {
  return (request, response) =>
    runPlanning(pool, kind, request, response, {
      onFailure: (lost, reason) => {
        lost.status(200).json({ status: 'failed', reason });
      },
    });
}

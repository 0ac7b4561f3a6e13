import type { RequestHandler } from 'express';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { runPlanning } from './run-planning.ts';

/** `POST /v1/explanations`: why each workflow is where it is and not elsewhere. */
export function explain(pool: PlanningPool): RequestHandler {
  return (request, response) =>
    runPlanning(pool, 'explain', request, response, {
      onFailure: (lost, reason) => {
        lost.status(200).json({ status: 'failed', reason });
      },
    });
}

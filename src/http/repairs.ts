import type { RequestHandler } from 'express';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { runPlanning } from './run-planning.ts';

/** `POST /v1/repairs`: every way out of a scenario without a plan; the plan itself where there is one. */
export function repairs(pool: PlanningPool): RequestHandler {
  return (request, response) =>
    runPlanning(pool, 'repairs', request, response, {
      onFailure: (lost, reason) => {
        lost.status(200).json({ status: 'failed', reason });
      },
    });
}

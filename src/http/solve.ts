import type { RequestHandler } from 'express';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { runPlanning } from './run-planning.ts';

/** `POST /v1/solve`: a plan for the scenario in the body. A lost planning process is an answer too: `failed`. */
export function solve(pool: PlanningPool): RequestHandler {
  return (request, response) =>
    runPlanning(pool, 'solve', request, response, {
      onFailure: (lost, reason) => {
        lost.status(200).json({ status: 'failed', reason });
      },
    });
}

import type { RequestHandler } from 'express';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { sendProblem } from './problem-details.ts';
import { runPlanning } from './run-planning.ts';

/** `POST /v1/model`: the scenario's program in an exchange format, with the key to its names. */
export function exportModel(pool: PlanningPool): RequestHandler {
  return (request, response) =>
    runPlanning(pool, 'model', request, response, {
      onFailure: (lost, reason) => {
        if (reason === 'engine')
          sendProblem(lost, 'internal-error', 'The export broke off. Try again later.');
        else
          sendProblem(
            lost,
            'body-too-large',
            'The program is too large to be written out. Send a smaller scenario.',
          );
      },
    });
}

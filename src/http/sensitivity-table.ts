import type { RequestHandler } from 'express';
import { noPricesOf } from '../planning/sensitivity-table-reply.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import { runPlanning, sendNoPrices } from './run-planning.ts';

/**
 * `POST /v1/sensitivity-table`: the sensitivity report of the scenario's plan as one CSV table with Excel Solver's columns.
 *
 * A table cannot say that there is none, so whatever `POST /v1/solve` would answer but an optimal plan with prices is a
 * problem here, also that the planning process was lost.
 */
export function sensitivityTable(pool: PlanningPool): RequestHandler {
  return (request, response) =>
    runPlanning(pool, 'sensitivity-table', request, response, {
      type: 'text/csv',
      onFailure: (lost, reason) => {
        sendNoPrices(lost, noPricesOf({ status: 'failed', reason }));
      },
    });
}

import { z } from 'zod';
import type { Plan } from '../../models/plan.ts';
import { INFINITIES, SENSITIVITY_TABLES, sensitivityTable } from '../exports/sensitivity-table.ts';
import type { HandlerReply } from '../processes/serve-requests.ts';
import { type NoPrices, nothingReply, textAnswer } from './replies.ts';
import { solveOptionsSchema } from './solve-options.ts';
import type { SolvedScenario } from './solve-scenario.ts';

/** The options of a solve that make a plan; a table has no place for what explains it, or for the two prices of `full`. */
const tableOptions = solveOptionsSchema
  .pick({ engine: true, crossCheck: true, timeLimitSeconds: true, mipGap: true })
  .meta({ id: 'SensitivityTableOptions' });

/** The fields of `POST /v1/sensitivity-table` beside the scenario. */
export const sensitivityTableFields = z.strictObject({
  options: tableOptions.optional(),
  table: z.enum(SENSITIVITY_TABLES).meta({
    description:
      'Which part of a Solver report: the variable cells or the constraints of the Sensitivity report, or the constraints of the Answer report with their status and slack.',
  }),
  infinity: z
    .enum(INFINITIES)
    .meta({
      description:
        'How a range without an end is written: `blank` (default) leaves the cell empty, `1E+30` is what Solver writes.',
    })
    .optional(),
});

/** The table of an optimal plan with prices, or why there is none. */
export function sensitivityTableReply(
  { plan, formulation }: SolvedScenario,
  { table, infinity = 'blank' }: z.infer<typeof sensitivityTableFields>,
): HandlerReply {
  const { sensitivity } = plan;
  if (!sensitivity || 'unavailable' in sensitivity) return nothingReply(noPricesOf(plan));
  return textAnswer(sensitivityTable(sensitivity, formulation, table, infinity));
}

/** Says of a plan without prices why it has none. */
export function noPricesOf({
  status,
  reason,
  sensitivity,
}: Pick<Plan, 'status' | 'reason' | 'sensitivity'>): NoPrices {
  const why = sensitivity && 'unavailable' in sensitivity ? sensitivity.unavailable : WHY[status];
  const detail = reason === 'time-limit' ? 'The time ended before there was a proven plan.' : why;
  return { planStatus: status, ...(reason && { reason }), detail };
}

const WHY = {
  optimal: 'The plan has no prices.',
  feasible: 'The plan is not proven optimal within the gap that was allowed, so it has no prices.',
  infeasible: 'There is no plan, so nothing has a price.',
  unbounded: 'There is no cheapest plan, so nothing has a price.',
  failed: 'No plan could be proven, so nothing has a price.',
} as const satisfies Record<Plan['status'], string>;

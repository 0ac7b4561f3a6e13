import { z } from 'zod';
import { solveOptionsSchema } from './solve-options.ts';

/** What is asked of a kept scenario's plan. */
export const planRequestSchema = z
  .strictObject({
    revision: z
      .int()
      .min(1)
      .max(999_999_999)
      .meta({ description: 'The revision to plan; default the newest.' })
      .optional(),
    options: solveOptionsSchema.optional(),
    queueLimitSeconds: z
      .number()
      .min(1)
      .max(604_800)
      .meta({
        description: 'Seconds to wait for a planning process before the request expires; default a day.',
      })
      .optional(),
    reuse: z
      .boolean()
      .meta({
        description:
          'Whether a plan of the same content with the same options may be given instead of a new one: one that is optimal or infeasible, made by this version; of any of your scenarios. Default false.',
      })
      .optional(),
  })
  .meta({ id: 'PlanRequest' });

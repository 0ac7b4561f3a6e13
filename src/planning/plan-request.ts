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
  })
  .meta({ id: 'PlanRequest' });

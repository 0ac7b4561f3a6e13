import { z } from 'zod';

/** What a caller may ask of a solve; defaults are applied by `withDefaults`, so that what was sent stays visible. */
export const solveOptionsSchema = z
  .strictObject({
    engine: z.enum(['highs']).meta({ description: 'The solver; default `highs`.' }).optional(),
    timeLimitSeconds: z
      .number()
      .min(0.05)
      .max(3600)
      .meta({
        description:
          'Seconds for reading, solving and proving, once a planning process is free; default 300.',
      })
      .optional(),
    mipGap: z
      .number()
      .min(0)
      .max(1)
      .meta({
        description: 'Relative gap at which a plan with yes/no choices counts as optimal; default 1e-6.',
      })
      .optional(),
    sensitivity: z
      .enum(['none', 'classic'])
      .meta({ description: '`classic` (default): prices and ranges of one optimal basis.' })
      .optional(),
  })
  .meta({ id: 'SolveOptions' });

export interface SolveOptions {
  readonly timeLimitSeconds: number;
  readonly mipGap: number;
  readonly sensitivity: 'none' | 'classic';
}

export function withDefaults(options: z.infer<typeof solveOptionsSchema> | undefined): SolveOptions {
  return {
    timeLimitSeconds: options?.timeLimitSeconds ?? 300,
    mipGap: options?.mipGap ?? 1e-6,
    sensitivity: options?.sensitivity ?? 'classic',
  };
}

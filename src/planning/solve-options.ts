import { z } from 'zod';
import { id } from '../../models/scenario/fields.ts';

/** The engines a caller can choose from, the default first. */
export const ENGINE_NAMES = ['highs', 'javascript-lp-solver'] as const;

/** How much a plan says of its prices. */
export const SENSITIVITIES = ['none', 'classic', 'full'] as const;

export type EngineName = (typeof ENGINE_NAMES)[number];

/** What is wrong with an option, where that shows only in the scenario or its program. */
export interface OptionFault {
  readonly option: 'engine' | 'crossCheck' | `flips/${number}` | 'workflow' | 'team' | 'vendor';
  readonly code: string;
  readonly message: string;
}

/** A yes/no choice by name: a site, a workflow at a site, or that in one period. */
const choiceName = z
  .strictObject({
    workflow: id('The workflow; absent = whether the site is open at all.').optional(),
    team: id('The team whose class begins with the period; then neither site nor workflow.').optional(),
    site: id('The site.').optional(),
    period: id('The period; absent = over the whole horizon.').optional(),
  })
  .meta({
    id: 'ChoiceName',
    description:
      'A yes/no choice of the scenario: a site, a workflow at a site, that in a period, or a team’s class that begins with a period.',
  });

export type ChoiceName = z.infer<typeof choiceName>;

const MOST_FLIPS = 100;

/** What a caller may ask of a solve; defaults are applied by `withDefaults`, so that what was sent stays visible. */
export const solveOptionsSchema = z
  .strictObject({
    engine: z
      .enum(ENGINE_NAMES)
      .meta({
        description:
          'The solver; default `highs`. `javascript-lp-solver` is for small scenarios: it gives no prices and no conflicts, and its optimum is its own word.',
      })
      .optional(),
    crossCheck: z
      .boolean()
      .meta({
        description:
          'Whether to solve again with the other engine, in the time that is left; default false. Costs that differ by more than 1e-6 of their size (with yes/no choices: that each engine’s gap does not explain), or a plan where the other engine has none, end as `failed` with reason `engine`; a check that the time is too short for ends as `failed` with reason `time-limit`. For small scenarios, as `javascript-lp-solver` is.',
      })
      .optional(),
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
      .enum(SENSITIVITIES)
      .meta({
        description:
          '`classic` (default): prices and ranges of one optimal basis. `full`: the true price on both sides of every limit, how far it holds and what ends it.',
      })
      .optional(),
    flips: z
      .array(choiceName)
      .max(MOST_FLIPS)
      .meta({
        description:
          'Yes/no choices of which to tell what it costs to make them the other way, each with a search of its own; half of the time is kept for them.',
      })
      .optional(),
    repairs: z
      .boolean()
      .meta({
        description:
          'Whether to work out repairs where there is no plan, in the time that is left and for at most 30 seconds; default true. `POST /v1/repairs` takes all the time it is given.',
      })
      .optional(),
  })
  .meta({ id: 'SolveOptions' });

export interface SolveOptions {
  readonly engine: EngineName;
  readonly crossCheck: boolean;
  readonly timeLimitSeconds: number;
  readonly mipGap: number;
  readonly sensitivity: (typeof SENSITIVITIES)[number];
  readonly flips: readonly ChoiceName[];
  readonly repairs: boolean;
}

export function withDefaults(options: z.infer<typeof solveOptionsSchema> | undefined): SolveOptions {
  return {
    engine: options?.engine ?? ENGINE_NAMES[0],
    crossCheck: options?.crossCheck ?? false,
    timeLimitSeconds: options?.timeLimitSeconds ?? 300,
    mipGap: options?.mipGap ?? 1e-6,
    sensitivity: options?.sensitivity ?? 'classic',
    flips: options?.flips ?? [],
    repairs: options?.repairs ?? true,
  };
}

import { z } from 'zod';
import type { Plan } from '../../models/plan.ts';
import { type Engine, fullNameOf } from '../engines/engine.ts';
import type { HandlerReply } from '../processes/serve-requests.ts';

/** The fields of a plan that can be large; each is kept and read by itself. */
export const LARGE_FIELDS = [
  'allocation',
  'shortfall',
  'backlog',
  'sites',
  'people',
  'contracts',
  'classes',
  'sensitivity',
  'ineligible',
  'certificate',
  'diagnosis',
  'flips',
  'warnings',
] as const satisfies readonly (keyof Plan)[];

/** What made a plan in a planning process. */
export const madeWithSchema = z.object({
  engine: z.string().meta({ description: 'The engine’s name and version.' }),
  engineBuild: z
    .string()
    .optional()
    .meta({ description: 'The revision of the engine’s source, where the engine knows it.' }),
  engineSeed: z
    .int()
    .optional()
    .meta({ description: 'What the engine’s random numbers begin with; absent where it draws none.' }),
});

/** How the bytes of a plan are divided: first the small fields together, then the large ones. */
export const planHeader = z.object({
  madeWith: madeWithSchema,
  summaryBytes: z.int(),
  fields: z.array(z.object({ field: z.string(), bytes: z.int() })),
});

/** A plan in pieces, so that whoever keeps it has to parse none of it. */
export function planInPieces(plan: Plan, engine: Engine): HandlerReply {
  const summary = Buffer.from(JSON.stringify({ ...plan, ...absent }));
  const large = LARGE_FIELDS.flatMap((field) =>
    plan[field] === undefined ? [] : [{ field, content: Buffer.from(JSON.stringify(plan[field])) }],
  );
  return {
    header: {
      outcome: 'answer',
      madeWith: madeWith(engine),
      summaryBytes: summary.length,
      fields: large.map(({ field, content }) => ({ field, bytes: content.length })),
    },
    body: [summary, ...large.map(({ content }) => content)],
  };
}

const absent = Object.fromEntries(LARGE_FIELDS.map((field) => [field, undefined]));

function madeWith(engine: Engine) {
  return {
    engine: fullNameOf(engine),
    ...(engine.build !== undefined && { engineBuild: engine.build }),
    ...(engine.seed !== undefined && { engineSeed: engine.seed }),
  };
}

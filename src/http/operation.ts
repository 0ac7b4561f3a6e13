import { PROBLEM_KINDS, type ProblemKind } from './problem-details.ts';

/** The pieces of OpenAPI operations. */

/** A reference to a schema by its id. */
export function reference(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

/** JSON of a schema. */
export function json(schema: object): object {
  return { 'application/json': { schema } };
}

/** What can come instead of an answer, in words; several kinds may share a status. */
export type Problems = Partial<Record<ProblemKind, string>>;

/** What every route can answer that reads a scenario from its body. */
export const SCENARIO_PROBLEMS: Problems = {
  'invalid-request': 'The body is not valid; every fault is listed with its place and remedy.',
  'body-too-large': 'The body is too large.',
  'unsupported-media-type': 'The body is not application/json in UTF-8.',
  'internal-error': 'The service made a mistake.',
  'service-full': 'Too many plans are waiting.',
};

/** Statuses that say when to try again. */
const RETRIED = [429, 503];

/** Problems as OpenAPI responses. */
export function problemResponses(problems: Problems): object {
  const byStatus = new Map<number, string[]>();
  for (const [kind, description] of Object.entries(problems) as [ProblemKind, string][]) {
    const [status] = PROBLEM_KINDS[kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), description]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, descriptions]) => [
      String(status),
      {
        description: descriptions.join(' '),
        ...(RETRIED.includes(status) && {
          headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
        }),
        content: { 'application/problem+json': { schema: reference('Problem') } },
      },
    ]),
  );
}

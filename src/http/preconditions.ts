import type { Request, Response } from 'express';
import { HttpProblem } from './http-problem.ts';

/** The strong entity tag of a scenario at a revision. */
export function etagOf(revision: number): string {
  return `"r${revision}"`;
}

/**
 * Sets the entity tag of a revision, and answers 304 where `If-None-Match` names it; says whether it did. Whoever keeps the answer must ask, with
 * the tag, before it gives it again; and nobody on the way keeps it.
 */
export function saysNotModified(request: Request, response: Response, revision: number): boolean {
  const etag = etagOf(revision);
  response.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
  if (request.get('if-none-match') !== etag) return false;
  response.status(304).end();
  return true;
}

/** Which revisions a change may start from, as `If-Match` says. */
export type Precondition = (revision: number) => boolean;

/**
 * Reads `If-Match`: whoever changes a scenario says which revision he has seen. Throws a problem with status 428 where it is missing.
 *
 * A weak tag matches nothing, as RFC 9110 has it.
 */
export function preconditionOf(request: Request): Precondition {
  const header = request.get('if-match');
  if (header === undefined)
    throw new HttpProblem(
      'precondition-required',
      'Send If-Match with the ETag of the revision that you have seen, so that nobody’s change is lost.',
    );
  const tags = header.split(',').map((tag) => tag.trim());
  return (revision) => tags.includes('*') || tags.includes(etagOf(revision));
}

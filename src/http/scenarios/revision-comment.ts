import type { Request } from 'express';
import { z } from 'zod';
import { keepFields } from '../../planning/keep-scenario.ts';
import { HttpProblem } from '../http-problem.ts';

/** In the address where the body is the change itself. */
export const revisionComment = keepFields.shape.comment;

const query = z.strictObject({ comment: revisionComment });

/** The comment in an address that has nothing else; throws a problem with status 400. */
export function commentOf(request: Request): { readonly comment?: string } {
  const read = query.safeParse(request.query);
  if (!read.success)
    throw new HttpProblem(
      'invalid-request',
      'The address may have one comment of at most 200 characters without control characters, and nothing else.',
    );
  return withComment(read.data.comment);
}

export function withComment(comment: string | undefined): { readonly comment?: string } {
  return comment === undefined ? {} : { comment };
}

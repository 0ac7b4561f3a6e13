import type { Request } from 'express';
import { z } from 'zod';
import type { PageStart } from '../store/store.ts';
import { HttpProblem } from './http-problem.ts';

const DEFAULT_LIMIT = 50;

const pageQuery = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 200)
    .optional(),
  cursor: z.string().max(500).optional(),
});

/** Nothing that either database could not look for. */
const pageStart = z.tuple([z.int(), z.string().regex(/^[^\0]*$/)]);

/** Which page of a list a request asks for; throws a problem with status 400 where that makes no sense. */
export function pageOf(request: Request): { readonly limit: number; readonly after?: PageStart } {
  const query = pageQuery.safeParse(request.query);
  if (!query.success) throw new HttpProblem('invalid-request', 'A limit is a whole number from 1 to 200.');
  const { limit = DEFAULT_LIMIT, cursor } = query.data;
  if (cursor === undefined) return { limit };
  const start = pageStart.safeParse(parsed(Buffer.from(cursor, 'base64url').toString()));
  if (!start.success)
    throw new HttpProblem('invalid-request', 'A cursor is the `next` of an earlier page, unchanged.');
  const [at, id] = start.data;
  return { limit, after: { at, id } };
}

/** Where a page begins, as a word that clients pass back. */
export function cursorOf({ at, id }: PageStart): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

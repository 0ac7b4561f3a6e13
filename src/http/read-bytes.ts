import express, { type RequestHandler, type Router } from 'express';
import { sendProblem } from './problem-details.ts';

/** What a body may be, and how to say so. */
export interface BodyType {
  readonly type: string;
  /** In lower case; a body that names none may have any. */
  readonly charsets: readonly string[];
  readonly remedy: string;
}

/**
 * Reads a body as bytes and leaves them unparsed: a planning process does that, so that no large body is ever parsed on the event loop.
 * Any other type or charset is 415.
 */
export function readBytes(
  maxBodyBytes: number,
  { type, charsets, remedy }: BodyType,
): (Router | RequestHandler)[] {
  const requireType: RequestHandler = (request, response, next) => {
    const isEmpty = request.get('content-length') === '0' && request.get('content-type') === undefined;
    const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
    // A request without a body has no type either; the empty body is then the planning process's to refuse.
    const isType = isEmpty || request.is(type) !== false;
    if (isType && (charset === undefined || charsets.includes(charset.toLowerCase()))) {
      next();
      return;
    }
    sendProblem(response, 'unsupported-media-type', remedy);
  };
  return [requireType, express.raw({ type: () => true, limit: maxBodyBytes })];
}

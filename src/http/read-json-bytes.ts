import express, { type RequestHandler, type Router } from 'express';
import { sendProblem } from './problem-details.ts';

/**
 * Reads a JSON body as bytes and leaves them unparsed: a planning process does that, so that no large body is ever
 * parsed on the event loop. Anything but `application/json` in UTF-8 is 415.
 */
export function readJsonBytes(
  maxBodyBytes: number,
  type: 'application/json' | 'application/merge-patch+json' = 'application/json',
): (Router | RequestHandler)[] {
  const requireJson: RequestHandler = (request, response, next) => {
    const charset = /charset\s*=\s*"?([^";\s]*)/i.exec(request.headers['content-type'] ?? '')?.[1];
    // A request without a body has no type either; the empty body is then the planning process's to refuse.
    const isJson = request.is(type) !== false;
    if (isJson && (charset === undefined || charset.toLowerCase() === 'utf-8')) {
      next();
      return;
    }
    sendProblem(response, 'unsupported-media-type', `Send the body as ${type} in UTF-8.`);
  };
  return [requireJson, express.raw({ type: () => true, limit: maxBodyBytes })];
}

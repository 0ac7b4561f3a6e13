import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

/** Header that names a request, there and back. */
const REQUEST_ID = 'X-Request-Id';

const SENT_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Names a request: as its client does, where that is a word that can stand in a log, or with a name of our own. */
export function nameRequest(request: Request, response: Response): string {
  const sent = request.get(REQUEST_ID);
  const id = sent !== undefined && SENT_ID.test(sent) ? sent : randomUUID();
  response.set(REQUEST_ID, id);
  return id;
}

/** The name that a request was given. */
export function requestIdOf(response: Response): string | undefined {
  return response.get(REQUEST_ID);
}

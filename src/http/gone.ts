import type { Response } from 'express';

/** A signal that the client went away before it had its answer. */
export function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

import type { RequestHandler, Router } from 'express';
import { readBytes } from './read-bytes.ts';

/** Reads a JSON body as bytes. Anything but that type in UTF-8 is 415. */
export function readJsonBytes(
  maxBodyBytes: number,
  type: 'application/json' | 'application/merge-patch+json' = 'application/json',
): (Router | RequestHandler)[] {
  const remedy = `Send the body as ${type} in UTF-8.`;
  return readBytes(maxBodyBytes, { type, charsets: ['utf-8'], remedy });
}

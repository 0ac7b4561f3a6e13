import { createHash, webcrypto } from 'node:crypto';
import type { Request, Response } from 'express';
import type { IdempotencyKey, KeptAnswer, Once, Records, Store } from '../store/store.ts';
import { HttpProblem } from './http-problem.ts';
import { tenantOf } from './tenant.ts';

const KEY = /^[\x21-\x7e]{1,255}$/;

type Done = Exclude<Once, 'mismatch'>;

/**
 * Does what a request asks for, and keeps the answer; with an `Idempotency-Key` that was used before, the answer of then is given again. Faults
 * are not kept: what was wrong can be mended under the same key.
 */
export async function doneOnce(
  store: Store,
  request: Request,
  work: (records: Records) => Promise<KeptAnswer>,
): Promise<Done> {
  const once = await store.once(tenantOf(request), await keyOf(request), work);
  if (once === 'mismatch')
    throw new HttpProblem(
      'key-reused',
      'This Idempotency-Key was used for another request within the last 24 hours. Use a new key.',
    );
  return once;
}

export function sendKept(response: Response, { answer: { status, headers, body }, isReplay }: Done): void {
  if (isReplay) response.set('Idempotent-Replayed', 'true');
  response.status(status).set(headers).type('application/json').end(body);
}

async function keyOf(request: Request): Promise<IdempotencyKey | undefined> {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!KEY.test(key))
    throw new HttpProblem(
      'invalid-request',
      'An Idempotency-Key is 1 to 255 printable ASCII characters without spaces.',
    );
  const body: unknown = request.body;
  const bytes = Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
  const fingerprint = `${request.method} ${request.originalUrl} ${await digestOf(bytes)}`;
  return { key, fingerprint };
}

/** Handing less than this over to another thread takes longer than the digest. */
const MOST_BYTES_HERE = 64 * 1024;

/** SHA-256 in hexadecimal digits; of a scenario, which can have many megabytes, off the event loop. */
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes.length <= MOST_BYTES_HERE) return createHash('sha256').update(bytes).digest('hex');
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

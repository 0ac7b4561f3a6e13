import type { Request } from 'express';

/** No connection is held longer: proxies would cut it. */
const MOST_SECONDS = 60;

/** The seconds that `Prefer: wait=N` (RFC 7240) asks an answer to be waited for, at most 60; 0 without it. */
export function waitSecondsOf(request: Request): number {
  const match = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})\b/i.exec(request.get('prefer') ?? '');
  return Math.min(Number(match?.[1] ?? 0), MOST_SECONDS);
}

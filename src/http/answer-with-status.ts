import type { RequestHandler } from 'express';
import type { RequestKind } from '../planning/answer-request.ts';
import { readJsonBytes } from './read-json-bytes.ts';
import type { Services } from './route.ts';
import { runPlanning } from './run-planning.ts';

/** Handlers whose answers say by their status how they ended: a lost planning process is an answer too, `failed`. */
export function answerWithStatus(
  kind: Extract<RequestKind, 'solve' | 'explain' | 'repairs'>,
): (services: Services) => readonly RequestHandler[] {
  return ({ planning, maxBodyBytes }) => [
    ...readJsonBytes(maxBodyBytes),
    ({ body }, response) =>
      runPlanning(planning, kind, body, response, {
        onFailure: (lost, reason) => {
          lost.status(200).json({ status: 'failed', reason });
        },
      }),
  ];
}

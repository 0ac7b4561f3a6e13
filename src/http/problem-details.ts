import type { ErrorRequestHandler, Response } from 'express';
import type { Fault } from '../../models/fault.ts';
import type { Plan } from '../../models/plan.ts';
import type { Operations } from '../operations/operations.ts';
import type { CsvFault } from '../scenarios/csv-faults.ts';
import { StoreError } from '../store/store-error.ts';
import { HttpProblem } from './http-problem.ts';
import { requestIdOf } from './request-id.ts';

/** A fault of a JSON body, or of a CSV file. */
export type PlacedFault = Fault | Omit<CsvFault, 'file'>;

/** Why a request got no answer, as RFC 9457 says it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What is wrong with the body, at most 100 faults. */
  readonly errors?: readonly PlacedFault[];
  /** What `POST /v1/solve` says of the scenario, where that is why there is no answer. */
  readonly planStatus?: Plan['status'];
  readonly reason?: Plan['reason'] & {};
  /** The newest revision of a scenario that has been changed meanwhile. */
  readonly revision?: number;
  /** The revisions since the one that a change was made from. */
  readonly changes?: readonly object[];
  /** Of 5xx: how the request is named in the service's log. */
  readonly requestId?: string;
}

/** What a problem says beside its kind and its sentence. */
export type ProblemFields = Omit<Problem, 'status' | 'title' | 'detail' | 'requestId'>;

/** The kinds of problem, each with its status and title; `type` in the answer is `/problems/` and the kind. */
export const PROBLEM_KINDS = {
  'invalid-request': [400, 'The request is not valid'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'not-acceptable': [406, 'There is no such form of it'],
  'not-finished': [409, 'The plan is not finished'],
  'not-comparable': [409, 'The plans cannot be compared'],
  'backup-running': [409, 'A backup is being written already'],
  'label-taken': [409, 'Another revision has this label'],
  gone: [410, 'The scenario has been deleted'],
  stale: [412, 'The scenario has been changed meanwhile'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The content type is not supported'],
  'no-priced-plan': [422, 'There is no plan with prices'],
  'key-reused': [422, 'The idempotency key was used before'],
  'precondition-required': [428, 'The revision that was seen must be named'],
  'too-many-plans': [429, 'Too many plans are queued'],
  'internal-error': [500, 'The service made a mistake'],
  'no-backups': [501, 'The service writes no backups'],
  'service-full': [503, 'The service is full'],
  'store-unavailable': [503, 'The store is not available'],
  'store-full': [507, 'There is no room on the disk'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemKind = keyof typeof PROBLEM_KINDS;

/** Answers with a problem. This is the one place where errors become statuses. */
export function sendProblem(
  response: Response,
  kind: ProblemKind,
  detail: string,
  further: ProblemFields = {},
): void {
  const [status, title] = PROBLEM_KINDS[kind];
  const requestId = status >= 500 ? requestIdOf(response) : undefined;
  response
    .status(status)
    .type('application/problem+json')
    .end(JSON.stringify({ type: `/problems/${kind}`, title, status, detail, ...further, requestId }));
}

/** Seconds after which a store that was out of order is worth another try. */
const STORE_RETRY_SECONDS = 1;

/** The last handler: turns what is thrown on the way into problems, and anything unexpected into a 500. */
export function problemHandler(operations: Pick<Operations, 'mistake'>): ErrorRequestHandler {
  // Express knows a last handler by its four parameters; to Express itself nothing is left, for it prints messages.
  return (error: unknown, _request, response, _next) => {
    const isExpected = error instanceof HttpProblem || error instanceof StoreError;
    if (response.headersSent) {
      // What has been sent of the answer cannot be taken back: its end is missing, and the client sees that.
      if (!isExpected) operations.mistake(error, requestIdOf(response));
      response.destroy();
      return;
    }
    if (error instanceof HttpProblem) {
      response.set(error.headers);
      sendProblem(response, error.kind, error.detail, error.further);
      return;
    }
    if (error instanceof StoreError) {
      sendStoreProblem(response, error);
      return;
    }
    const { type, status, limit } = error as { type?: string; status?: number; limit?: number };
    if (type === 'entity.too.large') {
      sendProblem(response, 'body-too-large', `Send at most ${sizeInWords(limit ?? 0)}.`);
    } else if (status === 415) {
      sendProblem(
        response,
        'unsupported-media-type',
        'Send UTF-8, plain or compressed with gzip, deflate or br.',
      );
    } else if (status !== undefined && status >= 400 && status < 500) {
      sendProblem(
        response,
        'invalid-request',
        'The request could not be read. Send it again, whole and well-formed.',
      );
    } else {
      operations.mistake(error, requestIdOf(response));
      sendProblem(response, 'internal-error', 'Nothing is wrong with your request. Try again later.');
    }
  };
}

function sizeInWords(bytes: number): string {
  const megabytes = Math.floor(bytes / 1024 ** 2);
  return megabytes > 0 ? `${megabytes} MB` : `${Math.floor(bytes / 1024)} kB`;
}

function sendStoreProblem(response: Response, { kind }: StoreError): void {
  if (kind === 'full') {
    sendProblem(
      response,
      'store-full',
      'Nothing was changed. Make room on the disk of the store, then try again.',
    );
    return;
  }
  response.set('Retry-After', String(STORE_RETRY_SECONDS));
  sendProblem(
    response,
    'store-unavailable',
    `Try again in ${STORE_RETRY_SECONDS} s. A change may have been made all the same: sent again with its Idempotency-Key or If-Match it is made once.`,
  );
}

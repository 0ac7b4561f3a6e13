import type { ErrorRequestHandler, Response } from 'express';
import type { Plan } from '../../models/plan.ts';

/** Why a request got no answer, as RFC 9457 says it. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What is wrong with the body, at most 100 faults. */
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  /** What `POST /v1/solve` says of the scenario, where that is why there is no answer. */
  readonly planStatus?: Plan['status'];
  readonly reason?: Plan['reason'] & {};
}

/** The kinds of problem, each with its status and title; `type` in the answer is `/problems/` and the kind. */
const KINDS = {
  'invalid-request': [400, 'The request is not valid'],
  'not-found': [404, 'There is nothing here'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The content type is not supported'],
  'no-priced-plan': [422, 'There is no plan with prices'],
  'internal-error': [500, 'The service made a mistake'],
  'service-full': [503, 'The service is full'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemKind = keyof typeof KINDS;

/** Answers with a problem. This is the one place where errors become statuses. */
export function sendProblem(
  response: Response,
  kind: ProblemKind,
  detail: string,
  further: Omit<Problem, 'status' | 'title' | 'detail'> = {},
): void {
  const [status, title] = KINDS[kind];
  response
    .status(status)
    .type('application/problem+json')
    .end(JSON.stringify({ type: `/problems/${kind}`, title, status, detail, ...further }));
}

/** The last handler: turns what the body reader throws into problems, and anything unexpected into a 500. */
export function problemHandler(reportError: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const { type, status, limit } = error as { type?: string; status?: number; limit?: number };
    if (type === 'entity.too.large') {
      sendProblem(response, 'body-too-large', `Send at most ${Math.floor((limit ?? 0) / 1024 ** 2)} MB.`);
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
      reportError(error);
      sendProblem(response, 'internal-error', 'Nothing is wrong with your request. Try again later.');
    }
  };
}

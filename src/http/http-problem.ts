import type { ProblemFields, ProblemKind } from './problem-details.ts';

/** What a handler throws to answer with a problem. */
export class HttpProblem extends Error {
  readonly kind: ProblemKind;
  readonly detail: string;
  readonly further: ProblemFields;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    further: ProblemFields = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(kind);
    this.kind = kind;
    this.detail = detail;
    this.further = further;
    this.headers = headers;
  }
}

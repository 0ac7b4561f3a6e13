import type { RequestHandler } from 'express';
import type { Jobs } from '../jobs/jobs.ts';
import type { Operations } from '../operations/operations.ts';
import type { PlanningPool } from '../processes/planning-pool.ts';
import type { Store } from '../store/store.ts';

/** What routes work with. */
export interface Services {
  /** Solves: a request may take as long as its time limit. */
  readonly planning: PlanningPool;
  /** Reads, checks and changes scenarios, which takes seconds at most and must not wait behind a solve. */
  readonly editing: PlanningPool;
  readonly store: Store;
  readonly jobs: Jobs;
  readonly operations: Operations;
  readonly maxBodyBytes: number;
}

/** One method at one address: what it says of itself in the API description, and what it does. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/v1/plans/{plan}`. */
  readonly path: string;
  /** Its OpenAPI operation. */
  readonly operation: object;
  readonly handlers: (services: Services) => readonly RequestHandler[];
}

import type { PlanFailure } from '../store/store.ts';

/** What can happen to a plan. `resumed`: its service was lost while it ran, and it is queued again. */
export const PLAN_CHANGES = [
  'queued',
  'begun',
  'finished',
  'rejected',
  'cancelled',
  'expired',
  'failed',
  'resumed',
  'quarantined',
  'given-back',
] as const;

export type PlanChange = (typeof PLAN_CHANGES)[number];

/** Something that happened to a plan; of the plan it has the id alone, which is ours. */
export interface PlanEvent {
  readonly change: PlanChange;
  readonly plan: string;
  readonly attempt?: number;
  readonly reason?: PlanFailure['reason'];
  /** From the beginning of the attempt to its result. */
  readonly seconds?: number;
}

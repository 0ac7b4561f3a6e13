import type { Tenant } from '../store/store.ts';

/** What a running plan is at. */
export interface PlanProgress {
  /** The step of the planning process, such as `solve` or `certify`. */
  readonly stage: string;
  /** When it began, in milliseconds since 1970. */
  readonly since: number;
  /** Of a search over yes/no choices: the total cost of the best plan so far. */
  readonly incumbent?: number;
  /** Below this lies the total cost of no plan. */
  readonly bound?: number;
  /** How far the two are apart, relative to the cost. */
  readonly gap?: number;
}

/** Works on queued plans. The store says what there is to do and what came of it; this says who does it and when. */
export interface Jobs {
  /** A plan has been queued. */
  wake(): void;
  /** A plan is no longer wanted: whatever works on it is stopped. */
  abandon(tenant: Tenant, id: string): void;
  /** What a plan is at, where somebody works on it. */
  progress(tenant: Tenant, id: string): PlanProgress | undefined;
  /** Resolves when something about a plan has changed, or after a time. */
  changed(tenant: Tenant, id: string, milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Begins nothing more, and gives back what is running, so that it is begun again later. */
  stop(): Promise<void>;
}

import type { PlanRecord, Tenant } from '../../store/store.ts';
import type { Services } from '../route.ts';
import { isFinal } from './found-plan.ts';

/** A plan once nothing about it changes any more; undefined where that takes longer than `seconds`, or the client goes away. */
export async function settledPlan(
  { store, jobs }: Pick<Services, 'store' | 'jobs'>,
  tenant: Tenant,
  id: string,
  seconds: number,
  gone: AbortSignal,
): Promise<PlanRecord | undefined> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    // Listened for before it is looked, so that no change falls between.
    const changed = jobs.changed(tenant, id, Math.max(0, end - performance.now()), gone);
    const record = await store.plans.find(tenant, id);
    if (record && isFinal(record)) return record;
    await changed;
    if (gone.aborted || performance.now() >= end) return undefined;
  }
}

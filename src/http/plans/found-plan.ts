import type { Request } from 'express';
import type { PlanRecord, PlanRecords } from '../../store/store.ts';
import { HttpProblem } from '../http-problem.ts';
import { pathWord } from '../path-word.ts';
import { tenantOf } from '../tenant.ts';

/** A plan by its address; throws a problem with status 404 where there is none. */
export async function foundPlan(plans: PlanRecords, request: Request): Promise<PlanRecord> {
  const record = await plans.find(tenantOf(request), pathWord(request, 'plan'));
  if (!record) throw new HttpProblem('not-found', 'There is no such plan.');
  return record;
}

/** Whether a plan will not change any more. */
export function isFinal({ state }: PlanRecord): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Throws a problem with status 409 where a plan has no result. */
export function requireFinished(record: PlanRecord): void {
  if (record.state === 'finished') return;
  throw new HttpProblem(
    'not-finished',
    isFinal(record)
      ? `Plan ${record.id} is ${record.state} and has no parts.`
      : `Plan ${record.id} is ${record.state}; read /v1/plans/${record.id} until it is finished.`,
  );
}

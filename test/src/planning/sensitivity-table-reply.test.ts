import { expect, it } from 'vitest';
import type { Plan } from '../../../models/plan.ts';
import { noPricesOf } from '../../../src/planning/sensitivity-table-reply.ts';

it.each<[Plan, detail: string]>([
  [
    { status: 'feasible' },
    'The plan is not proven optimal within the gap that was allowed, so it has no prices.',
  ],
  [{ status: 'infeasible' }, 'There is no plan, so nothing has a price.'],
  [{ status: 'unbounded' }, 'There is no cheapest plan, so nothing has a price.'],
  [{ status: 'failed', reason: 'certificate' }, 'No plan could be proven, so nothing has a price.'],
  [{ status: 'failed', reason: 'time-limit' }, 'The time ended before there was a proven plan.'],
  [{ status: 'optimal', sensitivity: { unavailable: 'No basis.' } }, 'No basis.'],
])('of %j says why there is no table', (plan, detail) => {
  const { status, reason } = plan;
  expect(noPricesOf(plan)).toEqual({ planStatus: status, ...(reason && { reason }), detail });
});

import type { Certificate, Plan, PlanNumbers } from '../plan.ts';
import type { Scenario } from '../scenario/schema.ts';

/** A plan with its numbers, and the scenario it is of. */
export interface ComparedPlan {
  readonly id: string;
  readonly scenarioId: string;
  readonly revision: number;
  readonly scenario: Scenario;
  readonly plan: PricedPlan;
}

/** A plan that has a cost, and a certificate that says who made it. */
export type PricedPlan = Omit<Plan, keyof PlanNumbers | 'certificate'> &
  PlanNumbers & { readonly certificate: Certificate };

/** Hours that differ by less than a plan is proven to are the same, as a fraction of the hours they are part of. */
export const HOURS_TOLERANCE = 1e-6;

export function isSameHours(one: number, other: number): boolean {
  return Math.abs(one - other) <= HOURS_TOLERANCE * Math.max(1, Math.abs(one), Math.abs(other));
}

/** Names by id of the first scenario that knows it; an entity without a name is called by its id. */
export function nameFinder(
  kind: 'sites' | 'teams' | 'workflows',
  scenarios: readonly Scenario[],
): (id: string) => string {
  const names = new Map<string, string>();
  for (const scenario of scenarios) {
    for (const { id, name } of scenario[kind]) {
      const key = id.normalize();
      if (!names.has(key)) names.set(key, name || id);
    }
  }
  return (id) => names.get(id.normalize()) ?? id;
}

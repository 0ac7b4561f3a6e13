import { withDefaults } from '../../planning/solve-options.ts';
import { productVersion } from '../../product-version.ts';
import type { PlanRecord, PlanRecords, Tenant } from '../../store/store.ts';

/** So many plans of the same content are looked at, the newest first. */
const MOST_PLANS = 50;

/** What does not depend on how much time there was. */
const PROVEN = ['optimal', 'infeasible'];

/** A plan of a content that is what a new one with these options would be: made by this version, and proven. */
export async function samePlan(
  plans: PlanRecords,
  tenant: Tenant,
  sha256: string,
  options: Parameters<typeof withDefaults>[0],
): Promise<PlanRecord | undefined> {
  const used = JSON.stringify(withDefaults(options));
  const product = productVersion();
  return (await plans.finishedOf(tenant, sha256, MOST_PLANS)).find(({ origin, summary }) => {
    const { status } = JSON.parse(summary ?? '{}') as { readonly status?: string };
    const isSame = origin?.product === product && JSON.stringify(origin.options) === used;
    return isSame && PROVEN.includes(status ?? '');
  });
}

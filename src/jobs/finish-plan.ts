import { LARGE_FIELDS } from '../planning/plan-fields.ts';
import { withDefaults } from '../planning/solve-options.ts';
import type { PlanRecord, PlanRecords, PlanReplay, PlanResult } from '../store/store.ts';

const MEBIBYTE = 1024 ** 2;

/** Writes what came of a plan as it was begun; of a replay with how it compares with the plan that it replays. */
export async function finishPlan(
  plans: PlanRecords,
  plan: PlanRecord,
  { origin, ...result }: PlanResult,
  memoryLimitBytes: number,
): Promise<boolean> {
  const made: PlanResult = {
    ...result,
    origin: {
      ...origin,
      // The planning process runs the same code, and fills in the same defaults.
      options: withDefaults(JSON.parse(plan.options) as Parameters<typeof withDefaults>[0]),
      memoryLimitMegabytes: Math.floor(memoryLimitBytes / MEBIBYTE),
    },
  };
  const original = plan.replayOf === undefined ? undefined : await plans.find(plan.tenant, plan.replayOf);
  if (original === undefined || made.state !== 'finished') return plans.finish(plan, made);
  return plans.finish(plan, { ...made, replay: await compared(plans, original, made) });
}

/** Holds an answer against the one that is kept, byte for byte; of the large fields one at a time is in memory. */
async function compared(plans: PlanRecords, original: PlanRecord, made: PlanResult): Promise<PlanReplay> {
  const [first, again] = [original.summary ?? '{}', made.summary];
  const [kept, now] = [first, again].map((summary) => JSON.parse(summary) as Record<string, unknown>);
  const differs = [...new Set([...Object.keys(kept), ...Object.keys(now)])].filter(
    (field) => JSON.stringify(kept[field]) !== JSON.stringify(now[field]),
  );
  for (const field of LARGE_FIELDS) {
    const before = (await plans.fields(original.tenant, original.id, [field])).get(field);
    const after = made.fields.find((each) => each.field === field)?.content;
    const isSame = before && after ? before.equals(after) : before === after;
    if (!isSame) differs.push(field);
  }
  return {
    identical: differs.length === 0 && first === again,
    differs,
    totalCost: {
      ...(typeof kept.totalCost === 'number' && { original: kept.totalCost }),
      ...(typeof now.totalCost === 'number' && { replay: now.totalCost }),
    },
    madeWith: { ...(original.origin && { original: original.origin }), replay: made.origin },
  };
}

import type { PlanAttempt, PlanFailure, PlanRecord, PlanRecords, Store } from '../store/store.ts';
import type { PlanEvent } from './plan-events.ts';

type Hear = (event: PlanEvent) => void;

/**
 * A store that tells what becomes of plans, whoever works on them. It is told once it is written: what a transaction takes back is not told.
 *
 * Methods are named one by one, so that a new one is not passed on unheard by mistake.
 */
export function observedStore(store: Store, hear: Hear): Store {
  return {
    scenarios: store.scenarios,
    plans: observedPlans(store.plans, hear),
    once: async (tenant, key, work) => {
      let heard: PlanEvent[] = [];
      const once = await store.once(tenant, key, ({ scenarios, plans }) => {
        // It may be tried again.
        heard = [];
        return work({ scenarios, plans: observedPlans(plans, (event) => heard.push(event)) });
      });
      if (once !== 'mismatch' && !once.isReplay) heard.forEach(hear);
      return once;
    },
    ...(store.backups && { backups: store.backups }),
    forgetAnswers: () => store.forgetAnswers(),
    check: () => store.check(),
    close: () => store.close(),
  };
}

function observedPlans(plans: PlanRecords, hear: Hear): PlanRecords {
  // What is told beyond the fact must not cost the fact itself.
  const recordOf = ({ tenant, id }: PlanAttempt) => plans.find(tenant, id).catch(() => undefined);
  return {
    submit: async (tenant, plan) => {
      const record = await plans.submit(tenant, plan);
      hear({ change: 'queued', plan: record.id });
      return record;
    },
    claim: async () => {
      const record = await plans.claim();
      if (record) hear({ change: 'begun', plan: record.id, attempt: record.attempt });
      return record;
    },
    beat: (attempt, progress) => plans.beat(attempt, progress),
    finish: async (attempt, result) => {
      const isWritten = await plans.finish(attempt, result);
      if (isWritten) hear({ change: result.state, ...named(attempt), ...secondsOf(await recordOf(attempt)) });
      return isWritten;
    },
    fail: async (attempt, failure) => {
      const isWritten = await plans.fail(attempt, failure);
      if (isWritten) {
        const { reason } = failure;
        hear({ change: changeOfFailure(await recordOf(attempt), reason), ...named(attempt), reason });
      }
      return isWritten;
    },
    giveBack: async (attempt) => {
      const isWritten = await plans.giveBack(attempt);
      if (isWritten) hear({ change: 'given-back', ...named(attempt) });
      return isWritten;
    },
    cancel: async (tenant, id) => {
      const before = await plans.find(tenant, id);
      const record = await plans.cancel(tenant, id);
      if (record?.state === 'cancelled' && before?.state !== 'cancelled')
        hear({ change: 'cancelled', plan: record.id, attempt: record.attempt });
      return record;
    },
    expire: async () => {
      const expired = await plans.expire();
      for (const { id } of expired) hear({ change: 'expired', plan: id });
      return expired;
    },
    find: (tenant, id) => plans.find(tenant, id),
    list: (tenant, scenario, limit, after) => plans.list(tenant, scenario, limit, after),
    finishedOf: (tenant, sha256, limit) => plans.finishedOf(tenant, sha256, limit),
    fields: (tenant, id, names) => plans.fields(tenant, id, names),
    queued: () => plans.queued(),
    running: () => plans.running(),
    load: () => plans.load(),
  };
}

function named({ id, attempt }: PlanAttempt): Pick<PlanEvent, 'plan' | 'attempt'> {
  return { plan: id, attempt };
}

function secondsOf(record: PlanRecord | undefined): Pick<PlanEvent, 'seconds'> {
  if (record?.startedAt === undefined || record.finishedAt === undefined) return {};
  return { seconds: (record.finishedAt - record.startedAt) / 1000 };
}

function changeOfFailure(record: PlanRecord | undefined, reason: PlanFailure['reason']): PlanEvent['change'] {
  if (record?.state === 'quarantined') return 'quarantined';
  return reason === 'service' ? 'resumed' : 'failed';
}

import type { Services } from './http/route.ts';
import { PlanJobs } from './jobs/plan-jobs.ts';
import { PostgresSignals } from './jobs/postgres-signals.ts';
import type { Signals } from './jobs/signals.ts';
import { planningProcessEntry } from './program-file.ts';
import { observedStore } from './operations/observed-store.ts';
import type { Operations } from './operations/operations.ts';
import { PlanningPool } from './processes/planning-pool.ts';
import type { PlanningPoolOptions } from './processes/pool-options.ts';
import { openPostgresStore } from './store/postgres/open-postgres-store.ts';
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts';
import type { Store } from './store/store.ts';

/** Where things are kept. */
export interface StoreSettings {
  /** Of the embedded store. */
  readonly dataFolder: string;
  /** PostgreSQL instead of it. */
  readonly databaseUrl?: string;
}

/** What services are made from. */
export interface ServiceSettings extends StoreSettings {
  /** Largest request body in bytes. */
  readonly maxBodyBytes: number;
  readonly planning: Partial<PlanningPoolOptions>;
  /** Whether plans are worked on here, or by others that share the store. */
  readonly isWorking?: boolean;
}

/** Something that has been started and must be ended. */
export interface Running {
  /** Finishes what somebody waits for, gives back what nobody does, and ends. */
  finish(): Promise<void>;
  /** Ends at once. */
  kill(): Promise<void>;
}

export type RunningServices = Services & Running;

/** Opens the store, starts the planning processes and takes up the work that is left. */
export async function startServices(
  { maxBodyBytes, planning: options, isWorking, ...where }: ServiceSettings,
  operations: Operations,
): Promise<RunningServices> {
  const kept = await openStore(where, operations);
  const planning = newPool('planning', options, operations);
  const editing = newPool('editing', { ...options, size: 1, isFrugal: true }, operations);
  operations.metrics.measurePools({ planning, editing });
  operations.metrics.measurePlans(() => kept.store.plans.load());
  const working = await startJobs(kept, [planning, editing], { operations, isWorking });
  return { ...working, planning, editing, store: kept.store, operations, maxBodyBytes };
}

/** Works on plans that others take in: a store that is shared, planning processes, and nothing that listens. */
export async function startWorker(
  { planning, databaseUrl }: Pick<ServiceSettings, 'planning'> & { readonly databaseUrl: string },
  operations: Operations,
): Promise<Running> {
  const kept = await openStore({ dataFolder: '', databaseUrl }, operations);
  return startJobs(kept, [newPool('planning', planning, operations)], { operations });
}

/** A store, and how to speak to the other processes that share it. */
interface Kept {
  readonly store: Store;
  readonly signals?: Signals;
}

async function openStore({ dataFolder, databaseUrl }: StoreSettings, operations: Operations): Promise<Kept> {
  const onStatement = operations.statementRun.bind(operations);
  const observed = (store: Store) => observedStore(store, operations.planChanged.bind(operations));
  if (databaseUrl === undefined)
    return { store: observed(await openSqliteStore(dataFolder, { onStatement })) };
  const store = observed(await openPostgresStore(databaseUrl, { onStatement }));
  return { store, signals: new PostgresSignals(databaseUrl) };
}

function newPool(name: string, options: Partial<PlanningPoolOptions>, operations: Operations): PlanningPool {
  return new PlanningPool({
    entry: planningProcessEntry(),
    observer: operations.poolObserver(name),
    ...options,
  });
}

/** The first pool is that for plans. */
async function startJobs(
  { store, signals }: Kept,
  pools: readonly PlanningPool[],
  {
    operations,
    isWorking = true,
  }: { readonly operations: Operations; readonly isWorking?: boolean | undefined },
): Promise<Running & { readonly jobs: PlanJobs }> {
  const endStore = async () => {
    await signals?.close();
    await store.close();
  };
  const killPools = () => Promise.all(pools.map((pool) => pool.kill()));
  try {
    await Promise.all(pools.map((pool) => pool.ready));
    const jobs = await PlanJobs.start({
      store,
      pool: pools[0],
      reportError: (error) => {
        operations.mistake(error);
      },
      isWorking,
      ...(signals && { signals }),
    });
    return {
      jobs,
      finish: async () => {
        await jobs.stop();
        await Promise.all(pools.map((pool) => pool.close()));
        await endStore();
      },
      kill: async () => {
        await Promise.all([jobs.stop(), killPools()]);
        await endStore();
      },
    };
  } catch (error) {
    // Their processes would keep this one running.
    await killPools();
    await endStore();
    throw error;
  }
}

import type { Services } from './http/route.ts';
import { EmbeddedJobs } from './jobs/embedded-jobs.ts';
import { planningProcessEntry } from './planning-process-entry.ts';
import { PlanningPool } from './processes/planning-pool.ts';
import type { PlanningPoolOptions } from './processes/pool-options.ts';
import { openSqliteStore } from './store/sqlite/open-sqlite-store.ts';

/** What services are made from. */
export interface ServiceSettings {
  readonly dataFolder: string;
  /** Largest request body in bytes. */
  readonly maxBodyBytes: number;
  readonly planning: Partial<PlanningPoolOptions>;
}

export interface RunningServices extends Services {
  /** Finishes what somebody waits for, gives back what nobody does, and ends. */
  finish(): Promise<void>;
  /** Ends at once. */
  kill(): Promise<void>;
}

/** Opens the store, starts the planning processes and takes up the work that is left. `reportError` hears of mistakes of our own. */
export async function startServices(
  { dataFolder, maxBodyBytes, planning: options }: ServiceSettings,
  reportError: (error: unknown) => void,
): Promise<RunningServices> {
  const store = await openSqliteStore(dataFolder);
  const pools = [options, { ...options, size: 1 }].map(
    (each) => new PlanningPool({ entry: planningProcessEntry(), ...each }),
  );
  const kill = async () => {
    await Promise.all(pools.map((pool) => pool.kill()));
    await store.close();
  };
  try {
    await Promise.all(pools.map((pool) => pool.ready));
    const [planning, editing] = pools;
    const jobs = await EmbeddedJobs.start(store, planning, reportError);
    return {
      planning,
      editing,
      store,
      jobs,
      maxBodyBytes,
      finish: async () => {
        await jobs.stop();
        await Promise.all(pools.map((pool) => pool.close()));
        await store.close();
      },
      kill: async () => {
        await Promise.all([jobs.stop(), kill()]);
      },
    };
  } catch (error) {
    // Their processes would keep this one running.
    await kill();
    throw error;
  }
}

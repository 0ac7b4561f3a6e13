import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { PlanningPoolOptions } from './processes/pool-options.ts';
import { LOG_LEVELS, type LogLevel } from './operations/service-log.ts';

/** The environment, read once at start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Largest request body in bytes. */
  readonly maxBodyBytes: number;
  /** What is logged: this and what weighs more. */
  readonly logLevel: LogLevel;
  /** Folder of the embedded store. */
  readonly dataFolder: string;
  /** PostgreSQL instead of the embedded store. */
  readonly databaseUrl?: string;
  /** Whether the service works on plans itself, or leaves that to workers. */
  readonly isWorking: boolean;
  /** Planning processes kept warm; absent = one core is left for HTTP. */
  readonly planningProcesses?: number;
  /** Resident size in bytes at which a planning process is killed; absent = the pool's own default. */
  readonly planningMemoryBytes?: number;
}

const MEBIBYTE = 1024 * 1024;

const whole = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'is not a whole number')
    .transform(Number)
    .refine((value) => value >= from && value <= to, `is not between ${from} and ${to}`);

/** Whether a text names a PostgreSQL database. */
function isPostgresUrl(text: string): boolean {
  return (
    URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol) && new URL(text).pathname.length > 1
  );
}

/** Whether an address is reached from this machine alone. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

const environment = z
  .object({
    HOST: z
      .string()
      .refine(
        isLoopback,
        'is not a loopback address: without authentication others must not reach the service',
      )
      .default('127.0.0.1'),
    PORT: whole(0, 65_535).default(3000),
    MAX_BODY_MB: whole(1, 256).default(64),
    LOG_LEVEL: z.enum(LOG_LEVELS, `is not one of ${LOG_LEVELS.join(', ')}`).default('info'),
    DATA_DIR: z.string().min(1).default('.apportion'),
    DATABASE_URL: z
      .string()
      .refine(isPostgresUrl, 'is not like postgres://user:password@host:5432/database')
      .optional(),
    WORK_ON_PLANS: z.enum(['yes', 'no'], 'is neither yes nor no').default('yes'),
    PLANNING_PROCESSES: whole(1, 64).optional(),
    PLANNING_MEMORY_MB: whole(256, 65_536).optional(),
  })
  .refine(({ DATABASE_URL, WORK_ON_PLANS }) => DATABASE_URL !== undefined || WORK_ON_PLANS === 'yes', {
    path: ['WORK_ON_PLANS'],
    message: 'is no without DATABASE_URL: no worker could reach the plans',
  });

/** Reads the settings; throws an error that lists every fault, by the name of the variable. */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  // An empty variable is one that is not set.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    throw new Error(`The environment is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
  const { HOST, PORT, MAX_BODY_MB, LOG_LEVEL, DATA_DIR, DATABASE_URL, WORK_ON_PLANS } = read.data;
  const { PLANNING_PROCESSES, PLANNING_MEMORY_MB } = read.data;
  return {
    host: HOST,
    port: PORT,
    maxBodyBytes: MAX_BODY_MB * MEBIBYTE,
    logLevel: LOG_LEVEL,
    dataFolder: resolve(DATA_DIR),
    ...(DATABASE_URL !== undefined && { databaseUrl: DATABASE_URL }),
    isWorking: WORK_ON_PLANS === 'yes',
    ...(PLANNING_PROCESSES !== undefined && { planningProcesses: PLANNING_PROCESSES }),
    ...(PLANNING_MEMORY_MB !== undefined && { planningMemoryBytes: PLANNING_MEMORY_MB * MEBIBYTE }),
  };
}

/** What a pool of planning processes is made with. */
export function planningOptionsOf({
  planningProcesses,
  planningMemoryBytes,
}: Config): Partial<PlanningPoolOptions> {
  return {
    ...(planningProcesses !== undefined && { size: planningProcesses }),
    ...(planningMemoryBytes !== undefined && { memoryLimitBytes: planningMemoryBytes }),
  };
}

import { availableParallelism, totalmem } from 'node:os';
import { planningChildCommand, planningChildEnvironment } from './child-command.ts';
import type { FailureReason } from './messages.ts';
import type { PlanningChildOptions } from './planning-child.ts';

/** Why a planning process was replaced: it grew too large or old, its request was cancelled, it did not start, or it failed. */
export type ReplacementReason = FailureReason | 'worn' | 'cancelled' | 'start';

/** Hears what a pool does. */
export interface PoolObserver {
  /** `outcome` is that of the reply, the reason of a failure, `cancelled` or `refused`; the seconds include waiting. */
  requestEnded(kind: string, outcome: string, seconds: number): void;
  processReplaced(reason: ReplacementReason): void;
}

/** Everything but `entry` has a default. */
export interface PlanningPoolOptions {
  /** The child's program, which calls `serveRequests`. */
  readonly entry: URL;
  /** Processes kept warm. Default: one core is left for HTTP. */
  readonly size?: number;
  /** Requests that may wait for a process. Default 64. */
  readonly maximumWaiting?: number;
  /** Bytes of waiting requests at which no more are taken, since they are held in memory. Default 256 MiB. */
  readonly maximumWaitingBytes?: number;
  /** Resident size at which a process is killed. Default: 3 GiB, or its part of the memory if that is less. */
  readonly memoryLimitBytes?: number;
  /** Resident size above which a process is replaced after its reply. Default: half the memory limit. */
  readonly recycleAboveBytes?: number;
  /** Requests after which a process is replaced. Default 500. */
  readonly recycleAfterRequests?: number;
  /** The longest deadline a child may ask for. Default 3600. */
  readonly maximumTimeLimitSeconds?: number;
  /** The deadline until the child asks for one. Default 60. */
  readonly readingLimitSeconds?: number;
  /** How long a process may take to be ready. Default 30. */
  readonly startLimitSeconds?: number;
  /** Largest reply that is read. Default 256 MiB. */
  readonly maximumReplyBytes?: number;
  /** Whether processes collect garbage early instead of making room for it; for reading large tables, not for solving. Default false. */
  readonly isFrugal?: boolean;
  readonly observer?: PoolObserver;
}

const MEBIBYTE = 1024 ** 2;

/** The number of processes. */
export function poolSize({ size = availableParallelism() - 1 }: PlanningPoolOptions): number {
  return Math.max(1, size);
}

/** What every process of the pool is started with. */
export function planningChildOptions(options: PlanningPoolOptions): PlanningChildOptions {
  const memoryLimitBytes = options.memoryLimitBytes ?? defaultMemoryLimitBytes(poolSize(options));
  return {
    command: planningChildCommand(options.entry, memoryLimitBytes, options.isFrugal ?? false),
    environment: planningChildEnvironment(),
    startLimitSeconds: options.startLimitSeconds ?? 30,
    readingLimitSeconds: options.readingLimitSeconds ?? 60,
    maximumTimeLimitSeconds: options.maximumTimeLimitSeconds ?? 3600,
    memoryLimitBytes,
    maximumReplyBytes: options.maximumReplyBytes ?? 256 * MEBIBYTE,
    recycleAfterRequests: options.recycleAfterRequests ?? 500,
    recycleAboveBytes: options.recycleAboveBytes ?? memoryLimitBytes / 2,
  };
}

/** The largest engine takes 2 GiB of WASM memory; the rest is for the scenario and the plan. */
function defaultMemoryLimitBytes(size: number): number {
  // In a container its own limit counts; without one Node reports 0 or an absurdly large number.
  const machineBytes = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.min(3072 * MEBIBYTE, Math.floor((machineBytes * 0.8) / size));
}

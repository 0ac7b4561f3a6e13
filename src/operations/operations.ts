import type { PoolObserver } from '../processes/pool-options.ts';
import type { Backup } from '../store/store.ts';
import type { PlanEvent } from './plan-events.ts';
import type { EndedRequest, ServiceLog } from './service-log.ts';
import { ServiceMetrics } from './service-metrics.ts';
import { statementKind } from './statement-kind.ts';

/** How the service is watched: what happens in it goes to its log and its metrics. One for each process. */
export class Operations {
  readonly log: ServiceLog;
  readonly metrics: ServiceMetrics;

  constructor(log: ServiceLog, metrics = new ServiceMetrics()) {
    this.log = log;
    this.metrics = metrics;
  }

  requestBegan(): void {
    this.metrics.requestBegan();
  }

  /** Probes are counted but not logged: they come every few seconds, for ever. */
  requestEnded(request: EndedRequest, isProbe: boolean): void {
    this.metrics.requestEnded(request);
    if (!isProbe) this.log.requestEnded(request);
  }

  planChanged(event: PlanEvent): void {
    this.metrics.planChanged(event);
    this.log.planChanged(event);
  }

  /** What a pool of planning processes tells, under the pool's name. */
  poolObserver(pool: string): PoolObserver {
    return {
      requestEnded: (kind, outcome, seconds) => {
        this.metrics.planningEnded(pool, kind, outcome, seconds);
      },
      processReplaced: (reason) => {
        this.metrics.processReplaced(pool, reason);
        this.log.processReplaced(pool, reason);
      },
    };
  }

  statementRun(sql: string, milliseconds: number, errorKind?: string): void {
    this.metrics.statementRun(statementKind(sql), milliseconds / 1000);
    if (errorKind === undefined) return;
    this.metrics.storeFailed(errorKind);
    // What is there already is told to the client it concerns.
    if (errorKind !== 'conflict') this.log.storeFailed(errorKind);
  }

  backupWritten(backup: Backup): void {
    this.log.backupWritten(backup);
  }

  /** A mistake of our own, never of a user. */
  mistake(error: unknown, requestId?: string): void {
    this.metrics.mistake();
    this.log.mistake(error, requestId);
  }
}

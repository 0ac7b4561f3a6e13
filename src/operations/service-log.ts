import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import type { Backup } from '../store/store.ts';
import { errorFields } from './error-fields.ts';
import type { PlanEvent } from './plan-events.ts';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A request that is over. */
export interface EndedRequest {
  readonly requestId: string;
  readonly method: string;
  /** The address as the API description writes it, `/v1/plans/{plan}`; never the one that was sent. */
  readonly route: string;
  /** Absent where the client went away before there was one. */
  readonly status?: number;
  readonly milliseconds: number;
  /** On the connection, headers included. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Whether the client went away before it had the whole answer. */
  readonly isAborted: boolean;
}

/**
 * The log: JSON lines. What a line can say is said here, field by field, and nothing else can be logged: no bodies, no addresses as sent, no
 * names or rates, no messages of errors.
 */
export class ServiceLog {
  readonly #logger: Logger;

  /** To standard error unless told otherwise: standard output has the line that says where the service is. */
  constructor(
    level: LogLevel,
    destination: DestinationStream = pino.destination({ dest: 2, sync: false, maxLength: MOST_PENDING }),
  ) {
    const formatters = { level: (label: string) => ({ level: label }) };
    const options = { level, base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime, formatters };
    this.#logger = pino(options, destination);
  }

  started(version: string): void {
    this.#logger.info({ version }, 'Started');
  }

  stopping(signal: string): void {
    this.#logger.info({ signal }, 'Stopping');
  }

  stopped(): void {
    this.#logger.info('Stopped');
  }

  requestEnded(request: EndedRequest): void {
    const { requestId, method, route, status, milliseconds, bytesIn, bytesOut, isAborted } = request;
    const fields = {
      requestId,
      method,
      route,
      ...(status !== undefined && { status }),
      milliseconds: Math.round(milliseconds * 10) / 10,
      bytesIn,
      bytesOut,
      ...(isAborted && { isAborted }),
    };
    this.#logger[(status ?? 0) >= 500 ? 'warn' : 'info'](fields, 'Request');
  }

  planChanged({ change, plan, attempt, reason, seconds }: PlanEvent): void {
    const level = change === 'failed' || change === 'quarantined' ? 'warn' : 'info';
    this.#logger[level]({ change, plan, attempt, reason, seconds }, 'Plan');
  }

  processReplaced(pool: string, reason: string): void {
    this.#logger[reason === 'worn' || reason === 'cancelled' ? 'debug' : 'warn'](
      { pool, reason },
      'Planning process replaced',
    );
  }

  storeFailed(kind: string): void {
    this.#logger.warn({ kind }, 'Store');
  }

  backupWritten({ name, bytes, seconds }: Backup): void {
    this.#logger.info({ name, bytes, seconds: Math.round(seconds * 1000) / 1000 }, 'Backup');
  }

  /** A mistake of our own. */
  mistake(error: unknown, requestId?: string): void {
    this.#logger.error({ requestId, error: errorFields(error) }, 'Mistake');
  }

  /** A mistake that ends the process. */
  fatal(error: unknown): void {
    this.#logger.fatal({ error: errorFields(error) }, 'Mistake');
  }
}

/** Characters that wait for a slow reader at most; what comes then is left out, for the service must not stand still for its log. */
const MOST_PENDING = 16 * 1024 ** 2;

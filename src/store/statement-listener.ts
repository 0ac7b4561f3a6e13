import type { KyselyConfig } from 'kysely';
import { type StoreErrorKind, storeError } from './store-error.ts';

/** Hears of every statement how long it took, and whether it failed. */
export type StatementListener = (sql: string, milliseconds: number, failed?: StoreErrorKind) => void;

/** The setting with which Kysely tells a listener. */
export function onStatementOf(listener: StatementListener | undefined): Pick<KyselyConfig, 'log'> {
  if (!listener) return {};
  return {
    log: (event) => {
      const failed = event.level === 'error' ? storeError(event.error as Error).kind : undefined;
      listener(event.query.sql, event.queryDurationMillis, failed);
    },
  };
}

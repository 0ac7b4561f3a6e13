/**
 * Why the store did not do what it was asked.
 *
 * `unavailable`: not now, it may work again. `full`: no room on the disk. `locked`: another process owns it. `conflict`: what was to be written
 * is there already.
 */
export type StoreErrorKind = 'unavailable' | 'full' | 'locked' | 'conflict';

/** The one error the store throws; its message quotes no values. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

const KIND_OF_CODE: readonly (readonly [prefix: string, kind: StoreErrorKind])[] = [
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'conflict'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'conflict'],
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_FULL', 'full'],
  // PostgreSQL: unique_violation, disk_full.
  ['23505', 'conflict'],
  ['53100', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
];

/** What a database says, as the store says it. */
export function storeError(error: { readonly code?: string; readonly message: string }): StoreError {
  if (error instanceof StoreError) return error;
  const { code = '', message } = error;
  const kind = KIND_OF_CODE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'unavailable';
  return new StoreError(kind, `${code} ${message}`.trim(), error);
}

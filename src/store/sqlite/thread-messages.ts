/** What a statement can be given. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** What the thread is started with. */
export interface ThreadData {
  readonly file: string;
}

/** One statement. Several are sent together, and replied to in their order, in one message or more. */
export interface Statement {
  readonly id: number;
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
  /** To be refused where no transaction is open: its beginning has failed. */
  readonly isOfTransaction: boolean;
}

export type StatementReply =
  | { readonly id: number; readonly rows: readonly Record<string, unknown>[]; readonly changes: number }
  | { readonly id: number; readonly failure: { readonly code: string; readonly message: string } };

export type ThreadReply = { readonly opened: true } | readonly StatementReply[];

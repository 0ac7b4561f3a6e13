/**
 * The tables, for both databases. Times are milliseconds since 1970; what is JSON is text; whose it is (`tenant`) is part of every key.
 */
export interface Database {
  scenarios: ScenarioRow;
  revisions: RevisionRow;
  plans: PlanRow;
  plan_fields: PlanFieldRow;
  idempotency_keys: IdempotencyKeyRow;
}

/** A scenario with a history. */
export interface ScenarioRow {
  tenant: string;
  id: string;
  /** Of the newest revision, as its JSON has it. */
  name: string;
  /** Number of the newest revision. */
  head: number;
  created_at: number;
  changed_at: number;
  deleted_at: number | null;
}

/** One revision; nothing in it but its label ever changes. */
export interface RevisionRow {
  tenant: string;
  scenario: string;
  /** From 1, without gaps. */
  revision: number;
  /** Of the RFC 8785 form of the scenario. */
  sha256: string;
  /** The scenario as JSON. */
  content: Buffer;
  /** A `RevisionChange` as JSON. */
  change: string;
  comment: string | null;
  label: string | null;
  created_at: number;
}

/** A plan, from the moment it is asked for. */
export interface PlanRow {
  tenant: string;
  id: string;
  scenario: string;
  revision: number;
  sha256: string;
  /** The options as they were sent, as JSON. */
  options: string;
  state: string;
  /** How often it was begun; who writes a result must know it. */
  attempt: number;
  queued_at: number;
  /** When it is no use to begin any more. */
  expires_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** The small fields of the finished plan, as JSON. */
  summary: string | null;
  /** Attempts that came to nothing, as JSON. */
  failures: string;
  /** What made it (`PlanOrigin`), as JSON. */
  origin: string | null;
  /** Goes up while somebody works on it, where processes share the store. */
  beat: number;
  /** What it was at with the last beat, as JSON. */
  progress: string | null;
  /** The id of the plan that it makes again. */
  replay_of: string | null;
  /** How it compares with that one (`PlanReplay`), as JSON. */
  replay: string | null;
}

/** A large field of a finished plan, as JSON. */
export interface PlanFieldRow {
  tenant: string;
  plan: string;
  field: string;
  content: Buffer;
}

/** The answer to a request that must not be done twice. */
export interface IdempotencyKeyRow {
  tenant: string;
  key: string;
  /** What was asked: the same key with another request is a mistake. */
  fingerprint: string;
  /** A `KeptAnswer` as JSON. */
  answer: string;
  created_at: number;
}

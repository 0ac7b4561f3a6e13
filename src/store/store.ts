/** Whose records they are. Every record belongs to one tenant, and no query crosses from one to another. */
export type Tenant = string;

/** A scenario without its content. */
export interface ScenarioRecord {
  readonly id: string;
  readonly name: string;
  /** Number of the newest revision. */
  readonly head: number;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly isDeleted: boolean;
}

/** How a revision came about. */
export type RevisionChange =
  | { readonly kind: 'created' | 'replaced' | 'patched' | 'capacity' | 'demand' }
  | { readonly kind: 'copied'; readonly scenario: string; readonly revision: number };

/** A revision without its content. */
export interface RevisionRecord {
  readonly scenario: string;
  readonly revision: number;
  /** SHA-256 of the RFC 8785 form of the scenario, in hexadecimal digits. */
  readonly sha256: string;
  readonly change: RevisionChange;
  readonly comment?: string;
  readonly label?: string;
  readonly createdAt: number;
}

/** A scenario to be kept: it has been checked, and its content is as `kept-content.ts` has it. */
export interface NewRevision {
  readonly name: string;
  readonly sha256: string;
  readonly content: Buffer;
  readonly change: RevisionChange;
  readonly comment?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: PageStart;
}

/** Lists go from the newest to the oldest; a page begins after this item. */
export interface PageStart {
  readonly at: number;
  readonly id: string;
}

/** What came of a change that names the revision it was made from. */
export type Changed<Result> = Result | 'stale' | 'missing';

export interface ScenarioRecords {
  create(tenant: Tenant, id: string, revision: NewRevision): Promise<RevisionRecord>;
  /** Adds a revision after `from`, if that is the newest one still. */
  revise(tenant: Tenant, id: string, from: number, revision: NewRevision): Promise<Changed<RevisionRecord>>;
  /** Takes a scenario out of lists and from under changes; its revisions and plans stay. */
  remove(tenant: Tenant, id: string, from: number): Promise<Changed<'removed'>>;
  find(tenant: Tenant, id: string): Promise<ScenarioRecord | undefined>;
  list(tenant: Tenant, limit: number, after?: PageStart): Promise<Page<ScenarioRecord>>;
  revision(tenant: Tenant, id: string, revision: number): Promise<RevisionRecord | undefined>;
  revisions(tenant: Tenant, id: string): Promise<readonly RevisionRecord[]>;
  /** The scenario as it is kept, JSON or compressed (`kept-content.ts`). */
  content(tenant: Tenant, id: string, revision: number): Promise<Buffer | undefined>;
  /** Names a revision, or takes its name away; `taken` where another revision of the scenario has that name. */
  label(
    tenant: Tenant,
    id: string,
    revision: number,
    label: string | undefined,
  ): Promise<RevisionRecord | 'missing' | 'taken'>;
}

/**
 * What becomes of a plan that is asked for. Only `queued` and `running` ever change.
 *
 * `rejected`: its options do not fit its scenario. `quarantined`: it took too many planning processes down with it.
 */
export const PLAN_STATES = [
  'queued',
  'running',
  'finished',
  'cancelled',
  'expired',
  'rejected',
  'quarantined',
] as const;

export type PlanState = (typeof PLAN_STATES)[number];

/** An attempt that came to nothing. */
export interface PlanFailure {
  readonly attempt: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What it was at. */
  readonly stage?: string;
  /** `engine`: its planning process was lost. `service`: the service itself was. */
  readonly reason: 'engine' | 'service';
}

/** What a plan was made with. */
export interface PlanOrigin {
  readonly product: string;
  readonly node: string;
  readonly platform: string;
  /** Name and version; absent, with all about it, where its process was lost. */
  readonly engine?: string | undefined;
  /** The revision of the engine's source. */
  readonly engineBuild?: string | undefined;
  readonly engineSeed?: number | undefined;
  /** The options with their defaults, as they were used. */
  readonly options?: object;
  /** What its process may have taken at most. */
  readonly memoryLimitMegabytes?: number;
}

/** How a plan that was made again compares with the one it replays. */
export interface PlanReplay {
  /** Whether the answers are the same byte for byte. */
  readonly identical: boolean;
  /** The fields of the answer that are not; none where only their order is another. */
  readonly differs: readonly string[];
  readonly totalCost: { readonly original?: number; readonly replay?: number };
  readonly madeWith: { readonly original?: PlanOrigin; readonly replay: PlanOrigin };
}

export interface PlanRecord {
  readonly tenant: Tenant;
  readonly id: string;
  readonly scenario: string;
  readonly revision: number;
  readonly sha256: string;
  /** As they were sent, JSON. */
  readonly options: string;
  readonly state: PlanState;
  readonly attempt: number;
  readonly queuedAt: number;
  readonly expiresAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** JSON. */
  readonly summary?: string;
  readonly failures: readonly PlanFailure[];
  readonly origin?: PlanOrigin;
  /** Goes up while somebody works on it, where processes share the store. */
  readonly beat: number;
  /** What it was at with the last beat, JSON. */
  readonly progress?: string;
  /** The plan that this one makes again. */
  readonly replayOf?: string;
  /** How it came out; of a finished replay. */
  readonly replay?: PlanReplay;
}

export type NewPlan = Pick<
  PlanRecord,
  'id' | 'scenario' | 'revision' | 'sha256' | 'options' | 'expiresAt' | 'replayOf'
>;

/** What a finished plan consists of: small fields together, large ones each for itself; all JSON. */
export interface PlanResult {
  readonly state: 'finished' | 'rejected';
  readonly summary: string;
  readonly fields: readonly { readonly field: string; readonly content: Buffer }[];
  readonly origin: PlanOrigin;
  readonly replay?: PlanReplay;
}

export interface PlanName {
  readonly tenant: Tenant;
  readonly id: string;
}

/** One attempt at a plan: whoever holds an older one can write nothing any more. */
export interface PlanAttempt extends PlanName {
  readonly attempt: number;
}

/** Plans that wait and that are worked on. */
export interface PlanLoad {
  readonly queued: number;
  readonly running: number;
  /** Absent where none waits. */
  readonly oldestQueuedAt?: number;
}

export interface PlanRecords {
  submit(tenant: Tenant, plan: NewPlan): Promise<PlanRecord>;
  find(tenant: Tenant, id: string): Promise<PlanRecord | undefined>;
  list(tenant: Tenant, scenario: string, limit: number, after?: PageStart): Promise<Page<PlanRecord>>;
  /** The last finished plans of a content, the newest first. */
  finishedOf(tenant: Tenant, sha256: string, limit: number): Promise<readonly PlanRecord[]>;
  /** Large fields of a finished plan, as JSON. */
  fields(tenant: Tenant, id: string, names: readonly string[]): Promise<ReadonlyMap<string, Buffer>>;
  /** Begins the next queued plan: of the tenant with the fewest running ones, the oldest. */
  claim(): Promise<PlanRecord | undefined>;
  /** Says that an attempt is being worked on, and what it is at (JSON): false where it is not the running one any more. */
  beat(attempt: PlanAttempt, progress: string): Promise<boolean>;
  /** Writes a result, once: false where the attempt is not the running one. */
  finish(attempt: PlanAttempt, result: PlanResult): Promise<boolean>;
  /** Ends an attempt without a result: queued again, or quarantined where it will hardly ever have one. */
  fail(attempt: PlanAttempt, failure: Pick<PlanFailure, 'stage' | 'reason'>): Promise<boolean>;
  /** Ends an attempt that came to nothing because the service stops: queued again, and not counted. */
  giveBack(attempt: PlanAttempt): Promise<boolean>;
  /** Cancels what is queued or running; the record as it is then. */
  cancel(tenant: Tenant, id: string): Promise<PlanRecord | undefined>;
  /** Ends what has waited too long. */
  expire(): Promise<readonly PlanName[]>;
  /** How many are queued, by tenant; in a transaction, nobody else counts them before it has ended. */
  queued(): Promise<ReadonlyMap<Tenant, number>>;
  /** How much there is to do, of all tenants. */
  load(): Promise<PlanLoad>;
  /** All that are said to be running. */
  running(): Promise<readonly PlanRecord[]>;
}

/** An answer that is given again to the same request. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/** A request that must not be done twice. */
export interface IdempotencyKey {
  readonly key: string;
  /** What was asked: method, address and a digest of the body. */
  readonly fingerprint: string;
}

/** What came of a request with a key: done now, done before, or `mismatch`: the key was used for another one. */
export type Once = { readonly answer: KeptAnswer; readonly isReplay: boolean } | 'mismatch';

export interface Records {
  readonly scenarios: ScenarioRecords;
  readonly plans: PlanRecords;
}

/** A copy of everything in a file of its own. */
export interface Backup {
  /** Of its file, in the folder of backups. */
  readonly name: string;
  readonly bytes: number;
  /** Of the file, in hexadecimal digits. */
  readonly sha256: string;
  /** That it took to write. */
  readonly seconds: number;
}

export interface Backups {
  /** Writes a consistent copy to the disk; `busy` while another is being written. */
  write(): Promise<Backup | 'busy'>;
}

/** Everything that is kept. Its methods reject with a `StoreError` and nothing else. */
export interface Store extends Records {
  /** Does something and keeps its answer, all or nothing; with a key that was used before it gives that answer again. */
  once(
    tenant: Tenant,
    key: IdempotencyKey | undefined,
    work: (records: Records) => Promise<KeptAnswer>,
  ): Promise<Once>;
  /** Forgets answers that are too old to be given again; how many. */
  forgetAnswers(): Promise<number>;
  /** Absent where the database has tools of its own for that. */
  readonly backups?: Backups;
  /** Rejects where the store cannot be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

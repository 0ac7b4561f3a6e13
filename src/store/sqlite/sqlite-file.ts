import { Worker } from 'node:worker_threads';
import { programFile } from '../../program-file.ts';
import { StoreError, storeError } from '../store-error.ts';
import type { SqlValue, Statement, StatementReply, ThreadData, ThreadReply } from './thread-messages.ts';

/** Rows of a statement, and how many it changed. */
export type StatementResult = Extract<StatementReply, { readonly changes: number }>;

/** A database file behind a thread of its own. A thread that is lost is replaced: SQLite rolls back what it had not committed. */
export class SqliteFile {
  readonly #file: string;
  #thread: Promise<SqliteThread> | undefined;
  #isClosed = false;

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * The thread that has the file open now. Whoever has begun a transaction must go on with the same one: in its successor nothing has begun.
   *
   * Rejects with a `StoreError`, `locked` where another process has the file.
   */
  thread(): Promise<SqliteThread> {
    if (this.#isClosed) return Promise.reject(new StoreError('unavailable', 'The store is closed.'));
    this.#thread ??= SqliteThread.start(this.#file, () => {
      this.#thread = undefined;
    });
    return this.#thread;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const thread = await this.#thread?.catch(() => undefined);
    await thread?.end();
  }
}

interface Pending {
  readonly resolve: (result: StatementResult) => void;
  readonly reject: (error: StoreError) => void;
}

/** One thread with the file open, until it ends. */
export class SqliteThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  /** Statements that are about to be sent: waking a thread costs more than most statements, so those of one turn of the event loop go together. */
  #toSend: Statement[] = [];
  #lost: StoreError | undefined;
  #nextId = 1;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  static start(file: string, onLost: () => void): Promise<SqliteThread> {
    const worker = new Worker(THREAD, { workerData: { file } satisfies ThreadData, execArgv: LOADER });
    const thread = new SqliteThread(worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (reply: ThreadReply) => {
        if ('opened' in reply) resolve(thread);
        else
          reply.forEach((each) => {
            thread.#settle(each);
          });
      });
      const lose = (error: Error) => {
        onLost();
        reject(thread.#lose(error));
      };
      worker.on('error', lose);
      worker.on('exit', () => {
        lose(new Error('The thread of the store has ended.'));
      });
    });
  }

  /**
   * Runs one statement. Rejects with a `StoreError`. Those of a transaction go at once, and are refused where none is open; others go together at the
   * end of this turn.
   */
  run(sql: string, parameters: readonly SqlValue[], isOfTransaction = false): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      if (this.#lost) {
        reject(this.#lost);
        return;
      }
      const id = this.#nextId++;
      this.#pending.set(id, { resolve, reject });
      if (this.#toSend.length === 0 && !isOfTransaction)
        setImmediate(() => {
          this.#send();
        });
      this.#toSend.push({ id, sql, parameters: parameters.map(ownBytes), isOfTransaction });
      if (isOfTransaction) this.#send();
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(): void {
    const statements = this.#toSend;
    if (statements.length === 0) return;
    this.#toSend = [];
    const handedOver = statements.flatMap(({ parameters }) =>
      parameters.flatMap((value) => (value instanceof Uint8Array ? [value.buffer as ArrayBuffer] : [])),
    );
    this.#worker.postMessage(statements, handedOver);
  }

  #settle(reply: StatementReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('failure' in reply) pending?.reject(storeError(reply.failure));
    else pending?.resolve(reply);
  }

  #lose(error: Error): StoreError {
    this.#lost ??= storeError(error);
    for (const { reject } of this.#pending.values()) reject(this.#lost);
    this.#pending.clear();
    return this.#lost;
  }
}

/** Bytes that can be handed over: a view of a larger buffer would take all of that with it. */
function ownBytes(value: SqlValue): SqlValue {
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}

const THREAD = programFile('store/sqlite/sqlite-thread');

/** In a thread, tsx has to be asked for in so many words. */
const LOADER = THREAD.pathname.endsWith('.ts')
  ? [
      '--import',
      `data:text/javascript,import { register } from '${import.meta.resolve('tsx/esm/api')}'; register();`,
    ]
  : [];

import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';
import { StatementCache } from './statement-cache.ts';
import type { SqlValue, Statement, StatementReply, ThreadData, ThreadReply } from './thread-messages.ts';

/**
 * The thread that owns the database file: one statement at a time, as they come. Writing to disk blocks here and nowhere else.
 *
 * What a commit acknowledges is on the disk (`synchronous=FULL`), and nobody else opens the file (`locking_mode=EXCLUSIVE`).
 */
const database = open((workerData as ThreadData).file);

const statements = new StatementCache((sql) => database.prepare(sql));

/** Who waits for a reply does not wait longer than this for those of the statements behind his. */
const MOST_HELD_MS = 1;

parentPort!.on('message', (sent: readonly Statement[]) => {
  let replies: StatementReply[] = [];
  let heldSince = performance.now();
  for (const statement of sent) {
    replies.push(run(statement));
    if (performance.now() - heldSince < MOST_HELD_MS) continue;
    reply(replies);
    replies = [];
    heldSince = performance.now();
  }
  if (replies.length > 0) reply(replies);
});

function reply(replies: readonly StatementReply[]): void {
  parentPort!.postMessage(
    replies,
    replies.flatMap((each) => ('rows' in each ? bytesOf(each) : [])),
  );
}

const opened: ThreadReply = { opened: true };
parentPort!.postMessage(opened);

function open(file: string): Libsql.Database {
  const found = new Libsql(file);
  for (const pragma of ['locking_mode=EXCLUSIVE', 'journal_mode=WAL', 'synchronous=FULL', 'foreign_keys=ON'])
    found.exec(`PRAGMA ${pragma}`);
  // The lock is taken by the first transaction, not by opening the file.
  found.exec('BEGIN IMMEDIATE');
  found.exec('COMMIT');
  const settings = ['journal_mode', 'synchronous'].map((name) =>
    String(Object.values(found.prepare(`PRAGMA ${name}`).get([]) as object).at(0)),
  );
  if (settings.join() !== 'wal,2')
    throw new Error(`The file system allows no safe writing (${settings.join()}).`);
  return found;
}

function run({ id, sql, parameters, isOfTransaction }: Statement): StatementReply {
  try {
    if (isOfTransaction && !database.inTransaction) throw new Error('No transaction has been begun.');
    // One array, never the values one by one: a lone buffer is taken for named parameters, which ends the process.
    const values = parameters.map(bindable);
    return statements.use(sql, parameters, (statement) =>
      statement.reader
        ? { id, rows: statement.all(values) as Record<string, unknown>[], changes: 0 }
        : { id, rows: [], changes: statement.run(values).changes },
    );
  } catch (error) {
    const { code = 'SQLITE_ERROR', message } = error as Error & { code?: string };
    return { id, failure: { code, message } };
  }
}

/** Bytes arrive from another thread as a plain array, which the binding does not know. */
function bindable(value: SqlValue): SqlValue {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

/** The bytes of a reply, to be handed over instead of copied. */
function bytesOf({ rows }: { readonly rows: readonly Record<string, unknown>[] }): ArrayBuffer[] {
  return rows.flatMap((row) => Object.values(row).filter((value) => value instanceof ArrayBuffer));
}

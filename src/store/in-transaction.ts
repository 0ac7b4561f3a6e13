import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Does all of something or nothing: in the transaction that `db` is, or in one of its own. */
export function inTransaction<Result>(
  db: Kysely<Database>,
  work: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

import type { Kysely, Migration } from 'kysely';

/** Finds plans of the same content, whatever their scenario. */
export const samePlans: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createIndex('plans_by_content')
      .on('plans')
      .columns(['tenant', 'sha256', 'state', 'finished_at'])
      .execute();
  },
};

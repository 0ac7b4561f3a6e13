import type { Kysely, Migration } from 'kysely';

/** What other processes see of a running plan: signs of life, and what it is at. */
export const sharedPlans: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('plans')
      .addColumn('beat', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.alterTable('plans').addColumn('progress', 'text').execute();
  },
};

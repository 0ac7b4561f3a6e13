import type { Kysely, Migration } from 'kysely';

/** Plans that make another one again. */
export const replays: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('plans').addColumn('replay_of', 'text').execute();
    await db.schema.alterTable('plans').addColumn('replay', 'text').execute();
  },
};

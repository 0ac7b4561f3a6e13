import type { Kysely, Migration } from 'kysely';

/** What every submission and every look at the queue asks for, without reading the plans themselves. */
export const queueIndexes: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createIndex('plans_by_tenant').on('plans').columns(['state', 'tenant']).execute();
    await db.schema.createIndex('plans_by_expiry').on('plans').columns(['state', 'expires_at']).execute();
  },
};

import { type Kysely, type Migration, sql } from 'kysely';
import type { ColumnTypes } from './migrations.ts';

/** Scenarios with their revisions, plans with their fields, and the keys of requests that must not be done twice. */
export function scenariosAndPlans({ bytes }: ColumnTypes): Migration {
  const content = sql.raw<Buffer>(bytes);
  return {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('scenarios')
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('head', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('changed_at', 'bigint', (column) => column.notNull())
        .addColumn('deleted_at', 'bigint')
        .addPrimaryKeyConstraint('scenarios_key', ['tenant', 'id'])
        .execute();
      await db.schema
        .createIndex('scenarios_by_change')
        .on('scenarios')
        .columns(['tenant', 'changed_at', 'id'])
        .execute();
      await db.schema
        .createTable('revisions')
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('scenario', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('content', content, (column) => column.notNull())
        .addColumn('change', 'text', (column) => column.notNull())
        .addColumn('comment', 'text')
        .addColumn('label', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('revisions_key', ['tenant', 'scenario', 'revision'])
        .addUniqueConstraint('revisions_label', ['tenant', 'scenario', 'label'])
        .addForeignKeyConstraint('revisions_of', ['tenant', 'scenario'], 'scenarios', ['tenant', 'id'])
        .execute();
      await db.schema
        .createTable('plans')
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('scenario', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('sha256', 'text', (column) => column.notNull())
        .addColumn('options', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempt', 'integer', (column) => column.notNull())
        .addColumn('queued_at', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('started_at', 'bigint')
        .addColumn('finished_at', 'bigint')
        .addColumn('summary', 'text')
        .addColumn('failures', 'text', (column) => column.notNull())
        .addColumn('origin', 'text')
        .addPrimaryKeyConstraint('plans_key', ['tenant', 'id'])
        .addForeignKeyConstraint('plans_of', ['tenant', 'scenario', 'revision'], 'revisions', [
          'tenant',
          'scenario',
          'revision',
        ])
        .execute();
      await db.schema.createIndex('plans_to_do').on('plans').columns(['state', 'queued_at']).execute();
      await db.schema
        .createIndex('plans_by_scenario')
        .on('plans')
        .columns(['tenant', 'scenario', 'queued_at', 'id'])
        .execute();
      await db.schema
        .createTable('plan_fields')
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('plan', 'text', (column) => column.notNull())
        .addColumn('field', 'text', (column) => column.notNull())
        .addColumn('content', content, (column) => column.notNull())
        .addPrimaryKeyConstraint('plan_fields_key', ['tenant', 'plan', 'field'])
        .addForeignKeyConstraint('plan_fields_of', ['tenant', 'plan'], 'plans', ['tenant', 'id'])
        .execute();
      await db.schema
        .createTable('idempotency_keys')
        .addColumn('tenant', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('answer', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('idempotency_keys_key', ['tenant', 'key'])
        .execute();
      await db.schema
        .createIndex('idempotency_keys_by_age')
        .on('idempotency_keys')
        .columns(['created_at'])
        .execute();
    },
  };
}

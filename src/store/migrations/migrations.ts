import type { Migration, MigrationProvider } from 'kysely';
import { scenariosAndPlans } from './2026-11-scenarios-and-plans.ts';
import { sharedPlans } from './2026-11-shared-plans.ts';
import { queueIndexes } from './2026-12-queue-indexes.ts';
import { replays } from './2026-12-replays.ts';
import { samePlans } from './2026-12-same-plans.ts';

/** How a database writes down what the other one writes otherwise. */
export interface ColumnTypes {
  readonly bytes: 'blob' | 'bytea';
}

/** All migrations by name, in the order of their names; one that has been released is never changed. */
export function migrations(types: ColumnTypes): MigrationProvider {
  return { getMigrations: () => Promise.resolve(allMigrations(types)) };
}

/** The names of all. */
export function migrationNames(): readonly string[] {
  return Object.keys(allMigrations({ bytes: 'blob' }));
}

function allMigrations(types: ColumnTypes): Record<string, Migration> {
  return {
    '2026-11-scenarios-and-plans': scenariosAndPlans(types),
    '2026-11-shared-plans': sharedPlans,
    '2026-12-queue-indexes': queueIndexes,
    '2026-12-replays': replays,
    '2026-12-same-plans': samePlans,
  };
}

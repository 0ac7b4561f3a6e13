import Libsql from 'libsql';
import { migrationNames } from '../migrations/migrations.ts';

/** A revision as it stands in a file. */
export interface StoredRevision {
  readonly scenario: string;
  readonly revision: number;
  readonly sha256: string;
  readonly content: Buffer;
}

/** A finished plan as it stands in a file, with the scenario that it is of. */
export interface StoredPlan {
  readonly id: string;
  readonly sha256: string;
  readonly scenario: StoredRevision | undefined;
  /** JSON. */
  readonly summary: string;
  /** JSON. */
  readonly fields: readonly { readonly field: string; readonly content: Buffer }[];
}

type Row = Record<string, unknown>;

/** The file of a store that nobody serves from, one record at a time. Its methods throw what the database says of a damaged file. */
export class StoredFile {
  readonly #database: Libsql.Database;

  constructor(file: string) {
    this.#database = new Libsql(file);
    // As it may have been copied from a store that is written to; with it, nothing stays beside the file.
    this.#database.exec('PRAGMA journal_mode=DELETE');
  }

  close(): void {
    this.#database.close();
  }

  /** What the database itself finds wrong with it, in its words. */
  faults(): string[] {
    const integrity = this.#all('PRAGMA integrity_check').map((row) => String(Object.values(row)[0]));
    if (integrity.join() !== 'ok') return integrity;
    return this.#all('PRAGMA foreign_key_check').map(
      ({ table }) => `a row of ${String(table)} without what it belongs to`,
    );
  }

  /** Changes of the tables that it has been through and this version knows nothing of. */
  unknownMigrations(): string[] {
    const known = migrationNames();
    return this.#all('SELECT name FROM kysely_migration')
      .map(({ name }) => String(name))
      .filter((name) => !known.includes(name));
  }

  *revisions(): Generator<StoredRevision> {
    const keys = this.#all('SELECT tenant, scenario, revision FROM revisions ORDER BY 1, 2, 3');
    for (const { tenant, scenario, revision } of keys) yield this.#revision(tenant, scenario, revision)!;
  }

  *finishedPlans(): Generator<StoredPlan> {
    const keys = this.#all("SELECT tenant, id FROM plans WHERE state = 'finished' ORDER BY 1, 2");
    for (const { tenant, id } of keys) {
      const [plan] = this.#all('SELECT * FROM plans WHERE tenant = ? AND id = ?', tenant, id);
      const fields = this.#all('SELECT * FROM plan_fields WHERE tenant = ? AND plan = ?', tenant, id);
      yield {
        id: String(id),
        sha256: String(plan.sha256),
        scenario: this.#revision(tenant, plan.scenario, plan.revision),
        summary: String(plan.summary),
        fields: fields.map(({ field, content }) => ({ field: String(field), content: bytesOf(content) })),
      };
    }
  }

  #revision(...key: readonly unknown[]): StoredRevision | undefined {
    const [row] = this.#all(
      'SELECT * FROM revisions WHERE tenant = ? AND scenario = ? AND revision = ?',
      ...key,
    ) as (Row | undefined)[];
    if (!row) return undefined;
    const { scenario, revision, sha256, content } = row;
    return {
      scenario: String(scenario),
      revision: Number(revision),
      sha256: String(sha256),
      content: bytesOf(content),
    };
  }

  #all(sql: string, ...parameters: readonly unknown[]): Row[] {
    return this.#database.prepare(sql).all([...parameters]) as Row[];
  }
}

function bytesOf(content: unknown): Buffer {
  return Buffer.from(content as ArrayBuffer);
}

import { TABLE_PLACES, type TableFile, type TableName } from './table-files.ts';

/** What a file changes in a table: every row counted, and so many of each kind listed. */
export interface TableChange {
  readonly rows: Readonly<Record<'created' | 'changed' | 'unchanged' | 'missing', number>>;
  /** Rows that the table does not have yet. */
  readonly created: readonly ChangedRow[];
  /** Rows with other amounts than the table has. */
  readonly changed: readonly ChangedRow[];
  /** Rows of the table that the file does not have, and that go with it. */
  readonly missing: readonly ChangedRow[];
}

/** A row that is not the same before and after. */
export interface ChangedRow {
  readonly team?: string;
  readonly workflow?: string;
  readonly period: string;
  /** The physical line in the file; absent where the file has no such row. */
  readonly line?: number;
  readonly from?: Amounts;
  readonly to?: Amounts;
}

/** The fields of an entry but its period: hours, or whatever they are computed from. */
export type Amounts = Readonly<Partial<Record<string, number | null>>>;

type Entry = ReturnType<typeof entriesOf>[number];

/** So many rows of each kind are listed; more are only counted. */
export const MAX_LISTED_ROWS = 1000;

/**
 * Compares a table of a scenario, which comes item by item, with the file that replaces it, row by row: rows are the same where team or workflow and period are the
 * same after NFC. Amounts are the same where they are given in the same form with the same numbers. The order of rows says nothing.
 *
 * Lists are in the order of the scenario's teams or workflows, and of the file within each; what is missing in the order of the table.
 */
export function tableChange(
  kept: Iterable<{ readonly id: string }>,
  { table, rows }: TableFile,
): TableChange {
  const { first } = TABLE_PLACES[table];
  const change = new ChangeList();
  for (const item of kept) {
    const { id } = item;
    const before = new Map(entriesOf(item, table).map((entry) => [entry.period.normalize(), entry]));
    for (const row of rows.of(id.normalize())) {
      const { line } = row;
      const entry = row.entry as Entry;
      const period = entry.period.normalize();
      const old = before.get(period);
      before.delete(period);
      if (old && isSame(old, entry)) change.count('unchanged');
      else
        change.add(old ? 'changed' : 'created', () => ({
          [first]: id,
          period: entry.period,
          line,
          ...(old && { from: amountsOf(old) }),
          to: amountsOf(entry),
        }));
    }
    for (const old of before.values())
      change.add('missing', () => ({ [first]: id, period: old.period, from: amountsOf(old) }));
  }
  return change;
}

/** True where the table is the same before and after, but perhaps for the order of its rows. */
export function isNoChange({ rows }: TableChange): boolean {
  return rows.created + rows.changed + rows.missing === 0;
}

class ChangeList implements TableChange {
  readonly rows = { created: 0, changed: 0, unchanged: 0, missing: 0 };
  readonly created: ChangedRow[] = [];
  readonly changed: ChangedRow[] = [];
  readonly missing: ChangedRow[] = [];

  count(kind: keyof TableChange['rows']): void {
    this.rows[kind] += 1;
  }

  add(kind: 'created' | 'changed' | 'missing', row: () => ChangedRow): void {
    this.count(kind);
    if (this[kind].length < MAX_LISTED_ROWS) this[kind].push(row());
  }
}

/** The entries of a table that an item of the scenario has. */
export function entriesOf(item: unknown, table: TableName) {
  return (item as Record<TableName, readonly ({ readonly period: string } & Amounts)[]>)[table];
}

function isSame(one: Entry, other: Entry): boolean {
  return AMOUNT_FIELDS.every((field) => one[field] === other[field]);
}

const AMOUNT_FIELDS = ['hours', 'fte', 'paidHoursPerFte', 'shrinkage', 'contacts', 'ahtSeconds'];

function amountsOf({ period: _, ...amounts }: Entry): Amounts {
  return amounts;
}

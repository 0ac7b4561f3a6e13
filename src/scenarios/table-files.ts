import type { Fault } from '../../models/fault.ts';
import { isRecord } from '../../models/scenario/schema-faults.ts';
import type { CsvFault } from './csv-faults.ts';
import type { CsvSource } from './csv-table-reader.ts';
import { readCapacityCsv, readDemandCsv } from './csv-tables.ts';
import type { TableRows } from './table-rows.ts';

/** The tables of a scenario that a file can replace. */
export const TABLE_NAMES = ['capacity', 'demand'] as const;
export type TableName = (typeof TABLE_NAMES)[number];

/** The list of the scenario whose items have the entries of a table, and the CSV column with their ids. */
export const TABLE_PLACES = {
  capacity: { list: 'teams', first: 'team' },
  demand: { list: 'workflows', first: 'workflow' },
} as const;

/** A file that replaces one table of the scenario. */
export interface TableFile {
  readonly table: TableName;
  readonly fileName: string;
  /** Empty where there are faults. */
  readonly rows: TableRows<TableRow>;
  readonly faults: readonly CsvFault[];
}

/** A row of a file, at its first physical line. */
interface TableRow {
  readonly line: number;
  readonly id: string;
  readonly entry: object & { readonly period: string };
}

/** Reads the file that replaces a table. */
export function readTableFile(table: TableName, bytes: Uint8Array, source: CsvSource): TableFile {
  const { rows, faults } =
    table === 'capacity' ? readCapacityCsv(bytes, source) : readDemandCsv(bytes, source);
  return { table, fileName: source.fileName, rows, faults };
}

/** The items of a list of whatever should be a scenario. */
export function itemsOf(value: unknown, list: string): unknown[] {
  const items = isRecord(value) ? value[list] : undefined;
  return Array.isArray(items) ? items : [];
}

/** Whether any team has a headcount. */
export function hasPeople(scenario: unknown): boolean {
  return itemsOf(scenario, 'teams').some((team) => isRecord(team) && team.headcount !== undefined);
}

/** The id of an item after NFC. */
export function idOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item.id === 'string' ? item.id.normalize() : undefined;
}

/** The ids of a list after NFC. */
export function idsOf(value: unknown, list: string): Set<string> {
  return new Set(itemsOf(value, list).flatMap((item) => idOf(item) ?? []));
}

/** The scenario with the tables of the files. */
export function replaceTables(value: unknown, tables: readonly TableFile[]): unknown {
  if (!isRecord(value)) return value;
  const replaced = { ...value };
  for (const file of tables) {
    const { list } = TABLE_PLACES[file.table];
    replaced[list] = itemsOf(value, list).map((item) => (isRecord(item) ? withEntriesOf(file, item) : item));
  }
  return replaced;
}

/** An item of the file's list with the entries that it has in the file. */
export function withEntriesOf<Item extends object>({ table, rows }: TableFile, item: Item): Item {
  return { ...item, [table]: rows.of(idOf(item) ?? '').map(({ entry }) => entry) };
}

/** The CSV columns of an entry's fields. */
export const COLUMN_OF_FIELD: Readonly<Record<string, string>> = {
  period: 'period',
  hours: 'hours',
  fte: 'fte',
  paidHoursPerFte: 'paid_hours_per_fte',
  shrinkage: 'shrinkage',
  contacts: 'contacts',
  ahtSeconds: 'aht_seconds',
};

/** A function that turns faults of the new scenario into faults of the file, line and column where the entry stands. */
export function locatorOf(
  value: unknown,
  tables: readonly TableFile[],
): (faults: readonly Fault[]) => (Fault | CsvFault)[] {
  return (faults) =>
    faults.map((fault) => {
      const [, list = '', index, field, at, cell] = segmentsOf(fault.pointer);
      const file = tables.find(({ table }) => table === field && TABLE_PLACES[table].list === list);
      const id = idOf(itemsOf(value, list)[Number(index)]);
      const row = at === undefined ? undefined : file?.rows.of(id ?? '')[Number(at)];
      if (file === undefined || row === undefined) return fault;
      const column = cell === undefined ? undefined : COLUMN_OF_FIELD[cell];
      const where = { file: file.fileName, line: row.line, ...(column !== undefined && { column }) };
      return { ...where, code: fault.code, message: fault.message };
    });
}

function segmentsOf(pointer: string): (string | undefined)[] {
  return pointer.split('/');
}

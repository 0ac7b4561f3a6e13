import type { Fault } from '../../models/fault.ts';
import { groupBy } from '../../models/group-by.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { isRecord } from '../../models/scenario/schema-faults.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { CsvFault } from './csv-faults.ts';
import { readCapacityCsv, readDemandCsv } from './csv-tables.ts';
import { readStrictJson } from './strict-json.ts';

/** A scenario read from files. */
export interface SoundFiles {
  readonly scenario: Scenario;
  /** Turns faults found later into faults of the file, line and column where the number stands. */
  readonly locate: (faults: readonly Fault[]) => (Fault | CsvFault)[];
  readonly faults?: undefined;
}

/** A scenario read from files, or everything that is wrong with the files. */
export type ScenarioFiles = SoundFiles | { readonly faults: readonly (Fault | CsvFault)[] };

/** A file that replaces one table of the scenario. */
interface TableFile {
  readonly list: 'teams' | 'workflows';
  readonly field: 'capacity' | 'demand';
  readonly fileName: string;
  readonly rows: readonly { readonly line: number; readonly id: string; readonly entry: object }[];
}

/**
 * Reads a scenario and the CSV files that replace its capacity or demand table.
 *
 * `parts` holds the scenario, then the files named by `options.capacity` and `options.demand`, in that order. A file
 * replaces the whole table: a team or workflow that it does not name has nothing. Faults of all files are reported
 * together.
 */
export function readScenarioFiles(
  parts: readonly Buffer[],
  options: Readonly<Record<string, unknown>>,
): ScenarioFiles {
  const { value, faults: textFaults } = readStrictJson(parts[0]);
  const faults: (Fault | CsvFault)[] = [...textFaults];
  const tables = readTables(value, parts.slice(1), options, faults);
  if (value === undefined) return { faults };
  const replaced = replaceTables(value, tables);
  const locate = locatorOf(value, tables);
  const checked = checkScenario(replaced);
  if (checked.faults) faults.push(...locate(checked.faults));
  if (faults.length > 0 || !checked.scenario) return { faults };
  return { scenario: checked.scenario, locate };
}

/** A file with faults counts as an empty table: what it replaces is not looked at, and not missed either. */
function readTables(
  value: unknown,
  files: readonly Buffer[],
  options: Readonly<Record<string, unknown>>,
  faults: (Fault | CsvFault)[],
): TableFile[] {
  const tables: TableFile[] = [];
  const periods = idsOf(value, 'periods');
  let next = 0;
  if (typeof options.capacity === 'string') {
    const source = { fileName: options.capacity, ...knownIds(idsOf(value, 'teams'), periods) };
    const read = readCapacityCsv(files[next], source);
    next += 1;
    faults.push(...read.faults);
    const rows = read.rows.map(({ line, team, entry }) => ({ line, id: team, entry }));
    tables.push({ list: 'teams', field: 'capacity', fileName: source.fileName, rows });
  }
  if (typeof options.demand === 'string') {
    const source = { fileName: options.demand, ...knownIds(idsOf(value, 'workflows'), periods) };
    const read = readDemandCsv(files[next], source);
    faults.push(...read.faults);
    const rows = read.rows.map(({ line, workflow, entry }) => ({ line, id: workflow, entry }));
    tables.push({ list: 'workflows', field: 'demand', fileName: source.fileName, rows });
  }
  return tables;
}

/** Ids are checked only where the scenario has some: a scenario that cannot be read would make every row a fault. */
function knownIds(first: ReadonlySet<string>, periods: ReadonlySet<string>) {
  return first.size > 0 && periods.size > 0 ? { knownIds: { first, periods } } : {};
}

function itemsOf(value: unknown, list: string): unknown[] {
  const items = isRecord(value) ? value[list] : undefined;
  return Array.isArray(items) ? items : [];
}

function idOf(item: unknown): string | undefined {
  return isRecord(item) && typeof item.id === 'string' ? item.id.normalize() : undefined;
}

function idsOf(value: unknown, list: string): Set<string> {
  return new Set(itemsOf(value, list).flatMap((item) => idOf(item) ?? []));
}

function rowsById({ rows }: TableFile): Map<string, TableFile['rows'][number][]> {
  return groupBy(rows, ({ id }) => id.normalize());
}

function replaceTables(value: unknown, tables: readonly TableFile[]): unknown {
  if (!isRecord(value)) return value;
  const replaced = { ...value };
  for (const table of tables) {
    const byId = rowsById(table);
    replaced[table.list] = itemsOf(value, table.list).map((item) => {
      if (!isRecord(item)) return item;
      const rows = byId.get(idOf(item) ?? '') ?? [];
      return { ...item, [table.field]: rows.map(({ entry }) => entry) };
    });
  }
  return replaced;
}

/** The CSV columns of an entry's fields. */
const COLUMN_OF_FIELD: Readonly<Record<string, string>> = {
  period: 'period',
  hours: 'hours',
  fte: 'fte',
  paidHoursPerFte: 'paid_hours_per_fte',
  shrinkage: 'shrinkage',
  contacts: 'contacts',
  ahtSeconds: 'aht_seconds',
};

function locatorOf(
  value: unknown,
  tables: readonly TableFile[],
): (faults: readonly Fault[]) => (Fault | CsvFault)[] {
  const places = tables.map((table) => ({ table, byId: rowsById(table) }));
  return (faults) =>
    faults.map((fault) => {
      const [, list = '', index, field, at, cell] = segmentsOf(fault.pointer);
      const place = places.find(({ table }) => table.list === list && table.field === field);
      const id = idOf(itemsOf(value, list)[Number(index)]);
      const row = at === undefined ? undefined : place?.byId.get(id ?? '')?.[Number(at)];
      if (place === undefined || row === undefined) return fault;
      const column = cell === undefined ? undefined : COLUMN_OF_FIELD[cell];
      const where = { file: place.table.fileName, line: row.line, ...(column !== undefined && { column }) };
      return { ...where, code: fault.code, message: fault.message };
    });
}

function segmentsOf(pointer: string): (string | undefined)[] {
  return pointer.split('/');
}

import type { Scenario } from '../../models/scenario/schema.ts';
import { entriesOf } from '../scenarios/table-change.ts';
import { COLUMN_OF_FIELD, itemsOf, TABLE_PLACES, type TableName } from '../scenarios/table-files.ts';
import { type CsvCell, csvText } from './csv-text.ts';

/** The fields in which an entry gives its amounts, of all its forms. */
const FIELDS = {
  capacity: ['hours', 'fte', 'paidHoursPerFte', 'shrinkage'],
  demand: ['hours', 'contacts', 'ahtSeconds'],
} as const;

/**
 * A table of a scenario as a CSV file that makes the same table again, every digit and every id as it is.
 *
 * It has the columns that any entry has an amount in, that of hours where there are no entries. Rows are in the order of the scenario. No limit is the word `uncapped`.
 */
export function tableText(scenario: Scenario, table: TableName): string {
  const { list, first } = TABLE_PLACES[table];
  const items = itemsOf(scenario, list) as { readonly id: string }[];
  const used = FIELDS[table].filter((field) =>
    items.some((item) => entriesOf(item, table).some((entry) => entry[field] !== undefined)),
  );
  const fields: readonly string[] = used.length === 0 ? ['hours'] : used;
  const header = [first, 'period', ...fields.map((field) => COLUMN_OF_FIELD[field])];
  return csvText(header, rowsOf(items, table, fields));
}

function* rowsOf(
  items: readonly { readonly id: string }[],
  table: TableName,
  fields: readonly string[],
): Generator<CsvCell[]> {
  for (const item of items)
    for (const entry of entriesOf(item, table))
      yield [item.id, entry.period, ...fields.map((field) => cellOf(entry[field]))];
}

function cellOf(amount: number | null | undefined): CsvCell {
  return amount === null ? 'uncapped' : (amount ?? '');
}

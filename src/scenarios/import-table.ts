import type { Fault } from '../../models/fault.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { isSoundInParts } from '../../models/scenario/sound-in-parts.ts';
import type { DecimalSign } from './csv-cells.ts';
import type { CsvFault } from './csv-faults.ts';
import { type KeptScenario, keptScenario } from './kept-scenario.ts';
import type { KeptTable } from './kept-table.ts';
import {
  hasPeople,
  idsOf,
  locatorOf,
  readTableFile,
  replaceTables,
  TABLE_PLACES,
  type TableFile,
  type TableName,
  withEntriesOf,
} from './table-files.ts';

/**
 * A file in place of a table of a kept scenario. A table has a million entries and more: neither the old nor the new scenario is ever there
 * whole, unless the new one has faults to be placed.
 */

/** Reads the file for a table of a kept scenario, all of whose ids must be known there. */
export function readFileFor(
  rest: Scenario,
  table: TableName,
  bytes: Uint8Array,
  decimal: DecimalSign,
): TableFile {
  const knownIds = { first: idsOf(rest, TABLE_PLACES[table].list), periods: idsOf(rest, 'periods') };
  return readTableFile(table, bytes, { fileName: table, knownIds, decimal, hasPeople: hasPeople(rest) });
}

/** With fewer rows a scenario takes little memory as a whole, and is checked faster than its parts are. */
const MANY_ROWS = 20_000;

/** What is wrong with the file, or with what becomes of the scenario by it; with many rows it is first looked in parts whether anything is. */
export function faultsOfImport(
  { rest }: Pick<KeptTable, 'rest'>,
  file: TableFile,
  manyRows = MANY_ROWS,
): readonly (Fault | CsvFault)[] {
  // Without its rows the scenario would have faults that are not the file's.
  if (file.faults.length > 0) return file.faults;
  if (file.rows.length >= manyRows && isSoundWith(rest, file)) return [];
  const checked = checkScenario(replaceTables(rest, [file]));
  const faults = checked.faults ?? normaliseScenario(checked.scenario).faults ?? [];
  return locatorOf(rest, [file])(faults.slice(0, MAX_FAULTS));
}

function isSoundWith(rest: Scenario, file: TableFile): boolean {
  const { list } = TABLE_PLACES[file.table];
  return isSoundInParts(rest, {
    list,
    countOf: ({ id }) => file.rows.countOf(id.normalize()),
    whole: (item) => withEntriesOf(file, item),
  });
}

/** The scenario with the file in place of the table, to be kept. */
export function keptWithFile({ rest }: KeptTable, file: TableFile): KeptScenario {
  const { list } = TABLE_PLACES[file.table];
  const items = function* () {
    for (const item of rest[list]) yield withEntriesOf(file, item);
  };
  return keptScenario(rest, { list, items });
}

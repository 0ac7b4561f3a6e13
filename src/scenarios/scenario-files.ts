import type { Fault } from '../../models/fault.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { CsvFault } from './csv-faults.ts';
import { readStrictJson } from './strict-json.ts';
import {
  hasPeople,
  idsOf,
  locatorOf,
  readTableFile,
  replaceTables,
  TABLE_NAMES,
  TABLE_PLACES,
  type TableFile,
} from './table-files.ts';

/** A scenario read from files. */
export interface SoundFiles {
  readonly scenario: Scenario;
  /** Turns faults found later into faults of the file, line and column where the number stands. */
  readonly locate: (faults: readonly Fault[]) => (Fault | CsvFault)[];
  readonly faults?: undefined;
}

/** A scenario read from files, or everything that is wrong with the files. */
export type ScenarioFiles = SoundFiles | { readonly faults: readonly (Fault | CsvFault)[] };

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
  const tables = readTables(value, parts.slice(1), options);
  faults.push(...tables.flatMap((table) => table.faults));
  if (value === undefined) return { faults };
  const replaced = replaceTables(value, tables);
  const locate = locatorOf(value, tables);
  const checked = checkScenario(replaced);
  const isLost = tables.some(({ table, faults: ofFile }) => table === 'capacity' && ofFile.length > 0);
  const found = (checked.faults ?? []).filter(({ code }) => !(isLost && code === 'missing-capacity'));
  faults.push(...locate(found));
  if (faults.length > 0 || !checked.scenario) return { faults };
  return { scenario: checked.scenario, locate };
}

/** A file with faults counts as an empty table: what it replaces is not looked at, and not missed either. */
function readTables(
  value: unknown,
  files: readonly Buffer[],
  options: Readonly<Record<string, unknown>>,
): TableFile[] {
  const periods = idsOf(value, 'periods');
  const given = TABLE_NAMES.filter((table) => typeof options[table] === 'string');
  return given.map((table, i) => {
    const known = knownIds(idsOf(value, TABLE_PLACES[table].list), periods);
    const source = { fileName: options[table] as string, hasPeople: hasPeople(value), ...known };
    return readTableFile(table, files[i], source);
  });
}

/** Ids are checked only where the scenario has some: a scenario that cannot be read would make every row a fault. */
function knownIds(first: ReadonlySet<string>, periods: ReadonlySet<string>) {
  return first.size > 0 && periods.size > 0 ? { knownIds: { first, periods } } : {};
}

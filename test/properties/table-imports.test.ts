import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect, it } from 'vitest';
import { groupBy } from '../../models/group-by.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { replyToImportTable } from '../../src/planning/scenario-tables.ts';
import type { CsvFault } from '../../src/scenarios/csv-faults.ts';
import { faultsOfImport, readFileFor } from '../../src/scenarios/import-table.ts';
import { jsonIn, keptContent } from '../../src/scenarios/kept-content.ts';
import { KeptTable } from '../../src/scenarios/kept-table.ts';
import { type Amounts, entriesOf } from '../../src/scenarios/table-change.ts';
import {
  COLUMN_OF_FIELD,
  hasPeople,
  idsOf,
  readTableFile,
  TABLE_NAMES,
  TABLE_PLACES,
  type TableName,
} from '../../src/scenarios/table-files.ts';
import { extremeScenario } from '../scenarios/extreme-scenario.ts';
import { isValid, randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { scenarioWithPeople } from '../scenarios/with-people.ts';
import { caseCount } from './case-count.ts';

/**
 * An import never has a table whole: it reads the file as columns of numbers, the kept scenario item by item, and checks what becomes of it in
 * parts. Here everything is done at once with objects, as anybody would: both must give the same faults, changes and bytes.
 */

type Entry = { readonly period: string } & Amounts;

interface Said {
  readonly faults?: readonly { readonly code: string }[];
  readonly change?: object;
  readonly content?: string;
  readonly sha256?: string;
}

/** The plain way. */
function plainly(kept: Scenario, table: TableName, bytes: Buffer): Said {
  const { list, first } = TABLE_PLACES[table];
  const knownIds = { first: idsOf(kept, list), periods: idsOf(kept, 'periods') };
  const { rows, faults } = readTableFile(table, bytes, {
    fileName: table,
    knownIds,
    hasPeople: hasPeople(kept),
  });
  if (faults.length > 0) return { faults: faults.map(({ file: _, ...fault }) => fault) };
  const byId = groupBy(rows, ({ id }) => id.normalize());
  const rowsOf = (id: string) => byId.get(id.normalize()) ?? [];
  const items = kept[list].map((item) => ({ ...item, [table]: rowsOf(item.id).map(({ entry }) => entry) }));
  const next = { ...kept, [list]: items };
  const wrong = checkScenario(next).faults ?? normaliseScenario(next).faults;
  if (wrong)
    return {
      faults: wrong.map((fault) => {
        const [, inList, index, field, at, cell] = fault.pointer.split('/') as (string | undefined)[];
        const row =
          inList === list && field === table && at !== undefined
            ? rowsOf(kept[list][Number(index)].id).at(Number(at))
            : undefined;
        if (!row) return fault;
        const column = cell === undefined ? undefined : COLUMN_OF_FIELD[cell];
        const { code, message } = fault;
        return { line: row.line, ...(column !== undefined && { column }), code, message };
      }),
    };
  const amounts = ({ period: _, ...rest }: Entry) => rest;
  const change = { created: [] as object[], changed: [] as object[], missing: [] as object[] };
  let unchanged = 0;
  for (const { id, ...item } of kept[list]) {
    const before = entriesOf(item, table) as Entry[];
    const isOf = (period: string) => (entry: Entry) => entry.period.normalize() === period.normalize();
    for (const row of rowsOf(id)) {
      const entry = row.entry as Entry;
      const old = before.find(isOf(entry.period));
      const place = { [first]: id, period: entry.period, line: row.line };
      if (!old) change.created.push({ ...place, to: amounts(entry) });
      else if (canonicalize(amounts(old)) === canonicalize(amounts(entry))) unchanged += 1;
      else change.changed.push({ ...place, from: amounts(old), to: amounts(entry) });
    }
    for (const old of before)
      if (!rowsOf(id).some(({ entry }) => isOf(entry.period)(old)))
        change.missing.push({ [first]: id, period: old.period, from: amounts(old) });
  }
  const [created, changed, missing] = Object.values(change).map(({ length }) => length);
  const makesRevision = created + changed + missing > 0;
  const said = { makesRevision, rows: { created, changed, unchanged, missing }, ...change };
  if (!makesRevision) return { change: said };
  const sha256 = createHash('sha256').update(canonicalize(next)!).digest('hex');
  return { change: said, content: JSON.stringify(next), sha256 };
}

/** Whether the file is sound, and only what becomes of the scenario is not. */
function isOfTheScenario({ code }: { readonly code: string }): boolean {
  return ['missing-fte', 'missing-aht', 'number-range', 'uncapped-paid-for-capacity'].includes(code);
}

function imported(content: Buffer, table: TableName, file: Buffer, isDryRun = false): Said {
  const options = { table, decimal: 'point', isDryRun };
  const parts = [Buffer.from(content), Buffer.from(file)];
  // As if their memory were somebody else's from then on.
  const context = {
    letGoOfParts: () => {
      parts.forEach((part) => part.fill('?'));
    },
  };
  const { header, body } = replyToImportTable({ kind: 'import-table', parts, options }, { context });
  const bytes = Buffer.concat(body);
  if (header.outcome === 'faults') {
    const { faults } = JSON.parse(bytes.toString()) as { faults: CsvFault[] };
    return { faults: faults.map(({ file: _, ...fault }) => fault) };
  }
  const { changeBytes, scenario } = header as { changeBytes?: number; scenario?: { sha256: string } };
  const change = JSON.parse(bytes.subarray(0, changeBytes).toString()) as object;
  if (!scenario) return { change };
  return { change, content: jsonIn(bytes.subarray(changeBytes)), sha256: scenario.sha256 };
}

/** What a file of many rows would be told: whether anything is wrong is then asked of the parts. */
function faultsInParts(content: Buffer, table: TableName, bytes: Buffer): object[] {
  const kept = new KeptTable(content, table);
  const file = readFileFor(kept.rest, table, bytes, 'point');
  return faultsOfImport(kept, file, 0).map((fault) => {
    const { file: _, ...rest } = fault as CsvFault;
    return rest;
  });
}

const FORMS = {
  capacity: [['hours'], ['fte', 'paid_hours_per_fte', 'shrinkage']],
  demand: [['hours'], ['contacts', 'aht_seconds']],
} as const;

const NUMBERS = ['0', '1', '12.5', '7e2', '0.000001', '1000000000', '0.001', '3600'];
const HOSTILE = ['', ' 1', '-1', '1e99', 'x', '1,5', '"2"', '1e-9', 'uncapped', 'NaN'];

/** A file of rows about the scenario, many of them as they are kept; some files have faults, and some make a scenario that has. */
function drawnFile(random: SeededRandom, scenario: Scenario, table: TableName): Buffer {
  const { list, first } = TABLE_PLACES[table];
  // Some files are the table as it is, in which at most a number is another one.
  const isFaithful = random.chance(0.2);
  const used = (isFaithful ? [0, 1] : random.pick([[0], [1], [0, 1]])).map((at) => FORMS[table][at]);
  const columns = used.flat();
  const hostility = random.pick([0, 0, 0, 0.02, 0.3]);
  const numberOf = (column: string) => {
    if (random.chance(hostility)) return random.pick(HOSTILE);
    if (column === 'hours' && table === 'capacity' && random.chance(0.1)) return 'Uncapped';
    return column === 'shrinkage'
      ? random.pick(['0', '0.3', '1e-12'])
      : random.pick(random.chance(0.8) ? ['5', '40', '160'] : NUMBERS);
  };
  const quoted = (id: string) => `"${id.replaceAll('"', '""')}"`;
  const lines = scenario[list].flatMap(({ id, ...item }) => {
    const kept = new Map(
      (entriesOf(item, table) as Entry[]).map((entry) => [entry.period.normalize(), entry as Amounts]),
    );
    const periods = isFaithful
      ? scenario.periods.filter((period) => kept.has(period.id.normalize()))
      : random.some(scenario.periods, random.pick([0, 0.7, 1]));
    return periods.map((period) => {
      const old = kept.get(period.id.normalize());
      const form = isFaithful ? used[old?.hours === undefined ? 1 : 0] : random.pick(used);
      const cells = columns.map((column) => {
        if (!(form as readonly string[]).includes(column)) return '';
        const field = Object.entries(COLUMN_OF_FIELD).find(([, name]) => name === column)![0];
        const number = old?.[field];
        if (isFaithful && !random.chance(hostility)) return String(number ?? 'uncapped');
        return random.chance(0.5) && typeof number === 'number' ? String(number) : numberOf(column);
      });
      const named = random.chance(hostility) ? random.pick(['nobody', '', 'a\u0000']) : id;
      const unicode = random.pick(['NFC', 'NFD'] as const);
      return [
        quoted(random.chance(0.3) ? named.normalize(unicode) : named),
        quoted(period.id),
        ...cells,
      ].join();
    });
  });
  if (lines.length > 0 && random.chance(hostility * 3)) lines.push(random.pick(lines));
  const rows = random.chance(0.5) ? random.shuffled(lines) : lines;
  return Buffer.from([[first, 'period', ...columns].join(), ...rows].join('\n'));
}

it('a file makes of a scenario what it makes of it plainly: the same faults, or the same changes, bytes and digest', () => {
  const outcomes = { faults: 0, later: 0, unchanged: 0, revisions: 0 };
  const count = caseCount(600, 20_000);
  for (let seed = 1; seed <= count; seed += 1) {
    const random = new SeededRandom(seed);
    const extreme = random.chance(0.3) ? extremeScenario(seed) : undefined;
    const people = random.chance(0.1) ? scenarioWithPeople(seed) : undefined;
    const scenario = extreme && isValid(extreme) ? extreme : (people ?? randomScenario(seed));
    const table = random.pick(TABLE_NAMES);
    const file = drawnFile(random, scenario, table);
    const json = Buffer.from(JSON.stringify(scenario));
    const middle = random.whole(0, json.length);
    const compressed = Buffer.concat(keptContent([json.subarray(0, middle), json.subarray(middle)]));
    const expected = plainly(scenario, table, file);
    const said = imported(random.chance(0.5) ? json : compressed, table, file);
    expect([seed, said]).toEqual([seed, expected]);
    expect([seed, faultsInParts(json, table, file)]).toEqual([seed, expected.faults ?? []]);
    if (said.change) expect(imported(json, table, file, true)).toEqual({ change: said.change });
    if (said.faults) outcomes[said.faults.some(isOfTheScenario) ? 'later' : 'faults'] += 1;
    else outcomes[said.content === undefined ? 'unchanged' : 'revisions'] += 1;
  }
  // Each often enough to say something.
  for (const [outcome, times] of Object.entries(outcomes))
    expect([outcome, times > count / 100]).toEqual([outcome, true]);
});

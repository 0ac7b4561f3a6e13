import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Scenario } from '../../models/scenario/schema.ts';
import { replyToExportTable, replyToImportTable } from '../../src/planning/scenario-tables.ts';
import type { HandlerReply } from '../../src/processes/serve-requests.ts';
import { scenarioSha256 } from '../../src/scenarios/kept-scenario.ts';
import { type Amounts, entriesOf, type TableChange } from '../../src/scenarios/table-change.ts';
import { TABLE_NAMES, TABLE_PLACES, type TableName } from '../../src/scenarios/table-files.ts';
import { isValid, randomScenario } from '../scenarios/random-scenario.ts';
import { hostileNames } from '../scenarios/hostile-names.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { scenarioWithPeople } from '../scenarios/with-people.ts';
import { caseCount } from './case-count.ts';

type Entry = { readonly period: string } & Amounts;

const names = Object.values(hostileNames)
  .flat()
  .filter((name) => name !== '' && Array.from(name).length <= 100 && !/[\p{Cc}\p{Cs}]/u.test(name));
const draws = fc.record({ seed: fc.nat(), table: fc.constantFrom(...TABLE_NAMES) });
const runs = { seed: 20_270_901, numRuns: caseCount(200, 20_000) };

it('a table that comes back as a file, however it was saved since, is the table that it was', () => {
  fc.assert(
    fc.property(draws, ({ seed, table }) => {
      const random = new SeededRandom(seed);
      const scenario = drawnScenario(random, seed);
      const other = withOtherEntries(random, scenario, table);
      const dress = drawnDress(random);
      const file = dressed(exported(scenario, table), dress);
      const [said, content] = imported(other, table, file, dress.decimal).body.map(String);
      const { makesRevision, ...change } = JSON.parse(said) as TableChange & { makesRevision: boolean };
      const after = makesRevision ? (JSON.parse(content) as Scenario) : other;
      if (makesRevision) expect(after).toEqual(scenario);
      expect(tableOf(after, table)).toEqual(tableOf(scenario, table));
      expectExact(change, other, scenario, table);
      // A dry run says the same and keeps nothing.
      expect(imported(other, table, file, dress.decimal, true).body.map(String)).toEqual([said]);
    }),
    runs,
  );
});

it('a table that comes back onto its own scenario changes nothing, not even its digest', () => {
  fc.assert(
    fc.property(draws, ({ seed, table }) => {
      const people = seed % 3 === 0 ? scenarioWithPeople(seed) : undefined;
      const scenario = people ?? drawnScenario(new SeededRandom(seed), seed);
      const file = exported(scenario, table);
      const { list } = TABLE_PLACES[table];
      const own = imported(scenario, table, file);
      expect(own.header).toMatchObject({ outcome: 'answer', makesRevision: false });
      const empty = { ...scenario, [list]: scenario[list].map((item) => ({ ...item, [table]: [] })) };
      const { header } = imported(empty, table, file);
      if (header.makesRevision) expect(header.scenario).toMatchObject({ sha256: scenarioSha256(scenario) });
      else expect(tableOf(scenario, table).size).toBe(0);
    }),
    runs,
  );
});

/** A scenario in which some ids are hostile and some entries of a table have the one form, some the other. */
function drawnScenario(random: SeededRandom, seed: number): Scenario {
  const plain = randomScenario(seed);
  if (random.chance(0.3)) return plain;
  const renamed = random.chance(0.5) ? withHostileIds(random, plain) : plain;
  const mixed = { ...renamed, teams: renamed.teams.map((team) => withBothForms(random, team)) };
  return [mixed, renamed].find(isValid) ?? plain;
}

/** All ids and what refers to them go through one table of names. */
function withHostileIds(random: SeededRandom, scenario: Scenario): Scenario {
  const forms = new Map(random.shuffled(names).map((name) => [name.normalize(), name]));
  const fresh = [...forms.values()];
  const given = new Map<string, string>();
  const ids = [...scenario.periods, ...scenario.teams, ...scenario.workflows].map(({ id }) => id);
  for (const id of new Set(ids)) given.set(id.normalize(), fresh.pop()!);
  const text = JSON.stringify(scenario, (key, value: unknown) =>
    typeof value === 'string' && ['id', 'period', 'team', 'workflow'].includes(key)
      ? (given.get(value.normalize()) ?? value)
      : value,
  );
  return JSON.parse(text) as Scenario;
}

function withBothForms(random: SeededRandom, team: Scenario['teams'][number]): Scenario['teams'][number] {
  const capacity = team.capacity.map((entry) =>
    typeof entry.hours === 'number' && random.chance(0.5)
      ? {
          period: entry.period,
          fte: entry.hours,
          paidHoursPerFte: 1.1,
          shrinkage: random.pick([0, 0.3, 1e-12]),
        }
      : entry,
  );
  return { ...team, capacity };
}

/** The scenario with entries of a table taken away, moved and with other amounts, and without some that it has. */
function withOtherEntries(random: SeededRandom, scenario: Scenario, table: TableName): Scenario {
  const { list } = TABLE_PLACES[table];
  const items = scenario[list].map((item) => {
    const entries = random.some(entriesOf(item, table) as Entry[], 0.8).map((entry) => {
      if (random.chance(0.7)) return entry;
      return { period: entry.period, hours: random.pick([0, 1, 12.5, 1e6]) };
    });
    return { ...item, [table]: random.chance(0.5) ? random.shuffled(entries) : entries };
  });
  return { ...scenario, [list]: items };
}

interface Dress {
  readonly delimiter: ',' | ';' | '\t';
  readonly lineEnd: '\r\n' | '\n' | '\r';
  readonly encoding: 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be';
  readonly decimal: 'point' | 'comma';
  readonly order: (columns: readonly number[]) => readonly number[];
}

function drawnDress(random: SeededRandom): Dress {
  const seed = random.whole(1, 1e6);
  return {
    delimiter: random.pick([',', ';', '\t']),
    lineEnd: random.pick(['\r\n', '\n', '\r']),
    encoding: random.pick(['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be']),
    decimal: random.pick(['point', 'comma']),
    order: (columns) => new SeededRandom(seed).shuffled(columns),
  };
}

/** A file as another program would save it. */
function dressed(file: Buffer, { delimiter, lineEnd, encoding, decimal, order }: Dress): Buffer {
  const [header, ...rows] = parse(file, { bom: true });
  const columns = order(header.map((_, at) => at));
  const isId = (at: number) => ['team', 'workflow', 'period'].includes(header[at]);
  const cell = (row: readonly string[], at: number) =>
    isId(at) || decimal === 'point' ? row[at] : row[at].replace('.', ',');
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const text = [header, ...rows]
    .map((row) => columns.map((at) => quoted(cell(row, at))).join(delimiter) + lineEnd)
    .join('');
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`);
  const little = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf-16le' ? little : little.swap16();
}

function exported(scenario: Scenario, table: TableName): Buffer {
  const parts = [Buffer.from(JSON.stringify(scenario))];
  return Buffer.from(replyToExportTable({ kind: 'export-table', parts, options: { table } }).body[0]);
}

function imported(
  scenario: Scenario,
  table: TableName,
  file: Buffer,
  decimal: Dress['decimal'] = 'point',
  isDryRun = false,
): HandlerReply {
  const parts = [Buffer.from(JSON.stringify(scenario)), file];
  const options = { table, decimal, isDryRun };
  const context = { letGoOfParts: () => undefined };
  const reply = replyToImportTable({ kind: 'import-table', parts, options }, { context });
  expect(reply.header.outcome, reply.body.map(String).join('')).toBe('answer');
  return { ...reply, body: reply.body.map((piece) => Buffer.from(piece)) };
}

/** A table as a map from id and period to the amounts. */
function tableOf(scenario: Scenario, table: TableName): Map<string, Amounts> {
  const { list } = TABLE_PLACES[table];
  return new Map(
    scenario[list].flatMap((item) =>
      entriesOf(item, table).map(({ period, ...amounts }: Entry) => [
        keyOf(item.id, period),
        amounts as Amounts,
      ]),
    ),
  );
}

const keyOf = (id: string, period: string) => JSON.stringify([id.normalize(), period.normalize()]);

/** What is said to change, done to the one table, makes the other, and nothing is said that does not change it. */
function expectExact(change: TableChange, before: Scenario, after: Scenario, table: TableName): void {
  const { first } = TABLE_PLACES[table];
  const [old, now] = [tableOf(before, table), tableOf(after, table)];
  const { created, changed, unchanged, missing } = change.rows;
  expect([created + changed + unchanged, missing + changed + unchanged]).toEqual([now.size, old.size]);
  expect([change.created.length, change.changed.length, change.missing.length]).toEqual([
    created,
    changed,
    missing,
  ]);
  const result = new Map(old);
  for (const row of [...change.created, ...change.changed, ...change.missing]) {
    const key = keyOf(row[first]!, row.period);
    expect(row.from).toEqual(old.get(key));
    expect(row.to).not.toEqual(row.from);
    if (row.to) result.set(key, row.to);
    else result.delete(key);
  }
  expect(result).toEqual(now);
}

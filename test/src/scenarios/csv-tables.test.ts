import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsvTable } from '../../../src/scenarios/csv-table-reader.ts';
import { readCapacityCsv, readDemandCsv } from '../../../src/scenarios/csv-tables.ts';

const listed = <Row>({ rows, ...read }: CsvTable<Row>) => ({ ...read, rows: [...rows] });
const capacity = (text: string) => listed(readCapacityCsv(Buffer.from(text), { fileName: 'capacity.csv' }));
const demand = (text: string) => listed(readDemandCsv(Buffer.from(text), { fileName: 'demand.csv' }));
const places = (text: string) => capacity(text).faults.map(({ line, column, code }) => [line, column, code]);

describe('a capacity table', () => {
  it('is read in hours, "uncapped" meaning no limit', () => {
    expect(capacity('team,period,hours\nlyon,1,12000\nlyon,2,UNCAPPED\n')).toEqual({
      rows: [
        { line: 2, id: 'lyon', entry: { period: '1', hours: 12000 } },
        { line: 3, id: 'lyon', entry: { period: '2', hours: null } },
      ],
      faults: [],
      faultCount: 0,
    });
  });

  it('is read in full-time equivalents, columns in any order', () => {
    expect(
      capacity('shrinkage,paid_hours_per_fte,fte,period,team\r\n0.28,173.3,90,2027-02,lyon').rows,
    ).toEqual([
      {
        line: 2,
        id: 'lyon',
        entry: { period: '2027-02', fte: 90, paidHoursPerFte: 173.3, shrinkage: 0.28 },
      },
    ]);
  });

  it('is read without fte, or with empty ones, where there are teams with a headcount', () => {
    const read = (text: string) => {
      const source = { fileName: 'capacity.csv', hasPeople: true };
      const { rows, faults } = readCapacityCsv(Buffer.from(text), source);
      return faults.length > 0 ? faults.map(({ line, column, code }) => [line, column, code]) : [...rows];
    };
    const each = { paidHoursPerFte: 160, shrinkage: 0.25 };
    expect(read('team,period,paid_hours_per_fte,shrinkage\nlyon,1,160,0.25')).toEqual([
      { line: 2, id: 'lyon', entry: { period: '1', ...each } },
    ]);
    const all = 'team,period,hours,fte,paid_hours_per_fte,shrinkage';
    expect(read(`${all}\nlyon,1,,,160,0.25\nlyon,2,,90,160,0.25\nlyon,3,500,,,`)).toEqual([
      { line: 2, id: 'lyon', entry: { period: '1', ...each } },
      { line: 3, id: 'lyon', entry: { period: '2', fte: 90, ...each } },
      { line: 4, id: 'lyon', entry: { period: '3', hours: 500 } },
    ]);
    expect(read(`${all}\nlyon,1,,90,,0.25\nlyon,2,500,,160,`)).toEqual([
      [2, 'paid_hours_per_fte', 'missing-number'],
      [3, undefined, 'mixed-forms'],
    ]);
    expect(places('team,period,paid_hours_per_fte,shrinkage\nlyon,1,160,0.25')).toEqual([
      [1, 'fte', 'missing-column'],
    ]);
  });

  it('refuses numbers outside the range of their column', () => {
    const rows = '\nlyon,1,uncapped,0,1\nlyon,2,-1,1,-0.1';
    expect(places(`team,period,fte,paid_hours_per_fte,shrinkage${rows}`)).toEqual([
      [2, 'fte', 'bad-number'],
      [2, 'paid_hours_per_fte', 'out-of-range'],
      [2, 'shrinkage', 'out-of-range'],
      [3, 'fte', 'negative-number'],
      [3, 'shrinkage', 'negative-number'],
    ]);
  });

  it('has both forms, one in each row', () => {
    const header = 'team;period;hours;fte;paid_hours_per_fte;shrinkage\n';
    const table = capacity(`${header}lyon;1;uncapped;;;\nlyon;2;;90;173.3;1e-9\n`);
    expect(table.faults).toEqual([]);
    expect(table.rows.map(({ entry }) => entry)).toEqual([
      { period: '1', hours: null },
      { period: '2', fte: 90, paidHoursPerFte: 173.3, shrinkage: 1e-9 },
    ]);
    expect(places(`${header}lyon;1;5;90;173.3;0\nlyon;2;;;;\nlyon;3;;90;;0\n`)).toEqual([
      [2, undefined, 'mixed-forms'],
      [3, undefined, 'missing-number'],
      [4, 'paid_hours_per_fte', 'missing-number'],
    ]);
  });

  it('is empty if the file has only a header, and a fault if it has nothing', () => {
    expect(capacity('team,period,hours\n')).toEqual({ rows: [], faults: [], faultCount: 0 });
    for (const nothing of ['', '\ufeff', '\r\n\r\n']) {
      expect(places(nothing)).toEqual([[1, undefined, 'empty-file']]);
    }
  });

  it('comes back as it was written', () => {
    const id = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => !/\p{Cc}|\ufffd|^\s|\s$/u.test(text));
    const hours = fc.oneof(
      fc.constant(null),
      fc.constant(0),
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
    );
    const row = fc.record({ team: id, period: id, hours });
    const pair = ({ team, period }: { team: string; period: string }) =>
      `${team}\0${period}`.normalize('NFC');
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: pair }), (rows) => {
        const lines = rows.map(
          ({ team, period, hours }) => `${quoted(team)},${quoted(period)},${hours ?? 'uncapped'}`,
        );
        const read = capacity(['team,period,hours', ...lines].join('\n'));
        expect(read.faults).toEqual([]);
        expect(read.rows.map(({ id, entry }) => ({ team: id, ...entry }))).toEqual(rows);
      }),
    );
  });
});

describe('a demand table', () => {
  it('is read in hours or in contacts', () => {
    expect(demand('workflow,period,hours\nappeals,1,5200').rows).toEqual([
      { line: 2, id: 'appeals', entry: { period: '1', hours: 5200 } },
    ]);
    expect(demand('workflow,period,contacts,aht_seconds\nappeals,1,41000,460').rows).toEqual([
      { line: 2, id: 'appeals', entry: { period: '1', contacts: 41000, ahtSeconds: 460 } },
    ]);
  });

  it('knows no "uncapped", no handling time of 0 and no teams', () => {
    expect(demand('workflow,period,hours\na,1,uncapped').faults[0].code).toBe('bad-number');
    expect(demand('workflow,period,contacts,aht_seconds\na,1,5,0').faults[0]).toMatchObject({
      column: 'aht_seconds',
      code: 'out-of-range',
    });
    expect(demand('team,period,hours\na,1,5').faults.map(({ code }) => code)).toEqual([
      'unknown-column',
      'missing-column',
    ]);
  });
});

describe('faults', () => {
  it('are all reported at once, with the physical line even after cells of several lines', () => {
    const text =
      'team,period,hours\r\n"ly\r\non",1,5\r\n\r\nlyon,1,n/a\r\n ,1,5\r\nlyon,2\r\nlyon,2,1,5\r\n,,\r\n';
    expect(places(text)).toEqual([
      [2, 'team', 'control-character'],
      [5, 'hours', 'bad-number'],
      [6, 'team', 'surrounding-space'],
      [7, undefined, 'too-few-cells'],
      [8, undefined, 'too-many-cells'],
      [9, undefined, 'empty-row'],
    ]);
  });

  it('leave no row to be used by mistake', () => {
    expect(capacity('team,period,hours\nlyon,1,5\nlyon,2,x\nlyon,3,5').rows).toEqual([]);
  });

  it('of the header do not hide those of the rows if the columns are clear', () => {
    expect(places('team,period,hours,note\nlyon,1,x,hello')).toEqual([
      [1, 'note', 'unknown-column'],
      [2, 'hours', 'bad-number'],
    ]);
    expect(places('team,period\nlyon,x')).toEqual([[1, undefined, 'missing-column']]);
  });

  it('include a pair of ids that an earlier row has, with its line', () => {
    const { faults } = capacity('team,period,hours\ne\u0301,1,5\nlyon,1,5\n\u00e9,1,6');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ file: 'capacity.csv', line: 4, code: 'duplicate-row' });
    expect(faults[0].message).toContain('already on line 2');
  });

  it('include ids that the scenario does not have, if its ids are given', () => {
    const knownIds = { first: new Set(['appeals']), periods: new Set(['2027-01']) };
    const bytes = Buffer.from('workflow,period,hours\nappeal,2027-01,5\nappeals,2027-12,5');
    expect(
      readDemandCsv(bytes, { fileName: 'd.csv', knownIds }).faults.map(({ line, code }) => [line, code]),
    ).toEqual([
      [2, 'unknown-workflow'],
      [3, 'unknown-period'],
    ]);
  });

  it('before an unclosed quote are reported with it', () => {
    expect(places('team,period,hours\nlyon,1,x\nlyon,"2,5\n')).toEqual([
      [2, 'hours', 'bad-number'],
      [3, undefined, 'unclosed-quote'],
    ]);
  });

  it('are listed up to 100 and counted up to 100,000', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, i) => `\nlyon,${i},x`).join('');
    const few = capacity(`team,period,hours${rows(1000)}`);
    expect([few.faults.length, few.faultCount]).toEqual([100, 1000]);
    expect(capacity(`team,period,hours${rows(100_010)}`).faultCount).toBe(100_000);
  });
});

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

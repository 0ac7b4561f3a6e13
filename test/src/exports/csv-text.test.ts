import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText, withoutGuards } from '../../../src/exports/csv-text.ts';
import { hostileNames } from '../../scenarios/hostile-names.ts';

/** The cells of a text as a reader of CSV finds them. */
const read = (text: string) => parse(text, { bom: true });

/** One text, written as the second cell of a line and read back. */
const cellOf = (text: string) => read(csvText(['a', 'b'], [[1, text]]))[1][1];

describe('a CSV file', () => {
  it('has a header, commas, CRLF line ends and no mark where all is ASCII', () => {
    expect(
      csvText(
        ['Cell', 'Final Value'],
        [
          ['c0', 1.5],
          ['', -2],
        ],
      ),
    ).toBe('Cell,Final Value\r\nc0,1.5\r\n,-2\r\n');
  });

  it('begins with a byte order mark where a name is beyond ASCII', () => {
    expect(csvText(['Name'], [['Zürich']])).toBe('\uFEFFName\r\nZürich\r\n');
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' a ', '" a "'],
    ["it's - fine", "it's - fine"],
  ])('writes the text %j as %s', (text, cell) => {
    expect(csvText(['a'], [[text]])).toBe(`a\r\n${cell}\r\n`);
  });

  it('writes every digit of a number, negative ones as they are', () => {
    const numbers = [0, -0, -14, 0.1 + 0.2, 1 / 3, 1e-7, 1e21, -1e-6, 123_456_789.012_345_6, 2 ** 53];
    const [, ...rows] = read(
      csvText(
        ['n'],
        numbers.map((number) => [number]),
      ),
    );
    expect(rows.map(([cell]) => Number(cell))).toEqual(numbers.map((number) => number + 0));
    expect(rows[2]).toEqual(['-14']);
  });

  it.each([NaN, Infinity, -Infinity])('refuses %d, which is no number to a spreadsheet', (number) => {
    expect(() => csvText(['n'], [[number]])).toThrow('finite');
  });
});

describe('a text that a spreadsheet would run', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t'=1"],
    ['\r=1', "'\r'=1"],
    ['＝1', "'＝1"],
    [' =1', "' =1"],
    ["'=1", "''=1"],
    ['a\r\n=1', "a\r\n'=1"],
    // Split at semicolons, the rest would be a cell of its own, whatever the quotes.
    ['a;=1+1;b', "a;'=1+1;b"],
    ['a;"=1+1', 'a;\'"=1+1'],
  ])('%j becomes %j', (text, cell) => {
    expect(cellOf(text)).toBe(cell);
    expect(withoutGuards(cell)).toBe(text);
  });

  it.each(['a-b', "'quoted'", 'a=b', "it's", '1+1', 'a; b', ''])('%j stays as it is', (text) => {
    expect(cellOf(text)).toBe(text);
  });

  const hostile = Object.values(hostileNames)
    .flat()
    .filter((name) => !/\p{Cs}/u.test(name));
  const texts = fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: fc.constantFrom(...Array.from('=+-@;,\'" \t\r\n\0＝a1')) }),
    fc.string({ unit: 'binary' }),
  );

  it('is none, however it is split, and every text comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (row) => {
        // csv-parse drops a line of nothing.
        const text = csvText(['first', ...row.map(() => 'more')], [['c0', ...row]]);
        expect(read(text)[1].slice(1).map(withoutGuards)).toEqual(row);
        const [, ...pieces] = text.split(/[;\t\r\n]/);
        for (const piece of pieces) expect(piece).not.toMatch(/^[ "]*[=+\-@\0＝＋－＠]/);
        for (const cell of read(text)[1]) expect(cell).not.toMatch(/^[ "]*[=+\-@\0\t\r\n＝＋－＠]/);
      }),
      { seed: 20_270_407, numRuns: 2000 },
    );
  });
});

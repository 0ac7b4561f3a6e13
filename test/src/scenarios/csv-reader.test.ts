import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsvRecords } from '../../../src/scenarios/csv-reader.ts';

function read(content: string | Uint8Array, maxRows?: number) {
  const records: [line: number, ...cells: string[]][] = [];
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const keep = (cells: readonly string[], line: number) => records.push([line, ...cells]) > 0;
  const stop = readCsvRecords(bytes, keep, maxRows);
  return { records, stop: stop && { line: stop.line, code: stop.code, message: stop.message() } };
}

describe('records', () => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('carry the physical line on which they begin, with %s', (_, eol) => {
    const text = ['a,b', '1,"x', '', 'y"', '', '2,3', '', ''].join(eol);
    expect(read(text).records).toEqual([
      [1, 'a', 'b'],
      [2, '1', `x${eol}${eol}y`],
      [6, '2', '3'],
    ]);
  });

  it('may end in different ways within a file', () => {
    expect(read('a\r\nb\nc\rd').records).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ]);
  });

  it('begin after a byte order mark and blank lines', () => {
    expect(read('\ufeff\r\n\na,b').records).toEqual([[3, 'a', 'b']]);
  });

  it('keep quoted commas, doubled quotes and white space, and lose only the quotes', () => {
    expect(read('"a, ""b""", c ,""').records).toEqual([[1, 'a, "b"', ' c ', '']]);
  });

  it.each([',', ';', '\t'])('are separated by what separates the header: %j', (delimiter) => {
    const others = [',', ';', '\t'].filter((other) => other !== delimiter).join('');
    expect(read(`"a${others}"${delimiter}b\n1${others}${delimiter}2`).records).toEqual([
      [1, `a${others}`, 'b'],
      [2, `1${others}`, '2'],
    ]);
  });

  it('are the same from UTF-16 of either byte order, however long', () => {
    const row = 'Łódź,😀\r\n';
    const text = row.repeat(150_001);
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const { records, stop } = read(bytes);
      expect([records.length, records.at(-1), stop]).toEqual([150_001, [150_001, 'Łódź', '😀'], undefined]);
    }
  });

  it('come back as they were written, whatever the cells hold', () => {
    const cell = fc.string({ unit: 'grapheme' });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, eol) => {
        const text = rows.map((cells) => cells.map(quoted).join(',')).join(eol);
        expect(read(text).records.map(([, ...cells]) => cells)).toEqual(rows);
      }),
    );
  });

  it('end where the caller wants no more', () => {
    let seen = 0;
    const stop = readCsvRecords(Buffer.from('a\nb\nc'), () => (seen += 1) < 2);
    expect([seen, stop]).toEqual([2, undefined]);
  });
});

describe('a file that cannot be read', () => {
  it('is named with the line of the first character that is not UTF-8', () => {
    const { records, stop } = read(Buffer.from('team,period\r\nlyon,1\r\nZürich,2', 'latin1'));
    expect(records).toEqual([]);
    expect(stop).toMatchObject({ line: 3, code: 'invalid-utf8' });
    expect(stop?.message).toContain('Latin-1');
  });

  it('is UTF-16 without a byte order mark', () => {
    const little = Buffer.from('team,period', 'utf16le');
    expect(read(little).stop).toMatchObject({ line: 1, code: 'utf-16' });
    expect(read(Buffer.from(little).swap16()).stop).toMatchObject({ line: 1, code: 'utf-16' });
  });

  it.each([
    ['half a pair', '\ufeffa,b\r\n1,2\r\n3,\ud83d\n4,5', 3],
    ['the other half', '\ufeffa,b\r1,\ude00', 2],
    ['a pair that is cut at the end', '\ufeffa,b\n1,2\ud83d', 2],
  ])('has a broken character of UTF-16: %s', (_, text, line) => {
    const little = Buffer.from(text, 'utf16le');
    expect(read(little).stop).toMatchObject({ line, code: 'invalid-utf-16' });
    expect(read(Buffer.from(little).swap16()).stop).toMatchObject({ line, code: 'invalid-utf-16' });
  });

  it('has half a unit of UTF-16', () => {
    const little = Buffer.from('\ufeffa,b\n1,2', 'utf16le');
    expect(read(little.subarray(0, -1)).stop).toMatchObject({ line: 2, code: 'invalid-utf-16' });
  });

  it.each(['a;b,c\n1;2', '\n\na\tb,c', 'a;b\t"c,d"'])('has two delimiters in its header: %j', (text) => {
    const { records, stop } = read(text);
    expect([records, stop?.code]).toEqual([[], 'ambiguous-delimiter']);
    expect(stop?.line).toBe(text.startsWith('\n') ? 3 : 1);
  });

  it('has an unclosed quote on the line where it opened, after the rows before it', () => {
    const { records, stop } = read('a,b\r\n1,2\r\n"x\r\ny","3\r\n4,5\r\n');
    expect(records).toHaveLength(2);
    expect(stop).toMatchObject({ line: 4, code: 'unclosed-quote' });
    expect(read('a\n\n\n"b').stop).toMatchObject({ line: 4, code: 'unclosed-quote' });
  });

  it.each(['a,b\n1,2\n3,"4"4\n', 'a,b\n1,2\n3,4"4"\n'])('has a quote in the middle of a cell: %j', (text) => {
    expect(read(text).stop).toMatchObject({ line: 3, code: 'stray-quote' });
    expect(read(text).stop?.message).toContain('Cell 2');
  });

  it('has a record of more than 100,000 characters', () => {
    expect(read(`a,b\n1,${'x'.repeat(99_999)}`).stop).toBeUndefined();
    expect(read(`a,b\n1,${'x'.repeat(100_001)}`).stop).toMatchObject({ line: 2, code: 'record-too-large' });
  });

  it('has a quote that swallows the rest of a large file, and the message says where it opened', () => {
    const { stop } = read(`a,b\n1,"2\n${'3,4\n'.repeat(50_000)}`);
    expect(stop).toMatchObject({ line: 2, code: 'record-too-large' });
    expect(stop?.message).toContain('opens on line 2');
  });

  it.each([',', 'a,', '"a",'])('has columns without end, and is refused quickly: %j', (cell) => {
    const start = performance.now();
    const { stop } = read(`a,b\n${cell.repeat(5_000_000)}`);
    expect(stop).toMatchObject({ line: 2, code: 'too-many-columns' });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('has more rows after the header than allowed', () => {
    expect(read('a\n1\n2', 2).stop).toBeUndefined();
    const { records, stop } = read('a\n1\n2\n3\n4', 2);
    expect(records).toHaveLength(3);
    expect(stop).toMatchObject({ line: 4, code: 'too-many-rows' });
  });
});

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

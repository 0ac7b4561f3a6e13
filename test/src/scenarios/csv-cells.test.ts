import { describe, expect, it } from 'vitest';

import { idColumn, readNumberCell } from '../../../src/scenarios/csv-cells.ts';
import type { CsvProblem } from '../../../src/scenarios/csv-faults.ts';

const rule = { mayBeZero: true, smallest: 1e-6, largest: 1e9, mayBeUncapped: false };
const uncappable = { ...rule, mayBeUncapped: true };
const positive = { ...rule, mayBeZero: false };
const share = { ...rule, largest: 1 - 1e-6 };

function problemOf(cell: string, numberRule = rule) {
  const result = readNumberCell(cell, numberRule);
  if (typeof result !== 'object' || result === null) throw new Error(`${cell} was read as ${String(result)}`);
  return { code: result.code, message: result.message() };
}

describe('a number', () => {
  it.each([
    ['12', 12],
    ['12.5', 12.5],
    ['.5', 0.5],
    ['007', 7],
    ['1e3', 1000],
    ['1.5E+2', 150],
    ['1e-6', 1e-6],
    ['1e9', 1e9],
    ['0', 0],
    ['0.00', 0],
    ['-0', 0],
    ['0e999', 0],
  ])('is read from a plain literal: %s', (cell, value) => {
    expect(readNumberCell(cell, rule)).toBe(value);
  });

  it.each([
    ...['0x10', '1,234', '1,234,567', '1.234,56', '5%', '(5)', '1 234', '1\u00a0234', '1_000', "1'234"],
    ...['n/a', 'NaN', 'Infinity', '-', '.', '1.', '+5', '1e', '$5', '5h', '٥', 'uncapped'],
  ])('is never guessed from anything else: %s', (cell) => {
    expect(problemOf(cell).code).toBe('bad-number');
  });

  it('with a decimal comma is refused with the point to use', () => {
    expect(problemOf('12,5').message).toContain('Use a point for decimals, as in "12.5"');
  });

  it.each([
    ['12,5', 12.5],
    ['1,234', 1.234],
    [',5', 0.5],
    ['1234', 1234],
    ['1,5e3', 1500],
  ])('may have a decimal comma where that is declared: %s', (cell, value) => {
    expect(readNumberCell(cell, rule, 'comma')).toBe(value);
  });

  it.each(['12.5', '1.234', '1.234,56', '1,234,567', '1 234,5', '1,', '(5)', '5%', '0x10', ''])(
    'is never guessed where a decimal comma is declared: %j',
    (cell) => {
      expect(readNumberCell(cell, rule, 'comma')).toMatchObject({
        code: expect.stringMatching(/^(bad|missing)-number$/) as string,
      });
    },
  );

  it('with a point is told the declared comma', () => {
    const problem = readNumberCell('12.5', rule, 'comma') as CsvProblem;
    expect(problem.message()).toContain('Use a comma for decimals, as in "12,5"');
  });

  it.each(['-3', '-1e-9', '-1e99'])('may not be negative: %s', (cell) => {
    expect(problemOf(cell).code).toBe('negative-number');
  });

  it.each(['1e-7', '1000000000.1', '1e999', '1e-999'])('is 0 or from 1e-6 to 1e9: %s', (cell) => {
    expect(problemOf(cell)).toMatchObject({ code: 'out-of-range' });
  });

  it('may be forbidden to be 0', () => {
    expect(problemOf('0', positive)).toEqual({
      code: 'out-of-range',
      message: '"0" is out of range. Use a number from 0.000001 to 1000000000.',
    });
  });

  it('that is a share is below 1', () => {
    expect(readNumberCell('0.28', share)).toBe(0.28);
    expect(problemOf('1', share).code).toBe('out-of-range');
  });

  it('may be missing only in words: "uncapped", in any letter case', () => {
    expect(readNumberCell('Uncapped', uncappable)).toBeNull();
    expect(problemOf('', uncappable)).toEqual({
      code: 'missing-number',
      message: 'The cell is empty. Write 0 for none, or "uncapped" for no limit.',
    });
    expect(problemOf(' ', rule).message).toBe('The cell is empty. Write 0 for none.');
  });

  it('may not be surrounded by space, nor contain control characters', () => {
    expect(problemOf(' 5').code).toBe('surrounding-space');
    expect(problemOf('5\0').code).toBe('control-character');
  });

  it('is shown with at most 20 characters', () => {
    expect(problemOf('9x'.repeat(1000)).message).toContain(`"${'9x'.repeat(9)}9…"`);
  });
});

describe('an id', () => {
  const codeOf = (cell: string, known?: Set<string>) => idColumn('team', known)(cell).problem?.code;
  const messageOf = (problem: CsvProblem | undefined) => problem?.message();

  it.each(['a', '__proto__', 'Łódź 東京', '"quoted", or not', '😀'.repeat(100)])(
    'may be any printable text: %s',
    (cell) => {
      expect(idColumn('team')(cell)).toEqual({ text: cell, ordinal: 0, spelling: 0 });
    },
  );

  it.each([
    ['', 'empty-id'],
    ['a'.repeat(101), 'id-too-long'],
    ['😀'.repeat(101), 'id-too-long'],
    [' a', 'surrounding-space'],
    ['a\u00a0', 'surrounding-space'],
    ['a\nb', 'control-character'],
    ['a\0b', 'control-character'],
    ['a\u0085b', 'control-character'],
    ['Z\ufffdrich', 'replacement-character'],
  ])('may not be %j', (cell, code) => {
    expect(codeOf(cell)).toBe(code);
  });

  it('is compared after Unicode normalisation and kept as written', () => {
    const read = idColumn('team', new Set(['\u00e9']));
    expect(read('e\u0301')).toEqual({ text: 'e\u0301', ordinal: 0, spelling: 0 });
    expect(read('\u00e9')).toEqual({ text: '\u00e9', ordinal: 0, spelling: 1 });
  });

  it('of the scenario is read whatever characters it has', () => {
    for (const id of [' a', 'Z\ufffdrich', 'a\u00a0'])
      expect(idColumn('team', new Set([id]))(id)).toEqual({ text: id, ordinal: 0, spelling: 0 });
    expect(codeOf(' a', new Set(['a']))).toBe('surrounding-space');
  });

  it('loses the apostrophe that keeps a spreadsheet from running it', () => {
    expect(idColumn('team', new Set(['=1', 'a;-b']))("'=1").text).toBe('=1');
    expect(idColumn('team', new Set(['=1', 'a;-b']))("a;'-b").text).toBe('a;-b');
    // Where both are ids of the scenario, what we write for the one is "'=1" and for the other "''=1".
    const both = idColumn('team', new Set(['=1', "'=1"]));
    expect([both("'=1"), both("''=1"), both('=1')]).toEqual([
      { text: '=1', ordinal: 0, spelling: 0 },
      { text: "'=1", ordinal: 1, spelling: 1 },
      { text: '=1', ordinal: 0, spelling: 2 },
    ]);
    expect(idColumn('team', new Set(["'=1"]))("'=1").text).toBe("'=1");
    expect(codeOf("'=2", new Set(['=1']))).toBe('unknown-team');
  });

  it('that is not known is a problem which names the closest known one', () => {
    const known = new Set(['manila-en', 'austin-en']);
    expect(codeOf('manila-em', known)).toBe('unknown-team');
    expect(messageOf(idColumn('team', known)('manila-em').problem)).toContain('Did you mean "manila-en"?');
    expect(messageOf(idColumn('team', known)('x').problem)).toContain('Add the team first');
  });

  it('is shown with at most 40 printable characters', () => {
    const message = messageOf(idColumn('team', new Set())('x\u202e'.repeat(50)).problem);
    expect(message).toContain(`"${'x?'.repeat(19)}x…"`);
  });
});

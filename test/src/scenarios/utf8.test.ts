import { describe, expect, it } from 'vitest';
import { findInvalidUtf8, lineCounter, withoutByteOrderMark } from '../../../src/scenarios/utf8.ts';

const bytes = (text: string, ...more: number[]) => Uint8Array.from([...Buffer.from(text), ...more]);

describe('invalid UTF-8', () => {
  it('is not found in text of every character length', () => {
    expect(findInvalidUtf8(bytes('aé世😀'))).toBeUndefined();
  });

  it('is found at the offset and line of its first byte', () => {
    expect(findInvalidUtf8(bytes('é\r\nb', 0xe9, 0x2c))).toEqual({ offset: 5, line: 2 });
  });

  it.each([
    ['a character cut short', [0xe2, 0x82]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a stray continuation byte', [0x80]],
    ['a long run of continuation bytes', Array<number>(9).fill(0x80)],
    ['a code point beyond Unicode', [0xf5, 0x80, 0x80, 0x80]],
  ])('is found where it is %s, also far into a long line', (_, wrong) => {
    const long = '世'.repeat(50_000);
    expect(findInvalidUtf8(bytes(`${long}\n${long}`, ...wrong))).toEqual({ offset: 300_001, line: 2 });
  });
});

describe('line counting', () => {
  it('takes LF, CRLF and CR for one line break each', () => {
    const lineOf = lineCounter(bytes('a\nb\r\nc\rd'));
    expect([0, 2, 5, 7].map(lineOf)).toEqual([1, 2, 3, 4]);
  });
});

describe('the byte order mark', () => {
  it('is left out once', () => {
    expect(withoutByteOrderMark(bytes('\ufeffa'))).toEqual(bytes('a'));
    expect(withoutByteOrderMark(bytes('a'))).toEqual(bytes('a'));
  });
});

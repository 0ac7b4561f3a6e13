import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStrictJson } from '../../../src/scenarios/strict-json.ts';

const read = (text: string) => readStrictJson(Buffer.from(text));
const codes = (text: string) => read(text).faults.map(({ code }) => code);
const pointers = (text: string) => read(text).faults.map(({ pointer }) => pointer);

describe('a well-formed document', () => {
  it('comes back as JSON.parse reads it', () => {
    const text = ' {"a": [1, -0.5e-3, true, false, null, "\\u00e9\\n\\"", {}, []]}\r\n\t';
    expect(read(text)).toEqual({ value: JSON.parse(text) as unknown, faults: [] });
  });

  it('may begin with one byte order mark', () => {
    expect(read('\ufeff{"a":1}')).toEqual({ value: { a: 1 }, faults: [] });
    expect(codes('\ufeff\ufeff{"a":1}')).toEqual(['invalid-json']);
  });

  it('may have the same key in different objects', () => {
    expect(codes('[{"id":1,"x":{"id":2}},{"id":3}]')).toEqual([]);
  });

  it('is read without faults whatever it holds', () => {
    const isNormal = (value: unknown) =>
      typeof value !== 'number' || value === 0 || Math.abs(value) >= 2.2250738585072014e-308;
    const document = fc
      .jsonValue()
      .map((value) => JSON.stringify(value))
      .filter((text) => !text.includes('"__proto__"'));
    fc.assert(
      fc.property(document, (text) => {
        let allNormal = true;
        const value = JSON.parse(text, (_, member: unknown) => {
          allNormal &&= isNormal(member);
          return member;
        }) as unknown;
        fc.pre(allNormal);
        expect(read(text)).toEqual({ value, faults: [] });
      }),
    );
  });
});

describe('malformed text', () => {
  it.each(['NaN', '-nan', 'Infinity', '-Infinity', 'inf'])(
    'names the field in which %s stands where a number should',
    (word) => {
      const [fault] = read(`{"teams": [{"hours": 1}, {"hours": ${word}}]}`).faults;
      expect(fault).toEqual({
        pointer: '/teams/1/hours',
        code: 'invalid-json',
        message: `The text is not JSON: line 1, column 36. JSON knows no ${word}. Give a number, or leave the field out.`,
      });
    },
  );

  it.each(['Information', 'nano', 'I'])('does not take %s for a number', (word) => {
    expect(read(`{"hours": ${word}}`).faults.map(({ pointer }) => pointer)).toEqual(['']);
  });

  it.each(['', '\ufeff', ' \n', '{', '[1,', '"a', '{"a"', '{"a":', 'tru', '-', '1.', '1e'])(
    'is refused where it ends too early: %j',
    (text) => {
      expect(read(text).value).toBeUndefined();
      expect(codes(text)).toEqual(['invalid-json']);
    },
  );

  it.each([
    ['[1,]', 'line 1, column 4'],
    ['{"a":1,}', 'line 1, column 8'],
    ['{\n  "a": 01}', 'line 2, column 9'],
    ['{\r\n\r\n  a: 1}', 'line 3, column 3'],
    ["['a']", 'line 1, column 2'],
    ['[1] 2', 'line 1, column 5'],
    ['[1 2]', 'line 1, column 4'],
    ['[NaN]', 'line 1, column 2'],
    ['[.5]', 'line 1, column 2'],
    ['[+1]', 'line 1, column 2'],
    ['[1}', 'line 1, column 3'],
    ['"a\tb"', 'line 1, column 3'],
    ['"\\x41"', 'line 1, column 2'],
    ['"\\u12g4"', 'line 1, column 2'],
    ['// hello\n1', 'line 1, column 1'],
    ['[1\u00a0]', 'line 1, column 3'],
  ])('is refused with its place: %j', (text, place) => {
    const { value, faults } = read(text);
    expect(value).toBeUndefined();
    expect(faults).toHaveLength(1);
    expect(faults[0].message).toContain(`${place}.`);
  });

  it('is never repeated in the message', () => {
    expect(read('{"rate": 7919.1301 "secret"}').faults[0].message).not.toMatch(/7919|secret/);
  });

  it('is refused exactly where JSON.parse refuses it', () => {
    const pieces = fc.constantFrom(
      ...Array.from('{}[]:,"\\u0019eE+-.tfn \n\t'),
      'true',
      'null',
      '"a"',
      '"a":',
      '"b":',
      '[1,',
      'é',
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
      fc.tuple(fc.json(), fc.nat(), pieces, fc.nat(2)).map(([json, at, piece, cut]) => {
        const place = at % (json.length + 1);
        return json.slice(0, place) + piece + json.slice(place + cut);
      }),
    );
    fc.assert(
      fc.property(text, (candidate) => {
        expect(!codes(candidate).includes('invalid-json')).toBe(isJson(candidate));
      }),
      { numRuns: 2000 },
    );
  });

  it('is named with its byte and line if it is not UTF-8', () => {
    const { value, faults } = readStrictJson(Uint8Array.from([0x5b, 0x0a, 0x22, 0xe9, 0x22, 0x5d]));
    expect(value).toBeUndefined();
    expect(faults[0].code).toBe('invalid-utf8');
    expect(faults[0].message).toContain('byte 3 (counted from 0), line 2');
  });
});

describe('a repeated key', () => {
  it('is a fault with the pointer of the member, also if the values are equal', () => {
    const { value, faults } = read('{"teams":[{"site":"a"},{"rate":{"amount":10,"amount":10}}]}');
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/teams/1/rate/amount', 'duplicate-key'],
    ]);
    expect(faults[0].message).toContain('"amount"');
    expect(value).toEqual({ teams: [{ site: 'a' }, { rate: { amount: 10 } }] });
  });

  it('is found however its characters are escaped', () => {
    expect(pointers('{"a/b~":1,"\\u0061\\/b~":2}')).toEqual(['/a~1b~0']);
  });

  it('is found behind many other keys', () => {
    const keys = Array.from({ length: 100 }, (_, i) => `"k${i}":0`).join(',');
    expect(pointers(`[{${keys}},{${keys},"k3":1,"k99":1}]`)).toEqual(['/1/k3', '/1/k99']);
  });

  it('is found after an inner object with the same keys has closed', () => {
    expect(pointers('{"a":{"a":1,"b":2},"b":3,"a":4}')).toEqual(['/a']);
  });

  it('is shortened in message and pointer', () => {
    const key = 'k'.repeat(100_000);
    const [fault] = read(`{"${key}":1,"${key}":2}`).faults;
    expect(fault.message.length).toBeLessThan(250);
    expect(fault.pointer).toHaveLength(101);
  });

  it('of any name is found', () => {
    expect(codes('{"constructor":1,"toString":2,"":3,"":4}')).toEqual(['duplicate-key']);
  });
});

describe('a number', () => {
  it.each(['1e999', '-1e999', '1e309', `1${'0'.repeat(400)}`])(
    'beyond a double is an overflow: %s',
    (literal) => {
      expect(codes(`{"a":[${literal}]}`)).toEqual(['number-overflow']);
      expect(pointers(`{"a":[${literal}]}`)).toEqual(['/a/0']);
    },
  );

  it.each(['1e-999', '-1e-400', '5e-324', '2.225e-308', `0.${'0'.repeat(400)}1`])(
    'too close to 0 for a double is an underflow: %s',
    (literal) => {
      expect(codes(literal)).toEqual(['number-underflow']);
    },
  );

  it.each([
    '0',
    '-0',
    '0.0',
    '0e5',
    '-0.000E-999',
    '0e99999',
    '1.7976931348623157e308',
    '2.2250738585072014e-308',
  ])('inside the range of a double is fine: %s', (literal) => {
    expect(read(literal)).toEqual({ value: Number(literal), faults: [] });
  });
});

describe('a key called __proto__', () => {
  it.each(['__proto__', '\\u005f_proto__'])('is refused and left out: %s', (key) => {
    const { value, faults } = read(`{"a":{"${key}":{"isAdmin":true},"b":[{"${key}":1}]}}`);
    expect(faults.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a/__proto__', 'unknown-field'],
      ['/a/b/0/__proto__', 'unknown-field'],
    ]);
    expect(value).toEqual({ a: { b: [{}] } });
    const { a } = value as { a: object };
    expect(Object.hasOwn(a, '__proto__')).toBe(false);
    expect(Object.assign({}, a)).not.toHaveProperty('isAdmin');
    expect({}).not.toHaveProperty('isAdmin');
  });
});

describe('a hostile document', () => {
  it('may be nested 32 deep and no deeper', () => {
    expect(codes('['.repeat(32) + ']'.repeat(32))).toEqual([]);
    expect(codes('['.repeat(33) + ']'.repeat(33))).toEqual(['too-deep']);
    expect(pointers('{"a":'.repeat(33))).toEqual(['/a'.repeat(32)]);
  });

  it.each(['[', '{"a":'])('of a million open brackets is answered quickly: %s', (bracket) => {
    const bytes = Buffer.from(bracket.repeat(1_000_000));
    const start = performance.now();
    expect(readStrictJson(bytes).faults.map(({ code }) => code)).toEqual(['too-deep']);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('may not have more than 10,000 fields in one object', () => {
    const fields = (count: number) => `[{${Array.from({ length: count }, (_, i) => `"k${i}":0`).join(',')}}]`;
    expect(codes(fields(10_000))).toEqual([]);
    expect(read(fields(10_001)).value).toBeUndefined();
    expect(codes(fields(10_001))).toEqual(['too-many-fields']);
  });

  it('may not have more than 3,000,000 arrays and objects', () => {
    expect(codes(`[${'{},'.repeat(3_000_000)}{}]`)).toEqual(['too-many-values']);
  });

  it('has at most 100 faults listed, and the one that stops the reading is among them', () => {
    const repeated = `{${'"a":1e999,'.repeat(500)}"b":0}`;
    expect(read(repeated).faults).toHaveLength(100);
    expect(read(repeated).value).toBeDefined();
    const broken = read(repeated.slice(0, -1)).faults;
    expect(broken).toHaveLength(100);
    expect(broken[99].code).toBe('invalid-json');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

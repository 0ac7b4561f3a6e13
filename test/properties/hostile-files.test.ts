import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario, team } from '../models/small-scenario.ts';
import { undocumented } from '../src/http/documented-answer.ts';
import { type Answer, send, startService, type TestService } from '../src/http/test-service.ts';

/** Files as spreadsheets, scripts and accidents make them: each is read right, or refused at its line, in every dress. */

let service: TestService;
let path: string;
beforeAll(async () => {
  service = await startService({ recycleAfterRequests: 1_000_000 });
  const teams = ['lyon', 'Łódź'].map((id) => team(id, 'luzon', 10, 5));
  const scenario = smallScenario({ periods: [{ id: 'P1' }, { id: 'P2' }], teams });
  const { text } = await send(service.url, 'post', '/v1/scenarios', { scenario });
  path = `/v1/scenarios/${(JSON.parse(text) as { id: string }).id}/capacity`;
});
afterAll(async () => {
  expect(service.mistakes).toEqual([]);
  const { text } = await send(service.url, 'get', path);
  // Nothing of all this was kept, for all of it was tried only.
  expect(text).toBe('team,period,hours\r\nlyon,P1,5\r\nŁódź,P1,5\r\n');
  await service.close();
});

const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16, little end first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};
const delimiters = { commas: ',', semicolons: ';', tabs: '\t' };
const lineEnds = { CRLF: '\r\n', LF: '\n', CR: '\r' };

/** Rows of cells, `eol` being the line end that the file has; and every amount, or every fault by line and column. */
interface Trap {
  readonly rows: (eol: string) => readonly (readonly string[])[];
  readonly query?: string;
  /** The file has cells as they are, without quotes around those that need them. */
  readonly isRaw?: boolean;
  readonly amounts?: Record<string, number | null>;
  readonly faults?: readonly (readonly [line: number, column: string | undefined, code: string])[];
}

const HEADER = ['team', 'period', 'hours'];
const plain = { 'lyon P1': 7, 'Łódź P2': 8.25 };
const rowsAfter = (header: readonly string[]) => () => [header, ['lyon', 'P1', '7'], ['Łódź', 'P2', '8.25']];
const badNumber = (cell: string): Trap => ({
  rows: () => [HEADER, ['lyon', 'P1', cell], ['Łódź', 'P2', '8']],
  faults: [[2, 'hours', 'bad-number']],
});

const traps: Record<string, Trap> = {
  'nothing special': { rows: rowsAfter(HEADER), amounts: plain },
  'columns in another order': {
    rows: () => [
      ['hours', 'team', 'period'],
      ['7', 'lyon', 'P1'],
      ['8.25', 'Łódź', 'P2'],
    ],
    amounts: plain,
  },
  'names with spaces, capitals and quotes': {
    rows: rowsAfter([' Team ', 'PERIOD\u00a0', 'hours ']),
    amounts: plain,
  },
  'blank lines': {
    rows: () => [[], HEADER, [], [], ['lyon', 'P1', '7'], ['Łódź', 'P2', '8.25'], [], []],
    amounts: plain,
  },
  'no rows': { rows: () => [HEADER], amounts: {} },
  'declared decimal commas': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], ['Łódź', 'P2', '8,25']],
    query: '&decimal=comma',
    amounts: plain,
  },
  'no limit, none, and a power of ten': {
    rows: () => [HEADER, ['lyon', 'P1', 'Uncapped'], ['lyon', 'P2', '0'], ['Łódź', 'P1', '1e3']],
    amounts: { 'lyon P1': null, 'lyon P2': 0, 'Łódź P1': 1000 },
  },
  'an id in another Unicode form': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], ['Ło\u0301dz\u0301', 'P2', '8.25']],
    amounts: plain,
  },
  'nothing at all': { rows: () => [], faults: [[1, undefined, 'empty-file']] },
  'a name twice and none for the amounts': {
    rows: rowsAfter(['team', 'period', 'Period ']),
    faults: [
      [1, 'period', 'duplicate-column'],
      [1, undefined, 'missing-column'],
    ],
  },
  'a column twice': {
    rows: () => [
      [...HEADER, 'hours'],
      ['lyon', 'P1', '7', '8'],
    ],
    faults: [[1, 'hours', 'duplicate-column']],
  },
  'a column without a name': {
    rows: () => [
      [...HEADER, ' '],
      ['lyon', 'P1', '7', ''],
    ],
    faults: [[1, undefined, 'empty-column-name']],
  },
  'a name that objects have': {
    rows: () => [
      [...HEADER, '__proto__', 'constructor'],
      ['lyon', 'P1', '7', '{}', '{}'],
    ],
    faults: [
      [1, '__proto__', 'unknown-column'],
      [1, 'constructor', 'unknown-column'],
    ],
  },
  'a name that is not known': {
    rows: () => [
      ['team', 'perod', 'hours'],
      ['lyon', 'P1', '7'],
    ],
    faults: [
      [1, 'perod', 'unknown-column'],
      [1, 'period', 'missing-column'],
    ],
  },
  'no header': { rows: () => [['lyon', 'P1', '7']], faults: [[1, undefined, 'missing-header']] },
  'one column': {
    rows: () => [['hours'], ['7'], ['8']],
    faults: [
      [1, 'team', 'missing-column'],
      [1, 'period', 'missing-column'],
    ],
  },
  'cells too few and too many': {
    rows: () => [HEADER, ['lyon', 'P1'], [], ['Łódź', 'P2', '8', ''], ['', '', '']],
    faults: [
      [2, undefined, 'too-few-cells'],
      [4, undefined, 'too-many-cells'],
      [5, undefined, 'empty-row'],
    ],
  },
  'a NUL': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], ['Łó\0dź', 'P2', '8\0']],
    faults: [
      [3, 'team', 'control-character'],
      [3, 'hours', 'control-character'],
    ],
  },
  'a character that was lost': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], ['\ufffd\ufffdd\ufffd', 'P2', '8']],
    faults: [[3, 'team', 'replacement-character']],
  },
  'cells of several lines': {
    rows: (eol) => [HEADER, [`ly${eol}${eol}on`, 'P1', '7'], ['Łódź', 'P9', '8'], ['lyon', 'P1', eol]],
    faults: [
      [2, 'team', 'control-character'],
      [5, 'period', 'unknown-period'],
      [6, 'hours', 'missing-number'],
    ],
  },
  'a quote that is never closed': {
    rows: () => [HEADER, ['lyon', 'P1', 'x'], [], ['"Łódź', 'P2', '8'], ['lyon', 'P2', '8']],
    isRaw: true,
    faults: [
      [2, 'hours', 'bad-number'],
      [4, undefined, 'unclosed-quote'],
    ],
  },
  'a quote in the middle': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], ['Łó"dź', 'P2', '8']],
    isRaw: true,
    faults: [[3, undefined, 'stray-quote']],
  },
  'a cell without end': {
    rows: () => [HEADER, ['lyon', 'P1', '7'.repeat(100_001)]],
    faults: [[2, undefined, 'record-too-large']],
  },
  'columns without end': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], Array<string>(5000).fill('8')],
    faults: [[3, undefined, 'too-many-cells']],
  },
  'unknown and repeated ids': {
    rows: () => [HEADER, ['lyon', 'P1', '7'], ['lyom', 'P1', '8'], ['lyon', 'P1', '7'], [' lyon', 'P3', '8']],
    faults: [
      [3, 'team', 'unknown-team'],
      [4, undefined, 'duplicate-row'],
      [5, 'team', 'surrounding-space'],
      [5, 'period', 'unknown-period'],
    ],
  },
  'a period that a spreadsheet took for a date': {
    rows: () => [HEADER, ['lyon', '01.02.2027', '7']],
    faults: [[2, 'period', 'unknown-period']],
  },
  'an amount that is a formula': badNumber('=1+1'),
  'an amount below 0': {
    rows: () => [HEADER, ['lyon', 'P1', '-7']],
    faults: [[2, 'hours', 'negative-number']],
  },
  'an amount that no double holds': {
    rows: () => [HEADER, ['lyon', 'P1', '1e999'], ['lyon', 'P2', '1e-999']],
    faults: [
      [2, 'hours', 'out-of-range'],
      [3, 'hours', 'out-of-range'],
    ],
  },
  ...Object.fromEntries(
    [
      '1.234,56',
      '1,234',
      '1,234.5',
      '12,5',
      '1 234',
      "1'234",
      '(5)',
      '5%',
      '0x10',
      '+5',
      'NaN',
      '∞',
      '٧',
      '1e',
      '$7',
    ].map((cell) => [`the amount ${cell}`, badNumber(cell)]),
  ),
  ...Object.fromEntries(
    ['1.234', '1.234,5', '1,234,567', '12.5'].map((cell) => [
      `the amount ${cell} with declared decimal commas`,
      { ...badNumber(cell), query: '&decimal=comma' },
    ]),
  ),
};

const dresses = Object.entries(encodings).flatMap(([encoding, encode]) =>
  Object.entries(delimiters).flatMap(([delimiter, between]) =>
    Object.entries(lineEnds).map(([lineEnd, eol]) => ({
      encoding,
      delimiter,
      lineEnd,
      encode,
      between,
      eol,
    })),
  ),
);

describe.each(dresses)('a file in $encoding with $delimiter and $lineEnd', ({ encode, between, eol }) => {
  it.each(Object.entries(traps))('with %s', async (_, { rows, query, isRaw, amounts, faults }) => {
    const written = (cell: string) =>
      !isRaw && /[,;\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    const text = rows(eol)
      .map((cells) => cells.map(written).join(between) + eol)
      .join('');
    const answer = await tried(encode(text), query);
    if (amounts) expect(amountsOf(answer)).toEqual(amounts);
    else expect(faultsOf(answer)).toEqual(faults);
  });
});

describe('a file that is not what it says', () => {
  const rows = 'team,period,hours\r\nlyon,P1,7\r\n';
  it.each([
    ['Latin-1', Buffer.from(`${rows}Zürich,P2,8`, 'latin1'), 3, 'invalid-utf8'],
    ['a cut character', Buffer.from(`${rows}Łódź`).subarray(0, -1), 3, 'invalid-utf8'],
    [
      'an overlong character',
      Buffer.concat([Buffer.from(rows), Buffer.from([0xc0, 0xaf])]),
      3,
      'invalid-utf8',
    ],
    [
      'half a pair in UTF-8',
      Buffer.concat([Buffer.from(rows), Buffer.from([0xed, 0xa0, 0x80])]),
      3,
      'invalid-utf8',
    ],
    ['half a pair in UTF-16', Buffer.from(`\ufeff${rows}\ud800,P2,8`, 'utf16le'), 3, 'invalid-utf-16'],
    ['UTF-16 without a mark', Buffer.from(rows, 'utf16le'), 1, 'utf-16'],
    ['UTF-16 that is cut', Buffer.from(`\ufeff${rows}`, 'utf16le').subarray(0, -1), 3, 'invalid-utf-16'],
    ['UTF-32', utf32(rows), 1, 'missing-header'],
    ['a workbook', Buffer.from('504b030414000600', 'hex'), 1, 'workbook'],
    ['an older workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 1, 'workbook'],
    ['JSON', Buffer.from('[\n{"team":"lyon"}]'), 1, 'missing-header'],
    ['two delimiters', Buffer.from('team;period,hours\nlyon;P1,7\n'), 1, 'ambiguous-delimiter'],
    ['a line for Excel alone', Buffer.from('sep=;\nteam;period;hours\n'), 1, 'missing-header'],
    ['another delimiter than its header', Buffer.from('team,period,hours\nlyon;P1;7\n'), 2, 'too-few-cells'],
  ])('%s is refused at its line', async (_, bytes, line, code) => {
    expect(faultsOf(await tried(bytes))).toEqual([[line, undefined, code]]);
  });

  it('but has line ends of all kinds is read right', async () => {
    const answer = await tried(Buffer.from('team,period,hours\r\rlyon,P1,7\n\r\nŁódź,P2,8.25\r'));
    expect(amountsOf(answer)).toEqual(plain);
  });
});

async function tried(file: Uint8Array, query = ''): Promise<Answer> {
  const headers = { 'content-type': 'text/csv', 'if-match': '"r1"' };
  const answer = await send(service.url, 'put', `${path}?dryRun=true${query}`, file, headers);
  expect(undocumented('put', '/v1/scenarios/{scenario}/capacity', answer)).toBeUndefined();
  return answer;
}

/** What the table would have: what the scenario has, and what is created or changed or missing. */
function amountsOf({ status, text }: Answer): Record<string, number | null> {
  expect(status, text).toBe(200);
  type Row = { team: string; period: string; to?: { hours: number | null } };
  const { created, changed, missing } = JSON.parse(text) as Record<'created' | 'changed' | 'missing', Row[]>;
  const amounts = new Map<string, number | null>([
    ['lyon P1', 5],
    ['Łódź P1', 5],
  ]);
  for (const { team: id, period } of missing) amounts.delete(`${id} ${period}`);
  for (const { team: id, period, to } of [...created, ...changed]) amounts.set(`${id} ${period}`, to!.hours);
  return Object.fromEntries(amounts);
}

function faultsOf({ status, text }: Answer): unknown[] {
  expect(status, text).toBe(400);
  const { errors } = JSON.parse(text) as { errors: { line?: number; column?: string; code: string }[] };
  return errors.map(({ line, column, code }) => [line, column, code]);
}

/** Little end first, with its mark, which begins as that of UTF-16 does. */
function utf32(text: string): Buffer {
  const units = Array.from(`\ufeff${text}`, (character) => character.codePointAt(0)!);
  return Buffer.from(Uint32Array.from(units).buffer);
}

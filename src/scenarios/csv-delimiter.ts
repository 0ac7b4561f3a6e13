import type { CsvStop } from './csv-faults.ts';
import { lineCounter } from './utf8.ts';

/** What may stand between cells, by the byte that it is in UTF-8. */
const DELIMITERS = new Map([
  [0x2c, { character: ',', name: 'commas' }],
  [0x3b, { character: ';', name: 'semicolons' }],
  [0x09, { character: '\t', name: 'tabs' }],
] as const);

export type Delimiter = ',' | ';' | '\t';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;
/** No header is longer; what comes then is the parser's to refuse. */
const MAX_HEADER_BYTES = 100_000;

/**
 * What separates the cells of a file in UTF-8: the one delimiter that its header row has outside quotes, a comma where it has none.
 * Two of them are a stop with the code `ambiguous-delimiter`.
 */
export function delimiterOf(content: Uint8Array): Delimiter | CsvStop {
  let at = 0;
  while (content[at] === LINE_FEED || content[at] === CARRIAGE_RETURN) at += 1;
  const start = at;
  const end = Math.min(content.length, start + MAX_HEADER_BYTES);
  const found = new Set<number>();
  for (let isQuoted = false; at < end; at += 1) {
    const byte = content[at];
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
    if (DELIMITERS.has(byte as 0x2c)) found.add(byte);
  }
  const all = [...DELIMITERS].filter(([byte]) => found.has(byte)).map(([, delimiter]) => delimiter);
  if (all.length <= 1) return all.at(0)?.character ?? ',';
  const names = all.map(({ name }) => name).join(' and ');
  const message = () =>
    `The header has ${names}, so that it is not clear what separates the columns. Use one of them only.`;
  return { line: lineCounter(content)(start), code: 'ambiguous-delimiter', message };
}

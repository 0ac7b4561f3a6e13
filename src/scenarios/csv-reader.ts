import { CsvError, parse } from 'csv-parse/sync';
import { type Delimiter, delimiterOf } from './csv-delimiter.ts';
import { utf8Content } from './csv-encoding.ts';
import type { CsvStop } from './csv-faults.ts';
import { lineCounter } from './utf8.ts';

/** More columns than this are never meant. */
export const MAX_CSV_COLUMNS = 200;
/** Rows after the header. */
export const MAX_CSV_ROWS = 2_000_000;
/** Characters in the cells of one record, so that an unclosed quote cannot swallow a whole large file. */
const MAX_CSV_RECORD_SIZE = 100_000;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const QUOTE = 0x22;

/**
 * Splits a file (RFC 4180) into records and hands each to `onRecord` with the physical line, counted from 1, on which it
 * begins; if `onRecord` answers false, the reading ends there.
 *
 * Encoding and delimiter are found (`csv-encoding.ts`, `csv-delimiter.ts`). Blank lines are skipped; CRLF, LF and CR end a
 * record, also mixed. Cells come exactly as written but for quotes; a record has at most `MAX_CSV_COLUMNS + 1` cells.
 * Returns what stopped the reading, if anything did; records before that place have been handed over. Codes: `workbook`, `utf-16`,
 * `invalid-utf-16`, `invalid-utf8`, `ambiguous-delimiter`, `unclosed-quote`, `stray-quote`, `record-too-large`,
 * `too-many-columns`, `too-many-rows`.
 */
export function readCsvRecords(
  bytes: Uint8Array,
  onRecord: (cells: readonly string[], line: number) => boolean,
  maxRows = MAX_CSV_ROWS,
): CsvStop | undefined {
  const content = utf8Content(bytes);
  if (!(content instanceof Uint8Array)) return content;
  const delimiter = delimiterOf(content);
  if (typeof delimiter !== 'string') return delimiter;
  // The parser's own line count takes CRLF inside a quoted cell for two lines, and names a record's last line.
  const lineOf = lineCounter(content);
  let recordStart = 0;
  let records = 0;
  const handOver = (cells: readonly string[], end: number) => {
    const line = lineOf(skipBlankLines(content, recordStart));
    recordStart = end;
    records += 1;
    if (records > maxRows + 1) throw new ReadingEnded(tooManyRows(maxRows, line));
    if (!onRecord(cells, line)) throw new ReadingEnded();
  };
  try {
    split(content, delimiter, handOver);
    return undefined;
  } catch (error) {
    if (error instanceof ReadingEnded) return error.stop;
    if (error instanceof CsvError) return splittingProblem(error, content, recordStart, lineOf);
    throw error;
  }
}

/** The only way out of the parser before the end of the file; never leaves this file. */
class ReadingEnded extends Error {
  readonly stop: CsvStop | undefined;

  constructor(stop?: CsvStop) {
    super('reading ended');
    this.stop = stop;
  }
}

function split(
  content: Uint8Array,
  delimiter: Delimiter,
  handOver: (cells: readonly string[], end: number) => void,
): void {
  parse(content, {
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_CSV_RECORD_SIZE,
    // Delimiters do not count towards the record size. Taking the rest of a record for one cell bounds them as well.
    ignore_last_delimiters: MAX_CSV_COLUMNS + 1,
    on_record: (cells, { bytes: end }) => {
      handOver(cells, end);
      // Nothing is kept by the parser: the rows take less memory in the caller's own shape.
      return null;
    },
  });
}

/** Translates an error of the parser. Its own message is dropped, because it repeats cells of any length. */
function splittingProblem(
  error: CsvError,
  content: Uint8Array,
  recordStart: number,
  lineOf: (offset: number) => number,
): CsvStop {
  const start = skipBlankLines(content, recordStart);
  const line = lineOf(start);
  const cell = Number(error['index']);
  // The parser notes the delimiter before the cell at which it failed; the first cell of a record has none.
  const cellStart = cell === 0 ? start : Number(error['bytes']) + 1;
  const cellLine = lineOf(cellStart);
  if (cell >= MAX_CSV_COLUMNS) {
    return stop(
      line,
      'too-many-columns',
      `The row has more than ${MAX_CSV_COLUMNS} columns. Remove what is not needed.`,
    );
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return stop(
      cellLine,
      'unclosed-quote',
      'A quote opens here and is never closed. Close it, or remove it.',
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return recordTooLarge(line, content[cellStart] === QUOTE ? cellLine : undefined);
  }
  if (error.code === 'CSV_INVALID_CLOSING_QUOTE' || error.code === 'INVALID_OPENING_QUOTE') {
    const hint = 'Put the whole cell in quotes and double the quotes inside.';
    return stop(cellLine, 'stray-quote', `Cell ${cell + 1} of the row has a quote in the middle. ${hint}`);
  }
  throw error;
}

function recordTooLarge(line: number, quoteLine: number | undefined): CsvStop {
  const size = `The row has more than ${MAX_CSV_RECORD_SIZE} characters.`;
  return stop(
    line,
    'record-too-large',
    quoteLine === undefined
      ? `${size} Check that each row ends with a line break.`
      : `${size} The quote that opens on line ${quoteLine} is probably never closed.`,
  );
}

function tooManyRows(maxRows: number, line: number): CsvStop {
  return stop(
    line,
    'too-many-rows',
    `The file has more than ${maxRows} rows. Remove rows that are not needed.`,
  );
}

function stop(line: number, code: string, message: string): CsvStop {
  return { line, code, message: () => message };
}

/** Blank lines before a record are no records, so the record begins after them. */
function skipBlankLines(content: Uint8Array, start: number): number {
  let at = start;
  while (content[at] === LINE_FEED || content[at] === CARRIAGE_RETURN) {
    at += 1;
  }
  return at;
}

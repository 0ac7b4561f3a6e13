import type { CsvStop } from './csv-faults.ts';
import { findInvalidUtf8, withoutByteOrderMark } from './utf8.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Bytes of UTF-16 that are decoded at once, so that a large file is never held as one text. */
const PIECE_BYTES = 1024 ** 2;

/** How files of spreadsheets begin, the newer ones as ZIP archives. */
const WORKBOOKS = ['504b0304', 'd0cf11e0'];

/**
 * The content of a file as UTF-8 without byte order mark: from UTF-8, with or without the mark, or from UTF-16 of either byte order
 * with it. Nothing else is guessed at. Codes of what cannot be read: `workbook`, `utf-16`, `invalid-utf-16`, `invalid-utf8`.
 */
export function utf8Content(bytes: Uint8Array): Uint8Array | CsvStop {
  if (WORKBOOKS.includes(Buffer.from(bytes.subarray(0, 4)).toString('hex'))) {
    const message = () => 'The file is a workbook. Save its sheet as "CSV UTF-8" and send that.';
    return { line: 1, code: 'workbook', message };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return fromUtf16(bytes, true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return fromUtf16(bytes, false);
  // The first character of every header is ASCII, so in UTF-16 one of its bytes is 0.
  if (bytes[0] === 0 || bytes[1] === 0) {
    const message = () => 'The file is UTF-16 without a byte order mark. Save it as "CSV UTF-8".';
    return { line: 1, code: 'utf-16', message };
  }
  const invalid = findInvalidUtf8(bytes);
  if (invalid === undefined) return withoutByteOrderMark(bytes);
  const message = () =>
    'A character here is not UTF-8. The file was probably saved as Latin-1 or Windows-1252: save it as "CSV UTF-8".';
  return { line: invalid.line, code: 'invalid-utf8', message };
}

function fromUtf16(bytes: Uint8Array, isLittleEndian: boolean): Uint8Array | CsvStop {
  const broken = lineOfBrokenUtf16(bytes, isLittleEndian);
  if (broken !== undefined) {
    const message = () => 'A character here is not whole UTF-16. Save the file as "CSV UTF-8".';
    return { line: broken, code: 'invalid-utf-16', message };
  }
  const decoder = new TextDecoder(isLittleEndian ? 'utf-16le' : 'utf-16be');
  const pieces: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += PIECE_BYTES)
    pieces.push(
      Buffer.from(decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true }), 'utf8'),
    );
  return Buffer.concat(pieces);
}

/** The line, counted from 1, of half a surrogate pair or half a unit; undefined if there is none. */
function lineOfBrokenUtf16(bytes: Uint8Array, isLittleEndian: boolean): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = bytes.length >> 1;
  const unitAt = (i: number) => (i < units ? view.getUint16(2 * i, isLittleEndian) : 0);
  let line = 1;
  for (let i = 0; i < units; i += 1) {
    const unit = unitAt(i);
    if (unit === LINE_FEED || (unit === CARRIAGE_RETURN && unitAt(i + 1) !== LINE_FEED)) line += 1;
    if (!isSurrogate(unit)) continue;
    if (!isHighSurrogate(unit) || !isLowSurrogate(unitAt(i + 1))) return line;
    i += 1;
  }
  return bytes.length % 2 === 0 ? undefined : line;
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

import { isUtf8 } from 'node:buffer';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLOCK_BYTES = 65_536;

/** Where a file stops being UTF-8: the offset of the first wrong byte and its line, counted from 1. */
export interface InvalidUtf8 {
  readonly offset: number;
  readonly line: number;
}

/** Finds the first byte that is not UTF-8; undefined if every byte is. */
export function findInvalidUtf8(bytes: Uint8Array): InvalidUtf8 | undefined {
  if (isUtf8(bytes)) {
    return undefined;
  }
  let offset = 0;
  // Whole blocks are judged at once, because a character at a time takes a second for a long file.
  for (let next = blockEnd(bytes, 0); isUtf8(bytes.subarray(offset, next)); next = blockEnd(bytes, offset)) {
    offset = next;
  }
  for (let size = validCharacterSize(bytes, offset); size > 0; size = validCharacterSize(bytes, offset)) {
    offset += size;
  }
  return { offset, line: lineCounter(bytes)(offset) };
}

/** The bytes without a leading UTF-8 byte order mark. */
export function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/**
 * A function from a byte offset to its physical line, counted from 1. LF, CRLF and CR all end a line.
 *
 * Offsets must be asked for in ascending order: every byte is then looked at once, however many lines are asked for.
 */
export function lineCounter(bytes: Uint8Array): (offset: number) => number {
  let line = 1;
  let seen = 0;
  return (offset) => {
    for (; seen < offset; seen += 1) {
      const byte = bytes[seen];
      if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[seen + 1] !== LINE_FEED)) {
        line += 1;
      }
    }
    return line;
  };
}

/** The end of the block that begins at `start`, moved back so that it does not cut a character in two. */
function blockEnd(bytes: Uint8Array, start: number): number {
  const end = start + BLOCK_BYTES;
  let moved = end;
  while (moved > end - 3 && (bytes[moved] & 0xc0) === 0x80) {
    moved -= 1;
  }
  return moved;
}

/** How many bytes the character at `offset` takes, 0 if it is not valid. */
function validCharacterSize(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset];
  const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  return isUtf8(bytes.subarray(offset, offset + size)) ? size : 0;
}

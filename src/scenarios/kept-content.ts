import { promisify } from 'node:util';
import { gunzip, gunzipSync, gzipSync } from 'node:zlib';
import type { Scenario } from '../../models/scenario/schema.ts';

/**
 * How a scenario's JSON is kept: as it is, or where it is large, compressed. JSON begins with `{`, what is compressed with the bytes of gzip, so the
 * content itself says which it is.
 *
 * What is compressed are gzip members (RFC 1952) one after the other, one for each piece of the JSON, so that nobody ever needs all of it at once;
 * `gunzip` makes JSON of it, too. Each member says in its header how long it is, which gzip alone does not: two letters, the length 4, and
 * four bytes, the lowest first.
 */

/** JSON that is shorter is kept as it is: reading it costs nothing then. */
export const LARGE_BYTES = 1024 ** 2;

/** Half as large again as with the highest level, and made in a fifth of the time. */
const LEVEL = 1;

const GZIP = 0x1f8b;
/** Fixed fields, the length of the extra field, and the field itself. */
const FIXED_BYTES = 10;
const EXTRA_BYTES = 8;
const SIZE_AT = FIXED_BYTES + 2 + 4;
const FLAGS_AT = 3;
const HAS_EXTRA = 4;
/** Checksum and length of what is compressed. */
const END_BYTES = 8;
const EXTRA_START = Buffer.from([EXTRA_BYTES, 0, 'A'.charCodeAt(0), 'S'.charCodeAt(0), 4, 0]);

/** Content to be kept of JSON in pieces, each of which is let go of as soon as it is compressed. */
export function keptContent(pieces: Iterable<Buffer>): Buffer[] {
  const content: Buffer[] = [];
  let first: Buffer | undefined;
  for (const piece of pieces) {
    // Only of one piece can it be known to be all there is.
    if (first === undefined && content.length === 0) first = piece;
    else {
      if (first) content.push(memberOf(first));
      first = undefined;
      content.push(memberOf(piece));
    }
  }
  if (!first) return content;
  return [first.length < LARGE_BYTES ? first : memberOf(first)];
}

function memberOf(piece: Buffer): Buffer {
  const member = gzipSync(piece, { level: LEVEL });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(member.length + EXTRA_START.length + size.length);
  member[FLAGS_AT] = HAS_EXTRA;
  return Buffer.concat([member.subarray(0, FIXED_BYTES), EXTRA_START, size, member.subarray(FIXED_BYTES)]);
}

/** Whether the content has to be made JSON of again. */
export function isCompressed(content: Buffer): boolean {
  return content.length > END_BYTES && content.readUInt16BE(0) === GZIP;
}

/** The JSON in pieces. Throws where the content is neither JSON nor what `keptContent` made. */
export function* contentPieces(content: Buffer): Generator<Buffer, void> {
  if (!isCompressed(content)) yield content;
  else for (const member of membersOf(content)) yield gunzipSync(member, settingsFor(member));
}

/** The same off the event loop, for whoever must not be held up. */
export async function* contentPiecesAside(content: Buffer): AsyncGenerator<Buffer, void> {
  if (!isCompressed(content)) yield content;
  else for (const member of membersOf(content)) yield await gunzipAside(member, settingsFor(member));
}

/** How long the JSON is, which takes no expanding. */
export function jsonBytes(content: Buffer): number {
  if (!isCompressed(content)) return content.length;
  let bytes = 0;
  for (const member of membersOf(content)) bytes += lengthOf(member);
  return bytes;
}

/** The scenario that is kept; it was checked before. Needs memory for all of it. */
export function scenarioIn(content: Buffer): Scenario {
  return JSON.parse(jsonIn(content)) as Scenario;
}

/** The whole JSON as one text. */
export function jsonIn(content: Buffer): string {
  return wholeJson(content).toString();
}

/** The whole JSON as bytes. */
function wholeJson(content: Buffer): Buffer {
  return isCompressed(content) ? Buffer.concat([...contentPieces(content)], jsonBytes(content)) : content;
}

const gunzipAside = promisify<Buffer, ReturnType<typeof settingsFor>, Buffer>(gunzip);

/** As much as there is into one buffer, and no more. */
function settingsFor(member: Buffer): { readonly chunkSize: number; readonly maxOutputLength: number } {
  const length = lengthOf(member);
  return { chunkSize: Math.max(length, 64), maxOutputLength: Math.max(length, 1) };
}

/** How much JSON there is in a member. */
function lengthOf(member: Buffer): number {
  return member.readUInt32LE(member.length - 4);
}

function* membersOf(content: Buffer): Generator<Buffer, void> {
  for (let start = 0; start < content.length;) {
    const size = hasSize(content, start) ? content.readUInt32LE(start + SIZE_AT) : 0;
    if (size <= SIZE_AT + END_BYTES || start + size > content.length)
      throw new Error('The content of a revision is damaged.');
    yield content.subarray(start, start + size);
    start += size;
  }
}

function hasSize(content: Buffer, start: number): boolean {
  const extra = content.subarray(start + FIXED_BYTES, start + SIZE_AT);
  return content[start] === 0x1f && content[start + 1] === 0x8b && extra.equals(EXTRA_START);
}

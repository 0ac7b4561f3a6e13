/**
 * How the two ends of a planning process talk: frames over one duplex socket.
 *
 * A frame is a 4-byte header length, a 6-byte body length (both big-endian), a JSON header and a raw body. Bodies are
 * scenarios and plans of many megabytes, so neither end parses or encodes one: the writer sends the buffers it was given,
 * and the reader puts what comes into one buffer of the announced size, piece by piece, so that nobody ever has it twice.
 */

/** Anything JSON can carry. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object with unknown fields. */
export interface JsonObject {
  readonly [field: string]: JsonValue;
}

/** One frame: a parsed header, not yet validated, and the body, which is the reader's own. */
export interface Frame {
  readonly header: unknown;
  readonly body: Buffer;
}

/** The bytes are not a frame, or the frame is larger than allowed; nothing after it can be trusted. */
export class FrameError extends Error {}

/** Largest JSON header in bytes. */
export const MAXIMUM_HEADER_BYTES = 64 * 1024;

const HEADER_LENGTH_BYTES = 4;
const BODY_LENGTH_BYTES = 6;
const PREFIX_BYTES = HEADER_LENGTH_BYTES + BODY_LENGTH_BYTES;

/**
 * The pieces to write to the socket, in order; the body's buffers are passed through as they are.
 *
 * Throws `FrameError` when the header takes more than 64 kB as JSON.
 */
export function encodeFrame(header: JsonObject, body: readonly Uint8Array[] = []): readonly Uint8Array[] {
  const headerBytes = Buffer.from(JSON.stringify(header));
  if (headerBytes.length > MAXIMUM_HEADER_BYTES) {
    throw new FrameError(
      `A frame header may take ${MAXIMUM_HEADER_BYTES} bytes, this takes ${headerBytes.length}.`,
    );
  }
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(headerBytes.length, 0);
  prefix.writeUIntBE(totalBytes(body), HEADER_LENGTH_BYTES, BODY_LENGTH_BYTES);
  return [Buffer.concat([prefix, headerBytes]), ...body.filter((piece) => piece.length > 0)];
}

/**
 * Finds the frames in a stream of chunks cut anywhere.
 *
 * It moves through three stages, and in each collects exactly the bytes the stage wants.
 */
export class FrameDecoder {
  readonly #maximumFrameBytes: number;
  #stage: 'prefix' | 'header' | 'body' = 'prefix';
  #wantedBytes = PREFIX_BYTES;
  #collected = Buffer.alloc(PREFIX_BYTES);
  #collectedBytes = 0;
  #bodyBytes = 0;
  #header: unknown;

  constructor(maximumFrameBytes: number) {
    this.#maximumFrameBytes = maximumFrameBytes;
  }

  /** Yields each frame this chunk completes. Throws `FrameError` at the first byte that cannot be right. */
  *push(chunk: Buffer): Generator<Frame, void> {
    let rest = chunk;
    while (rest.length > 0) {
      rest = this.#collect(rest);
      // An empty body wants no bytes, so one chunk may end several stages.
      while (this.#collectedBytes === this.#wantedBytes) {
        const frame = this.#finishStage();
        if (frame) yield frame;
      }
    }
  }

  #collect(chunk: Buffer): Buffer {
    const piece = chunk.subarray(0, this.#wantedBytes - this.#collectedBytes);
    piece.copy(this.#collected, this.#collectedBytes);
    this.#collectedBytes += piece.length;
    return chunk.subarray(piece.length);
  }

  #finishStage(): Frame | undefined {
    const bytes = this.#collected;
    switch (this.#stage) {
      case 'prefix':
        this.#enter('header', this.#readPrefix(bytes));
        return undefined;
      case 'header':
        this.#header = parseHeader(bytes);
        this.#enter('body', this.#bodyBytes);
        return undefined;
      case 'body':
        this.#enter('prefix', PREFIX_BYTES);
        return { header: this.#header, body: bytes };
    }
  }

  #enter(stage: 'prefix' | 'header' | 'body', wantedBytes: number): void {
    this.#stage = stage;
    this.#wantedBytes = wantedBytes;
    // Memory of its own: a slice of the shared pool would keep the whole of that.
    this.#collected = Buffer.allocUnsafeSlow(wantedBytes);
    this.#collectedBytes = 0;
  }

  #readPrefix(prefix: Buffer): number {
    const headerBytes = prefix.readUInt32BE(0);
    this.#bodyBytes = prefix.readUIntBE(HEADER_LENGTH_BYTES, BODY_LENGTH_BYTES);
    if (headerBytes > MAXIMUM_HEADER_BYTES || headerBytes + this.#bodyBytes > this.#maximumFrameBytes) {
      throw new FrameError(`A frame announces ${headerBytes} header and ${this.#bodyBytes} body bytes.`);
    }
    return headerBytes;
  }
}

function totalBytes(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

function parseHeader(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    // The parser's own message quotes the text, which may be a user's.
    throw new FrameError('A frame header is not JSON.');
  }
}

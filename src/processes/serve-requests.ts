import { Socket } from 'node:net';
import { encodeFrame, FrameDecoder } from './frames.ts';
import type { Frame, JsonObject } from './frames.ts';
import { letGo } from './let-go.ts';
import type { ChildMessage, FailureReason, ReplyHeader, RequestMessage, SearchProgress } from './messages.ts';

/** A request as the handler sees it: each part in one piece. */
export interface ReceivedRequest {
  readonly kind: string;
  readonly parts: readonly Buffer[];
  readonly options: JsonObject;
}

/** What the handler may say before it answers; what is for the parent reaches it even if the next line blocks. */
export interface RequestContext {
  /** Names the stage that begins now, or says how far the search of one is. */
  progress(stage: string, search?: SearchProgress): void;
  /**
   * Asks to be killed so many seconds after the request was handed over, a quarter of a second's grace added.
   *
   * Without it the parent allows only the time it takes to read a request.
   */
  deadline(seconds: number): void;
  /** Gives the memory of all parts back, which are empty from then on; without it that is done once the reply is sent. */
  letGoOfParts(): void;
}

/** The handler's answer. The body is written as it is. */
export interface HandlerReply {
  readonly header: ReplyHeader;
  readonly body: readonly Uint8Array[];
  /** The process must not take another request: it ends once the reply is sent. */
  readonly isLast?: boolean;
}

/** Answers one request; it may block for as long as it likes. */
export type RequestHandler = (
  request: ReceivedRequest,
  context: RequestContext,
) => HandlerReply | Promise<HandlerReply>;

/** The parent opens this descriptor; 0 to 2 stay free of frames, since any library may print. */
const CHANNEL_DESCRIPTOR = 3;

// The parent has already bounded what it accepts, so this only guards the arithmetic.
const MAXIMUM_REQUEST_BYTES = 2 ** 31;

/**
 * The child's side of a planning process: says it is ready, then hands each request to `handler`.
 *
 * Call it last, when everything is loaded. The process ends when the parent does, and after any throw: an engine that
 * threw may have left its memory in any state. It then prints nothing, for the text may quote a user's data.
 */
export function serveRequests(handler: RequestHandler): void {
  process.on('uncaughtException', () => process.exit(1));
  process.on('unhandledRejection', () => process.exit(1));
  // A terminal or a service manager signals the whole group, but running requests may finish: the parent decides.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const channel = new Socket({ fd: CHANNEL_DESCRIPTOR, readable: true, writable: true });
  const decoder = new FrameDecoder(MAXIMUM_REQUEST_BYTES);
  channel.on('data', (chunk) => {
    for (const frame of decoder.push(chunk)) void serve(channel, handler, frame);
  });
  channel.on('error', () => process.exit(0));
  channel.on('end', () => process.exit(0));
  channel.on('close', () => process.exit(0));
  send(channel, { type: 'ready' });
}

async function serve(channel: Socket, handler: RequestHandler, frame: Frame): Promise<void> {
  // Only the parent, which runs the same version of this code, can write here.
  const message = frame.header as RequestMessage;
  const { id, kind, options } = message;
  const context: RequestContext = {
    progress: (stage, search) => {
      send(channel, { type: 'progress', id, stage, ...(search && { search }) });
    },
    deadline: (seconds) => {
      send(channel, { type: 'deadline', id, seconds });
    },
    letGoOfParts: () => {
      letGo(frame.body);
    },
  };
  try {
    send(channel, { type: 'begun', id });
    const reply = await handler({ kind, parts: partsOf(frame.body, message.partLengths), options }, context);
    const end = () => {
      if (reply.isLast) process.exit(1);
      letGo(frame.body);
    };
    send(channel, { type: 'reply', id, header: reply.header }, reply.body, end);
  } catch (error) {
    send(channel, { type: 'failed', id, reason: failureReason(error) }, [], () => process.exit(1));
  }
}

/**
 * Writes one frame. The parent always reads and the frames before a reply are small, so they leave within this call:
 * the handler may block directly after it.
 */
function send(
  channel: Socket,
  message: ChildMessage,
  body: readonly Uint8Array[] = [],
  onSent?: () => void,
): void {
  const pieces = encodeFrame(message, body);
  pieces.forEach((piece, index) => {
    channel.write(piece, index === pieces.length - 1 ? onSent : undefined);
  });
}

function partsOf(body: Buffer, partLengths: readonly number[]): readonly Buffer[] {
  let start = 0;
  return partLengths.map((length) => body.subarray(start, (start += length)));
}

/** Node and WASM report a refused allocation only in words. */
function failureReason(error: unknown): FailureReason {
  const words = error instanceof Error ? error.message : '';
  return /allocation failed|could not allocate|unable to grow|out of memory|bad_alloc/i.test(words)
    ? 'memory'
    : 'engine';
}

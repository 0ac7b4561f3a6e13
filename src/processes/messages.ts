import { z } from 'zod';
import type { JsonObject } from './frames.ts';

/** Work for a planning process: bytes it alone parses. `parts` are, say, one scenario or three CSV files, each whole or in pieces. */
export interface PlanningRequest {
  readonly kind: string;
  readonly parts: readonly (Buffer | readonly Buffer[])[];
  /** Whether nobody else needs the parts: their memory is given back as soon as there is a reply. Default false. */
  readonly isOwned?: boolean;
  /** Small settings that are not part of the bytes; at most 64 kB as JSON. */
  readonly options?: JsonObject;
}

const replyHeaderSchema = z.object({ outcome: z.enum(['answer', 'faults', 'nothing']) }).catchall(z.json());

/**
 * What a planning process says about its reply: the body is the answer, the faults of what was sent, or why there is nothing
 * to answer with. It may add fields of its own.
 */
export type ReplyHeader = z.infer<typeof replyHeaderSchema>;

const failureReasonSchema = z.enum(['time-limit', 'memory', 'engine']);

/**
 * Why there is no reply: killed at its deadline, out of memory, or anything else that is our fault
 * (a throw, a crash, an exit, bytes that make no sense, processes that do not start).
 */
export type FailureReason = z.infer<typeof failureReasonSchema>;

/** How a request ended; there is exactly one outcome, and it is final. */
export type PlanningOutcome =
  | { readonly kind: 'reply'; readonly header: ReplyHeader; readonly body: Buffer }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  | { readonly kind: 'cancelled' }
  /** The queue is full or the pool is closing. */
  | { readonly kind: 'refused'; readonly retryAfterSeconds: number };

const searchProgressSchema = z.object({
  incumbent: z.number().exactOptional(),
  bound: z.number(),
  gap: z.number().exactOptional(),
});

/** How far the search of a stage is: costs of the best plan so far and below which none lies, and the relative gap between them. */
export type SearchProgress = z.infer<typeof searchProgressSchema>;

/** Is told of each stage a request enters, and of how far a search within it is. */
export type ProgressListener = (stage: string, search?: SearchProgress) => void;

/** Header of the one frame a parent sends; the body is the parts, one after the other. */
export interface RequestMessage {
  readonly id: number;
  readonly kind: string;
  readonly options: JsonObject;
  readonly partLengths: readonly number[];
}

/**
 * Headers of the frames a child sends, validated because a child gone wrong may send anything.
 *
 * Every message about a request repeats its id: a late second reply must never answer the next request.
 */
export const childMessageSchema = z.discriminatedUnion('type', [
  /** Everything is loaded; sent once. */
  z.object({ type: z.literal('ready') }),
  /** The request has arrived whole and its handler is about to run. */
  z.object({ type: z.literal('begun'), id: z.int() }),
  z.object({
    type: z.literal('progress'),
    id: z.int(),
    stage: z.string(),
    search: searchProgressSchema.exactOptional(),
  }),
  /** The child has read the options and wants to be killed so many seconds after it was handed the request. */
  z.object({ type: z.literal('deadline'), id: z.int(), seconds: z.number().nonnegative() }),
  z.object({ type: z.literal('reply'), id: z.int(), header: replyHeaderSchema }),
  z.object({ type: z.literal('failed'), id: z.int(), reason: failureReasonSchema }),
]);

/** A validated header of a child's frame. */
export type ChildMessage = z.infer<typeof childMessageSchema>;

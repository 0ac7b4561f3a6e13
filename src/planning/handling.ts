import type { Engine } from '../engines/engine.ts';
import type { HandlerReply, RequestContext } from '../processes/serve-requests.ts';
import type { EngineName } from './solve-options.ts';

/** The engines of a planning process. */
export type Engines = Readonly<Record<EngineName, Engine>>;

/** What a request is handled with. */
export interface Handling {
  /** When its time began, in milliseconds of `performance.now()`. */
  readonly began: number;
  readonly context: RequestContext;
  readonly engines: Engines;
}

/** An engine needs some time to say that it had none. */
const SHORTEST_SECONDS = 0.01;

/** The seconds left of a time limit that counts from when the request's time began; asks to be killed once it is over. */
export function secondsLeftOf({ began, context }: Handling, timeLimitSeconds: number): number {
  context.deadline(timeLimitSeconds);
  return Math.max(SHORTEST_SECONDS, timeLimitSeconds - (performance.now() - began) / 1000);
}

/** The reply to a request; with an engine that must not be used again it is the last of its process. */
export function written(
  { context }: Handling,
  isEngineSpent: boolean | undefined,
  reply: () => HandlerReply,
): HandlerReply {
  context.progress('write');
  return isEngineSpent ? { ...reply(), isLast: true } : reply();
}

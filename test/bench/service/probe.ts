import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded into a process before its own program: answers every message with how long the event loop was held up since the one before, in
 * milliseconds. Whoever loads the process from outside is busy himself and would measure that.
 */
const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

/** The histogram counts the timer's own period in. */
const held = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);

process.on('message', () => {
  process.send?.({ p99: held(delay.percentile(99)), longest: held(delay.max) });
  delay.reset();
});
// The bench is gone, or the program has come to its end.
process.on('disconnect', () => process.exit());
process.channel?.unref();

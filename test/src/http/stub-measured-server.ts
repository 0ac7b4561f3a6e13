import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startService } from './test-service.ts';

/**
 * The service in a process of its own, which measures how long its event loop was held up: whoever sends large bodies
 * is busy with them and would measure itself. Sends its port, then answers every message with the longest delay in
 * milliseconds since the one before.
 */
const { url } = await startService();

const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', () => {
  // The histogram counts the timer's own period in.
  process.send?.({ longestMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) });
  delay.reset();
});
process.on('disconnect', () => process.exit());
process.send?.({ port: Number(new URL(url).port) });

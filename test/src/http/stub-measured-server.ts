import { monitorEventLoopDelay } from 'node:perf_hooks';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/app.ts';
import { planningProcessEntry } from '../../../src/planning-process-entry.ts';
import { PlanningPool } from '../../../src/processes/planning-pool.ts';

/**
 * The service in a process of its own, which measures how long its event loop was held up: whoever sends large bodies
 * is busy with them and would measure itself. Sends its port, then answers every message with the longest delay in
 * milliseconds since the one before.
 */
const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });
await pool.ready;
const server = createServer(createApp(pool, { maxBodyBytes: 64 * 1024 ** 2 }, () => undefined));
server.listen(0, '127.0.0.1');
await once(server, 'listening');

const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
process.on('message', () => {
  // The histogram counts the timer's own period in.
  process.send?.({ longestMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) });
  delay.reset();
});
process.on('disconnect', () => process.exit());
process.send?.({ port: (server.address() as AddressInfo).port });

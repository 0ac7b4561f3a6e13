import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { spareAnswersOnClose } from './http/idle-connections.ts';
import { PlanningPool } from './processes/planning-pool.ts';
import { planningProcessEntry } from './planning-process-entry.ts';

/** How long answers may take to reach their clients once the service is stopping. */
const LAST_ANSWERS_MS = 5000;

/** Signals closer together than this are one. */
const SAME_SIGNAL_MS = 500;

/** Serves the API until SIGTERM or SIGINT, then finishes what is running and ends. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const pool = createPool(config);
  try {
    await pool.ready;
    const server = createServer(createApp(pool, config, reportError));
    spareAnswersOnClose(server);
    const address = await listen(server, config);
    stopOnSignals(server, pool);
    // Whoever reads this may send a signal at once.
    console.log(`Apportion is serving at ${address} — documentation at ${address}/docs`);
  } catch (error) {
    // Its processes would keep this one running.
    await pool.kill();
    throw error;
  }
}

/** Takes the port and gives the address it serves at; rejects with one plain sentence if it cannot. */
async function listen(server: Server, config: Config): Promise<string> {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  server.listen(config.port, config.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'the port is in use' : code;
    throw new Error(`Cannot serve at http://${host}:${config.port}: ${why}. Set PORT or HOST to others.`, {
      cause: error,
    });
  }
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

function stopOnSignals(server: Server, pool: PlanningPool): void {
  let stoppingSince: number | undefined;
  const stop = async () => {
    // The first signal lets running work finish; a second one does not wait. Started by npm in a group that is
    // signalled as a whole, this process gets the same signal twice at once: that is one.
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    server.close();
    await pool.close();
    // A client that keeps its connection, or never ends its request, must not keep the service from ending.
    setInterval(() => {
      server.closeIdleConnections();
    }, 50).unref();
    setTimeout(() => {
      server.closeAllConnections();
    }, LAST_ANSWERS_MS).unref();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

function createPool(config: Config): PlanningPool {
  return new PlanningPool({
    entry: planningProcessEntry(),
    ...(config.planningProcesses !== undefined && { size: config.planningProcesses }),
    ...(config.planningMemoryBytes !== undefined && { memoryLimitBytes: config.planningMemoryBytes }),
  });
}

/** Says that a mistake was made and where, but not with what: messages can quote a user's data. */
function reportError(error: unknown): void {
  const frames =
    error instanceof Error
      ? (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
      : [];
  console.error(
    `Unexpected ${error instanceof Error ? error.name : typeof error}\n${frames.slice(0, 10).join('\n')}`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

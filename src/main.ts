import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { spareAnswersOnClose } from './http/idle-connections.ts';
import { type RunningServices, type ServiceSettings, startServices } from './services.ts';

/** How long answers may take to reach their clients once the service is stopping. */
const LAST_ANSWERS_MS = 5000;

/** Signals closer together than this are one. */
const SAME_SIGNAL_MS = 500;

/** Serves the API until SIGTERM or SIGINT, then finishes what somebody waits for, gives back what nobody does, and ends. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const services = await startServices(settingsOf(config), reportError);
  try {
    const server = createServer(createApp(services, reportError));
    spareAnswersOnClose(server);
    const address = await listen(server, config);
    stopOnSignals(server, services);
    // Whoever reads this may send a signal at once.
    console.log(`Apportion is serving at ${address} — documentation at ${address}/docs`);
  } catch (error) {
    // Its processes would keep this one running.
    await services.kill();
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

function stopOnSignals(server: Server, services: RunningServices): void {
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
    await services.finish();
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

function settingsOf({
  dataFolder,
  maxBodyBytes,
  planningProcesses,
  planningMemoryBytes,
}: Config): ServiceSettings {
  return {
    dataFolder,
    maxBodyBytes,
    planning: {
      ...(planningProcesses !== undefined && { size: planningProcesses }),
      ...(planningMemoryBytes !== undefined && { memoryLimitBytes: planningMemoryBytes }),
    },
  };
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

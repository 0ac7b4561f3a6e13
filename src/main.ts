import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { type Config, planningOptionsOf, readConfig } from './config.ts';
import { spareAnswersOnClose } from './http/idle-connections.ts';
import { reportError } from './report-error.ts';
import { type Running, startServices } from './services.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** How long answers may take to reach their clients once the service is stopping. */
const LAST_ANSWERS_MS = 5000;

/** Serves the API until SIGTERM or SIGINT, then finishes what somebody waits for, gives back what nobody does, and ends. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const services = await startServices({ ...config, planning: planningOptionsOf(config) }, reportError);
  try {
    const server = createServer(createApp(services, reportError));
    spareAnswersOnClose(server);
    const address = await listen(server, config);
    stopOnSignals(() => stop(server, services));
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

/** Stops taking requests, ends the services, and then the connections. */
async function stop(server: Server, services: Running): Promise<void> {
  server.close();
  await services.finish();
  // A client that keeps its connection, or never ends its request, must not keep the service from ending.
  setInterval(() => {
    server.closeIdleConnections();
  }, 50).unref();
  setTimeout(() => {
    server.closeAllConnections();
  }, LAST_ANSWERS_MS).unref();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

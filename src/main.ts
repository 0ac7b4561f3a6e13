import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { type Config, planningOptionsOf, readConfig } from './config.ts';
import { spareAnswersOnClose } from './http/idle-connections.ts';
import { patienceFor, patientServer } from './http/slow-clients.ts';
import { startOperations } from './operations/start-operations.ts';
import { productVersion } from './product-version.ts';
import { type RunningServices, startServices } from './services.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** How long answers may take to reach their clients once the service is stopping. */
const LAST_ANSWERS_MS = 5000;

/** Serves the API until SIGTERM or SIGINT, then finishes what somebody waits for, gives back what nobody does, and ends. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const operations = startOperations(config.logLevel);
  const services = await startServices({ ...config, planning: planningOptionsOf(config) }, operations);
  try {
    const server = patientServer(createApp(services), patienceFor(config.maxBodyBytes));
    spareAnswersOnClose(server);
    const address = await listen(server, config);
    stopOnSignals((signal) => stop(signal, server, services));
    operations.log.started(productVersion());
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
async function stop(signal: string, server: Server, services: RunningServices): Promise<void> {
  const { log } = services.operations;
  log.stopping(signal);
  server.close();
  await services.finish();
  log.stopped();
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

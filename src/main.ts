import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { PlanningPool } from './processes/planning-pool.ts';
import { planningProcessEntry } from './planning-process-entry.ts';

/** Serves the API until SIGTERM or SIGINT, then finishes what is running and ends. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const pool = createPool(config);
  await pool.ready;
  const app = createApp(pool, config, reportError);
  const server = createServer(app);
  server.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  console.log(
    `Apportion is serving at http://${host}:${port} — documentation at http://${host}:${port}/docs`,
  );

  let isStopping = false;
  const stop = async () => {
    // The first signal lets running work finish; a second one does not wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    server.close();
    server.closeIdleConnections();
    await pool.close();
    server.closeIdleConnections();
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

import { planningOptionsOf, readConfig } from './config.ts';
import { startOperations } from './operations/start-operations.ts';
import { productVersion } from './product-version.ts';
import { startWorker } from './services.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { placeOf } from './store/database-place.ts';

/** Works on the plans of a PostgreSQL store until SIGTERM or SIGINT, then gives back what it was at. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { databaseUrl } = config;
  if (databaseUrl === undefined)
    throw new Error(
      'Set DATABASE_URL: a worker shares a PostgreSQL store. Without one, npm start works on plans itself.',
    );
  const operations = startOperations(config.logLevel);
  const worker = await startWorker({ databaseUrl, planning: planningOptionsOf(config) }, operations);
  stopOnSignals(async (signal) => {
    operations.log.stopping(signal);
    await worker.finish();
    operations.log.stopped();
  });
  operations.log.started(productVersion());
  console.log(`Apportion is working on plans of ${placeOf(databaseUrl)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

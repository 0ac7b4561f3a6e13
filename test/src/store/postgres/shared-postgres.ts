import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type RealPostgres, startPostgres } from './real-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers each request with the URL of a fresh database; see `fresh-database.ts`. */
    readonly freshDatabases: string;
  }
}

/** One PostgreSQL for a run of the tests, started when the first suite asks for a database: most runs never do. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<RealPostgres> | undefined;
  const server = createServer((_request, response) => {
    postgres ??= startPostgres();
    postgres
      .then((running) => running.createDatabase())
      .then(
        (url) => response.end(url),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('freshDatabases', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    // Where it did not start, the suite that asked for it has failed.
    await (await postgres?.catch(() => undefined))?.stop();
  };
}

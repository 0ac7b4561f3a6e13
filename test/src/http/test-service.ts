import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../src/app.ts';
import type { PlanningPool } from '../../../src/processes/planning-pool.ts';
import type { PlanningPoolOptions } from '../../../src/processes/pool-options.ts';
import { quietOperations } from '../operations/quiet-operations.ts';
import { type RunningServices, startServices, type StoreSettings } from '../../../src/services.ts';

/** The service as it runs in production, listening on a free port, with a store of its own. */
export interface TestService {
  readonly url: string;
  readonly pool: PlanningPool;
  readonly services: RunningServices;
  /** What the app reported as mistakes of its own. */
  readonly mistakes: readonly unknown[];
  close(): Promise<void>;
}

const MEBIBYTE = 1024 ** 2;

/** With `npm run test:postgres` every service of the tests keeps its things there. */
const IS_ON_POSTGRES = process.env.APPORTION_STORE === 'postgres';

async function freshDatabase(): Promise<string> {
  // Not at the top: some tests start this in a process that does not know of their runner.
  const { freshDatabase: made } = await import('../store/postgres/fresh-database.ts');
  return made();
}

/** Starts one planning process, one for editing, and the app over them; its folder goes with it. */
export async function startService(
  options: Partial<PlanningPoolOptions> = {},
  maxBodyBytes = 64 * MEBIBYTE,
  where?: Partial<StoreSettings>,
): Promise<TestService> {
  const folder = where?.dataFolder ?? mkdtempSync(join(tmpdir(), 'apportion-service-'));
  const mistakes: unknown[] = [];
  const settings = {
    ...(IS_ON_POSTGRES && !where && { databaseUrl: await freshDatabase() }),
    ...where,
    dataFolder: folder,
    maxBodyBytes,
    planning: { size: 1, ...options },
  };
  const services = await startServices(
    settings,
    quietOperations((error) => mistakes.push(error)),
  );
  const server = createServer(createApp(services));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pool: services.planning,
    services,
    mistakes,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await services.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a request was answered with. */
export interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly text: string;
  readonly milliseconds: number;
}

/** Posts a body; bytes and text go as they are, anything else as JSON. */
export function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  signal?: AbortSignal,
): Promise<Answer> {
  return answered(url, 'post', body, headers, signal);
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Sends a request with a JSON body, where it has one. */
export function send(
  service: string,
  method: Method,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const type = body !== undefined && { 'content-type': 'application/json' };
  return answered(`${service}${path}`, method, body, { ...type, ...headers });
}

async function answered(
  url: string,
  method: Method,
  body: unknown,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Answer> {
  const sentAt = performance.now();
  const response = await fetch(url, {
    method: method.toUpperCase(),
    headers,
    ...(body !== undefined && {
      body:
        typeof body === 'string' || body instanceof Uint8Array
          ? (body as RequestInit['body'] & {})
          : JSON.stringify(body),
    }),
    ...(signal && { signal }),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    headers: response.headers,
    text,
    milliseconds: performance.now() - sentAt,
  };
}

/** Ids of the living processes that a process has started. */
export function childProcesses(parent: number = process.pid): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Boolean);
  return pids.filter((pid) => {
    try {
      // The command's name may contain spaces and brackets, so the fields are counted from its last bracket.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [letter, parentOfIt] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(parentOfIt) === parent && letter !== 'Z' && letter !== 'X';
    } catch {
      return false;
    }
  });
}

/** Waits until something holds; throws after ten seconds. */
export async function until(holds: () => boolean, what: string, limitMs = 10_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

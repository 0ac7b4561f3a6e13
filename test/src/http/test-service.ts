import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../src/app.ts';
import { planningProcessEntry } from '../../../src/planning-process-entry.ts';
import { PlanningPool } from '../../../src/processes/planning-pool.ts';
import type { PlanningPoolOptions } from '../../../src/processes/pool-options.ts';

/** The service as it runs in production, listening on a free port. */
export interface TestService {
  readonly url: string;
  readonly pool: PlanningPool;
  /** What the app reported as mistakes of its own. */
  readonly mistakes: readonly unknown[];
  close(): Promise<void>;
}

const MEBIBYTE = 1024 ** 2;

/** Starts one planning process and the app over it. */
export async function startService(
  options: Partial<PlanningPoolOptions> = {},
  maxBodyBytes = 64 * MEBIBYTE,
): Promise<TestService> {
  const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1, ...options });
  await pool.ready;
  const mistakes: unknown[] = [];
  const server = createServer(createApp(pool, { maxBodyBytes }, (error) => mistakes.push(error)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pool,
    mistakes,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await pool.kill();
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
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  signal?: AbortSignal,
): Promise<Answer> {
  const sentAt = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body:
      typeof body === 'string' || body instanceof Uint8Array
        ? (body as RequestInit['body'] & {})
        : JSON.stringify(body),
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

import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { deliveryModel } from '../delivery-model.ts';
import { LINEAR_SIZES } from '../sizes.ts';
import { keep } from './client.ts';
import type { Effort } from './effort.ts';
import { saturate } from './load.ts';
import { MeasuredProcess, withServer } from './measured-process.ts';

const CONNECTIONS = 50;

/**
 * Plans asked for per second, each with an idempotency key of its own and on the disk when it is answered, while the planning process works on
 * them; beside bare writes and bare commits of SQLite one after the other.
 */
export async function submissions({
  submissions: amount,
  loadSeconds,
}: Effort): Promise<Record<string, number>> {
  const seconds = Math.min(1, loadSeconds);
  const fsyncs = perSecond(seconds, bareFsync);
  const commits = perSecond(seconds, bareCommit);
  return withServer(
    () => MeasuredProcess.service(),
    async ({ url }) => {
      const address = await keep(url, deliveryModel(LINEAR_SIZES['1k'], 1));
      const request = {
        method: 'POST',
        path: `${new URL(address).pathname}/plans`,
        headers: { 'content-type': 'application/json' },
        body: '{}',
      } as const;
      // A client's own object for each request: the key must be another one.
      const setupRequest = (asked: object) => ({
        ...asked,
        headers: { ...request.headers, 'idempotency-key': randomUUID() },
      });
      const load = await saturate(url, [{ ...request, setupRequest }], { connections: CONNECTIONS, amount });
      return {
        submissions: load.perSecond,
        'submissions, p99': load.p99,
        'bare fdatasync': fsyncs,
        'bare SQLite commits': commits,
      };
    },
  );
}

/** How often something can be done to a file of the folder that stores are in. */
function perSecond(
  seconds: number,
  prepare: (file: string) => { once: () => void; end: () => void },
): number {
  const folder = mkdtempSync(join(tmpdir(), 'apportion-bench-'));
  const { once, end } = prepare(join(folder, 'file'));
  const began = performance.now();
  let times = 0;
  for (; performance.now() - began < seconds * 1000; times += 1) once();
  const rate = times / ((performance.now() - began) / 1000);
  end();
  rmSync(folder, { recursive: true });
  return rate;
}

const PAGE_BYTES = 4096;

/** Writes one page and waits for the disk. */
function bareFsync(file: string) {
  const descriptor = openSync(file, 'w');
  const page = Buffer.alloc(PAGE_BYTES, 1);
  return {
    once: () => {
      writeSync(descriptor, page);
      fdatasyncSync(descriptor);
    },
    end: () => {
      closeSync(descriptor);
    },
  };
}

/** Commits one small row, set up as the store is. */
function bareCommit(file: string) {
  const database = new Libsql(file);
  for (const pragma of ['locking_mode=EXCLUSIVE', 'journal_mode=WAL', 'synchronous=FULL'])
    database.exec(`PRAGMA ${pragma}`);
  database.exec('CREATE TABLE rows (id TEXT PRIMARY KEY, content TEXT)');
  const insert = database.prepare('INSERT INTO rows VALUES (?, ?)');
  return {
    once: () => insert.run([randomUUID(), 'x'.repeat(300)]),
    end: () => {
      database.close();
    },
  };
}

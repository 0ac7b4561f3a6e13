import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { createApp } from '../../src/app.ts';
import { startServices } from '../../src/services.ts';
import { quietOperations } from '../src/operations/quiet-operations.ts';
import { bareHighs } from './other-solvers.ts';
import { WARM_UP_SHARE } from './stations.ts';
import { median } from './statistics.ts';

/** `POST /v1/solve` over HTTP, in turn with the bare engine: medians of the times relative to it. */
export async function requests(scenario: Scenario, program: LinearProgram, rounds: number): Promise<object> {
  const bare = await bareHighs();
  const folder = mkdtempSync(join(tmpdir(), 'apportion-bench-'));
  const fail = (error: unknown): never => {
    throw error;
  };
  const settings = { dataFolder: folder, maxBodyBytes: 256 * 1024 ** 2, planning: { size: 1 } };
  const services = await startServices(settings, quietOperations(fail));
  const server = createServer(createApp(services)).listen(0);
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/solve`;
  const post = async (sensitivity: string): Promise<number> => {
    const body = JSON.stringify({ scenario, options: { sensitivity, timeLimitSeconds: 600 } });
    const began = performance.now();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(address, { method: 'POST', headers, body });
    const answer = await response.arrayBuffer();
    const milliseconds = performance.now() - began;
    const text = Buffer.from(answer).subarray(0, 40).toString();
    if (!text.startsWith('{"status":"optimal"')) throw new Error(`The answer begins with ${text}.`);
    return milliseconds;
  };
  const ratios: { none: number[]; classic: number[] } = { none: [], classic: [] };
  for (let round = 0; round < rounds; round += 1) {
    const bareTime = bare(program).milliseconds;
    const [none, classic] = [await post('none'), await post('classic')];
    if (round < Math.floor(WARM_UP_SHARE * rounds)) continue;
    ratios.none.push(none / bareTime);
    ratios.classic.push(classic / bareTime);
  }
  await services.kill();
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  return { 'over HTTP, no sensitivity': median(ratios.none), 'over HTTP, classic': median(ratios.classic) };
}

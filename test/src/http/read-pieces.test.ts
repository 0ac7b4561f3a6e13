import { request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smallScenario } from '../../models/small-scenario.ts';
import { send, startService, type TestService, until } from './test-service.ts';

let service: TestService;
let path: string;

beforeAll(async () => {
  service = await startService({}, 1024 ** 2);
  const { text } = await send(service.url, 'post', '/v1/scenarios', { scenario: smallScenario() });
  path = `/v1/scenarios/${(JSON.parse(text) as { id: string }).id}/capacity?dryRun=true`;
});
afterAll(async () => {
  expect(service.mistakes).toEqual([]);
  await service.close();
});

/** More than a piece of a connection. */
const file = `team,period,hours\n${'\n'.repeat(300_000)}manila,P1,77\n`;
const headers = { 'content-type': 'text/csv', 'if-match': '*' };
const changes = expect.stringContaining('"to":{"hours":77}') as string;

it.each([
  ['as it is', Buffer.from(file), {}],
  ['with gzip', gzipSync(file), { 'content-encoding': 'gzip' }],
  ['with br', brotliCompressSync(file), { 'content-encoding': 'BR' }],
  ['with a name for being as it is', Buffer.from(file), { 'content-encoding': 'Identity' }],
])('reads a file that is sent %s', async (_, body, encoding) => {
  const answer = await send(service.url, 'put', path, body, { ...headers, ...encoding });
  expect([answer.status, answer.text]).toEqual([200, changes]);
});

it('reads a file that does not say how long it is, up to the same size', async () => {
  expect(await chunked(file)).toEqual([200, changes]);
  expect(await chunked(' '.repeat(1024 ** 2 + 1))).toEqual([413, expect.any(String)]);
});

it('refuses a file that says that it is too long, or is in an encoding that is not known', async () => {
  const long = await send(service.url, 'put', path, ' '.repeat(1024 ** 2 + 1), headers);
  const unknown = await send(service.url, 'put', path, file, { ...headers, 'content-encoding': 'zip' });
  expect([long.status, unknown.status]).toEqual([413, 415]);
});

it('goes on when a client goes away in the middle of a file', async () => {
  const sent = request(service.url + path, {
    method: 'PUT',
    headers: { ...headers, 'content-length': file.length },
  });
  sent.on('error', () => undefined);
  sent.write(file.slice(0, 100_000));
  await new Promise((resolve) => setTimeout(resolve, 100));
  sent.destroy();
  await until(() => service.services.editing.status.waiting === 0, 'nothing waits');
  expect((await send(service.url, 'put', path, file, headers)).status).toBe(200);
});

/** Sends a body in two chunks without a length. */
function chunked(body: string): Promise<[status: number | undefined, text: string]> {
  return new Promise((resolve, reject) => {
    const sent = request(service.url + path, { method: 'PUT', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        resolve([response.statusCode, text]);
      });
    });
    sent.on('error', reject);
    sent.write(body.slice(0, 1000));
    sent.end(body.slice(1000));
  });
}

import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../models/small-scenario.ts';
import { post, startService, type TestService } from './test-service.ts';

const MEBIBYTE = 1024 ** 2;
const ROUTES = ['/v1/solve', '/v1/repairs', '/v1/model'];
const JSON_TYPE = { 'content-type': 'application/json' };

let service: TestService;

beforeAll(async () => {
  service = await startService({}, MEBIBYTE);
});

afterAll(() => service.close());

const body = Buffer.from(JSON.stringify({ scenario: smallScenario() }));
const problemOf = (text: string) => JSON.parse(text) as { type: string; status: number; detail: string };

describe('200', () => {
  it.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
  ])('answers a body sent as %s', async (encoding, sent) => {
    const headers = { ...JSON_TYPE, 'content-encoding': encoding };
    const { status, text } = await post(`${service.url}/v1/solve`, sent, headers);
    expect([status, (JSON.parse(text) as { status: string }).status]).toEqual([200, 'optimal']);
  });
});

describe('400', () => {
  it.each(ROUTES)('answers an empty body at %s', async (route) => {
    const { status, text } = await post(service.url + route, new Uint8Array());
    expect(status).toBe(400);
    expect(problemOf(text)).toMatchObject({ errors: [{ pointer: '', code: 'invalid-json' }] });
  });

  it.each(ROUTES)('answers a compressed body that is broken at %s', async (route) => {
    const cut = gzipSync(body).subarray(0, 60);
    for (const sent of [cut, body]) {
      const answer = await post(service.url + route, sent, { ...JSON_TYPE, 'content-encoding': 'gzip' });
      expect(answer.status).toBe(400);
      expect(answer.type).toContain('application/problem+json');
    }
  });

  it('answers a body of the very size that is permitted', async () => {
    const { status } = await post(`${service.url}/v1/solve`, ' '.repeat(MEBIBYTE));
    expect(status).toBe(400);
  });
});

describe('413', () => {
  const isTooLarge = (text: string) => {
    expect(problemOf(text)).toEqual({
      type: '/problems/body-too-large',
      title: 'The body is too large',
      status: 413,
      detail: 'Send at most 1 MB.',
    });
  };

  it.each(ROUTES)('answers a body one byte over the limit at %s', async (route) => {
    const { status, type, text } = await post(service.url + route, ' '.repeat(MEBIBYTE + 1));
    expect(status).toBe(413);
    expect(type).toContain('application/problem+json');
    isTooLarge(text);
  });

  it('answers a body that does not say how long it is', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x20);
    const chunks = function* () {
      for (let i = 0; i < 17; i += 1) yield chunk;
    };
    const response = await fetch(`${service.url}/v1/solve`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: ReadableStream.from(chunks()),
      duplex: 'half',
    });
    expect(response.status).toBe(413);
    isTooLarge(await response.text());
  });

  it.each(['gzip', 'br'] as const)(
    'answers a small %s body that grows beyond the limit, without growing it',
    async (encoding) => {
      const zeros = Buffer.alloc(64 * MEBIBYTE);
      const bomb =
        encoding === 'gzip'
          ? gzipSync(zeros)
          : brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
      expect(bomb.length).toBeLessThan(100_000);
      const before = process.memoryUsage().arrayBuffers;
      const { status, text } = await post(`${service.url}/v1/solve`, bomb, {
        ...JSON_TYPE,
        'content-encoding': encoding,
      });
      expect(status).toBe(413);
      isTooLarge(text);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MEBIBYTE);
    },
  );
});

describe('415', () => {
  const headers: Record<string, string>[] = [
    {},
    { 'content-type': 'text/plain' },
    { 'content-type': 'text/json' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
    { 'content-type': 'application/octet-stream' },
    { 'content-type': 'application/problem+json' },
    { 'content-type': 'application/json, text/plain' },
    { 'content-type': 'json' },
    { 'content-type': '*/*' },
    { 'content-type': 'application/json; charset=utf-16' },
    { 'content-type': 'application/json; charset=latin1' },
    { 'content-type': 'application/json; charset="iso-8859-1"' },
    { 'content-type': 'application/json; charset=' },
    { ...JSON_TYPE, 'content-encoding': 'foo' },
    { ...JSON_TYPE, 'content-encoding': 'compress' },
    { ...JSON_TYPE, 'content-encoding': 'gzip, gzip' },
  ];
  it.each(headers)('answers %j', async (sent) => {
    for (const route of ROUTES) {
      const { status, type, text } = await post(service.url + route, body, sent);
      expect(status).toBe(415);
      expect(type).toContain('application/problem+json');
      expect(problemOf(text)).toMatchObject({ type: '/problems/unsupported-media-type', status: 415 });
    }
  });

  it('or any other refusal is no mistake of the service', () => {
    expect(service.mistakes).toEqual([]);
  });
});

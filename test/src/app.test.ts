import type { Router } from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { documentedSchema, openApiFile } from './http/documented-schema.ts';
import { startService, type TestService } from './http/test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});

afterAll(() => service.close());

const READ = ['/healthz', '/livez', '/readyz', '/v1/openapi.json'];
const WRITE = ['/v1/solve', '/v1/explanations', '/v1/model'];
const PAGES = ['/', '/docs'];

describe('200', () => {
  it.each(['/healthz', '/livez', '/readyz'])('%s says that requests are served', async (path) => {
    const answer = await request(service.url).get(path);
    expect([answer.status, answer.type, answer.body]).toEqual([200, 'application/json', { status: 'ok' }]);
    expect(documentedSchema('Health').safeParse(answer.body).error).toBeUndefined();
  });

  it('/v1/openapi.json is what openapi.yaml says', async () => {
    const answer = await request(service.url).get('/v1/openapi.json');
    expect([answer.status, answer.type]).toEqual([200, 'application/json']);
    expect(answer.body).toEqual(openApiFile());
  });

  it.each(PAGES)('%s is a page of HTML', async (path) => {
    const answer = await request(service.url).get(path);
    expect([answer.status, answer.type, answer.charset]).toEqual([200, 'text/html', 'utf-8']);
    expect(answer.text).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it.each([...READ, ...PAGES])('HEAD %s has the headers of GET and no body', async (path) => {
    const got = await request(service.url).get(path);
    const head = await request(service.url).head(path);
    expect(head.status).toBe(200);
    expect(head.text).toBeFalsy();
    expect(head.headers['content-type']).toBe(got.headers['content-type']);
    expect(head.headers['content-security-policy']).toBe(got.headers['content-security-policy']);
  });

  it('everything the pages need is served from here, and no page names another host', async () => {
    const pending = [...PAGES];
    const seen = new Set(pending);
    for (const path of pending) {
      const answer = await request(service.url).get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      if (answer.type !== 'text/html') continue;
      // The one absolute address in a page is in the example, and it is this service's own.
      const hosts = [...answer.text.matchAll(/https?:\/\/([^\s/"'<]+)/g)].map(([, host]) => host);
      expect(hosts.filter((host) => !/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host))).toEqual([]);
      expect(answer.text).not.toMatch(/(?:src|href|url\()\s*=?\s*["']?\/\//);
      expect(answer.text).not.toMatch(/<script(?![^>]*\bsrc=)/);
      for (const [, link] of answer.text.matchAll(/(?:src|href)="([^"#]+)"/g)) {
        const { pathname, host } = new URL(link, `${service.url}${path}`);
        expect(host).toBe(new URL(service.url).host);
        if (!seen.has(pathname)) pending.push(pathname);
        seen.add(pathname);
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(['/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css', '/docs/start.js']),
    );
  });

  it('the style sheets fetch nothing from elsewhere', async () => {
    for (const path of ['/pages.css', '/docs/swagger-ui.css']) {
      const { text, type } = await request(service.url).get(path);
      expect(type).toBe('text/css');
      expect(text).not.toContain('@import');
      const addresses = [...text.matchAll(/url\(\s*["']?([^"')]{0,20})/g)].map(([, address]) => address);
      expect(addresses.filter((address) => !address.startsWith('data:'))).toEqual([]);
    }
  });
});

describe('404', () => {
  it.each([
    '/nothing',
    '/v1',
    '/v1/solve/1',
    '/v2/solve',
    '/docs/index.html',
    '/docs/package.json',
    '/docs/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/docs/swagger-ui-bundle.js.map',
    '/__proto__',
    '/favicon.ico',
    '/%00',
    `/${'x'.repeat(10_000)}`,
  ])('answers %s, as a problem', async (path) => {
    const answer = await request(service.url).get(path);
    expect([answer.status, answer.type]).toEqual([404, 'application/problem+json']);
    expect(answer.body).toMatchObject({ type: '/problems/not-found', status: 404 });
    expect(documentedSchema('Problem').safeParse(answer.body).error).toBeUndefined();
  });

  it.each(['/%', '/%E0%A4%A', '/docs/%ff'])('or 400 answers %s, which is no address', async (path) => {
    const answer = await request(service.url).get(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.type).toBe('application/problem+json');
  });
});

describe('405', () => {
  const cases = [
    ...READ.flatMap((path) =>
      (['post', 'put', 'patch', 'delete'] as const).map((method) => ({ path, method, allow: 'GET, HEAD' })),
    ),
    ...WRITE.flatMap((path) =>
      (['get', 'put', 'patch', 'delete', 'head'] as const).map((method) => ({ path, method, allow: 'POST' })),
    ),
  ];
  it.each(cases)('answers $method $path with what is allowed', async ({ path, method, allow }) => {
    const answer = await request(service.url)[method](path);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.type).toBe('application/problem+json');
    if (method !== 'head')
      expect(answer.body).toMatchObject({ type: '/problems/method-not-allowed', status: 405 });
  });
});

describe('every answer', () => {
  const paths = [...READ, ...PAGES, '/docs/swagger-ui-bundle.js', '/nothing', '/v1/solve'];
  it.each(paths)('of %s has the security headers', async (path) => {
    const { headers } = await request(service.url).get(path);
    const policy = Object.fromEntries(
      headers['content-security-policy'].split(';').map((directive: string) => {
        const [name, ...sources] = directive.trim().split(' ');
        return [name, sources.join(' ')];
      }),
    ) as Record<string, string>;
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'self'",
      'frame-ancestors': "'self'",
    });
    // The service speaks plain HTTP: a browser told to upgrade would find nothing.
    expect(policy).not.toHaveProperty('upgrade-insecure-requests');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});

describe('503', () => {
  it('/readyz says that the planning processes or the store are out of order, while /livez answers', async () => {
    const other = await startService();
    await other.services.planning.kill();
    const noProcess = await request(other.url).get('/readyz');
    expect([noProcess.status, noProcess.headers['retry-after']]).toEqual([503, '1']);
    expect(noProcess.body).toMatchObject({ type: '/problems/service-full' });
    await other.services.store.close();
    const noStore = await request(other.url).get('/readyz');
    expect([noStore.status, noStore.headers['retry-after']]).toEqual([503, '1']);
    expect(noStore.body).toMatchObject({ type: '/problems/store-unavailable' });
    const list = await request(other.url).get('/v1/scenarios');
    expect([list.status, list.headers['retry-after']]).toEqual([503, '1']);
    expect((await request(other.url).get('/livez')).status).toBe(200);
    expect(other.mistakes).toEqual([]);
    await other.close();
  });
});

describe('openapi.yaml', () => {
  it('describes every operation of the API and no other', () => {
    const app = createApp(service.services);
    const routed = operationsOf(app.router).filter((operation) => /\/v1\/|z$|metrics$/.test(operation));
    const documented = Object.entries(openApiFile().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(routed.sort()).toEqual(documented.sort());
  });
});

function operationsOf({ stack }: Router): string[] {
  return stack
    .flatMap(({ route }) =>
      (route?.stack ?? []).flatMap(({ method }) =>
        method ? [`${method} ${route!.path.replaceAll(/:(\w+)/g, '{$1}')}`] : [],
      ),
    )
    .filter((operation, at, all) => all.indexOf(operation) === at);
}

import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Patience, patienceFor, patientServer } from '../../../src/http/slow-clients.ts';

const MEBIBYTE = 1024 ** 2;

describe('the patience of the service', () => {
  it('ends within 20 seconds for whoever sends next to nothing', () => {
    const { headersMs, bodyMs, lookMs } = patienceFor(64 * MEBIBYTE);
    expect(Math.max(headersMs, bodyMs) + lookMs).toBe(20_000);
  });

  it('lasts for 64 MB over a line of 0.8 Mbit/s, and for five minutes at least', () => {
    const { requestMs, bodyMs, bodyBytes } = patienceFor(64 * MEBIBYTE);
    expect(requestMs).toBeCloseTo((64 * MEBIBYTE * 8) / 0.8e6 / 1e-3, -3);
    expect(patienceFor(MEBIBYTE).requestMs).toBe(300_000);
    // Such a line brings far more in one span than has to come.
    expect((0.1e6 * bodyMs) / 1000).toBeGreaterThan(50 * bodyBytes);
  });
});

describe('200 clients that send a byte at a time', () => {
  // As in the service, but for the lengths of time.
  const PATIENCE: Patience = {
    headersMs: 2000,
    requestMs: 60_000,
    bodyMs: 2000,
    bodyBytes: 1024,
    lookMs: 500,
  };
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const app = express();
    app.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
    app.post('/body', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
      response.json({ bytes: (request.body as Buffer).length });
    });
    server = patientServer(app, PATIENCE).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('do not slow down others, and are cut off in time, while a body that flows arrives', async () => {
    const before = await ninetyNinth(port);
    const openedAt = performance.now();
    const clients = Array.from({ length: 200 }, (_, i) => dribble(port, i % 2 === 0));
    const steady = steadyBody(port);
    expect((await ninetyNinth(port)) - before).toBeLessThan(20);
    const ends = await Promise.all(clients);
    const lifetimes = ends.map(({ at }) => at - openedAt);
    expect(Math.min(...lifetimes)).toBeGreaterThan(1500);
    // The lengths above, and a busy machine.
    expect(Math.max(...lifetimes)).toBeLessThan(2500 + 2500);
    expect(new Set(ends.map(({ received }) => received.split('\r\n')[0]))).toEqual(
      new Set(['HTTP/1.1 408 Request Timeout']),
    );
    // It took longer than any of them was let.
    expect(await steady).toContain('{"bytes":40000}');
  });
});

/** The 99th percentile of how long `/healthz` takes, in milliseconds, over a second or so. */
async function ninetyNinth(port: number): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < 100; time += 1) {
    const sentAt = performance.now();
    await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
    times.push(performance.now() - sentAt);
    await pause(5);
  }
  return times.sort((a, b) => a - b)[98];
}

/** Sends a header that never ends, or a body. */
async function dribble(port: number, isHeader: boolean): Promise<{ received: string; at: number }> {
  const socket = open(port);
  socket.write(
    isHeader
      ? 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: '
      : 'POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n',
  );
  const timer = setInterval(() => {
    socket.write('a');
  }, 200);
  const received = await allOf(socket);
  clearInterval(timer);
  return { received, at: performance.now() };
}

/** 40,000 bytes in four seconds. */
async function steadyBody(port: number): Promise<string> {
  const socket = open(port);
  socket.write('POST /body HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 40000\r\n\r\n');
  const received = allOf(socket);
  for (let chunk = 0; chunk < 20; chunk += 1) {
    socket.write('x'.repeat(2000));
    await pause(200);
  }
  return received;
}

function open(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  // Cut off in the middle of a write.
  socket.on('error', () => undefined);
  return socket;
}

async function allOf(socket: Socket): Promise<string> {
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  await once(socket, 'close');
  return received;
}

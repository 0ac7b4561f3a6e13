import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChaosProxy } from './chaos-proxy.ts';

let echo: Server;
let proxy: ChaosProxy;

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await ChaosProxy.to((echo.address() as AddressInfo).port);
});

afterEach(() => {
  proxy.cut();
  echo.close();
});

async function client(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  await once(socket, 'connect');
  // Whoever waits for something on it hears of an error all the same.
  socket.on('error', () => undefined);
  return socket;
}

/** Sends a word and gives what comes back, with the milliseconds that took. */
async function echoed(socket: Socket, word: string): Promise<[string, number]> {
  const sentAt = performance.now();
  socket.write(word);
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return [bytes.toString(), performance.now() - sentAt];
}

it('passes everything on, both ways and to its end', async () => {
  const socket = await client();
  expect((await echoed(socket, 'hello'))[0]).toBe('hello');
  socket.end('last');
  expect(String(await once(socket, 'data'))).toBe('last');
  await once(socket, 'end');
});

it('delays each way, in order', async () => {
  const socket = await client();
  proxy.delayMs = 150;
  const [text, took] = await echoed(socket, 'slow');
  expect(text).toBe('slow');
  expect(took).toBeGreaterThan(295);
  let received = '';
  socket.on('data', (bytes) => (received += bytes.toString()));
  socket.write('1');
  await pause(20);
  proxy.delayMs = 0;
  socket.end('2');
  await once(socket, 'end');
  expect(received).toBe('12');
});

it('cuts every connection and refuses new ones until it resumes', async () => {
  const socket = await client();
  await echoed(socket, 'there');
  proxy.cut();
  await expect(once(socket, 'data')).rejects.toThrow('ECONNRESET');
  await expect(client()).rejects.toThrow('ECONNREFUSED');
  await proxy.resume();
  expect((await echoed(await client(), 'again'))[0]).toBe('again');
});

it('swallows what is sent on old and new connections, and breaks them when it resumes', async () => {
  const sockets = [await client()];
  await echoed(sockets[0], 'there');
  proxy.swallow();
  sockets.push(await client());
  const heard: string[] = [];
  for (const socket of sockets)
    socket.on('data', () => heard.push('data')).on('end', () => heard.push('end'));
  const ends = sockets.map((socket) => once(socket, 'error'));
  for (const socket of sockets) socket.write('lost');
  await pause(100);
  expect(heard).toEqual([]);
  await proxy.resume();
  for (const [error] of await Promise.all(ends)) expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(heard).toEqual([]);
  expect((await echoed(await client(), 'again'))[0]).toBe('again');
});

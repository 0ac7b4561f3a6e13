import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { smallScenario } from '../models/small-scenario.ts';
import { largeScenario, longAnswerScenario } from './http/large-scenario.ts';
import { childProcesses, post, send, until } from './http/test-service.ts';
import { startCommand, startEntry, type StartedProcess } from './started-process.ts';

const started: StartedProcess[] = [];

afterEach(async () => {
  for (const each of started.splice(0)) await each.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const folders: string[] = [];

/** An empty folder for a store. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apportion-main-'));
  folders.push(folder);
  return folder;
}

function start(environment: Record<string, string>): StartedProcess {
  const service = startEntry('main', { DATA_DIR: dataFolder(), LOG_LEVEL: 'error', ...environment });
  started.push(service);
  return service;
}

/** Waits until it serves; returns its address. */
async function served({ printed }: StartedProcess): Promise<string> {
  await until(() => /http:\S+\n/.test(printed()), 'the service to start', 60_000);
  return /http:\/\/\S+/.exec(printed())![0];
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('the service', () => {
  it('says where it serves and its documentation, and serves there', async () => {
    const service = start({ PORT: '0' });
    const url = await served(service);
    expect(service.printed()).toBe(`Apportion is serving at ${url} — documentation at ${url}/docs\n`);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect((await post(`${url}/v1/solve`, { scenario: smallScenario() })).status).toBe(200);
    expect(service.complained()).toBe('');
  });

  it('finishes a running solve after SIGTERM, takes no new one, exits with 0 and leaves no process', async () => {
    const service = start({ PORT: '0' });
    const url = await served(service);
    const processes = childProcesses(service.process.pid);
    expect(processes.length).toBeGreaterThan(0);
    const running = post(`${url}/v1/solve`, {
      scenario: largeScenario(40, 40, 20),
      options: { timeLimitSeconds: 30 },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    let isAnswered = false;
    void running.then(() => (isAnswered = true));
    service.process.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAnswered).toBe(false);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();

    const { status, text } = await running;
    const answeredAt = performance.now();
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ status: 'optimal' });
    expect(await service.exit).toBe(0);
    expect(performance.now() - answeredAt).toBeLessThan(2000);
    expect(service.complained()).toBe('');
    await until(() => processes.every(isGone), 'the end of the planning processes');
  });

  it('sends an answer that is under way to its end after SIGTERM', async () => {
    const service = start({ PORT: '0' });
    const { port } = new URL(await served(service));
    const body = Buffer.from(JSON.stringify({ scenario: longAnswerScenario() }));
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST /v1/solve HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
    let text = '';
    // The first bytes of the answer are taken and the others left, so that most of it waits in the service.
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    await once(socket, 'data');
    socket.pause();
    await new Promise((resolve) => setTimeout(resolve, 200));
    service.process.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 300));
    socket.resume();
    await once(socket, 'close');
    const bodyFrom = text.indexOf('\r\n\r\n') + 4;
    const announced = Number(/^content-length: (\d+)\r$/im.exec(text.slice(0, bodyFrom))?.[1]);
    expect(announced).toBeGreaterThan(10e6);
    expect(Buffer.byteLength(text.slice(bodyFrom))).toBe(announced);
    expect(JSON.parse(text.slice(bodyFrom))).toMatchObject({ status: 'optimal' });
    expect(await service.exit).toBe(0);
  });

  it('does not let a request that never ends keep it from ending, and logs that on standard error', async () => {
    const service = start({ PORT: '0', LOG_LEVEL: 'info' });
    const { port } = new URL(await served(service));
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(
      'POST /v1/solve HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    service.process.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    socket.destroy();
    const lines = service.complained().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level: 'info', msg: 'Started' }),
      expect.objectContaining({ msg: 'Stopping', signal: 'SIGTERM' }),
      expect.objectContaining({ msg: 'Stopped' }),
      expect.objectContaining({ msg: 'Request', route: '/v1/solve', isAborted: true }),
    ]);
    expect(service.printed()).toMatch(/^Apportion is serving at [^\n]+\n$/);
  });

  it('ends with 0 and leaves no process when npm, which started it, is told to stop', async () => {
    const service = startCommand('npm', ['start'], {
      PORT: '0',
      DATA_DIR: dataFolder(),
      HOME: process.env.HOME ?? '',
    });
    started.push(service);
    const url = await served(service);
    service.process.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    // In a fresh checkout npm builds first.
  }, 90_000);

  it('takes the same signal twice at once, as a signalled group gives it, for one', async () => {
    const service = start({ PORT: '0' });
    const url = await served(service);
    const running = post(`${url}/v1/solve`, { scenario: largeScenario(30, 30, 30) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    service.process.kill('SIGTERM');
    service.process.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 20));
    service.process.kill('SIGTERM');
    expect((await running).status).toBe(200);
    expect(await service.exit).toBe(0);
  });

  it('ends at once with its processes after a second signal', async () => {
    const service = start({ PORT: '0' });
    const url = await served(service);
    const processes = childProcesses(service.process.pid);
    const running = post(`${url}/v1/solve`, { scenario: largeScenario(60, 60, 60) });
    const broken = expect(running).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 300));
    service.process.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 700));
    service.process.kill('SIGINT');
    expect(await service.exit).toBe(1);
    await broken;
    await until(() => processes.every(isGone), 'the end of the planning processes');
  });

  it('finishes after a restart what was running when it was killed, and has what it had acknowledged', async () => {
    const DATA_DIR = dataFolder();
    const first = start({ PORT: '0', DATA_DIR });
    const url = await served(first);
    const kept = await send(url, 'post', '/v1/scenarios', { scenario: largeScenario(30, 30, 30) });
    const { id } = JSON.parse(kept.text) as { id: string };
    const queued = await send(url, 'post', `/v1/scenarios/${id}/plans`, {});
    const plan = (JSON.parse(queued.text) as { id: string }).id;
    const stateAt = async (address: string) =>
      JSON.parse((await send(address, 'get', `/v1/plans/${plan}`)).text) as Record<string, unknown>;
    while ((await stateAt(url)).state !== 'running') await new Promise((resolve) => setTimeout(resolve, 10));
    const processes = childProcesses(first.process.pid);
    first.process.kill('SIGKILL');
    await first.exit;
    await until(() => processes.every(isGone), 'the end of the planning processes');
    const again = await served(start({ PORT: '0', DATA_DIR }));
    const since = performance.now();
    while ((await stateAt(again)).state !== 'finished') {
      expect(performance.now() - since).toBeLessThan(15_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await stateAt(again)).toMatchObject({
      status: 'optimal',
      attempts: 2,
      failures: [{ attempt: 1, reason: 'service' }],
    });
  });

  it('refuses a folder that another one serves from, and names its process', async () => {
    const DATA_DIR = dataFolder();
    const first = start({ PORT: '0', DATA_DIR });
    await served(first);
    const second = start({ PORT: '0', DATA_DIR });
    expect(await second.exit).toBe(1);
    expect(second.complained()).toBe(
      `The folder ${DATA_DIR} is in use by another Apportion (process ${first.process.pid}). Stop it first. Set DATA_DIR to another folder.\n`,
    );
  });

  it('lists every fault of the environment and exits with 1', async () => {
    const service = start({ PORT: 'abc', MAX_BODY_MB: '-1', PLANNING_PROCESSES: '0' });
    expect(await service.exit).toBe(1);
    expect(service.complained()).toBe(
      'The environment is not valid:\n' +
        '  - PORT is not a whole number\n' +
        '  - MAX_BODY_MB is not a whole number\n' +
        '  - PLANNING_PROCESSES is not between 1 and 64\n',
    );
    expect(service.printed()).toBe('');
  });

  it('says in one line that its port is in use, exits with 1 and leaves no process', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const service = start({ PORT: String(port) });
    let processes: number[] = [];
    await until(() => (processes = childProcesses(service.process.pid)).length > 0, 'a planning process');
    expect(await service.exit).toBe(1);
    expect(service.complained()).toBe(
      `Cannot serve at http://127.0.0.1:${port}: the port is in use. Set PORT or HOST to others.\n`,
    );
    await until(() => processes.every(isGone), 'the end of the planning processes');
    other.close();
  });
});

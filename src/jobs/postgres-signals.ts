import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Signals } from './signals.ts';

const CHANNEL = 'apportion';

/** How long a statement may take: the connection is given up after that. */
const ANSWER_MS = 3000;

/** How often it is tried whether the other side is still there, and how long after a loss it is tried again. */
const TRY_MS = 2000;

/** Signals by `LISTEN` and `NOTIFY` on a connection of their own, which is made again whenever it is lost. */
export class PostgresSignals implements Signals {
  readonly #url: string;
  readonly #id = randomUUID();
  readonly #timer: NodeJS.Timeout;
  readonly #toSend = new Set<string>();
  #listener: (name: string) => void = () => undefined;
  #client: pg.Client | undefined;
  #working: Promise<void> | undefined;
  #isListening = false;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
    this.#timer = setInterval(() => {
      this.#work();
    }, TRY_MS);
    this.#work();
  }

  get isListening(): boolean {
    return this.#isListening;
  }

  send(name: string): void {
    if (!this.#isListening) return;
    this.#toSend.add(name);
    this.#work();
  }

  onSignal(listener: (name: string) => void): void {
    this.#listener = listener;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#working;
    await this.#client?.end().catch(() => undefined);
  }

  /** Connects where there is no connection, tries the one that there is, and sends what there is to send: one statement at a time. */
  #work(): void {
    if (this.#isClosed || this.#working) return;
    this.#working = this.#connectAndSend()
      .catch(() => {
        this.#lose(this.#client);
      })
      .finally(() => {
        this.#working = undefined;
        if (this.#toSend.size > 0) this.#work();
      });
  }

  async #connectAndSend(): Promise<void> {
    this.#client ??= this.#newClient();
    const client = this.#client;
    if (!this.#isListening) {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.#isListening = true;
    }
    const payloads = [...this.#toSend].map((name) => JSON.stringify([this.#id, name]));
    this.#toSend.clear();
    await client.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
      CHANNEL,
      payloads,
    ]);
  }

  #newClient(): pg.Client {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
      application_name: 'apportion signals',
    });
    client.on('notification', ({ payload }) => {
      const [from, name] = JSON.parse(payload ?? '[]') as [string, string];
      if (from !== this.#id) this.#listener(name);
    });
    client.on('error', () => {
      this.#lose(client);
    });
    client.on('end', () => {
      this.#lose(client);
    });
    return client;
  }

  /** What was to be sent is lost with the connection: those who wait for it look by themselves. */
  #lose(client: pg.Client | undefined): void {
    if (!client || client !== this.#client) return;
    this.#client = undefined;
    this.#isListening = false;
    this.#toSend.clear();
    client.end().catch(() => undefined);
  }
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Passes TCP connections on to a port of this machine, and does to them what networks do. */
export class ChaosProxy {
  /** How long everything takes on its way, in milliseconds each way. */
  delayMs = 0;
  port = 0;
  readonly #target: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #swallows = false;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true }, (client) => {
      this.#take(client);
    });
  }

  static async to(port: number): Promise<ChaosProxy> {
    const proxy = new ChaosProxy(port);
    await proxy.#listen();
    return proxy;
  }

  /** Breaks every connection, and refuses new ones. */
  cut(): void {
    this.#server.close();
    this.#breakAll();
  }

  /** Takes connections, and whatever is sent on them or the present ones, and never says anything: a route that is lost. */
  swallow(): void {
    this.#swallows = true;
  }

  /** Passes on again, from new connections: those that lost anything are broken. */
  async resume(): Promise<void> {
    this.delayMs = 0;
    if (this.#swallows) this.#breakAll();
    this.#swallows = false;
    if (!this.#server.listening) await this.#listen();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  #take(client: Socket): void {
    this.#watch(client);
    if (this.#swallows) {
      client.resume();
      return;
    }
    const target = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true });
    this.#watch(target);
    this.#pass(client, target);
    this.#pass(target, client);
  }

  #watch(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay();
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** One direction, in the order in which it came, whatever becomes of the delay meanwhile. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    const later = (then: () => void) => {
      const due = performance.now() + this.delayMs;
      last = last.then(async () => {
        const left = due - performance.now();
        if (left > 0) await pause(left);
        if (!this.#swallows) then();
      });
    };
    from.on('data', (bytes) => {
      later(() => to.write(bytes));
    });
    from.on('end', () => {
      later(() => to.end());
    });
    from.on('close', (hadError) => {
      if (hadError) later(() => to.destroy());
    });
  }

  #breakAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}

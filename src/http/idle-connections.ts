import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Makes the server's `closeIdleConnections`, which its `close` calls too, spare whatever is being answered.
 *
 * Node's own takes an answer that is written but not yet sent for a finished one, and cuts it off.
 */
export function spareAnswersOnClose(server: Server): void {
  const connections = new Set<Socket>();
  const answering = new Map<Socket, number>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    answering.set(socket, (answering.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const others = (answering.get(socket) ?? 0) - 1;
      if (others > 0) answering.set(socket, others);
      else answering.delete(socket);
    });
  });
  server.closeIdleConnections = () => {
    for (const socket of connections) if (!answering.has(socket)) socket.destroy();
  };
}

import type { Socket } from 'node:net';
import type { Request, RequestHandler } from 'express';
import type { Operations } from '../operations/operations.ts';
import { nameRequest } from './request-id.ts';

/** Addresses that machines ask for every few seconds. */
const PROBES = ['/healthz', '/livez', '/readyz', '/metrics'];

/** The first handler: names every request, and tells how it went. */
export function watchRequests(operations: Operations): RequestHandler {
  const traffic = new Traffic();
  return (request, response, next) => {
    const beganAt = performance.now();
    const requestId = nameRequest(request, response);
    const { method, socket } = request;
    operations.requestBegan();
    response.once('close', () => {
      const route = routeOf(request);
      const { bytesIn, bytesOut } = traffic.sinceLast(socket);
      // An answer to a connection that is gone counts as written.
      const isAborted = !response.writableFinished || bytesOut === 0;
      const ended = {
        requestId,
        method,
        route,
        ...(response.headersSent && bytesOut > 0 && { status: response.statusCode }),
        milliseconds: performance.now() - beganAt,
        bytesIn,
        bytesOut,
        isAborted,
      };
      operations.requestEnded(ended, PROBES.includes(route));
    });
    next();
  };
}

/** The address of the route that answered, as the API description writes it. */
function routeOf(request: Request): string {
  const route = request.route as { readonly path: string } | undefined;
  return route?.path.replaceAll(/:(\w+)/g, '{$1}') ?? 'unknown';
}

/** Bytes on connections that carry one request after the other. */
class Traffic {
  readonly #last = new WeakMap<Socket, { readonly bytesRead: number; readonly bytesWritten: number }>();

  sinceLast(socket: Socket): { readonly bytesIn: number; readonly bytesOut: number } {
    const { bytesRead, bytesWritten } = socket;
    const last = this.#last.get(socket);
    this.#last.set(socket, { bytesRead, bytesWritten });
    return {
      bytesIn: bytesRead - (last?.bytesRead ?? 0),
      bytesOut: bytesWritten - (last?.bytesWritten ?? 0),
    };
  }
}

import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';

/** How long is waited for clients that send slowly, or nothing at all. */
export interface Patience {
  /** For the headers of a request, from its first byte or the opening of the connection. */
  readonly headersMs: number;
  /** For a whole request. */
  readonly requestMs: number;
  /** A body must bring `bodyBytes` at least in any span of this length, while it is being read. */
  readonly bodyMs: number;
  readonly bodyBytes: number;
  /** How often it is looked for those that are too slow. */
  readonly lookMs: number;
}

const SLOWEST_LINE_BYTES_PER_SECOND = 100_000;

/**
 * Whoever sends next to nothing is cut off within 20 seconds. A body of the largest size may take as long as a line of 0.8 Mbit/s needs for
 * it: 11 minutes for 64 MB.
 */
export function patienceFor(maxBodyBytes: number): Patience {
  const requestMs = Math.max(300_000, (maxBodyBytes / SLOWEST_LINE_BYTES_PER_SECOND) * 1000);
  return { headersMs: 15_000, requestMs, bodyMs: 15_000, bodyBytes: 16 * 1024, lookMs: 5000 };
}

/** A server that does not wait for ever. */
export function patientServer(listener: RequestListener, patience: Patience): Server {
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: Math.ceil(patience.requestMs),
      connectionsCheckingInterval: patience.lookMs,
    },
    listener,
  );
  cutOffSlowBodies(server, patience);
  return server;
}

interface Span {
  readonly response: ServerResponse;
  startedAt: number;
  bytes: number;
}

/** Node has a time for headers and one for the whole request; that one has to suffice for a large body, so it is none for a dribble. */
function cutOffSlowBodies(server: Server, { bodyMs, bodyBytes, lookMs }: Patience): void {
  const arriving = new Map<IncomingMessage, Span>();
  server.on('request', (request, response) => {
    if (request.complete) return;
    arriving.set(request, { response, startedAt: performance.now(), bytes: request.socket.bytesRead });
    response.once('close', () => arriving.delete(request));
  });
  const look = () => {
    const now = performance.now();
    for (const [request, span] of arriving) {
      if (request.complete) {
        arriving.delete(request);
        continue;
      }
      const { bytesRead } = request.socket;
      // While nobody reads it is not the client who is slow.
      const isRead = request.readableFlowing === true;
      if (isRead && now - span.startedAt < bodyMs) continue;
      if (isRead && bytesRead - span.bytes < bodyBytes) cutOff(request, span.response);
      else Object.assign(span, { startedAt: now, bytes: bytesRead });
    }
  };
  const timer = setInterval(look, lookMs).unref();
  server.once('close', () => {
    clearInterval(timer);
  });
}

/** As Node does it with a request that takes too long. */
function cutOff({ socket }: IncomingMessage, response: ServerResponse): void {
  if (!response.headersSent) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
  socket.destroy();
}

import type { Request, RequestHandler, Router } from 'express';
import { type BodyType, readBytes } from './read-bytes.ts';

/**
 * Reads a body like `readBytes`, but leaves it in the pieces in which it comes, an array of buffers, where it is sent as it is and says
 * how long it is: made one, it would be there twice, and the pieces stay there until somebody looks for garbage.
 */
export function readPieces(maxBodyBytes: number, type: BodyType): (Router | RequestHandler)[] {
  const [requireType, ...readWhole] = readBytes(maxBodyBytes, type);
  const collect: RequestHandler = (request, _response, next) => {
    if (!isPlain(request, maxBodyBytes)) {
      next();
      return;
    }
    const pieces: Buffer[] = [];
    // With a status of its own it is the client's doing, who has gone away.
    const fail = (error: Error) => {
      next(Object.assign(error, { status: 400 }));
    };
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.once('error', fail);
    request.once('end', () => {
      request.off('error', fail);
      request.body = pieces;
      next();
    });
  };
  return [requireType, collect, ...readWhole];
}

/** Whatever is not plain, or too long, is read whole, or refused, by who knows how. */
function isPlain({ headers }: Request, maxBodyBytes: number): boolean {
  const length = Number(headers['content-length'] ?? 0);
  return length > 0 && length <= maxBodyBytes && (headers['content-encoding'] ?? 'identity') === 'identity';
}

/** A body as `readPieces` leaves it. */
export function piecesOf(body: unknown): readonly Buffer[] {
  if (Array.isArray(body)) return body as readonly Buffer[];
  // Without a body the reader leaves no buffer behind.
  return Buffer.isBuffer(body) ? [body] : [];
}

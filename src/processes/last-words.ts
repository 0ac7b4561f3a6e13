import type { Readable } from 'node:stream';

/** What the parent may know of a child's standard error. */
export interface LastWords {
  /** The end of what it printed while starting, to explain a failed start; empty once requests run. */
  tail(): string;
  /** Whether V8 or the C++ library said that memory ran out. */
  saidOutOfMemory(): boolean;
  /** From now on user data may be printed, so nothing more is kept. */
  forget(): void;
}

const TAIL_CHARACTERS = 4096;
/** Enough to find words cut by a chunk's border. */
const OVERLAP_CHARACTERS = 64;

/** Drains a child's standard error, so that a full pipe never blocks it, and keeps next to nothing. */
export function listenForLastWords(stderr: Readable): LastWords {
  let tail = '';
  let overlap = '';
  let outOfMemory = false;
  let keeps = true;
  stderr.setEncoding('utf8').on('data', (chunk: string) => {
    if (keeps) tail = (tail + chunk).slice(-TAIL_CHARACTERS);
    outOfMemory ||= /out of memory|bad_alloc/i.test(overlap + chunk);
    overlap = chunk.slice(-OVERLAP_CHARACTERS);
  });
  const forget = (): void => {
    keeps = false;
    tail = '';
  };
  return { tail: () => tail, saidOutOfMemory: () => outOfMemory, forget };
}

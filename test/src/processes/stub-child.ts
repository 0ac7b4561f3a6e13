import { readFileSync, writeSync } from 'node:fs';
import { encodeFrame } from '../../../src/processes/frames.ts';
import type { JsonObject } from '../../../src/processes/frames.ts';
import { serveRequests } from '../../../src/processes/serve-requests.ts';
import type { HandlerReply, ReceivedRequest, RequestContext } from '../../../src/processes/serve-requests.ts';

/** A planning process whose every way to behave, or not to, is chosen by the request's kind. */
type Behaviour = (request: ReceivedRequest, context: RequestContext) => HandlerReply | Promise<HandlerReply>;

// Node's types leave this global to the browser's.
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => { grow(pages: number): number };
};

const CHANNEL_DESCRIPTOR = 3;
/** A reply to the pool's first request. */
const secondReply = { type: 'reply', id: 1, header: { outcome: 'answer' } };
const never = new Promise<never>(() => undefined);

const behaviours: Readonly<Record<string, Behaviour>> = {
  echo: ({ parts, options }) =>
    ok(parts, { pid: process.pid, options, partLengths: parts.map((part) => part.length) }),
  environment: () => ok([Buffer.from(JSON.stringify(process.env))]),
  limits: () => ok([readFileSync('/proc/self/limits')]),
  arguments: () => ok([Buffer.from(JSON.stringify(process.execArgv))]),
  stages: (request, context) => {
    context.progress('reading');
    block(300);
    context.progress('solving');
    return ok(request.parts);
  },
  'reply later': async ({ parts, options }) => {
    await pause(Number(options['milliseconds']));
    return ok(parts, { pid: process.pid, options });
  },
  'block until deadline': ({ options }, context) => {
    context.progress(String(process.pid));
    context.deadline(Number(options['seconds']));
    block(Infinity);
    return never;
  },
  'stop itself at the deadline': ({ options }, context) => {
    context.deadline(Number(options['seconds']));
    block(Number(options['seconds']) * 1000 + 50);
    return ok([]);
  },
  'block without a deadline': (_request, context) => {
    context.progress(String(process.pid));
    block(Infinity);
    return never;
  },
  'throw synchronously': () => {
    throw new Error('a secret of the planner');
  },
  reject: () => Promise.reject(new Error('a secret of the planner')),
  'throw in a timer': () => {
    setTimeout(() => {
      throw new Error('a secret of the planner');
    }, 5);
    return never;
  },
  'forget a rejection': () => {
    void Promise.reject(new Error('a secret of the planner'));
    return never;
  },
  'exit with 0': () => process.exit(0),
  'exit with 1': () => process.exit(1),
  abort: () => process.abort(),
  'kill itself': () => signalItself('SIGKILL'),
  'fault a segment': () => signalItself('SIGSEGV'),
  'grow buffers': () => {
    const kept: Buffer[] = [];
    for (;;) kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
  },
  'grow WASM memory': () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    for (;;) memory.grow(256);
  },
  'grow the heap': () => {
    const kept: object[] = [];
    for (;;) kept.push(Array.from({ length: 1000 }, (_, index) => ({ index })));
  },
  'write garbage to the parent': () => {
    writeSync(CHANNEL_DESCRIPTOR, 'Segmentation fault (core not dumped)');
    return never;
  },
  'write an unknown message': () => writeFrame(encodeFrame({ type: 'surprise' })),
  'write a header that is not JSON': () =>
    writeFrame([Buffer.from([0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b])]),
  'announce a huge header': () => writeFrame([Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0])]),
  'announce a huge body': () => writeFrame([Buffer.from([0, 0, 0, 2, 0xff, 0, 0, 0, 0, 0])]),
  'say it is ready again': () => writeFrame(encodeFrame({ type: 'ready' })),
  'flood its output': () => {
    const noise = Buffer.alloc(1024 * 1024, 'noise, out of memory ');
    for (let count = 0; count < 20; count += 1) {
      writeBlocking(1, noise);
      writeBlocking(2, noise);
    }
    return ok([]);
  },
  'reply with a huge header': () => ok([], { text: 'x'.repeat(100_000) }),
  'reply twice': ({ options }) => {
    setTimeout(() => {
      void writeFrame(encodeFrame(secondReply, [Buffer.from('second')]));
    }, Number(options['milliseconds']));
    return ok([Buffer.from('first')]);
  },
  'reply and exit': () => ({ ...ok([Buffer.from('last')]), isLast: true }),
  'never reply': (_request, context) => {
    context.deadline(0.3);
    return never;
  },
};

serveRequests((request, context) => behaviours[request.kind](request, context));

function ok(body: readonly Uint8Array[], header: JsonObject = {}): HandlerReply {
  return { header: { outcome: 'answer', ...header }, body };
}

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function signalItself(signal: NodeJS.Signals): Promise<never> {
  process.kill(process.pid, signal);
  return never;
}

function writeFrame(pieces: readonly Uint8Array[]): Promise<never> {
  for (const piece of pieces) writeSync(CHANNEL_DESCRIPTOR, piece);
  return never;
}

/** The descriptor does not block, so a full pipe has to be tried again. */
function writeBlocking(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

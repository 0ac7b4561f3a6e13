import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeFrame,
  FrameDecoder,
  FrameError,
  MAXIMUM_HEADER_BYTES,
} from '../../../src/processes/frames.ts';
import type { Frame } from '../../../src/processes/frames.ts';

const MAXIMUM_FRAME_BYTES = 1_000_000;

function decode(chunks: readonly Buffer[], maximumFrameBytes = MAXIMUM_FRAME_BYTES): readonly Frame[] {
  const decoder = new FrameDecoder(maximumFrameBytes);
  return chunks.flatMap((chunk) => [...decoder.push(chunk)]);
}

function cut(bytes: Buffer, positions: readonly number[]): readonly Buffer[] {
  const borders = [0, ...[...positions].sort((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, index) => bytes.subarray(borders[index], end));
}

describe('frames', () => {
  it('come out as they went in, wherever the stream is cut', () => {
    const frame = fc.record({ text: fc.string(), body: fc.uint8Array({ maxLength: 300 }) });
    const stream = fc.array(frame, { maxLength: 5 });
    fc.assert(
      fc.property(stream, fc.array(fc.nat(2000), { maxLength: 20 }), (frames, positions) => {
        const bytes = Buffer.concat(frames.flatMap(({ text, body }) => encodeFrame({ text }, [body])));
        const inside = positions.map((position) => Math.min(position, bytes.length));
        const decoded = decode(cut(bytes, inside));
        expect(decoded.map(({ header }) => header)).toEqual(frames.map(({ text }) => ({ text })));
        expect(decoded.map(({ body }) => body)).toEqual(frames.map(({ body }) => Buffer.from(body)));
      }),
      { seed: 20260302 },
    );
  });

  it('are written without copying a body, and read into one buffer that has room for nothing else', () => {
    const body = Buffer.alloc(1000, 1);
    expect(encodeFrame({}, [body])[1]).toBe(body);
    const bytes = Buffer.concat(encodeFrame({}, [body]));
    const [frame] = decode(cut(bytes, [30, 500]));
    expect([frame.body.equals(body), frame.body.buffer.byteLength]).toEqual([true, 1000]);
  });

  it('refuse to be written with a header above 64 kB', () => {
    expect(() => encodeFrame({ text: 'x'.repeat(MAXIMUM_HEADER_BYTES) })).toThrow(FrameError);
  });

  it('refuse to be read with a header above 64 kB, before it arrives', () => {
    expect(() => decode([Buffer.from([0, 1, 0, 1, 0, 0, 0, 0, 0, 0])])).toThrow(FrameError);
  });

  it('refuse to be read above the total cap, before the body arrives', () => {
    const [head] = encodeFrame({}, [Buffer.alloc(200)]);
    expect(() => decode([Buffer.from(head)], 201)).toThrow(FrameError);
    expect(decode([Buffer.from(head)], 202)).toEqual([]);
  });

  it('deliver what came before the garbage, and do not quote the garbage', () => {
    const decoder = new FrameDecoder(MAXIMUM_FRAME_BYTES);
    const garbage = Buffer.from([0, 0, 0, 6, 0, 0, 0, 0, 0, 0, ...Buffer.from('secret')]);
    const frames = decoder.push(Buffer.concat([...encodeFrame({ number: 1 }), garbage]));
    expect(frames.next().value).toMatchObject({ header: { number: 1 } });
    expect(() => frames.next()).toThrow('A frame header is not JSON.');
  });
});

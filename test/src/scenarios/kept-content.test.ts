import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  contentPieces,
  contentPiecesAside,
  isCompressed,
  jsonBytes,
  jsonIn,
  keptContent,
  LARGE_BYTES,
  scenarioIn,
} from '../../../src/scenarios/kept-content.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { caseCount } from '../../properties/case-count.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';

const kept = (...pieces: (string | Buffer)[]) =>
  Buffer.concat(keptContent(pieces.map((each) => Buffer.from(each))));
const json = (length: number) => `{"name":"${'ä'.repeat((length - 11) / 2)}"}`;

describe('kept content', () => {
  it('of a small scenario is its JSON itself', () => {
    const content = kept(JSON.stringify(smallScenario()));
    expect(content.toString()).toBe(JSON.stringify(smallScenario()));
    expect([isCompressed(content), jsonBytes(content)]).toEqual([false, content.length]);
    expect(scenarioIn(content)).toEqual(smallScenario());
  });

  it('is compressed from so many bytes on, and where it is more than a piece', () => {
    expect(LARGE_BYTES).toBe(1_048_576);
    expect(isCompressed(kept(json(LARGE_BYTES - 1)))).toBe(false);
    expect(isCompressed(kept(json(LARGE_BYTES + 1)))).toBe(true);
    expect(isCompressed(kept('{"a"', ':1}'))).toBe(true);
  });

  it('is read where it is large and not compressed, as it was kept before', () => {
    const content = Buffer.from(json(LARGE_BYTES + 1));
    expect([isCompressed(content), jsonBytes(content)]).toEqual([false, content.length]);
    expect(jsonIn(content)).toBe(json(LARGE_BYTES + 1));
  });

  it('gives back any pieces, at once, one by one, off the event loop and to any gunzip', async () => {
    const random = new SeededRandom(20_271_101);
    for (let round = 0; round < caseCount(50, 1000); round += 1) {
      const pieces = Array.from({ length: random.whole(2, 5) }, () =>
        Buffer.from(Array.from({ length: random.pick([0, 1, 100, 20_000]) }, () => random.whole(0, 255))),
      );
      const whole = Buffer.concat(pieces);
      const content = kept(...pieces);
      expect(jsonBytes(content)).toBe(whole.length);
      expect([...contentPieces(content)]).toEqual(pieces);
      const aside: Buffer[] = [];
      for await (const piece of contentPiecesAside(content)) aside.push(piece);
      expect(aside).toEqual(pieces);
      expect(gunzipSync(content).equals(whole)).toBe(true);
    }
  });

  it('is a small part of the JSON of a large table, and read in pieces of the same size', () => {
    const rows = (from: number) =>
      Array.from({ length: 30_000 }, (_, at) => `{"period":"P${at % 500}","hours":${from + at / 8}},`).join(
        '',
      );
    const content = kept(rows(1), rows(2), rows(3));
    expect(jsonBytes(content) / content.length).toBeGreaterThan(4);
    expect([...contentPieces(content)].map(String)).toEqual([rows(1), rows(2), rows(3)]);
  });

  it('that is damaged anywhere is never taken for something else', async () => {
    const pieces = [Buffer.from('{"name":"a","periods":'), Buffer.from('[{"id":"P1"}]}')];
    const whole = Buffer.concat(pieces).toString();
    const content = kept(...pieces);
    for (let at = 0; at < content.length; at += 1) {
      const damaged = Buffer.from(content);
      damaged[at] ^= 0x10;
      // Some bytes say nothing that is read: the time, the system. Without the first two it is not compressed, and no JSON either.
      const read = () => jsonIn(damaged);
      if (at < 2) expect(() => scenarioIn(damaged)).toThrow();
      else if (isThrown(read)) await expect(drained(contentPiecesAside(damaged))).rejects.toThrow();
      else expect(read()).toBe(whole);
    }
    for (let length = 9; length < content.length; length += 1)
      if (jsonOrError(content.subarray(0, length)) === whole) throw new Error(`cut at ${length}`);
  });
});

function isThrown(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch {
    return true;
  }
}

function jsonOrError(content: Buffer): string {
  try {
    return jsonIn(content);
  } catch {
    return 'an error';
  }
}

async function drained(pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of pieces);
}

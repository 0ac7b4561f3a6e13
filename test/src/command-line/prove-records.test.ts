import { expect, it } from 'vitest';
import { proveRevisions } from '../../../src/command-line/prove-records.ts';
import { keptScenario } from '../../../src/scenarios/kept-scenario.ts';
import { isCompressed } from '../../../src/scenarios/kept-content.ts';
import { largeScenario } from '../http/large-scenario.ts';

/** A revision as the store has it. */
function revision(number: number, change = (content: Buffer) => content) {
  const { sha256, content } = keptScenario(largeScenario(3, 40, 900));
  return { scenario: 's', revision: number, sha256, content: change(Buffer.concat(content)) };
}

it('proves a large revision, which is compressed, by the digest of the scenario itself', () => {
  const sound = revision(1);
  expect(isCompressed(sound.content)).toBe(true);
  const cut = revision(2, (content) => content.subarray(0, -100));
  const flipped = revision(3, (content) => Buffer.from(content).fill(0, 5000, 5001));
  const notIts = { ...revision(4), sha256: keptScenario(largeScenario(1, 1, 1)).sha256 };
  expect(proveRevisions([sound, cut, flipped, notIts])).toEqual({
    total: 4,
    proven: 1,
    withoutClaim: 0,
    faults: [2, 3, 4].map((each) => `revision ${each} of scenario s is not what its SHA-256 says`),
  });
});

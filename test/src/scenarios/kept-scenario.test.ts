import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { jsonIn } from '../../../src/scenarios/kept-content.ts';
import { keptScenario } from '../../../src/scenarios/kept-scenario.ts';
import { smallScenario } from '../../models/small-scenario.ts';
import { caseCount } from '../../properties/case-count.ts';
import { randomScenario } from '../../scenarios/random-scenario.ts';
import { largeScenario } from '../http/large-scenario.ts';

function expectWhole(scenario: Parameters<typeof keptScenario>[0]): void {
  const { name, sha256, content } = keptScenario(scenario);
  expect(name).toBe(scenario.name);
  expect(jsonIn(Buffer.concat(content))).toBe(JSON.stringify(scenario));
  expect(sha256).toBe(createHash('sha256').update(canonicalize(scenario)!).digest('hex'));
}

describe('keptScenario', () => {
  it('writes piece by piece what it would write as a whole', () => {
    for (let seed = 1; seed <= caseCount(200, 5000); seed += 1) expectWhole(randomScenario(seed));
  });

  it('does so over the border of a piece, with empty lists, and without members that are undefined', () => {
    const large = largeScenario(3, 40, 900);
    expect(JSON.stringify(large).length).toBeGreaterThan(1024 ** 2);
    expectWhole({ ...large, name: '“ä” \u{1f600} "\\' });
    expectWhole({ ...smallScenario(), workflows: [], placements: [] });
    expectWhole({ ...smallScenario(), placements: undefined });
  });
});

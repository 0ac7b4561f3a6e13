import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { keptContent } from '../../../src/scenarios/kept-content.ts';
import { keptScenario } from '../../../src/scenarios/kept-scenario.ts';
import { KeptTable } from '../../../src/scenarios/kept-table.ts';
import { TABLE_NAMES, TABLE_PLACES } from '../../../src/scenarios/table-files.ts';
import { smallScenario, team } from '../../models/small-scenario.ts';
import { caseCount } from '../../properties/case-count.ts';
import { hostileNames } from '../../scenarios/hostile-names.ts';
import { randomScenario } from '../../scenarios/random-scenario.ts';
import { SeededRandom } from '../../scenarios/seeded-random.ts';
import { largeScenario } from '../http/large-scenario.ts';

/** JSON in pieces that are cut anywhere, also within characters and names. */
function cut(json: Buffer, random: SeededRandom): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < json.length;) {
    const length = random.pick([1, 2, 7, 100, 5000]);
    pieces.push(json.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat(keptContent(pieces));
}

function expectWhole(scenario: Scenario, content: Buffer): void {
  for (const table of TABLE_NAMES) {
    const { list } = TABLE_PLACES[table];
    const kept = new KeptTable(content, table);
    const empty = scenario[list].map((item) => ({ ...item, [table]: [] }));
    expect(JSON.stringify(kept.rest)).toBe(JSON.stringify({ ...scenario, [list]: empty }));
    // As often as they are asked for.
    for (let times = 0; times < 2; times += 1)
      expect(JSON.stringify([...kept.items()])).toBe(JSON.stringify(scenario[list]));
  }
}

describe('a kept scenario with one table apart', () => {
  it('is the whole one, wherever its JSON is cut', () => {
    for (let seed = 1; seed <= caseCount(150, 3000); seed += 1) {
      const scenario = randomScenario(seed);
      const json = Buffer.from(JSON.stringify(scenario));
      expectWhole(scenario, json);
      expectWhole(scenario, cut(json, new SeededRandom(seed)));
    }
  });

  it('is so where names and texts look like its parts, and where there is nothing', () => {
    const texts = [
      ...Object.values(hostileNames).flat(),
      '"capacity":[',
      '],"teams":[{"capacity":[1]}]',
      '\\',
      '\\"',
      '{}[]',
      'capacity',
      'teams',
    ];
    for (const [at, text] of texts.entries()) {
      const scenario = smallScenario({
        name: text,
        teams: [
          { ...team(text, text, 10, 7, [text, 'P2', `${text}]`]), name: text, skills: ['capacity', text] },
          { ...team('b', text, 10, 7, []), skills: [] },
        ],
        rules: { vendorShare: [{ vendor: 'teams', maxShare: 1 }] },
      });
      const json = Buffer.from(JSON.stringify(scenario));
      expectWhole(scenario, json);
      expectWhole(scenario, cut(json, new SeededRandom(at)));
    }
    const none = smallScenario({ teams: [], workflows: [] });
    expectWhole(none, Buffer.from(JSON.stringify(none)));
  });

  it('is so where it is large, compressed or not', () => {
    const large = largeScenario(3, 40, 900);
    expectWhole(large, Buffer.concat(keptScenario(large).content));
    // And as it was kept before anything was.
    expectWhole(large, Buffer.from(JSON.stringify(large)));
  });
});

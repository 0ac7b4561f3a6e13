import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import type { Engine, SizeLimit } from '../../../src/engines/engine.ts';
import { sizeFault } from '../../../src/planning/size-limit.ts';
import { inHouseSite, smallScenario, team, workflow } from '../../models/small-scenario.ts';
import { planningData } from '../../models/solved-plan.ts';

function faultOf(scenario: Scenario, sizeLimit?: SizeLimit, option: 'engine' | 'crossCheck' = 'engine') {
  const engine: Engine = {
    name: 'small',
    version: '1.0',
    capabilities: { prices: false, ranges: false, ...(sizeLimit && { sizeLimit }) },
    solve: () => ({ status: 'time-limit' }),
  };
  return sizeFault(buildAllocationModel(planningData(scenario)), engine, option)?.message;
}

/** Three placements, a demand row and three capacity rows: 12 cells. */
const linear = smallScenario({ teams: ['a', 'b', 'c'].map((id) => team(id, 'luzon', 10, 100)) });

/** Two choices of a site: 2 demand rows, 2 capacity rows, 2 links and 1 count for one of the workflows. */
const choosing = smallScenario({
  sites: [inHouseSite('luzon'), inHouseSite('cebu')],
  teams: [team('a', 'luzon', 10, 100), team('b', 'cebu', 10, 100)],
  workflows: [{ ...workflow('one', 50), maxSites: 1 }],
});

describe('a size limit', () => {
  const generous = { cells: 12, cellsWithChoices: 1000, choices: 2 };

  it('lets through what is just as large, and everything where there is none', () => {
    expect(faultOf(linear, generous)).toBeUndefined();
    expect(faultOf(choosing, generous)).toBeUndefined();
    expect(faultOf(linear)).toBeUndefined();
  });

  it('names the size, the limit and the remedy', () => {
    expect(faultOf(linear, { ...generous, cells: 11 })).toBe(
      'The program of the scenario has 4 rows times 3 columns, 12 cells; small takes at most 11. Solve it with the engine highs.',
    );
    expect(faultOf(choosing, { ...generous, cellsWithChoices: 3 }, 'crossCheck')).toMatch(
      /cells; small takes at most 3 with yes\/no choices\. Solve it without a cross-check\.$/,
    );
    expect(faultOf(choosing, { ...generous, choices: 1 })).toBe(
      'The program of the scenario has 2 yes/no choices; small takes at most 1. Solve it with the engine highs.',
    );
  });
});

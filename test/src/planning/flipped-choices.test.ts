import { describe, expect, it } from 'vitest';
import type { FlippedChoice } from '../../../models/diagnosis.ts';
import type { Plan } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { solveAndExplain } from '../../../src/planning/solve-and-explain.ts';
import { type ChoiceName, withDefaults } from '../../../src/planning/solve-options.ts';
import { inHouseSite, smallScenario, team, workflow } from '../../models/small-scenario.ts';

const engine = await loadHighsEngine();

function planOf(scenario: Scenario, ...flips: ChoiceName[]): Plan {
  const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none', flips });
  const { plan, faults } = solveAndExplain(scenario, options, engine, () => {});
  expect(faults).toBeUndefined();
  expect(plan?.flipsNotDone).toBeUndefined();
  return plan!;
}

function flipOf(scenario: Scenario, choice: ChoiceName): FlippedChoice {
  const { flips = [] } = planOf(scenario, choice);
  expect(flips).toHaveLength(1);
  return flips[0];
}

/** 50 hours: at Luzon for 10 an hour, at Cebu for 8, which costs 60 to open. */
const sites = smallScenario({
  sites: [
    { ...inHouseSite('luzon'), name: 'Luzon' },
    { ...inHouseSite('cebu'), name: 'Cebu', openingCost: 60 },
  ],
  teams: [team('north', 'luzon', 10, 100), team('south', 'cebu', 8, 100)],
});

describe('a site', () => {
  it('that is open, closed: the work goes elsewhere, and opening is saved', () => {
    // 50 · 8 + 60 = 460 against 50 · 10.
    expect(flipOf(sites, { site: 'cebu' })).toEqual({
      site: 'cebu',
      taken: true,
      totalCost: 500,
      change: 40,
      gap: 0,
      sentence: 'Closing Cebu costs 40.00 USD more: the best plan then costs 500.00 USD.',
    });
  });

  it('that is closed, opened: paid for, and used as far as that helps', () => {
    const dear = { ...sites, sites: [sites.sites[0], { ...sites.sites[1], openingCost: 130 }] };
    // Staying costs 500; 50 · 8 + 130 = 530.
    expect(flipOf(dear, { site: 'cebu' })).toMatchObject({ taken: false, totalCost: 530, change: 30 });
    const useless = { ...dear, teams: [dear.teams[0], team('south', 'cebu', 20, 100)] };
    expect(flipOf(useless, { site: 'cebu' })).toMatchObject({
      totalCost: 630,
      change: 130,
      sentence: 'Opening Cebu costs 130.00 USD more: the best plan then costs 630.00 USD.',
    });
  });

  it('without which there is no plan', () => {
    const full = { ...sites, teams: [team('north', 'luzon', 10, 20), team('south', 'cebu', 8, 100)] };
    expect(flipOf(full, { site: 'cebu' })).toMatchObject({
      taken: true,
      totalCost: null,
      change: null,
      sentence: 'Closing Cebu: then there is no plan.',
    });
  });
});

it('a workflow taken away from a site, or brought there', () => {
  const scenario = {
    ...smallScenario({
      sites: [inHouseSite('luzon'), inHouseSite('cebu')],
      teams: [team('north', 'luzon', 10, 100), team('south', 'cebu', 8, 100)],
    }),
    workflows: [{ ...workflow('appeals', 50), maxSites: 1, minimumTeamHours: 30 }],
  };
  const { totalCost, flips = [] } = planOf(
    scenario,
    { workflow: 'appeals', site: 'cebu' },
    { workflow: 'appeals', site: 'cebu', period: 'P1' },
    { workflow: 'appeals', site: 'luzon', period: 'P1' },
  );
  expect(totalCost).toBe(400);
  expect(flips.map(({ taken, change }) => [taken, change])).toEqual([
    [true, 100],
    [true, 100],
    // With at least 30 hours at Luzon, and one site only, all 50 are there.
    [false, 100],
  ]);
  expect(flips[2].sentence).toBe(
    'Having appeals at luzon in P1 costs 100.00 USD more: the best plan then costs 500.00 USD.',
  );
});

it('refuses names that are no choices, all at once', () => {
  const flips = [
    { site: 'cebu' },
    { site: 'luzon' },
    { site: 'cebu', workflow: 'appeals' },
    { site: '__proto__' },
  ];
  const options = withDefaults({ timeLimitSeconds: 60, flips });
  const { faults } = solveAndExplain(sites, options, engine, () => {});
  expect(faults?.map((fault) => ('option' in fault ? [fault.option, fault.code] : []))).toEqual([
    ['flips/1', 'unknown-choice'],
    ['flips/2', 'unknown-choice'],
    ['flips/3', 'unknown-choice'],
  ]);
});

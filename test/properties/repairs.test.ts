import { expect, it } from 'vitest';
import type { Repair } from '../../models/diagnosis.ts';
import { patchedScenario } from '../../models/repairs/patched-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { repairMenu } from '../../src/planning/repair-menu.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { tightScenario } from '../scenarios/infeasible-scenario.ts';
import { isValid } from '../scenarios/random-scenario.ts';
import { atSeed, draws, engine, expectSameCost, solve } from './solve-draws.ts';

type Patches = Parameters<typeof patchedScenario>[1];

it('offers repairs that work at the cost they are said to have', () => {
  const count = { scenarios: 0, repairs: 0, notEnough: 0, notDone: 0, combined: 0 };
  for (const seed of draws(0.2)) {
    atSeed(seed, () => {
      const scenario = tightScenario(seed);
      if (!isValid(scenario)) return;
      const { status, diagnosis } = solve(scenario, 'none');
      if (status !== 'infeasible') return;
      count.scenarios += 1;
      const menu = repairMenu({
        scenario,
        conflict: diagnosis!.conflict,
        options: withDefaults({ timeLimitSeconds: 60 }),
        engine,
        secondsLeft: () => 60,
        may: { kind: () => true, limit: () => true },
      });
      count.notDone += menu.repairsNotDone ?? 0;
      for (const repair of menu.repairs!) {
        if (repair.suffices) count.repairs += 1;
        else count.notEnough += 1;
        if (repair.kinds.length > 1) count.combined += 1;
        check(scenario, repair);
      }
    });
  }
  expect(count.repairs).toBeGreaterThan(count.scenarios);
  expect(count.notDone).toBe(0);
});

function check(scenario: Scenario, repair: Repair): void {
  const { suffices, changes, totalCost, isLeast, kinds } = repair;
  if (!suffices) {
    expect(changes).toEqual([]);
    return;
  }
  expect(changes.length).toBeGreaterThan(0);
  const repaired = patchedScenario(scenario, changes.map(({ patch }) => patch) as unknown as Patches);
  expect(checkScenario(repaired).faults).toBeUndefined();
  const plan = solve(repaired, 'none');
  expect(plan.status, repair.sentence).toBe('optimal');
  expectSameCost(plan.totalCost!, totalCost!, repair.sentence, 2e-6);
  expect(untouched(repaired)).toEqual(untouched(scenario));
  if (isLeast && kinds.length === 1 && changes.length === 1) expectLeast(scenario, repair);
}

/** One limit alone, changed by two steps of rounding less, is not enough. */
function expectLeast(scenario: Scenario, { changes: [change], sentence }: Repair): void {
  const { from, to, unit, patch } = change;
  const amount = Math.abs(to - from);
  const step =
    unit === 'sites' || unit === 'seats'
      ? 1
      : Math.min(
          { money: 0.01, share: 0.001 }[unit as string] ?? 0.1,
          Math.max(1e-5, 10 ** (Math.floor(Math.log10(amount)) - 2)),
        );
  // What a certificate's tolerance lets pass, of the limit and of what is measured by it, says nothing.
  const less = amount * (1 - 1e-3) - 2 * step - 1e-5 * Math.max(1, from, to);
  if (less <= 0) return;
  const value = to > from ? from + less : from - less;
  const added = patch.value as { readonly fte?: number };
  const written =
    typeof patch.value === 'number'
      ? { ...patch, value }
      : { ...patch, value: { ...added, [added.fte === undefined ? 'hours' : 'fte']: value } };
  const plan = solve(patchedScenario(scenario, [written] as unknown as Patches), 'none');
  expect([sentence, plan.status]).toEqual([sentence, 'infeasible']);
}

/** What a repair must never change. */
function untouched({ sites, teams, workflows, placements }: Scenario): unknown {
  return {
    placements,
    sites: sites.map(({ seats: _seats, ...site }) => site),
    teams: teams.map(({ capacity: _capacity, ...team }) => team),
    workflows: workflows.map(
      ({ demand: _demand, backlog: _backlog, maxSites: _sites, minimumTeamHours: _least, ...workflow }) =>
        workflow,
    ),
  };
}

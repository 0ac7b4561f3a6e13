import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import type { Plan } from '../../models/plan.ts';
import type { RepairPatch } from '../../models/relaxation.ts';
import { patchedScenario } from '../../models/repairs/patched-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { javascriptLpSolverEngine } from '../../src/engines/javascript-lp-solver.ts';
import { mayGiveWay } from '../../src/planning/repair-request.ts';
import { solveAndExplain } from '../../src/planning/solve-and-explain.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { scenarioWithClasses, scenarioWithPeople } from '../scenarios/with-people.ts';
import { solveExactly } from './exact-simplex.ts';
import { atSeed, draws, engine, expectSameCost, programOf, solve } from './solve-draws.ts';

/** Runs a check on every scenario drawn with people. */
function checkPeople(share: number, check: (scenario: Scenario, seed: number) => void): void {
  for (const seed of draws(share)) {
    const scenario = scenarioWithPeople(seed);
    if (scenario)
      atSeed(seed, () => {
        check(scenario, seed);
      });
  }
}

describe('a scenario with people', () => {
  it('gets a plan that is proven from scenario and plan alone, or a proof that there is none', () => {
    const seen = { optimal: 0, infeasible: 0, hires: 0, released: 0, overtime: 0 };
    checkPeople(1, (scenario) => {
      const plan = solve(scenario, 'classic');
      expect(['optimal', 'infeasible']).toContain(plan.status);
      seen[plan.status as 'optimal'] += 1;
      expect(verifyAnswer(scenario, plan)).toEqual([]);
      for (const line of plan.people ?? []) {
        seen.hires += Number(line.hires > 0);
        seen.released += Number(line.released > 0);
        seen.overtime += Number(line.overtimeHours > 0);
      }
    });
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5);
  });

  it('gets both prices of every limit, each of them that of a plan solved again', () => {
    checkPeople(0.3, (scenario) => {
      const plan = solve(scenario, 'full');
      if (plan.status !== 'optimal') return;
      expect(plan.sensitivity).not.toHaveProperty('unavailable');
      expect(plan.sensitivity).not.toHaveProperty('constraintsNotDone');
      expect(verifyAnswer(scenario, plan)).toEqual([]);
    });
  });

  it('costs what the other engine finds', () => {
    const second = javascriptLpSolverEngine();
    checkPeople(0.4, (scenario) => {
      const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
      const { plan, faults } = solveScenario(scenario, options, engine, () => undefined, second);
      expect(faults).toBeUndefined();
      expect(['optimal', 'infeasible']).toContain(plan!.status);
    });
  });

  it('costs what exact arithmetic finds by another method', () => {
    let compared = 0;
    checkPeople(1, (scenario) => {
      const { data, program } = programOf(scenario);
      if (program.rows.length + program.columns.length > 45) return;
      const exact = solveExactly(program);
      if (exact.status !== 'optimal') return;
      const plan = solve(scenario, 'none');
      const constant = data.teams.reduce(
        (sum, { capacity }) => sum + capacity.reduce((paid, entry) => paid + (entry?.payroll ?? 0), 0),
        0,
      );
      expectSameCost(plan.totalCost! - constant, exact.cost, 'the cost');
      compared += 1;
    });
    expect(compared).toBeGreaterThan(10);
  });
});

describe('a scenario with classes', () => {
  it('gets a plan that is proven but for what is the word of the engine, and that the other engine finds', () => {
    const second = javascriptLpSolverEngine();
    const seen = { optimal: 0, infeasible: 0, classes: 0, checked: 0 };
    for (const seed of draws(0.6)) {
      const scenario = scenarioWithClasses(seed);
      if (scenario === undefined) continue;
      atSeed(seed, () => {
        const plan = solve(scenario, 'full');
        expect(['optimal', 'infeasible']).toContain(plan.status);
        seen[plan.status as 'optimal'] += 1;
        if (plan.status !== 'optimal') return;
        seen.classes += plan.classes!.length;
        expect(verifyAnswer(scenario, plan)).toEqual([]);
        const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
        const checked = solveScenario(scenario, options, engine, () => undefined, second);
        // Too large for the other engine.
        if (checked.faults) return;
        seen.checked += 1;
        expect(checked.plan.status).toBe('optimal');
      });
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(2);
  });
});

it('offers ways out of a scenario with people that has no plan, each with the cost that it then has', () => {
  let offered = 0;
  checkPeople(1, (scenario) => {
    if (solve(scenario, 'none').status !== 'infeasible') return;
    const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
    const { plan } = solveAndExplain(scenario, options, engine, () => undefined, undefined, mayGiveWay({}));
    for (const { changes, suffices, totalCost, kinds } of plan!.diagnosis!.repairs ?? []) {
      if (!suffices) continue;
      const patches = changes.map(({ patch }) => patch as RepairPatch);
      const repaired = solve(patchedScenario(scenario, patches), 'none');
      expect(repaired.status).toBe('optimal');
      // Work that is not served costs nothing in the repaired scenario either.
      expectSameCost(repaired.totalCost!, totalCost!, kinds.join());
      offered += Number(kinds.includes('more-heads'));
    }
  });
  expect(offered).toBeGreaterThan(5);
});

it('does not take a plan whose people are not what hires, releases and overtime make of them', () => {
  let refused = 0;
  checkPeople(0.5, (scenario, seed) => {
    const plan = solve(scenario, 'none');
    if (plan.status !== 'optimal') return;
    const random = new SeededRandom(seed);
    const changed = structuredClone(plan);
    const what = changeOneNumber(changed, random);
    if (what === undefined) return;
    expect(verifyAnswer(scenario, changed), what).not.toEqual([]);
    refused += 1;
  });
  expect(refused).toBeGreaterThan(30);
});

/** Adds a tenth, and at least 1, to one number that the plan states of people; says which. */
function changeOneNumber({ people = [], classes = [] }: Plan, random: SeededRandom): string | undefined {
  if (people.length === 0) return undefined;
  const lines: Record<string, unknown>[] = [...people, ...people.map(({ costs }) => costs), ...classes];
  const line = random.pick(lines);
  const field = random.pick(Object.keys(line).filter((name) => typeof line[name] === 'number'));
  line[field] = (line[field] as number) * 1.1 + 1;
  return field;
}

import { expect, it } from 'vitest';
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
import { scenarioWithCrossTraining } from '../scenarios/with-cross-training.ts';
import { scenarioWithClasses } from '../scenarios/with-people.ts';
import { solveExactly } from './exact-simplex.ts';
import { atSeed, draws, engine, expectSameCost, programOf, solve } from './solve-draws.ts';

/** Runs a check on every scenario drawn with teams that may be trained in a second skill. */
function checkDrawn(share: number, check: (scenario: Scenario, seed: number) => void): void {
  for (const seed of draws(share)) {
    const scenario = scenarioWithCrossTraining(seed);
    if (scenario)
      atSeed(seed, () => {
        check(scenario, seed);
      });
  }
}

it('gets a plan that is proven from scenario and plan alone, or a proof that there is none', () => {
  const seen = { optimal: 0, infeasible: 0, trained: 0, released: 0, used: 0 };
  checkDrawn(1, (scenario) => {
    const plan = solve(scenario, 'classic');
    expect(['optimal', 'infeasible']).toContain(plan.status);
    seen[plan.status as 'optimal'] += 1;
    expect(verifyAnswer(scenario, plan)).toEqual([]);
    for (const { secondSkills = [] } of plan.people ?? [])
      for (const { trainingBegins, released, usedHours } of secondSkills) {
        seen.trained += Number(trainingBegins > 0);
        seen.released += Number(released > 0);
        seen.used += Number(usedHours > 0);
      }
  });
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(1);
});

it('gets both prices of every limit, each of them that of a plan solved again', () => {
  checkDrawn(0.3, (scenario) => {
    const plan = solve(scenario, 'full');
    if (plan.status !== 'optimal') return;
    expect(plan.sensitivity).not.toHaveProperty('unavailable');
    expect(plan.sensitivity).not.toHaveProperty('constraintsNotDone');
    expect(verifyAnswer(scenario, plan)).toEqual([]);
  });
});

it('costs what the other engine finds', () => {
  const second = javascriptLpSolverEngine();
  checkDrawn(0.4, (scenario) => {
    const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
    const { plan, faults } = solveScenario(scenario, options, engine, () => undefined, second);
    expect(faults).toBeUndefined();
    expect(['optimal', 'infeasible']).toContain(plan!.status);
  });
});

it('costs what exact arithmetic finds by another method', () => {
  let compared = 0;
  checkDrawn(1, (scenario) => {
    const { data, program } = programOf(scenario);
    if (program.rows.length + program.columns.length > 60) return;
    const exact = solveExactly(program);
    if (exact.status !== 'optimal') return;
    const plan = solve(scenario, 'none');
    const constant = data.teams.reduce(
      (sum, { capacity }) => sum + capacity.reduce((paid, entry) => paid + (entry?.payroll ?? 0), 0),
      0,
    );
    expectSameCost(plan.totalCost! - constant, exact.cost, 'the cost');
    compared += Number(data.placements.secondSkill.size > 0);
  });
  expect(compared).toBeGreaterThan(3);
});

it('gets ways out where it has no plan, each with the cost that it then has', () => {
  let offered = 0;
  checkDrawn(0.2, (scenario) => {
    if (solve(scenario, 'none').status !== 'infeasible') return;
    const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
    const { plan } = solveAndExplain(scenario, options, engine, () => undefined, undefined, mayGiveWay({}));
    for (const { changes, suffices, totalCost, kinds } of plan!.diagnosis!.repairs ?? []) {
      if (!suffices) continue;
      const patches = changes.map(({ patch }) => patch as RepairPatch);
      const repaired = solve(patchedScenario(scenario, patches), 'none');
      expect(repaired.status).toBe('optimal');
      expectSameCost(repaired.totalCost!, totalCost!, kinds.join());
      offered += 1;
    }
  });
  expect(offered).toBeGreaterThan(5);
});

it('is planned where hires come in classes, too', () => {
  let [planned, trained] = [0, 0];
  for (const seed of draws(0.3)) {
    const scenario = scenarioWithCrossTraining(seed, scenarioWithClasses);
    if (scenario === undefined) continue;
    atSeed(seed, () => {
      const plan = solve(scenario, 'classic');
      expect(['optimal', 'infeasible']).toContain(plan.status);
      // That there is none can be the word of the engine alone.
      if (plan.status !== 'optimal') return;
      expect(verifyAnswer(scenario, plan)).toEqual([]);
      planned += 1;
      const lines = (plan.people ?? []).flatMap(({ secondSkills = [] }) => secondSkills);
      trained += Number(lines.some(({ usedHours }) => usedHours > 0));
    });
  }
  expect(planned).toBeGreaterThan(2);
  expect(trained).toBeGreaterThan(0);
});

it('does not take a plan whose second skills are not what training and releases make of them', () => {
  let refused = 0;
  checkDrawn(0.5, (scenario, seed) => {
    const plan = solve(scenario, 'none');
    if (plan.status !== 'optimal') return;
    const changed = structuredClone(plan);
    const what = changeOneNumber(changed, new SeededRandom(seed));
    if (what === undefined) return;
    expect(verifyAnswer(scenario, changed), what).not.toEqual([]);
    refused += 1;
  });
  expect(refused).toBeGreaterThan(10);
});

/** Adds a tenth, and at least 1, to one number that the plan states of a second skill; says which. */
function changeOneNumber({ people = [] }: Plan, random: SeededRandom): string | undefined {
  const lines = people.flatMap(({ secondSkills = [] }) => secondSkills);
  if (lines.length === 0) return undefined;
  const line: Record<string, unknown> = random.pick(lines);
  const field = random.pick(Object.keys(line).filter((name) => typeof line[name] === 'number'));
  line[field] = (line[field] as number) * 1.1 + 1;
  return field;
}

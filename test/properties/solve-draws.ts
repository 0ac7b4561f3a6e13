import { vi } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { Plan, PlanNumbers } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';

export const engine = await loadHighsEngine();

/** A plan that is proven optimal, with all its numbers. */
export type OptimalPlan = Omit<Plan, keyof PlanNumbers | 'certificate'> &
  PlanNumbers & { certificate: NonNullable<Plan['certificate']> };

/** The seeds of a run: `APPORTION_DRAWS` (default 160) of them, from `APPORTION_FIRST_SEED` (default 1) on. */
export function draws(share = 1): number[] {
  const count = Math.ceil(Number(process.env.APPORTION_DRAWS ?? 160) * share);
  const first = Number(process.env.APPORTION_FIRST_SEED ?? 1);
  return Array.from({ length: count }, (_, i) => first + i);
}

// A run with many draws is asked for by hand and may take its time.
vi.setConfig({ testTimeout: 30_000 + 100 * draws().length });

export function solve(scenario: Scenario, sensitivity: 'none' | 'classic' | 'full' = 'classic'): Plan {
  const { plan, faults } = solveScenario(
    scenario,
    withDefaults({ timeLimitSeconds: 60, sensitivity }),
    engine,
    () => {},
  );
  if (faults) throw new Error(`The scenario is not valid: ${JSON.stringify(faults)}`);
  return plan;
}

/** The plan of a scenario that must have one. */
export function solveToOptimum(scenario: Scenario, sensitivity: 'none' | 'classic' = 'none'): OptimalPlan {
  const plan = solve(scenario, sensitivity);
  if (plan.status !== 'optimal') throw new Error(`The scenario is ${plan.status}.`);
  return plan as OptimalPlan;
}

export function programOf(scenario: Scenario): { data: PlanningData; program: LinearProgram } {
  const { data, faults } = normaliseScenario(scenario);
  if (faults) throw new Error(`The scenario is not valid: ${JSON.stringify(faults)}`);
  return { data, program: buildAllocationModel(data) };
}

interface Draw {
  readonly scenario: Scenario;
  readonly plan: Plan;
}

/** The checks of one file share their draws; none of them may change what it is given. */
const knownDraws = new Map<number, Draw>();
const MOST_KNOWN_DRAWS = 1000;

/** The scenario of a seed and its answer. */
export function draw(seed: number): Draw {
  const known = knownDraws.get(seed);
  if (known) return known;
  const scenario = randomScenario(seed);
  const drawn = { scenario, plan: solve(scenario) };
  if (knownDraws.size < MOST_KNOWN_DRAWS) knownDraws.set(seed, drawn);
  return drawn;
}

/** Runs a check on the scenario of every seed and its answer; a failure says which seed to draw again. */
export function checkDraws(
  seeds: readonly number[],
  check: (scenario: Scenario, plan: Plan, seed: number) => void,
): void {
  for (const seed of seeds) {
    atSeed(seed, () => {
      const { scenario, plan } = draw(seed);
      check(scenario, plan, seed);
    });
  }
}

/** Runs a check on every seed whose scenario has a plan; there has to be one. */
export function checkOptimalDraws(
  seeds: readonly number[],
  check: (scenario: Scenario, plan: OptimalPlan, seed: number) => void,
): void {
  let checked = 0;
  checkDraws(seeds, (scenario, plan, seed) => {
    if (plan.status !== 'optimal') return;
    checked += 1;
    check(scenario, plan as OptimalPlan, seed);
  });
  if (checked === 0) throw new Error('No scenario of these seeds has a plan, so nothing was checked.');
}

export function atSeed(seed: number, check: () => void): void {
  try {
    check();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`Seed ${seed}: ${message}`, { cause: error });
  }
}

/** Costs agree to a fraction of their size, or to that where they are below 1. */
export function expectSameCost(actual: number, expected: number, what: string, tolerance = 1e-6): void {
  const difference = Math.abs(actual - expected);
  if (!(difference <= tolerance * Math.max(1, Math.abs(expected), Math.abs(actual)))) {
    throw new Error(`${what}: ${actual} instead of ${expected}, a difference of ${difference}.`);
  }
}

export function expectAtMost(actual: number, most: number, what: string): void {
  if (!(actual <= most + 1e-6 * Math.max(1, Math.abs(most)))) {
    throw new Error(`${what}: ${actual} is more than ${most}.`);
  }
}

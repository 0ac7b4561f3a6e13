import { afterAll, describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import { type Plan, planSchema } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { planningProcessEntry } from '../../src/program-file.ts';
import { PlanningPool } from '../../src/processes/planning-pool.ts';
import { isValid } from '../scenarios/random-scenario.ts';
import { scenarioWithChoices } from '../scenarios/with-choices.ts';
import { draw, draws, expectSameCost, solve } from './solve-draws.ts';

/**
 * The second engine may not end, so it runs in a process that is killed. It has answered all of the first 25,000 linear
 * draws and of the first 8,000 with choices; a draw without an answer is none that may be passed over.
 */
const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });

afterAll(() => pool.kill());

/** The second engine's plan; undefined where the scenario has more choices than it takes. */
async function solveWithSecond(scenario: Scenario): Promise<Plan | undefined> {
  const options = { engine: 'javascript-lp-solver', timeLimitSeconds: 20 };
  const body = Buffer.from(JSON.stringify({ scenario, options }));
  const outcome = await pool.run({ kind: 'solve', parts: [body] });
  if (outcome.kind !== 'reply') throw new Error(`There is no answer: ${JSON.stringify(outcome)}.`);
  const reply: unknown = JSON.parse(outcome.body.toString());
  if (outcome.header.outcome === 'answer') return planSchema.parse(reply);
  expect(reply).toMatchObject({ faults: [{ pointer: '/options/engine', code: 'too-large-for-engine' }] });
  return undefined;
}

function expectSameAnswer(scenario: Scenario, first: Plan, second: Plan, tolerance: number): void {
  expect(second.status).toBe(first.status);
  if (first.totalCost === undefined || second.totalCost === undefined) {
    expect(second).not.toHaveProperty('totalCost');
    return;
  }
  expectSameCost(second.totalCost, first.totalCost, 'the cost of the second engine', tolerance);
  expect(second.certificate).toMatchObject({ verified: true, boundSource: 'engine' });
  expect(verifyAnswer(scenario, second)).toEqual([]);
}

describe('both engines', () => {
  it('agree on status and cost, and every plan is certified', async () => {
    const statuses = new Set<string>();
    for (const seed of draws(0.8)) {
      const { scenario, plan } = draw(seed);
      await atSeed(seed, async () => {
        const second = await solveWithSecond(scenario);
        expectSameAnswer(scenario, plan, second!, 1e-6);
      });
      statuses.add(plan.status);
    }
    expect([...statuses].sort()).toEqual(['infeasible', 'optimal']);
  });

  it('agree where there are yes/no choices, but for the gap at which each may stop', async () => {
    let compared = 0;
    for (const seed of draws(0.4)) {
      const scenario = scenarioWithChoices(seed);
      if (!isValid(scenario)) continue;
      await atSeed(seed, async () => {
        const second = await solveWithSecond(scenario);
        if (second === undefined) return;
        expectSameAnswer(scenario, solve(scenario, 'none'), second, 3e-6);
        compared += 1;
      });
    }
    expect(compared).toBeGreaterThan(draws(0.4).length * 0.8);
  });
});

/** Names the seed in whatever goes wrong with it. */
async function atSeed(seed: number, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`Seed ${seed}: ${message}`, { cause: error });
  }
}

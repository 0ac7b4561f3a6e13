import { afterAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../models/scenario/schema.ts';
import { planningProcessEntry } from '../../src/program-file.ts';
import { PlanningPool } from '../../src/processes/planning-pool.ts';
import type { solveOptionsSchema } from '../../src/planning/solve-options.ts';
import type { z } from 'zod';
import { scenarioOf } from '../data/sample.ts';
import { tightScenario } from '../scenarios/infeasible-scenario.ts';
import { isValid, randomScenario } from '../scenarios/random-scenario.ts';
import { tiedScenario } from '../scenarios/tied-scenario.ts';
import { scenarioWithChoices } from '../scenarios/with-choices.ts';
import { caseCount } from './case-count.ts';
import './solve-draws.ts';

/** Two planning processes, which may both have solved anything before. */
const [first, second] = [0, 1].map(() => new PlanningPool({ entry: planningProcessEntry(), size: 1 }));

afterAll(() => Promise.all([first.kill(), second.kill()]));

interface Asked {
  readonly name: string;
  readonly scenario: Scenario;
  readonly options?: z.infer<typeof solveOptionsSchema>;
}

/** The bytes of a plan as it is kept. */
async function plannedBy(pool: PlanningPool, { scenario, options = {} }: Asked): Promise<string> {
  const body = Buffer.from(JSON.stringify({ scenario, options }));
  const outcome = await pool.run({ kind: 'plan', parts: [body] });
  if (outcome.kind !== 'reply') throw new Error(`There is no answer: ${JSON.stringify(outcome)}.`);
  return outcome.body.toString();
}

/** Asks the second process in the other order: what it answers must not hang on what it was asked before. */
async function expectSameBytes(all: readonly Asked[]): Promise<void> {
  const [one, other] = await Promise.all([answersOf(first, all), answersOf(second, [...all].reverse())]);
  for (const { name } of all) expect(other.get(name), name).toBe(one.get(name));
}

async function answersOf(pool: PlanningPool, all: readonly Asked[]): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  for (const asked of all) answers.set(asked.name, await plannedBy(pool, asked));
  return answers;
}

const seeds = Array.from({ length: caseCount(30, 1000) }, (_, i) => i + 1);
const ofSeeds = (draw: (seed: number) => Scenario, options: Asked['options'] & {}): Asked[] =>
  seeds
    .map((seed) => ({ name: `seed ${seed}`, scenario: draw(seed), options }))
    .filter(({ scenario }) => isValid(scenario));

describe('a plan solved again, in another process, is the same byte for byte', () => {
  it('of a linear program, with all its prices', () =>
    expectSameBytes(ofSeeds(randomScenario, { sensitivity: 'full' })));

  it('of one with many plans of the same cost', () =>
    expectSameBytes(ofSeeds(tiedScenario, { sensitivity: 'classic' })));

  it('with yes/no choices', () => expectSameBytes(ofSeeds(scenarioWithChoices, { sensitivity: 'full' })));

  it('that is none, with its conflict and repairs', () => expectSameBytes(ofSeeds(tightScenario, {})));

  it('by the second engine', () =>
    expectSameBytes(ofSeeds(randomScenario, { engine: 'javascript-lp-solver' })));

  it('of a quarter of realistic size', () =>
    expectSameBytes([
      { name: 'full', scenario: scenarioOf('realistic-quarter'), options: { sensitivity: 'full' } },
      { name: 'cross-check', scenario: scenarioOf('tiny'), options: { crossCheck: true } },
    ]));
});

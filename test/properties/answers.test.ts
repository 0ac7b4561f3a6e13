import { expect, it } from 'vitest';
import { isProvenInfeasible, verifyAnswer } from '../../models/certificate.ts';
import { type Plan, planSchema } from '../../models/plan.ts';
import { renamed, repriced, shuffled, withoutOperator } from '../scenarios/changed-scenarios.ts';
import { isValid, randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import {
  checkDraws,
  checkOptimalDraws,
  draws,
  expectAtMost,
  expectSameCost,
  solve,
  solveToOptimum,
} from './solve-draws.ts';

it('proves every answer, optimal or infeasible, also after a way through JSON', () => {
  checkDraws(draws(), (scenario, plan) => {
    const read = JSON.parse(JSON.stringify(plan)) as Plan;
    expect(read).toEqual(plan);
    expect(verifyAnswer(scenario, read)).toEqual([]);
    expect(planSchema.safeParse(read).error).toBeUndefined();
    if (plan.status === 'optimal') {
      expect(plan.certificate?.verified).toBe(true);
      expect(plan.sensitivity).toHaveProperty('constraints');
    } else {
      expect(plan.status).toBe('infeasible');
      const weights = plan.diagnosis!.conflict.map(({ weight, ...limit }) => ({ ...limit, price: weight! }));
      expect(isProvenInfeasible(scenario, weights)).toBe(true);
      expect(plan).not.toHaveProperty('totalCost');
    }
  });
});

it('shows no numbers of a plan where there is none', () => {
  checkDraws(draws(), (_, plan) => {
    if (plan.status === 'optimal') return;
    expect(Object.keys(plan).sort()).toEqual(['currency', 'diagnosis', 'ineligible', 'status']);
  });
});

it('gives the same bytes whatever the order of the input', () => {
  checkDraws(draws(), (scenario, plan, seed) => {
    const other = shuffled(scenario, new SeededRandom(seed));
    const [bytes, otherBytes] = [JSON.stringify(plan), JSON.stringify(solve(other))];
    const first = Array.from(bytes, (_, at) => at).findIndex((at) => bytes[at] !== otherBytes[at]);
    expect(otherBytes.slice(Math.max(0, first - 60), first + 40)).toBe(
      bytes.slice(Math.max(0, first - 60), first + 40),
    );
    expect(otherBytes === bytes).toBe(true);
  });
});

it('keeps status and total cost when everything is renamed', () => {
  checkDraws(draws(), (scenario, plan, seed) => {
    const other = solve(renamed(scenario, new SeededRandom(seed)), 'none');
    expect(other.status).toBe(plan.status);
    if (plan.totalCost === undefined) return;
    expect(Math.abs(other.totalCost! - plan.totalCost)).toBeLessThanOrEqual(
      1e-7 * Math.max(1, plan.totalCost),
    );
  });
});

it('never costs more when a team gets more hours', () => {
  let raised = 0;
  checkOptimalDraws(draws(), (scenario, { totalCost }, seed) => {
    const random = new SeededRandom(seed);
    const more = structuredClone(scenario);
    const entries = more.teams.flatMap(({ paid, capacity }) => (paid === 'capacity' ? [] : capacity));
    if (entries.length === 0) return;
    const entry = random.pick(entries);
    if (entry.fte !== undefined) entry.fte = entry.fte * random.between(1, 3) + 1e-3;
    else if (typeof entry.hours === 'number') entry.hours = entry.hours * random.between(1, 3) + 1;
    if (!isValid(more)) return;
    raised += 1;
    expectAtMost(solveToOptimum(more).totalCost, totalCost, 'the cost with more hours');
  });
  expect(raised).toBeGreaterThan(0);
});

it.each(['in-house', 'bpo'] as const)('never costs more than the same without any %s work', (operator) => {
  let compared = 0;
  checkOptimalDraws(draws(), (scenario, { totalCost }) => {
    const without = solve(withoutOperator(scenario, operator), 'none');
    if (without.status !== 'optimal') return;
    compared += 1;
    expectAtMost(totalCost, without.totalCost!, `the cost, against that without ${operator} work`);
    expect(without.allocation!.every(({ site }) => operatorOf(scenario, site) !== operator)).toBe(true);
  });
  expect(compared).toBeGreaterThan(0);
});

it('scales cost with all prices', () => {
  checkOptimalDraws(draws(), (scenario, { totalCost }) => {
    const scaled = repriced(scenario, 3);
    if (isValid(scaled)) expectSameCost(solveToOptimum(scaled).totalCost, 3 * totalCost, 'the tripled cost');
  });
});

function operatorOf(scenario: Parameters<typeof solve>[0], site: string): string | undefined {
  return scenario.sites.find(({ id }) => id === site)?.operator;
}

it('states reduced costs that its prices explain where shares are of nothing', () => {
  // Scenarios with shares and periods in which nothing is placed: the sum that shares refer to is 0 there, and an engine that
  // holds it at 0 by a bound would price the bound, not the shares.
  for (const seed of [825, 863, 986]) {
    const scenario = randomScenario(seed);
    expect(verifyAnswer(scenario, solve(scenario)), `seed ${seed}`).toEqual([]);
  }
});

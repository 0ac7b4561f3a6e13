import { expect, it } from 'vitest';
import type { Comparison, Move, MovePlace, PlanDifferences } from '../../models/comparison.ts';
import type { ComparedPlan, PricedPlan } from '../../models/comparison/compared-plan.ts';
import { comparedPlans } from '../../models/comparison/compared-plans.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { isValid, randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { atSeed, draw, draws, expectSameCost, solve } from './solve-draws.ts';

/** The comparison of the plans of a random scenario, the same with other capacity and demand, and another one; if they have plans. */
function comparisonOf(seed: number): { plans: ComparedPlan[]; comparison: Comparison } | undefined {
  const random = new SeededRandom(seed);
  const first = draw(seed);
  const scenarios = [
    changed(first.scenario, random),
    { ...randomScenario(seed + 1), currency: first.scenario.currency },
  ];
  const plans = [first, ...scenarios.filter(isValid).map((scenario) => ({ scenario, plan: solve(scenario) }))]
    .filter(({ plan }) => plan.status === 'optimal')
    .map(({ scenario, plan }, i) => ({
      id: String(i),
      scenarioId: 's',
      revision: 1,
      scenario,
      plan: plan as PricedPlan,
    }));
  return plans.length < 2 ? undefined : { plans, comparison: comparedPlans(plans) };
}

function changed(scenario: Scenario, random: SeededRandom): Scenario {
  const copy = structuredClone(scenario);
  for (const { capacity } of copy.teams) {
    for (const entry of capacity) {
      if (random.chance(0.5)) continue;
      if (typeof entry.hours === 'number') entry.hours *= random.between(0.6, 1.4);
      if (entry.fte !== undefined) entry.fte *= random.between(0.6, 1.4);
    }
  }
  for (const { demand, backlog } of copy.workflows) {
    for (const entry of demand)
      if (entry.hours !== undefined && random.chance(0.3)) entry.hours *= random.between(0.8, 1.2);
    if (backlog?.openingHours !== undefined) backlog.openingHours *= random.between(0.5, 1);
  }
  return copy;
}

it('differences of costs add up to that of the totals', () => {
  check(({ plans, comparison }) => {
    comparison.differences.forEach(({ costs, totalCost }, i) => {
      const sum = Object.values(costs).reduce((total, each) => total + each, 0);
      // Plans that cost nothing have nothing to be a fraction of.
      const size = Math.max(plans[0].plan.totalCost, plans[i + 1].plan.totalCost) || 1;
      expectSameCost(sum / size, totalCost / size, 'The sum of the terms', 1e-9);
    });
    for (const { placedHours, operators, sites } of comparison.plans) {
      for (const list of [operators, sites]) {
        const sum = list.reduce((total, { hours }) => total + hours, 0);
        expectSameCost(sum, placedHours, 'Hours by operator or site', 1e-9);
      }
    }
  });
});

it('moves add up to the differences of the allocations, for every workflow, period and place', () => {
  let count = 0;
  check(({ plans, comparison }) => {
    comparison.differences.forEach(({ moves }, i) => {
      expect(moves.workflowsNotListed).toBe(0);
      const net = netOf(moves);
      const expected = differencesOf(plans[0], plans[i + 1]);
      for (const key of new Set([...net.keys(), ...expected.keys()])) {
        const difference = (net.get(key) ?? 0) - (expected.get(key) ?? 0);
        const size = Math.max(1, sizeOf(plans[0], plans[i + 1], key));
        if (!(Math.abs(difference) <= 2e-5 * size))
          throw new Error(`${key} is off by ${difference} of ${size}.`);
        count += 1;
      }
      for (const workflow of moves.workflows) {
        const inPeriods = workflow.periods!.flatMap((each) => each.moves);
        expectSameCost(hoursOf(inPeriods), workflow.hours, 'Moves of all periods', 1e-9);
        expectSameCost(hoursOf(workflow.moves), workflow.hours, 'Moves over all periods', 1e-9);
        for (const each of workflow.periods!) expectNoDetour(each.moves);
      }
    });
  });
  expect(count).toBeGreaterThan(draws(0.4).length);
});

function check(holds: (drawn: NonNullable<ReturnType<typeof comparisonOf>>) => void): void {
  let compared = 0;
  for (const seed of draws(0.4)) {
    atSeed(seed, () => {
      const drawn = comparisonOf(seed);
      if (!drawn) return;
      compared += 1;
      holds(drawn);
    });
  }
  expect(compared).toBeGreaterThan(draws(0.4).length / 3);
}

/** No place both gives and gets hours, and there are fewer moves than places. */
function expectNoDetour(moves: readonly Move[]): void {
  const [givers, getters] = [
    new Set(moves.map(({ from }) => keyOf(from))),
    new Set(moves.map(({ to }) => keyOf(to))),
  ];
  expect([...givers].filter((key) => getters.has(key))).toEqual([]);
  expect(moves.length).toBeLessThan(givers.size + getters.size);
}

function hoursOf(moves: readonly Move[]): number {
  return moves.reduce((sum, { hours }) => sum + hours, 0);
}

function keyOf({ kind, team = '', site = '' }: MovePlace): string {
  return [kind, team.normalize(), site.normalize()].join('|');
}

/** What each place gets less what it gives, by workflow and period. */
function netOf({ workflows }: PlanDifferences['moves']): Map<string, number> {
  const net = new Map<string, number>();
  for (const { workflow, periods } of workflows) {
    for (const { period, moves } of periods!) {
      for (const { from, to, hours } of moves) {
        add(net, [workflow, period, keyOf(from)], -hours);
        add(net, [workflow, period, keyOf(to)], hours);
      }
    }
  }
  return net;
}

/** The same from the plans and scenarios; the demand with its sign turned, for new demand is where hours come from. */
function differencesOf(first: ComparedPlan, other: ComparedPlan): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [plan, sign] of [
    [first, -1],
    [other, 1],
  ] as const)
    for (const [key, hours] of hoursByPlace(plan)) sums.set(key, (sums.get(key) ?? 0) + sign * hours);
  return sums;
}

function hoursByPlace({ scenario, plan }: ComparedPlan): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { workflow, team, site, period, hours } of plan.allocation)
    add(sums, [workflow, period, keyOf({ kind: 'team', team, site })], hours);
  for (const { workflow, period, hours } of plan.shortfall)
    add(sums, [workflow, period, keyOf({ kind: 'shortfall' })], hours);
  for (const { id: workflow, demand, backlog } of scenario.workflows) {
    for (const { period, hours = 0, contacts = 0, ahtSeconds = 0 } of demand)
      add(sums, [workflow, period, keyOf({ kind: 'demand' })], -(hours + (contacts * ahtSeconds) / 3600));
    let waiting = backlog?.openingHours ?? 0;
    for (const { id: period } of scenario.periods) {
      const isHere = (line: { workflow: string; period: string }) =>
        line.workflow.normalize() === workflow.normalize() && line.period.normalize() === period.normalize();
      const after = plan.backlog.find(isHere)?.hours ?? 0;
      add(sums, [workflow, period, keyOf({ kind: 'other-periods' })], after - waiting);
      waiting = after;
    }
  }
  return sums;
}

/** All hours of the workflow and period of a key, in both plans. */
function sizeOf(first: ComparedPlan, other: ComparedPlan, key: string): number {
  const prefix = key.slice(0, key.indexOf('\u0000', key.indexOf('\u0000') + 1) + 1);
  let size = 0;
  for (const plan of [first, other])
    for (const [each, hours] of hoursByPlace(plan)) if (each.startsWith(prefix)) size += Math.abs(hours);
  return size;
}

function add(sums: Map<string, number>, words: readonly string[], hours: number): void {
  const key = words.map((word) => word.normalize()).join('\u0000');
  sums.set(key, (sums.get(key) ?? 0) + hours);
}

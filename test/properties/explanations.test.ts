import { expect, it } from 'vitest';
import type { Evidence, PlacementPriceLine } from '../../models/explanation.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { explain, pricesOf } from '../models/explained-plan.ts';
import { isSame, withPlacementCost } from '../scenarios/changed-scenarios.ts';
import { isValid, randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import {
  atSeed,
  checkOptimalDraws,
  draws,
  expectAtMost,
  expectSameCost,
  type OptimalPlan,
  solve,
} from './solve-draws.ts';

/** Placements tried for each plan; all would take minutes. */
const TRIED = 3;

type Place = { readonly workflow: string; readonly team: string; readonly period: string };

it('takes every reduced cost apart into parts that add up to it, and that is the one of the plan’s report', () => {
  const seen = { withCharges: 0, asReported: 0, byOtherPrices: 0 };
  checkOptimalDraws(draws(0.64), (scenario, plan) => {
    const reported = reportedBy(plan);
    const isBudgeted = scenario.rules?.budget !== undefined;
    for (const { line, ...price } of pricesOf(explain(scenario))) {
      const { costPerDemandHour: cost, charges, demandPrice, reducedCost, breakEven, hours } = price;
      const parts = [cost, ...charges.map(({ perHour }) => perHour), -demandPrice];
      const size = parts.reduce((sum, part) => sum + Math.abs(part), 1);
      const sum = parts.reduce((total, part) => total + part, 0);
      const what = keyOf({ ...line, period: price.period });
      expect(Math.abs(sum - reducedCost) / size, what).toBeLessThan(1e-11);
      seen.withCharges += Number(charges.length > 0);
      if (Math.abs(reported.get(what)! - reducedCost) <= 1e-9 * size) seen.asReported += 1;
      else {
        // A degenerate plan has other prices that are just as optimal; those taken are the ones that say the break-even.
        expect([hours, reducedCost > reported.get(what)!, breakEven !== undefined]).toEqual([0, true, true]);
        // What costs nothing and does not come in has its break-even below 0, which is no cost.
        const end = breakEven?.costPerDemandHour ?? price.planHoldsFrom!;
        expect(breakEven === null).toBe(cost === 0 && end < 0);
        if (!isBudgeted) expectSameCost(end, cost - reducedCost, what, 1e-4);
        seen.byOtherPrices += 1;
      }
    }
  });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(draws(0.64).length / 125);
});

it('gives every pair and period with work one cause, and what is used and what is ineligible are the plan’s', () => {
  checkOptimalDraws(draws(0.64), (scenario, plan) => {
    const { placements = [] } = explain(scenario);
    const seen = placements.flatMap(({ workflow, team, periods }) =>
      periods.map((period) => keyOf({ workflow, team, period })),
    );
    expect(new Set(seen).size).toBe(seen.length);
    const withCause = (asked: string) =>
      placements
        .filter(({ cause }) => cause === asked)
        .flatMap(({ workflow, team, periods }) => periods.map((period) => keyOf({ workflow, team, period })));
    expect(withCause('used').sort()).toEqual(plan.allocation.map(keyOf).sort());
    const refused = new Set(plan.ineligible!.map(({ workflow, team }) => JSON.stringify([workflow, team])));
    for (const { workflow, team } of placements.filter(({ cause }) => cause === 'ineligible'))
      expect(refused.has(JSON.stringify([workflow, team]))).toBe(true);
  });
});

it('has break-evens below which an unused placement is taken up at once, and above which nothing changes', () => {
  const tried = { above: 0, below: 0 };
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const unused = pricesOf(explain(scenario)).filter(({ hours, breakEven }) => hours === 0 && breakEven);
    for (const { line, ...price } of new SeededRandom(seed).shuffled(unused).slice(0, TRIED)) {
      const place = { ...line, period: price.period };
      const { costPerDemandHour: at, hours, hoursAtCost } = price.breakEven!;
      const step = stepAt(at, price);
      const above = solveAt(scenario, place, at + step);
      if (above && at + step <= price.costPerDemandHour) {
        tried.above += 1;
        expectSameCost(above.totalCost!, plan.totalCost, `${keyOf(place)} just above`, 1e-9);
      }
      const below = solveAt(scenario, place, hoursAtCost ?? at - step);
      if (!below) continue;
      tried.below += 1;
      expectAtMost(below.totalCost!, plan.totalCost, `${keyOf(place)} just below`);
      const taken = hoursAt(below, place);
      if (!(taken >= hours * (1 - 1e-6) - 1e-6))
        throw new Error(`${keyOf(place)} just below ${at} has ${taken} hours instead of ${hours} or more.`);
    }
  });
  expect(Math.min(...Object.values(tried))).toBeGreaterThan(draws(0.64).length / 2);
});

it('has break-evens above which a used placement loses hours at once, and below which it keeps them', () => {
  let tried = 0;
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const used = pricesOf(explain(scenario)).filter(({ hours, breakEven }) => hours > 0 && breakEven);
    for (const { line, ...price } of new SeededRandom(seed).shuffled(used).slice(0, TRIED)) {
      const place = { ...line, period: price.period };
      const { costPerDemandHour: at, hours } = price.breakEven!;
      const step = stepAt(at, price);
      const above = solveAt(scenario, place, at + step);
      if (above) {
        const left = price.hours - hours;
        const has = hoursAt(above, place);
        if (!(has <= left * (1 + 1e-6) + 1e-6))
          throw new Error(`${keyOf(place)} just above ${at} has ${has} hours instead of ${left} or fewer.`);
        tried += 1;
      }
      const middle = (at + price.costPerDemandHour) / 2;
      const within = solveAt(scenario, place, middle);
      if (!within) continue;
      const expected = plan.totalCost + (middle - price.costPerDemandHour) * price.hours;
      expectSameCost(within.totalCost!, expected, `${keyOf(place)} up to its break-even`, 1e-9);
    }
  });
  expect(tried).toBeGreaterThan(draws(0.64).length / 2);
});

it('says null only of a placement that even a cost of 0 does not bring in', () => {
  let tried = 0;
  checkOptimalDraws(draws(0.5), (scenario, plan, seed) => {
    const never = pricesOf(explain(scenario)).filter(
      ({ hours, breakEven }) => hours === 0 && breakEven === null,
    );
    for (const { line, period } of new SeededRandom(seed).shuffled(never).slice(0, TRIED)) {
      const free = solveAt(scenario, { ...line, period }, 0);
      if (!free) continue;
      tried += 1;
      expectSameCost(free.totalCost!, plan.totalCost, `${keyOf({ ...line, period })} for nothing`, 1e-9);
    }
  });
  expect(tried).toBeGreaterThan(0);
});

it('gives evidence the worth that two independent solves show, and no more than the prices allow', () => {
  const seen = { byPlan: 0, byPrices: 0, gain: 0 };
  checkOptimalDraws(draws(0.64), (scenario, plan, seed) => {
    const { worth: lines = [] } = explain(scenario);
    for (const line of new SeededRandom(seed).shuffled(lines).slice(0, TRIED)) {
      const { evidence, worth, worthAtMost, firstHourSaving, provenBy } = line;
      if (worth === undefined) continue;
      const granted = solve(grantedTo(scenario, evidence), 'none');
      const difference = plan.totalCost - granted.totalCost!;
      expect(Math.abs(difference - worth), line.label).toBeLessThan(1e-8 * Math.max(1, plan.totalCost));
      if (worthAtMost !== undefined) expectAtMost(worth, worthAtMost, `${line.label}, by its prices`);
      if (worth > 1e-6 * plan.totalCost) expect(firstHourSaving).not.toBe(0);
      seen[provenBy === 'plan' ? 'byPlan' : 'byPrices'] += 1;
      seen.gain += Number(worth > 0);
    }
  });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(draws(0.64).length / 25);
});

it('has sheets on whose every step another solve bills the same, at the cost that the step says', () => {
  const seen = { steps: 0, moved: 0 };
  let points = 0;
  checkOptimalDraws(draws(0.64), (scenario, _plan, seed) => {
    const random = new SeededRandom(seed);
    const lines = (explain(scenario).breakEvenSheets ?? []).flatMap(({ teams }) => teams);
    for (const line of random.shuffled(lines).slice(0, 2)) {
      const { steps = [], rate, units } = line;
      steps.forEach((step, i) => {
        if (i > 0) expect(step.units, line.team).toBeLessThanOrEqual(steps[i - 1].units * (1 + 1e-9));
        if (i > 0) expectSameCost(step.rateFrom, steps[i - 1].rateTo, `where steps of ${line.team} meet`);
      });
      const today = steps.find(({ rateFrom, rateTo }) => rateFrom < rate.amount && rate.amount < rateTo);
      if (today) expectSameCost(today.units, units, `today's step of ${line.team}`);
      for (const step of random.shuffled(steps).slice(0, TRIED)) {
        const share = random.between(0.1, 0.9);
        const found = solveAtRate(scenario, line.team, step.rateFrom + share * (step.rateTo - step.rateFrom));
        if (found === undefined) continue;
        const what = `${line.team} from ${step.rateFrom} to ${step.rateTo}`;
        const expected = step.totalCostFrom + share * (step.totalCostTo - step.totalCostFrom);
        expectSameCost(found.totalCost, expected, `the cost of ${what}`, 1e-9);
        // A sliver of a step is narrower than what an engine tells apart.
        if (step.rateTo - step.rateFrom > 1e-4 * step.rateTo)
          expectSameCost(found.units, step.units, `the units of ${what}`);
        seen.steps += 1;
        seen.moved += Number(step !== today);
      }
      for (const point of random.shuffled(line.points ?? []).slice(0, 1)) {
        const found = solveAtRate(scenario, line.team, point.rate);
        if (found === undefined || point.totalCost === undefined) continue;
        expectSameCost(found.totalCost, point.totalCost, `${line.team} at ${point.rate}`, 1e-9);
        points += 1;
      }
    }
  });
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(draws(0.64).length / 5);
  expect(points).toBeGreaterThan(0);
});

it('explains plans with yes/no choices by the program that is left with them held', () => {
  const seen = { closed: 0, used: 0, held: 0 };
  for (const seed of draws(0.4)) {
    atSeed(seed, () => {
      const random = new SeededRandom(seed);
      const drawn = randomScenario(seed);
      const scenario = {
        ...drawn,
        sites: drawn.sites.map((site) =>
          random.chance(0.6) ? { ...site, openingCost: random.whole(1, 500) } : site,
        ),
        workflows: drawn.workflows.map((work) => (random.chance(0.3) ? { ...work, maxSites: 1 } : work)),
      };
      const plan = solve(scenario);
      if (plan.status !== 'optimal') return;
      const explanation = explain(scenario);
      const used = pricesOf(explanation).filter(({ hours }) => hours > 0);
      expect(used.map(({ line, period }) => keyOf({ ...line, period })).sort()).toEqual(
        plan.allocation!.map(keyOf).sort(),
      );
      for (const { line, closed, breakEven } of pricesOf(explanation)) {
        if (closed) expect(line.cause).not.toBe('used');
        if (closed) expect(breakEven).toBeUndefined();
        seen.closed += Number(closed === true);
        seen.held += Number(closed === true && line.cause === 'held-by-rule');
      }
      seen.used += used.length;
    });
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(draws(0.64).length / 25);
});

/** Small, but more than an engine's tolerance. */
function stepAt(breakEven: number, { costPerDemandHour: cost }: PlacementPriceLine): number {
  return 1e-4 * Math.max(breakEven, cost, 1e-2);
}

function solveAt(scenario: Scenario, place: Place, cost: number) {
  const moved = withPlacementCost(scenario, place, cost);
  if (cost < 0 || !isValid(moved)) return undefined;
  const plan = solve(moved, 'none');
  if (plan.status !== 'optimal') throw new Error(`${keyOf(place)} at ${cost} makes it ${plan.status}.`);
  return plan;
}

function hoursAt(
  plan: { readonly allocation?: OptimalPlan['allocation'] | undefined },
  place: Place,
): number {
  return plan.allocation!.find((line) => keyOf(line) === keyOf(place))?.hours ?? 0;
}

/** The cost of the best plan with another rate of a team, and what the team bills in it, in units of its rate. */
function solveAtRate(
  scenario: Scenario,
  teamId: string,
  amount: number,
): { readonly totalCost: number; readonly units: number } | undefined {
  const copy = structuredClone(scenario);
  copy.teams.find(({ id }) => isSame(id, teamId))!.rate.amount = amount;
  if (!isValid(copy) || amount === 0) return undefined;
  const plan = solve(copy, 'none');
  if (plan.status !== 'optimal') throw new Error(`${teamId} at ${amount} makes it ${plan.status}.`);
  const isGiven = ({ workflow, team, period }: Place) => {
    const facts = (copy.placements ?? []).filter(
      (fact) => isSame(fact.workflow, workflow) && isSame(fact.team, team),
    );
    const single = facts.find((fact) => fact.period !== undefined && isSame(fact.period, period));
    const general = facts.find((fact) => fact.period === undefined);
    return (single?.costPerDemandHour ?? general?.costPerDemandHour) !== undefined;
  };
  const billed = plan.allocation!.filter((line) => isSame(line.team, teamId) && !isGiven(line));
  return { totalCost: plan.totalCost!, units: billed.reduce((sum, { cost }) => sum + cost, 0) / amount };
}

/** The scenario with the evidence written into it. */
function grantedTo(scenario: Scenario, { kind, team, site, workflow, words, level }: Evidence): Scenario {
  const copy = structuredClone(scenario);
  const holder = <Item extends { id: string }>(items: Item[], id: string | undefined) =>
    items.find((item) => isSame(item.id, id!))!;
  if (kind === 'skill') (holder(copy.teams, team).skills ??= []).push(...words!);
  if (kind === 'complexity') holder(copy.teams, team).maxComplexity = level!;
  if (kind === 'control') (holder(copy.sites, site).controls ??= []).push(...words!);
  if (kind === 'security-tier') holder(copy.sites, site).securityTier = level!;
  if (kind === 'country') holder(copy.workflows, workflow).allowedCountries!.push(...words!);
  return copy;
}

/** The reduced costs of the plan's report. */
function reportedBy({ sensitivity }: OptimalPlan): ReadonlyMap<string, number> {
  if (sensitivity === undefined || 'unavailable' in sensitivity) throw new Error('There are no prices.');
  return new Map(sensitivity.placements.map((line) => [keyOf(line), line.reducedCost]));
}

function keyOf({ workflow, team, period }: Place): string {
  return JSON.stringify([workflow, team, period]);
}

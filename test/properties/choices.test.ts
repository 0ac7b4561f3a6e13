import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import { verifyAnswer } from '../../models/certificate.ts';
import { holdChoices } from '../../models/choices.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import { isChoice, textOfKey } from '../../models/linear-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { withOpeningCosts, withoutWorkAt } from '../scenarios/changed-scenarios.ts';
import { randomScenario } from '../scenarios/random-scenario.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import { loadHighsEngine } from '../../src/engines/highs.ts';
import { planningData, solve } from '../models/solved-plan.ts';

const engine = await loadHighsEngine();

const DRAWS = Number(process.env.APPORTION_DRAWS ?? 250) / 5;

/** A random scenario in which some sites cost something to open. */
function drawn(seed: number): Scenario {
  return withOpeningCosts(randomScenario(seed), new SeededRandom(seed));
}

/** The cheapest plan over every set of opened sites, each a linear program of its own; undefined where none has one. */
function cheapestByEnumeration(scenario: Scenario): number | undefined {
  const withChoice = scenario.sites.filter(({ openingCost }) => (openingCost ?? 0) > 0);
  let cheapest: number | undefined;
  for (let set = 0; set < 2 ** withChoice.length; set += 1) {
    const open = withChoice.filter((_, i) => set & (1 << i));
    const closed = withChoice.filter((_, i) => !(set & (1 << i))).map(({ id }) => id);
    const opening = open.reduce((sum, { openingCost }) => sum + (openingCost ?? 0), 0);
    // A budget that does not even pay for the opening rules this set out.
    if (scenario.rules?.budget?.some(({ period, amount }) => period === undefined && amount < opening))
      continue;
    const plan = solve(withSitesClosed(scenario, closed, opening));
    if (plan.totalCost === undefined) continue;
    cheapest = Math.min(cheapest ?? Infinity, plan.totalCost + opening);
  }
  return cheapest;
}

/** Nothing may be placed at the closed sites, opening is paid from the horizon's budget, and no choice is left. */
function withSitesClosed(scenario: Scenario, closed: readonly string[], opening: number): Scenario {
  const budget = scenario.rules?.budget?.map((rule) =>
    rule.period === undefined ? { ...rule, amount: rule.amount - opening } : rule,
  );
  return {
    ...withoutWorkAt(scenario, closed),
    sites: scenario.sites.map((site) => ({ ...site, openingCost: 0 })),
    ...(scenario.rules && { rules: { ...scenario.rules, ...(budget && { budget }) } }),
  };
}

describe('a scenario with opening costs', () => {
  it(`has the optimum of the best set of sites, proven, on ${DRAWS} draws`, () => {
    let [optimal, withClosedSite] = [0, 0];
    for (let seed = 1; seed <= DRAWS; seed += 1) {
      const scenario = drawn(seed);
      const expected = cheapestByEnumeration(scenario);
      const plan = solve(scenario);
      const message = `seed ${seed}`;
      if (expected === undefined) {
        expect(plan.status, message).toBe('infeasible');
        continue;
      }
      expect(plan.status, message).toBe('optimal');
      const size = Math.max(1, Math.abs(expected));
      expect(Math.abs((plan.totalCost ?? NaN) - expected) / size, message).toBeLessThan(3e-6);
      expect(verifyAnswer(scenario, plan), message).toEqual([]);
      optimal += 1;
      if (plan.sites?.some(({ open }) => !open)) withClosedSite += 1;
    }
    expect(optimal).toBeGreaterThan(DRAWS / 4);
    expect(withClosedSite).toBeGreaterThan(DRAWS / 10);
  });
});

/** A random scenario in which up to two workflows must be whole at one site. */
function withSingleSites(seed: number): Scenario {
  const scenario = randomScenario(seed);
  const workflows = scenario.workflows.map((each, w) => (w < 2 ? { ...each, maxSites: 1 } : each));
  return { ...scenario, workflows };
}

/** The cheapest plan over every way to give each single-site workflow one site, each a linear program of its own. */
function cheapestBySite(scenario: Scenario, w = 0): number | undefined {
  const workflow = scenario.workflows.at(w);
  if (workflow?.maxSites === undefined) return solve(scenario).totalCost;
  const { maxSites: _, ...free } = workflow;
  const costs = scenario.sites.flatMap(({ id: site }) => {
    const elsewhere = scenario.teams.filter((team) => team.site.normalize() !== site.normalize());
    const isAbout = (team: string) => elsewhere.some(({ id }) => id.normalize() === team.normalize());
    const others = (scenario.placements ?? []).filter(
      (placement) => placement.workflow.normalize() !== workflow.id.normalize() || !isAbout(placement.team),
    );
    const forbidden = elsewhere.map(({ id: team }) => ({ workflow: workflow.id, team, allowed: false }));
    const narrowed = {
      ...scenario,
      workflows: scenario.workflows.with(w, free),
      placements: [...others, ...forbidden],
    };
    return cheapestBySite(narrowed, w + 1) ?? [];
  });
  return costs.length === 0 ? undefined : Math.min(...costs);
}

describe('a scenario with workflows that must be whole at one site', () => {
  it(`has the optimum of the best sites, proven, on ${DRAWS} draws`, () => {
    let optimal = 0;
    for (let seed = 1001; seed <= 1000 + DRAWS; seed += 1) {
      const scenario = withSingleSites(seed);
      const expected = cheapestBySite(scenario);
      const plan = solve(scenario);
      const message = `seed ${seed}`;
      expect(plan.status, message).toBe(expected === undefined ? 'infeasible' : 'optimal');
      if (expected === undefined) continue;
      const size = Math.max(1, Math.abs(expected));
      expect(Math.abs((plan.totalCost ?? NaN) - expected) / size, message).toBeLessThan(3e-6);
      expect(verifyAnswer(scenario, plan), message).toEqual([]);
      optimal += 1;
    }
    expect(optimal).toBeGreaterThan(DRAWS / 4);
  });
});

/** A random scenario in which some workflows have a minimum at each site and period. */
function withMinimumHours(seed: number): Scenario {
  const random = new SeededRandom(seed);
  const scenario = randomScenario(seed);
  const workflows = scenario.workflows.map((each) =>
    random.chance(0.5) ? { ...each, minimumTeamHours: random.whole(1, 60) } : each,
  );
  return { ...scenario, workflows };
}

/** The cheapest plan over every set of choices taken, each a linear program; undefined where none has a plan. */
function cheapestByChoices(scenario: Scenario, mostChoices: number): number | 'too many' | undefined {
  const data = planningData(scenario);
  const program = buildAllocationModel(data);
  const choices = program.columns.filter(isChoice).map(textOfKey);
  if (choices.length > mostChoices) return 'too many';
  let cheapest: number | undefined;
  for (let set = 0; set < 2 ** choices.length; set += 1) {
    const closed = new Set(choices.filter((_, i) => set & (1 << i)));
    const { solved } = holdChoices(data, program, closed);
    const answer = engine.solve(solved, { timeLimitSeconds: 20, ranges: false });
    if (answer.status !== 'optimal') continue;
    const cost = answer.columnValue.reduce((sum, value, column) => sum + value * solved.cost[column], 0);
    cheapest = Math.min(cheapest ?? Infinity, cost + constantCostOf(data, 0, data.periods.length - 1));
  }
  return cheapest;
}

describe('a scenario with minimum hours at each site', () => {
  it(`has the optimum of the best choices, proven, on ${DRAWS} draws`, () => {
    let optimal = 0;
    for (let seed = 2001; seed <= 2000 + DRAWS; seed += 1) {
      const scenario = withMinimumHours(seed);
      const expected = cheapestByChoices(scenario, 6);
      const plan = solve(scenario);
      const message = `seed ${seed}`;
      expect(plan.status, message).not.toBe('failed');
      if (plan.status === 'optimal') expect(verifyAnswer(scenario, plan), message).toEqual([]);
      if (expected === 'too many') continue;
      expect(plan.status, message).toBe(expected === undefined ? 'infeasible' : 'optimal');
      if (expected === undefined) continue;
      const size = Math.max(1, Math.abs(expected));
      expect(Math.abs((plan.totalCost ?? NaN) - expected) / size, message).toBeLessThan(3e-6);
      optimal += 1;
    }
    expect(optimal).toBeGreaterThan(DRAWS / 5);
  });
});

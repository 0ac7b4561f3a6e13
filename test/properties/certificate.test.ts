import { afterAll, describe, expect, it } from 'vitest';
import { certify, isProvenInfeasible, verifyAnswer, wordOfEngine } from '../../models/certificate.ts';
import type { PlanPrice } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import {
  checkDraws,
  checkOptimalDraws,
  draws,
  type OptimalPlan,
  programOf,
  solve,
  solveToOptimum,
} from './solve-draws.ts';
import { caseCount } from './case-count.ts';
import { SeededRandom } from '../scenarios/seeded-random.ts';
import {
  dualMutations,
  type Mutation,
  planMutations,
  reportMutations,
  scenarioMutations,
} from './certificate-mutations.ts';
import { isHarmless } from './certificate-oracle.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../models/small-scenario.ts';

/** What became of the mutations of each kind. */
const counts = new Map<string, { refused: number; harmless: number }>();

function countOf(kind: string): { refused: number; harmless: number } {
  const count = counts.get(kind) ?? { refused: 0, harmless: 0 };
  counts.set(kind, count);
  return count;
}

afterAll(() => {
  for (const [kind, { refused, harmless }] of counts) {
    process.stdout.write(`mutations of the ${kind}: ${refused} refused, ${harmless} accepted without harm\n`);
  }
});

describe.each([
  ['plan', planMutations],
  ['prices', dualMutations],
  ['scenario', scenarioMutations],
])('a mutation of the %s', (kind, mutations) => {
  it.each(Object.keys(mutations))('is refused unless it does no harm: %s', (name) => {
    const count = countOf(kind);
    const before = count.refused;
    checkMutation(mutations[name], ({ scenario, plan }) => {
      const { sensitivity: _report, ...withoutReport } = plan;
      if (verifyAnswer(scenario, withoutReport).length > 0) count.refused += 1;
      else if (isHarmless(scenario, plan, plan.certificate.duals ?? [])) count.harmless += 1;
      else throw new Error(`"${name}" does harm and is accepted.`);
    });
    expect(count.refused).toBeGreaterThan(before);
  });
});

describe('a mutation of the sensitivity report', () => {
  it.each(Object.keys(reportMutations))('is refused: %s', (name) => {
    const count = countOf('sensitivity report');
    const before = count.refused;
    checkMutation(reportMutations[name], ({ scenario, plan }) => {
      expect(verifyAnswer(scenario, plan)).not.toEqual([]);
      count.refused += 1;
    });
    expect(count.refused).toBeGreaterThan(before);
  });
});

it('has tried at least 2,000 mutations', () => {
  const tried = [...counts.values()].reduce((sum, { refused, harmless }) => sum + refused + harmless, 0);
  expect(tried).toBeGreaterThanOrEqual(2000);
});

/** Applies a mutation to a fresh copy of every draw's scenario and plan, and checks what came of it. */
function checkMutation(
  mutation: Mutation,
  check: (mutant: { scenario: Scenario; plan: OptimalPlan }) => void,
): void {
  checkOptimalDraws(draws().slice(0, caseCount(150, 1000)), (scenario, plan, seed) => {
    const mutant = structuredClone({ scenario, plan });
    if (mutation({ ...mutant, random: new SeededRandom(seed) })) check(mutant);
  });
}

it('accepts any order of the lines of a plan and of its prices', () => {
  checkOptimalDraws(draws(0.2), (scenario, plan, seed) => {
    const random = new SeededRandom(seed);
    const { allocation, shortfall, backlog, sites, certificate } = plan;
    const other = {
      ...plan,
      allocation: random.shuffled(allocation),
      shortfall: random.shuffled(shortfall),
      backlog: random.shuffled(backlog),
      sites: random.shuffled(sites),
      certificate: { ...certificate, duals: random.shuffled(certificate.duals ?? []) },
    };
    expect(verifyAnswer(scenario, other)).toEqual([]);
  });
});

it('refuses numbers that are no numbers', () => {
  checkOptimalDraws(draws(0.1), (scenario, plan) => {
    for (const nothing of [NaN, Infinity, -Infinity]) {
      const duals = plan.certificate.duals ?? [];
      expect(certify(scenario, { ...plan, totalCost: nothing }, duals, '').verified).toBe(false);
      if (duals.length > 0) {
        const spoilt = duals.map((dual, at) => (at === 0 ? { ...dual, price: nothing } : dual));
        expect(certify(scenario, plan, spoilt, '').verified).toBe(false);
      }
      if (plan.allocation.length > 0) {
        const allocation = plan.allocation.map((line, at) => (at === 0 ? { ...line, hours: nothing } : line));
        expect(certify(scenario, { ...plan, allocation }, duals, '').verified).toBe(false);
      }
    }
  });
});

describe('prices of the wrong sign', () => {
  const capacity = (fte: number) =>
    ['P1', 'P2'].map((period) => ({ period, fte, paidHoursPerFte: 1, shrinkage: 0 }));
  const scenario: Scenario = {
    name: 'Two sites, ten hours in each of two periods',
    currency: 'USD',
    periods: [{ id: 'P1' }, { id: 'P2' }],
    sites: [
      { id: 'own', operator: 'in-house', seats: 100 },
      { id: 'theirs', operator: 'bpo', vendor: 'acme' },
    ],
    teams: [
      { id: 'cheap', site: 'own', rate: { basis: 'productive-hour', amount: 1 }, capacity: capacity(100) },
      { id: 'dear', site: 'theirs', rate: { basis: 'productive-hour', amount: 2 }, capacity: capacity(100) },
    ],
    workflows: [
      {
        id: 'calls',
        demand: ['P1', 'P2'].map((period) => ({ period, hours: 10 })),
        backlog: { maxHours: 100, costPerHourPeriod: 1 },
      },
    ],
    rules: {
      vendorShare: [{ vendor: 'acme', maxShare: 0.5 }],
      inHouseShare: [{ minShare: 0.5 }],
      budget: [{ period: 'P1', amount: 100 }, { amount: 100 }],
    },
  };
  const P1 = { period: 'P1' };
  const demand = (period: string, price: number): PlanPrice => ({
    family: 'demand',
    subject: { workflow: 'calls', period },
    price,
  });
  // The cheap team can do it all for 20. With half the hours of P1 at the dear team the plan costs 25, and without their
  // signs these prices would add up to a bound of 25 at no negative reduced cost.
  const wrong: Record<string, PlanPrice[]> = {
    'team-capacity': [
      { family: 'team-capacity', subject: { team: 'cheap', ...P1 }, price: 1 / 18 },
      demand('P1', 17 / 18),
      demand('P2', 1),
    ],
    'site-seats': [
      { family: 'site-seats', subject: { site: 'own', ...P1 }, price: 1 / 18 },
      demand('P1', 17 / 18),
      demand('P2', 1),
    ],
    'budget of a period': [
      { family: 'budget', subject: P1, price: 1 / 18 },
      demand('P1', 17 / 18),
      demand('P2', 1),
    ],
    'budget of the horizon': [
      { family: 'budget', subject: {}, price: 1 / 16 },
      demand('P1', 15 / 16),
      demand('P2', 15 / 16),
    ],
    'vendor-share': [
      { family: 'vendor-share', subject: { vendor: 'acme', ...P1 }, price: 1 },
      demand('P1', 1.5),
      demand('P2', 1),
    ],
    'in-house-share': [
      { family: 'in-house-share', subject: P1, price: -1 },
      demand('P1', 1.5),
      demand('P2', 1),
    ],
    'backlog-limit': [
      { family: 'backlog-limit', subject: { workflow: 'calls', ...P1 }, price: 0.05 },
      demand('P1', 1),
      demand('P2', 1),
    ],
  };

  it.each(Object.keys(wrong))('do not prove a plan that is too dear: %s', (family) => {
    const tight = structuredClone(scenario);
    tight.teams[0].capacity[0].fte = 5;
    const dear = solveToOptimum(tight);
    expect(dear.totalCost).toBeCloseTo(25, 9);
    const certificate = certify(scenario, dear, wrong[family], '');
    expect(certificate.verified).toBe(false);
    expect(certificate.maxPrimalViolation).toBeLessThan(1e-9);
    expect(certificate.maxDualViolation).toBeGreaterThan(1e-2);
  });
});

describe('a plan without prices', () => {
  const scenario = smallScenario({
    teams: [team('manila', 'luzon', 10, 30), team('austin', 'luzon', 20, 99)],
  });
  const { sensitivity, certificate, ...numbers } = solveToOptimum(scenario, 'classic');
  const { duals: _duals, maxDualViolation: _violation, ...rest } = certificate;
  const taken = { ...numbers, certificate: { ...rest, boundSource: 'engine' as const } };

  it('is verified at the word of an engine only where the caller says so', () => {
    expect(certify(scenario, numbers, [], 'x 1').verified).toBe(false);
    const verified = certify(scenario, numbers, 'engine', 'x 1');
    expect(verified).toEqual({
      verified: true,
      maxPrimalViolation: 0,
      relativeGap: 0,
      boundSource: 'engine',
      engine: 'x 1',
    });
  });

  it('still has to keep every rule and to cost what it says', () => {
    const { allocation, totalCost } = numbers;
    const less = allocation.map((line) => ({ ...line, hours: line.hours / 2 }));
    expect(certify(scenario, { ...numbers, allocation: less }, 'engine', '').verified).toBe(false);
    expect(certify(scenario, { ...numbers, totalCost: totalCost - 1 }, 'engine', '').verified).toBe(false);
  });

  it('is accepted only where it says whose word it is, and that is told', () => {
    expect(verifyAnswer(scenario, taken)).toEqual([]);
    expect(wordOfEngine(scenario, taken)).toMatch(/^that no plan is cheaper is the word of highs .+ alone$/);
    const silent = { ...taken, certificate: { ...taken.certificate, boundSource: 'duals' as const } };
    expect(verifyAnswer(scenario, silent)).toContain('the plan is not proven optimal');
    expect(verifyAnswer(scenario, { ...silent, certificate: undefined })).not.toEqual([]);
  });

  it('may have no report of prices', () => {
    const unavailable = { ...taken, sensitivity: { unavailable: 'No prices.' } };
    expect(verifyAnswer(scenario, unavailable)).toEqual([]);
    expect(verifyAnswer(scenario, { ...taken, sensitivity })).toEqual([
      'the report has prices, and the plan has none that prove them',
    ]);
  });

  it('is told apart from one whose choices alone are the word of the engine', () => {
    const choosing = smallScenario({
      sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost: 500 }],
      teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 120)],
      workflows: [workflow('appeals', 100)],
    });
    const plan = solveToOptimum(choosing);
    expect(wordOfEngine(choosing, plan)).toMatch(
      /^that no other choices are better by more than 0 % is the word of highs .+ alone$/,
    );
    expect(wordOfEngine(scenario, solveToOptimum(scenario))).toBeUndefined();
    const { duals: _, ...unpriced } = plan.certificate;
    const unproven = { ...plan, certificate: unpriced };
    expect(verifyAnswer(choosing, unproven)).toEqual([]);
    expect(wordOfEngine(choosing, unproven)).toMatch(/^that no plan is cheaper is/);
  });
});

describe('a proof that there is no plan', () => {
  it('is never given for a scenario that has one, whatever the weights', () => {
    let tried = 0;
    checkOptimalDraws(draws(), (scenario, _plan, seed) => {
      const random = new SeededRandom(seed);
      const { rows } = programOf(scenario).program;
      for (let trial = 0; trial < 20; trial += 1) {
        const density = random.next();
        const weights = random.some(rows, density).map(({ family, subject }): PlanPrice => {
          const sign =
            family === 'demand' ? random.pick([1, 1, 1, -1]) : family === 'in-house-share' ? 1 : -1;
          const size = random.pick([1, random.next(), 10 ** random.between(-6, 6)]);
          return { family, subject, price: sign * size };
        });
        tried += 1;
        expect(isProvenInfeasible(scenario, weights)).toBe(false);
      }
    });
    expect(tried).toBeGreaterThan(1000);
  });

  it('does not pass from a scenario without a plan to its mended twin', () => {
    let tried = 0;
    checkDraws(draws(), (scenario, plan) => {
      if (plan.status !== 'infeasible') return;
      const mended = structuredClone(scenario);
      for (const workflow of mended.workflows) workflow.shortfallCostPerHour = 100;
      delete mended.rules;
      if (solve(mended, 'none').status !== 'optimal') return;
      tried += 1;
      expect(verifyAnswer(mended, plan)).not.toEqual([]);
    });
    expect(tried).toBeGreaterThan(10);
  });

  it('does not survive weights that are turned, dropped altogether or put on a limit twice', () => {
    checkDraws(draws(), (scenario, plan) => {
      if (plan.status !== 'infeasible') return;
      const weights = plan.diagnosis!.conflict.map(({ weight, ...limit }) => ({ ...limit, price: weight! }));
      const turned = weights.map((entry) => ({ ...entry, price: -entry.price }));
      expect(isProvenInfeasible(scenario, turned)).toBe(false);
      expect(isProvenInfeasible(scenario, [])).toBe(false);
      expect(isProvenInfeasible(scenario, [...weights, weights[0]])).toBe(false);
      expect(isProvenInfeasible(scenario, [...weights, { family: 'weather', subject: {}, price: 1 }])).toBe(
        false,
      );
    });
  });
});

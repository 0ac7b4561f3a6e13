import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../models/plan.ts';
import { verifyAnswer } from '../../../models/certificate.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { solveAndExplain } from '../../../src/planning/solve-and-explain.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { peopleScenario, peopleTeam, VENDOR_RATE } from '../people-team.ts';
import { inHouseSite, smallScenario, workflow } from '../small-scenario.ts';
import { faultsOf, solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const engine = await loadHighsEngine();

/** Hires who are heads at once. */
const people = (hiring: object, openingHeads = 0) => ({
  openingHeads,
  hiring: { maxHeadsPerPeriod: 17, ...hiring },
});

describe('the sizes of a class', () => {
  it('are choices: whether it begins, and the digits of how many steps it is above the smallest', () => {
    // 6, 9, 12 and 15: three steps, two digits.
    const sizes = { costPerClass: 500, classSize: { minHeads: 5, multiple: 3 } };
    expectGoldenProgram(peopleScenario(people(sizes), [1000, 1000]), 'class-size');
  });

  it('are the multiples from the smallest to what can be hired', () => {
    // 8 heads: 8000 and 200 hours at 30; 12 heads: 12,000. Ten would do, and are no size.
    const scenario = peopleScenario(people({ classSize: { minHeads: 6, multiple: 4 } }), [1000]);
    const { plan, totalCost, limit } = solveOptimal(scenario);
    expect(plan.classes).toMatchObject([{ heads: 12 }]);
    expect(totalCost).toBeCloseTo(12_000);
    // One more would be paid and have nothing to do.
    expect(limit('class-size', { team: 'manila', period: 'P1' })).toMatchObject({
      label: 'Class of manila in P1',
      unit: 'fte',
      used: 12,
      limit: 12,
      binding: true,
      shadowPrice: expect.closeTo(1000) as number,
    });
    expect(verifyAnswer(scenario, plan)).toEqual([]);
  });

  it('are any from the smallest on, where no multiple is asked for', () => {
    const scenario = peopleScenario(people({ classSize: { minHeads: 12 } }), [1000, 1350]);
    const { plan, limit } = solveOptimal(scenario);
    // Twelve begin in P1; another class of at least 12 for one and a half heads' work would cost more than the vendor.
    expect(plan.people!.map(({ hires }) => hires)).toEqual([expect.closeTo(13.5) as number, 0]);
    expect(limit('class-size', { team: 'manila', period: 'P1' })).toMatchObject({
      used: expect.closeTo(13.5) as number,
      limit: 12,
      shadowPrice: 0,
    });
    expect(verifyAnswer(scenario, plan)).toEqual([]);
  });

  it('cost by class, whatever the size', () => {
    const scenario = peopleScenario(people({ costPerClass: 700, costPerHead: 10 }), [100, 200], {
      rules: { budget: [{ period: 'P2', amount: 5000 }, { amount: 6000 }] },
    });
    const { plan, totalCost, limit } = solveOptimal(scenario);
    // Two in P1: 700 + 20 + 4000, of which 1000 for a head without work. One in each period: 1400 + 20 + 3000.
    expect(plan.classes).toMatchObject([
      { period: 'P1', heads: expect.closeTo(1) as number },
      { period: 'P2' },
    ]);
    expect(totalCost).toBeCloseTo(4420);
    expect(plan.costs).toMatchObject({ hiring: expect.closeTo(1420) as number });
    expect(limit('budget', { period: 'P2' })).toMatchObject({
      used: expect.closeTo(700 + 10 + 2000) as number,
    });
    expect(limit('budget', {})).toMatchObject({ used: expect.closeTo(4420) as number });
    expect(verifyAnswer(scenario, plan)).toEqual([]);
  });
});

it('says what it costs to hire nobody, or somebody, in a period', () => {
  const scenario = peopleScenario(people({ classSize: { multiple: 5 } }), [1000, 1000]);
  const flips = [
    { team: 'manila', period: 'P1' },
    { team: 'manila', period: 'P2' },
  ];
  const options = withDefaults({ sensitivity: 'none', flips });
  const { plan } = solveAndExplain(scenario, options, engine, () => undefined);
  // 10 heads, 20,000. Without a class in P1: 30,000 for the vendor, and 10,000 in P2.
  expect(plan!.totalCost).toBeCloseTo(20_000);
  expect(plan!.flips).toMatchObject([
    {
      taken: true,
      totalCost: expect.closeTo(40_000) as number,
      sentence:
        'Hiring nobody for manila in P1 costs 20,000.00 USD more: the best plan then costs 40,000.00 USD.',
    },
    // Five in P1 and five in P2: 150 · 100 · 30 … or ten and five more, who have nothing to do.
    { taken: false, sentence: expect.stringContaining('Beginning a class of manila in P2 costs') as string },
  ]);
});

it('says what an idle class costs where its period has a budget, too', () => {
  const hiring = { maxHeadsPerPeriod: 4, costPerHead: 5000, costPerClass: 100 };
  const rules = { budget: [{ period: 'P1', amount: 10_200 }] };
  const scenario = peopleScenario({ openingHeads: 0, hiring }, [500, 500], { rules });
  const workflows = [{ ...scenario.workflows[0], shortfallCostPerHour: 50 }];
  const options = withDefaults({ sensitivity: 'none', flips: [{ team: 'manila', period: 'P1' }] });
  const { plan } = solveAndExplain({ ...scenario, workflows }, options, engine, () => undefined);
  expect(plan!.flipsNotDone).toBeUndefined();
  // 340 hours at 30 are P1's budget, the other 160 are short at 50. The class takes 100 of it: 3.33 hours more are short.
  expect(plan!.totalCost).toBeCloseTo(33_200);
  expect(plan!.flips).toMatchObject([{ taken: false, totalCost: expect.closeTo(33_366.67, 1) as number }]);
});

it('finds the best classes whatever else might be hired', () => {
  const demand = [2000, 2400, 2900, 3300, 3700, 4100];
  const hiring = (maxHeadsPerPeriod: number) => ({
    openingHeads: 17,
    attritionPerPeriod: 0.03,
    hiring: { maxHeadsPerPeriod, costPerHead: 800, costPerClass: 2500, classSize: { minHeads: 8 } },
  });
  const costs = [60, 1e6, 1e9].map((most) => solveOptimal(peopleScenario(hiring(most), demand)).totalCost);
  expect(costs[1]).toBeCloseTo(costs[0], 4);
  expect(costs[2]).toBeCloseTo(costs[0], 4);
});

it('is refused where no class can begin, or there are too many sizes', () => {
  const codes = (hiring: object) =>
    faultsOf(peopleScenario(people(hiring), [1000])).map(({ pointer, code }) => `${pointer} ${code}`);
  expect(codes({ classSize: { minHeads: 16, multiple: 5 } })).toEqual([
    '/teams/0/headcount/hiring/classSize no-class-size',
  ]);
  expect(codes({ classSize: { multiple: 0.01 } })).toEqual([
    '/teams/0/headcount/hiring/classSize/multiple too-many-class-sizes',
  ]);
});

it('is told of where only the sizes of classes stand in the way', () => {
  const hiring = people({ classSize: { multiple: 5 } });
  const scenario = smallScenario({
    sites: [{ ...inHouseSite('luzon'), seats: 7 }],
    teams: [peopleTeam(hiring, ['P1'])],
    workflows: [workflow('appeals', 600)],
  });
  // Six heads would do, and five or ten can be hired for seven seats.
  const { sentence, conflict } = solveInfeasible(scenario);
  expect(sentence).toContain(
    'whatever the yes/no choices (sites to be opened, numbers of sites, minimum hours, classes)',
  );
  expect(conflict.map(({ family }) => family).sort()).toEqual(['demand', 'headcount', 'site-seats']);
});

it('refuses a plan with a class of another size', () => {
  const scenario = peopleScenario(people({ classSize: { minHeads: 6, multiple: 4 } }), [1000]);
  const { plan } = solveOptimal(scenario);
  const faultsWith = (heads: number) => {
    const changed: Plan = structuredClone(plan);
    Object.assign(changed.people![0], { hires: heads, heads });
    return verifyAnswer(scenario, changed);
  };
  expect(faultsWith(13)).toContain('the class of manila / P1 is off by 1.00000');
  expect(faultsWith(4)).toContain('the class of manila / P1 is off by 2.00000');
});

/** All sizes of three periods' classes, each with what a plan by hand costs. */
function cheapestByHand(
  demand: readonly number[],
  { openingHeads, sizes, costPerHead, costPerClass }: Hand,
): number {
  const all = [0, ...sizes];
  let cheapest = Infinity;
  for (const first of all)
    for (const second of all)
      for (const third of all) {
        let [heads, cost] = [openingHeads, 0];
        [first, second, third].forEach((hires, t) => {
          heads += hires;
          cost += 1000 * heads + hires * costPerHead + (hires > 0 ? costPerClass : 0);
          cost += VENDOR_RATE * Math.max(0, demand[t] - 100 * heads);
        });
        cheapest = Math.min(cheapest, cost);
      }
  return cheapest;
}

interface Hand {
  readonly openingHeads: number;
  readonly sizes: readonly number[];
  readonly costPerHead: number;
  readonly costPerClass: number;
}

it('finds the classes that counting through all of them finds', () => {
  let seed = 7;
  const draw = (most: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % (most + 1);
  };
  for (let i = 0; i < 40; i += 1) {
    const multiple = 1 + draw(3);
    const [minHeads, steps] = [multiple * (1 + draw(2)), draw(4)];
    const sizes = Array.from({ length: steps + 1 }, (_, step) => minHeads + step * multiple);
    const hand = { openingHeads: draw(4), sizes, costPerHead: 100 * draw(10), costPerClass: 500 * draw(4) };
    const demand = [100 * draw(12), 100 * draw(16), 100 * draw(20)];
    const { sizes: _, openingHeads, ...costs } = hand;
    const hiring = { ...costs, maxHeadsPerPeriod: sizes.at(-1), classSize: { minHeads, multiple } };
    const { totalCost } = solveOptimal(peopleScenario(people(hiring, openingHeads), demand));
    expect(totalCost, JSON.stringify({ hand, demand })).toBeCloseTo(cheapestByHand(demand, hand), 4);
  }
});

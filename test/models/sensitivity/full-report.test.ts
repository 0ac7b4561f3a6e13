import { describe, expect, it } from 'vitest';
import type { ConstraintReport } from '../../../models/plan.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solveOptimal } from '../solved-plan.ts';

const near = (value: number): unknown => expect.closeTo(value, 6);
const demandOf = (id: string, period = 'P1') => ['demand', { workflow: id, period }] as const;
const capacityOf = (id: string, period = 'P1') => ['team-capacity', { team: id, period }] as const;
const sidesOf = ({ savingOfOneLess, costOfOneMore }: ConstraintReport) => [savingOfOneLess, costOfOneMore];

/** 10 hours of demand, 10 hours in house at 1, a vendor without limit at 2. */
const exactlyFull = smallScenario({
  sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
  teams: [team('manila', 'luzon', 1, 10), team('acme', 'cebu', 2, null)],
  workflows: [workflow('appeals', 10)],
});

describe('where demand exactly meets the cheap capacity', () => {
  const solved = solveOptimal(exactlyFull, 'full');

  it('one more hour of demand costs the vendor’s rate, one less saves the own one', () => {
    const demand = solved.limit(...demandOf('appeals'));
    expect(sidesOf(demand)).toEqual([near(1), near(2)]);
    expect(demand).toMatchObject({
      degenerate: true,
      allowableIncrease: null,
      allowableDecrease: near(10),
      sentence:
        'One more hour of appeals in P1 would cost 2.00 USD, without an upper end. One less would save 1.00 USD, up to 10 hours.',
    });
  });

  it('one more hour of capacity is worth nothing, one less costs the difference', () => {
    const capacity = solved.limit(...capacityOf('manila'));
    expect(sidesOf(capacity)).toEqual([near(-1), near(0)]);
    expect(capacity).toMatchObject({
      allowableIncrease: null,
      allowableDecrease: near(10),
      sentence:
        'One more hour at manila in P1 would change nothing, without an upper end. One less would cost 1.00 USD, up to 10 hours.',
    });
  });
});

describe('where a price ends', () => {
  // 6 hours in house at 1, 8 at a vendor at 3, the rest falls short at 20; demand is 10.
  const solved = solveOptimal(
    smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
      teams: [team('manila', 'luzon', 1, 6), team('acme', 'cebu', 3, 8)],
      workflows: [{ ...workflow('appeals', 10), shortfallCostPerHour: 20 }],
    }),
    'full',
  );

  it('says how far it holds, what ends it, what the plan costs there and what the next price is', () => {
    // 6 · 1 + 4 · 3 = 18; the vendor has 4 hours left, 12 more; with 4 less, the vendor has nothing.
    expect(solved.totalCost).toBeCloseTo(18, 6);
    const demand = solved.limit(...demandOf('appeals'));
    expect(demand).toMatchObject({
      costOfOneMore: near(3),
      savingOfOneLess: near(3),
      degenerate: false,
      allowableIncrease: near(4),
      increaseEnd: {
        limit: near(14),
        totalCost: near(30),
        nextPrice: near(20),
        endedBy: { kind: 'limit', family: 'team-capacity', subject: { team: 'acme', period: 'P1' } },
        takenOverBy: { kind: 'shortfall', subject: { workflow: 'appeals', period: 'P1' } },
      },
      allowableDecrease: near(4),
      decreaseEnd: {
        limit: near(6),
        totalCost: near(6),
        nextPrice: near(1),
        endedBy: { kind: 'placement', subject: { workflow: 'appeals', team: 'acme', period: 'P1' } },
        takenOverBy: { kind: 'limit', family: 'team-capacity', subject: { team: 'manila', period: 'P1' } },
      },
      sentence:
        'One more hour of appeals in P1 would cost 3.00 USD, up to 4 hours; from there on it would cost 20.00 USD, because Capacity of acme in P1 is reached. One less would save 3.00 USD, up to 4 hours; from there on it would save 1.00 USD, because appeals at acme in P1 is used up.',
    });
  });

  it('says of a limit with room to it when it begins to cost something', () => {
    // The vendor uses 4 of 8 hours: below 4, each hour less falls short at 20 instead of 3.
    expect(solved.limit(...capacityOf('acme'))).toMatchObject({
      costOfOneMore: 0,
      allowableIncrease: null,
      savingOfOneLess: 0,
      allowableDecrease: near(4),
      decreaseEnd: { limit: near(4), totalCost: near(18), nextPrice: near(-17) },
    });
  });
});

describe('where one more, or one less, is impossible', () => {
  it('has no price for demand beyond all capacity, and says so', () => {
    const full = solveOptimal(smallScenario({ workflows: [workflow('appeals', 100)] }), 'full');
    const demand = full.limit(...demandOf('appeals'));
    expect(sidesOf(demand)).toEqual([near(10), null]);
    expect(demand.sentence).toBe(
      'One more hour of appeals in P1 is impossible: there is no plan with it. One less would save 10.00 USD, up to 100 hours.',
    );
    expect(sidesOf(full.limit(...capacityOf('manila')))).toEqual([null, near(0)]);
  });

  it('says where a plan ends', () => {
    const almost = solveOptimal(smallScenario({ workflows: [workflow('appeals', 90)] }), 'full');
    expect(almost.limit(...demandOf('appeals'))).toMatchObject({
      costOfOneMore: near(10),
      allowableIncrease: near(10),
      increaseEnd: { limit: near(100), totalCost: near(1000), nextPrice: null },
      sentence:
        'One more hour of appeals in P1 would cost 10.00 USD, up to 10 hours; beyond that there is no plan, because Capacity of manila in P1 is reached. One less would save 10.00 USD, up to 90 hours.',
    });
  });

  it('has no saving below zero', () => {
    const empty = solveOptimal(
      smallScenario({ teams: [team('manila', 'luzon', 10, 100), team('night', 'luzon', 1, 0)] }),
      'full',
    );
    expect(sidesOf(empty.limit(...capacityOf('night')))).toEqual([null, near(-9)]);
  });
});

describe('a transportation plan with ties (worked by hand)', () => {
  // Two teams of 10 hours and two workflows of 10: a is at 1 and 4, b at 2 and 3; 1 + 3 is cheaper than 4 + 2.
  const scenario = smallScenario({
    sites: [inHouseSite('luzon')],
    teams: [team('one', 'luzon', 0, 10), team('two', 'luzon', 0, 10)],
    workflows: [
      { ...workflow('a', 10), shortfallCostPerHour: 20 },
      { ...workflow('b', 10), shortfallCostPerHour: 20 },
    ],
    placements: [
      { workflow: 'a', team: 'one', costPerDemandHour: 1 },
      { workflow: 'a', team: 'two', costPerDemandHour: 4 },
      { workflow: 'b', team: 'one', costPerDemandHour: 2 },
      { workflow: 'b', team: 'two', costPerDemandHour: 3 },
    ],
  });

  it('has prices that no basis has on both sides', () => {
    const solved = solveOptimal(scenario, 'full');
    // All 20 hours are taken: one more of either falls short. One less of a saves 1, and b moves to its hour for 2 instead of 3.
    expect(sidesOf(solved.limit(...demandOf('a')))).toEqual([near(2), near(20)]);
    expect(sidesOf(solved.limit(...demandOf('b')))).toEqual([near(3), near(20)]);
    // One more hour anywhere saves nothing, for nothing falls short; b on team one would save 1 for an hour more there.
    expect(sidesOf(solved.limit(...capacityOf('one')))).toEqual([near(-19), near(-1)]);
    expect(sidesOf(solved.limit(...capacityOf('two')))).toEqual([near(-17), near(0)]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { solveOptimal } from '../solved-plan.ts';

/** The scenario with another cost for one placement. */
function withCost(scenario: Scenario, team: string, workflow: string, costPerDemandHour: number): Scenario {
  const others = (scenario.placements ?? []).filter(
    (line) => line.team !== team || line.workflow !== workflow,
  );
  return { ...scenario, placements: [...others, { workflow, team, costPerDemandHour }] };
}

describe('a placement in use', () => {
  // 100 hours at manila for 10 and 20 at night for 12; day would cost 15.
  const { placement } = solveOptimal(
    smallScenario({
      teams: [
        team('manila', 'luzon', 10, 100),
        team('night', 'luzon', 12, null),
        team('day', 'luzon', 15, null),
      ],
      workflows: [workflow('appeals', 120)],
    }),
  );

  it('has no reduced cost, breaks even at its cost, and may move until another is better', () => {
    expect(placement('appeals', 'night', 'P1')).toEqual({
      workflow: 'appeals',
      team: 'night',
      period: 'P1',
      hours: 20,
      costPerDemandHour: 12,
      reducedCost: 0,
      allowableIncrease: 3, // day costs 15
      allowableDecrease: 2, // below 10 it takes over manila's work
      breakEvenCostPerDemandHour: 12,
    });
    expect(placement('appeals', 'manila', 'P1')).toMatchObject({
      hours: 100,
      reducedCost: 0,
      allowableIncrease: 2,
      allowableDecrease: null,
    });
  });

  it('leaves one out of use that breaks even where the dearest hour in use costs no more', () => {
    expect(placement('appeals', 'day', 'P1')).toMatchObject({
      hours: 0,
      reducedCost: 3,
      allowableIncrease: null,
      allowableDecrease: 3,
      breakEvenCostPerDemandHour: 12,
    });
  });
});

describe('under budgets with a price, a placement breaks even at cost − reducedCost / (1 − Σ prices)', () => {
  it('of one budget', () => {
    // 600 buy 60 of 100 hours at manila. An hour short costs 25, so a USD of budget is worth 25 / 10 − 1 = 1.5.
    // day at 12: 12 − 25 + 1.5 · 12 = 5, and 12 − 5 / 2.5 = 10: it must be as cheap as manila.
    const { limit, placement } = solveOptimal(
      smallScenario({
        teams: [team('manila', 'luzon', 10, null), team('day', 'luzon', 12, null)],
        workflows: [{ ...workflow('appeals', 100), shortfallCostPerHour: 25 }],
        rules: { budget: [{ period: 'P1', amount: 600 }] },
      }),
    );
    expect(limit('budget', { period: 'P1' }).shadowPrice).toBeCloseTo(-1.5);
    expect(placement('appeals', 'day', 'P1').reducedCost).toBeCloseTo(5);
    expect(placement('appeals', 'day', 'P1').allowableDecrease).toBeCloseTo(2);
    expect(placement('appeals', 'day', 'P1').breakEvenCostPerDemandHour).toBeCloseTo(10);
  });

  it('of a period and of the horizon together', () => {
    // 600 for both periods, of which 200 in P1; an hour short costs 25 in P1 and 20 in P2, an hour served 10.
    // Horizon: 20 / 10 − 1 = 1. P1 on top of it: 25 / 10 − 1 − 1 = 0.5.
    // day at 12 in P1: 12 − 25 + 1.5 · 12 = 5 → 12 − 5 / 2.5 = 10; in P2: 12 − 20 + 12 = 4 → 12 − 4 / 2 = 10.
    const periods = ['P1', 'P2'];
    const { limit, placement } = solveOptimal(
      smallScenario({
        periods: periods.map((id) => ({ id })),
        teams: [team('manila', 'luzon', 10, null, periods), team('day', 'luzon', 12, null, periods)],
        workflows: [
          { ...workflow('appeals', 100), shortfallCostPerHour: 25 },
          { ...workflow('chat', 0, 100), shortfallCostPerHour: 20 },
        ],
        rules: { budget: [{ amount: 600 }, { period: 'P1', amount: 200 }] },
      }),
    );
    expect(limit('budget', {}).shadowPrice).toBeCloseTo(-1);
    expect(limit('budget', { period: 'P1' }).shadowPrice).toBeCloseTo(-0.5);
    expect(placement('appeals', 'day', 'P1')).toMatchObject({
      reducedCost: expect.closeTo(5) as number,
      breakEvenCostPerDemandHour: expect.closeTo(10) as number,
    });
    expect(placement('chat', 'day', 'P2')).toMatchObject({
      reducedCost: expect.closeTo(4) as number,
      breakEvenCostPerDemandHour: expect.closeTo(10) as number,
    });
  });

  // 400 pay manila's 40 hours, 20 of each workflow; 600 pay 30 hours of appeals at day; 30 hours of law fall short.
  // An hour of either is worth 45. Day's 20 are worth 45 − 20 = 25, so a USD of budget is worth 1.25.
  // night at 26: 26 − 45 + 1.25 · 26 = 13.5, and 26 − 13.5 / 2.25 = 20.
  const crossed = smallScenario({
    teams: [
      team('manila', 'luzon', 10, 40),
      team('day', 'luzon', 20, null),
      team('night', 'luzon', 26, null),
    ],
    workflows: [
      { ...workflow('appeals', 50), shortfallCostPerHour: 60 },
      { ...workflow('law', 50), shortfallCostPerHour: 45 },
    ],
    placements: [
      { workflow: 'law', team: 'day', allowed: false },
      { workflow: 'law', team: 'night', costPerDemandHour: 26 },
    ],
    rules: { budget: [{ amount: 1000 }] },
  });
  const lines = solveOptimal(crossed);

  it.each([
    ['law', 'night'],
    ['appeals', 'night'],
  ])('which a re-solve with the cost of %s at %s just below and above it confirms', (work, teamId) => {
    const line = lines.placement(work, teamId, 'P1');
    expect(lines.totalCost).toBeCloseTo(400 + 600 + 30 * 45);
    expect(line).toMatchObject({ hours: 0, reducedCost: expect.closeTo(13.5) as number });
    const breakEven = line.breakEvenCostPerDemandHour;
    expect(breakEven).toBeCloseTo(20);
    const above = solveOptimal(withCost(crossed, teamId, work, breakEven + 0.001));
    const below = solveOptimal(withCost(crossed, teamId, work, breakEven - 0.001));
    expect(above.hours(work, teamId, 'P1')).toBe(0);
    expect(above.totalCost).toBeCloseTo(lines.totalCost, 6);
    expect(below.hours(work, teamId, 'P1')).toBeGreaterThan(0);
    expect(below.totalCost).toBeLessThan(lines.totalCost);
  });
});

describe('a budget', () => {
  it('with room leaves the break-even alone, but ends the range of a cost where it would be full', () => {
    // 50 hours at 10 are 500 of 600: the cost may rise by 2, though manila is the only one to take the work.
    const { placement } = solveOptimal(smallScenario({ rules: { budget: [{ amount: 600 }] } }));
    expect(placement('appeals', 'manila', 'P1')).toMatchObject({
      allowableIncrease: expect.closeTo(2) as number,
      breakEvenCostPerDemandHour: 10,
    });
  });

  it('that is full and has a price lets no cost in use move', () => {
    const { placement } = solveOptimal(
      smallScenario({
        workflows: [{ ...workflow('appeals', 50), shortfallCostPerHour: 25 }],
        rules: { budget: [{ amount: 300 }] },
      }),
    );
    expect(placement('appeals', 'manila', 'P1')).toMatchObject({
      hours: expect.closeTo(30) as number,
      allowableIncrease: 0,
      allowableDecrease: 0,
    });
  });
});

it('lists every eligible placement with capacity, and no other', () => {
  const { plan } = solveOptimal(
    smallScenario({
      teams: [
        team('manila', 'luzon', 10, 100),
        team('day', 'luzon', 12, 0),
        team('night', 'luzon', 9, null, []),
      ],
      workflows: [workflow('appeals', 50), { ...workflow('law', 0), complexity: 2 }],
      placements: [{ workflow: 'law', team: 'day', allowed: false }],
    }),
  );
  const report = plan.sensitivity;
  const listed = report && 'placements' in report ? report.placements : [];
  expect(listed.map(({ workflow: w, team: k }) => `${w} ${k}`)).toEqual([
    'appeals day',
    'appeals manila',
    'law manila',
  ]);
});

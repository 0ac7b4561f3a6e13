import { describe, expect, it } from 'vitest';
import type { ComparedPlan, PricedPlan } from '../../../models/comparison/compared-plan.ts';
import { comparedPlans } from '../../../models/comparison/compared-plans.ts';
import type { PlanDifferences } from '../../../models/comparison.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { scenarioOf } from '../../data/sample.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solve } from '../solved-plan.ts';

function planned(scenario: Scenario, sensitivity: 'classic' | 'full' = 'full'): ComparedPlan {
  const plan = solve(scenario, sensitivity);
  expect(plan.status).toBe('optimal');
  return { id: scenario.name, scenarioId: 's', revision: 1, scenario, plan: plan as PricedPlan };
}

/** What the plan of a scenario has different from that of another. */
function against(first: Scenario, other: Scenario): PlanDifferences {
  return comparedPlans([planned(first), planned(other)]).differences[0];
}

/**
 * The tiny sample. In 2027-01 Manila's 100 hours go to 80 hours of orders, each 20 USD cheaper than in Austin, and with the 20 left
 * to 16 hours of appeals, which take 1.25 each; with 60 hours, to orders alone.
 */
function tiny(manilaHours: number): Scenario {
  const scenario = scenarioOf('tiny');
  scenario.teams[1].capacity[0].hours = manilaHours;
  return { ...scenario, name: `${manilaHours} hours` };
}

describe('Manila with 60 hours instead of 100', () => {
  const comparison = comparedPlans([planned(tiny(100)), planned(tiny(60))]);
  const [difference] = comparison.differences;

  it('costs 20 · 20 USD more for orders and 16 · 17.5 for appeals', () => {
    expect(difference.totalCost).toBeCloseTo(680, 6);
    expect(difference.costs.handling).toBeCloseTo(680, 6);
    // 800 + 200 + 44 · 30 in the first month and 400 + 500 in the second.
    expect(comparison.plans[0].totalCost).toBeCloseTo(3220, 6);
    expect(difference.sentence).toBe(
      'It costs 3,900.00 USD, 680.00 more than the first plan: handling 680.00 more.',
    );
  });

  it('moves 20 hours of orders and 16 of appeals to Austin', () => {
    expect(difference.moves.hours).toBeCloseTo(36, 6);
    const [orders, appeals] = difference.moves.workflows;
    expect([orders.workflow, orders.sentence]).toEqual([
      'orders',
      'Orders: 20 hours from Manila EN (Manila) to Austin EN (Austin).',
    ]);
    expect(appeals.sentence).toBe('Appeals: 16 hours from Manila EN (Manila) to Austin EN (Austin).');
    expect(orders.periods).toMatchObject([
      {
        period: '2027-01',
        moves: [
          {
            from: { kind: 'team', team: 'manila-en', site: 'manila' },
            to: { kind: 'team', team: 'austin-en', site: 'austin' },
          },
        ],
      },
    ]);
  });

  it('has other shares of vendor and site', () => {
    // Of 220 hours, 44 are in-house, then 80.
    expect(comparison.plans[0].operators).toMatchObject([
      { hours: 44, share: 0.2 },
      { vendor: 'Brightline' },
    ]);
    expect(difference.operators.map(({ sentence }) => sentence)).toEqual([
      'In-house: 44 → 80 hours, 20 % → 36.4 % of all hours placed.',
      'Brightline: 176 → 140 hours, 80 % → 63.6 % of all hours placed.',
    ]);
    expect(difference.sites.map(({ sentence }) => sentence)).toEqual([
      'Austin: 44 → 80 hours.',
      'Manila: 176 → 140 hours.',
    ]);
  });

  it('has two other prices: an hour at Manila saves 20 for orders instead of 17.5 · 0.8 for appeals', () => {
    const { prices } = difference;
    if ('unavailable' in prices) throw new Error(prices.unavailable);
    expect([prices.compared, prices.changed]).toEqual([8, 2]);
    expect(prices.items.map(({ sentence }) => sentence).sort()).toEqual([
      'Capacity of Manila EN in 2027-01: one hour more changes the cost by -14.00 → -20.00 USD, one hour less by 14.00 → 20.00 USD.',
      'Demand of Orders in 2027-01: one hour more changes the cost by 24.00 → 30.00 USD, one hour less by -24.00 → -30.00 USD.',
    ]);
    for (const { size } of prices.items) expect(size).toBeCloseTo(6, 6);
  });
});

it('says where prices are missing, and takes shadow prices where a report is classic', () => {
  const [first, other] = [planned(tiny(100), 'classic'), planned(tiny(60))];
  const { prices } = comparedPlans([first, other]).differences[0];
  expect(prices).toMatchObject({ changed: 2 });
  expect((prices as { items: { sentence: string }[] }).items.map(({ sentence }) => sentence)).toContain(
    'Capacity of Manila EN in 2027-01: one hour more changes the cost by -14.00 → -20.00 USD.',
  );
  const { sensitivity: _sensitivity, ...bare } = other.plan;
  expect(comparedPlans([first, { ...other, plan: bare }]).differences[0].prices).toEqual({
    unavailable: 'This plan has no prices.',
  });
});

it('has no difference between a plan and itself', () => {
  expect(against(tiny(60), tiny(60))).toMatchObject({
    totalCost: 0,
    sentence: 'It costs 3,900.00 USD, as much as the first plan.',
    operators: [],
    sites: [],
    prices: { changed: 0, items: [] },
    moves: { hours: 0, workflows: [], workflowsNotListed: 0 },
  });
});

describe('what moved', () => {
  const periods = [{ id: 'P1' }, { id: 'P2' }];
  const both = ['P1', 'P2'];

  it('tells work that is new, gone, not served and left to other periods', () => {
    const scenario = (hours: number, demand: [number, number], backlog?: number) =>
      smallScenario({
        periods,
        teams: [team('manila', 'luzon', 10, hours, both)],
        workflows: [
          {
            ...workflow('appeals', ...demand),
            shortfallCostPerHour: 100,
            ...(backlog !== undefined && { backlog: { maxHours: backlog } }),
          },
        ],
      });
    const sentences = (first: Scenario, other: Scenario) =>
      against(first, other).moves.workflows.map(({ sentence }) => sentence);
    expect(sentences(scenario(50, [50, 50]), scenario(50, [60, 50]))).toEqual([
      'appeals: 10 hours of new demand to what is not served.',
    ]);
    expect(sentences(scenario(50, [50, 50]), scenario(50, [30, 50]))).toEqual([
      'appeals: 20 hours from manila (luzon) to nowhere, as the demand is gone.',
    ]);
    expect(sentences(scenario(50, [50, 40]), scenario(45, [50, 40]))).toEqual([
      'appeals: 5 hours from manila (luzon) to what is not served.',
    ]);
    // The 5 hours that are too many in P1 are done in P2.
    expect(sentences(scenario(50, [50, 40]), scenario(45, [50, 40], 20))).toEqual([
      'appeals: 5 hours from manila (luzon) to other periods; 5 hours from other periods to manila (luzon).',
    ]);
  });

  it('finds the same ids in other Unicode forms, and work that only one scenario has', () => {
    const name = 'Zu\u0308rich';
    const scenario = (site: string, workflows: Scenario['workflows']) =>
      smallScenario({ sites: [inHouseSite(site)], teams: [team('manila', site, 10, 100)], workflows });
    expect(
      against(
        scenario(name, [workflow('appeals', 50)]),
        scenario(name.normalize(), [workflow('appeals', 50), workflow('chat', 10)]),
      ).moves.workflows,
    ).toMatchObject([
      { workflow: 'chat', sentence: `chat: 10 hours of new demand to manila (${name.normalize()}).` },
    ]);
  });

  it('tells of a site that is taken into use', () => {
    const scenario = (rate: number) =>
      smallScenario({
        sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
        teams: [team('manila', 'luzon', 10, 100), team('acme', 'cebu', rate, 100)],
      });
    expect(against(scenario(20), scenario(5)).sites).toEqual([
      {
        site: 'cebu',
        from: 0,
        to: 50,
        wasOpen: false,
        isOpen: true,
        sentence: 'cebu: now in use, 0 → 50 hours.',
      },
      {
        site: 'luzon',
        from: 50,
        to: 0,
        wasOpen: true,
        isOpen: false,
        sentence: 'luzon: no longer in use, 50 → 0 hours.',
      },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

it('balances what is placed, short and waiting with what is demanded', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }],
    teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2', 'P3']), team('night', 'luzon', 12, 100, ['P1'])],
    workflows: [
      {
        // Nothing arrives in P3, but work may be carried into it.
        ...workflow('appeals', 100, 0),
        shortfallCostPerHour: 300,
        backlog: { maxHours: 40, costPerHourPeriod: 1.5, openingHours: 20 },
      },
      // Demand of 0 hours keeps its row; P2 and P3, which have no entry, have none.
      workflow('billing', 0),
    ],
  });
  expectGoldenProgram(scenario, 'demand');
});

/** Core is for manila alone, at 5; manila does tickets at 30, acme at 10. */
const coreAndTickets = (core: number, tickets: number, rules: Scenario['rules']) =>
  smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [{ ...team('manila', 'luzon', 30, null), skills: ['core'] }, team('acme', 'cebu', 10, null)],
    workflows: [{ ...workflow('core', core), skills: ['core'] }, workflow('tickets', tickets)],
    placements: [{ workflow: 'core', team: 'manila', costPerDemandHour: 5 }],
    ...(rules && { rules }),
  });

describe('the price of demand', () => {
  it('is the cost of the dearest hour in use', () => {
    // 100 hours at manila for 10, the other 20 at night for 12.
    const { totalCost, limit } = solveOptimal(
      smallScenario({
        teams: [team('manila', 'luzon', 10, 100), team('night', 'luzon', 12, 50)],
        workflows: [{ ...workflow('appeals', 120), name: 'Account appeals' }],
      }),
    );
    expect(totalCost).toBeCloseTo(100 * 10 + 20 * 12);
    expect(limit('demand', { workflow: 'appeals', period: 'P1' })).toMatchObject({
      label: 'Demand of Account appeals in P1',
      unit: 'hours',
      used: 120,
      limit: 120,
      slack: 0,
      binding: true,
      degenerate: false,
      shadowPrice: 12,
      allowableIncrease: 30, // until night's 50 hours are full
      allowableDecrease: 20, // until night has nothing left to do
      sentence: 'One more hour of Account appeals in P1 would cost 12.00 USD, up to 30 hours.',
    });
  });

  it('is the shortfall cost where no capacity is left', () => {
    const { totalCost, limit, plan } = solveOptimal(
      smallScenario({ workflows: [{ ...workflow('appeals', 130), shortfallCostPerHour: 300 }] }),
    );
    expect(totalCost).toBeCloseTo(100 * 10 + 30 * 300);
    expect(plan.shortfall).toEqual([{ workflow: 'appeals', period: 'P1', hours: 30 }]);
    expect(limit('demand', { workflow: 'appeals', period: 'P1' })).toMatchObject({
      shadowPrice: 300,
      allowableIncrease: null,
      allowableDecrease: 30,
      sentence: 'One more hour of appeals in P1 would cost 300.00 USD, without an upper end.',
    });
  });

  it('is below 0 where more work loosens a share, and the sentence says so', () => {
    // acme may have half of all hours: 70 of 140. One more hour of core (5, in-house only) lets acme take half an
    // hour more of tickets from in-house: 5 − 0.5 · (30 − 10) = −5.
    const { totalCost, limit } = solveOptimal(
      coreAndTickets(40, 100, { vendorShare: [{ vendor: 'acme', maxShare: 0.5 }] }),
    );
    expect(totalCost).toBeCloseTo(40 * 5 + 30 * 30 + 70 * 10);
    expect(limit('demand', { workflow: 'core', period: 'P1' })).toMatchObject({
      shadowPrice: expect.closeTo(-5) as number,
      allowableIncrease: expect.closeTo(60) as number, // at 100 hours of core acme has all 100 of tickets
      sentence:
        'One more hour of core in P1 would save 5.00 USD, up to 60 hours. More work costs less here, because it loosens another rule.',
    });
    expect(limit('demand', { workflow: 'tickets', period: 'P1' }).shadowPrice).toBeCloseTo(
      0.5 * 30 + 0.5 * 10,
    );
  });

  it('is below 0 where more work keeps an in-house share, and says how far that goes', () => {
    // 40 of 100 hours must stay in-house: 20 of core for 5, and of tickets 20 for 30; acme does 60 for 10. One more hour of
    // core lets 0.6 hours of tickets go: 5 − 0.6 · (30 − 10) = −7, until the 20 are gone. From there on it costs its 5.
    const { totalCost, limit, costWith } = solveOptimal(
      coreAndTickets(20, 80, { inHouseShare: [{ minShare: 0.4 }] }),
      'full',
    );
    const demandOfCore = ['demand', { workflow: 'core', period: 'P1' }] as const;
    expect(totalCost).toBeCloseTo(20 * 5 + 20 * 30 + 60 * 10);
    expect(limit(...demandOfCore)).toMatchObject({
      shadowPrice: expect.closeTo(-7) as number,
      costOfOneMore: expect.closeTo(-7) as number,
      savingOfOneLess: expect.closeTo(-7) as number,
      allowableIncrease: expect.closeTo(20 / 0.6) as number,
      increaseEnd: { nextPrice: expect.closeTo(5) as number },
      sentence:
        'One more hour of core in P1 would save 7.00 USD, up to 33.3 hours; from there on it would cost 5.00 USD, because tickets at manila in P1 is used up. More work costs less here, because it loosens another rule. One less would cost 7.00 USD, up to 20 hours.',
    });
    expect(costWith(...demandOfCore, 1)).toBeCloseTo(totalCost - 7);
    expect(costWith(...demandOfCore, -1)).toBeCloseTo(totalCost + 7);
    // With 60 hours of core no tickets have to stay in-house: 0.4 · 140 is only 56.
    expect(costWith(...demandOfCore, 40)).toBeCloseTo(60 * 5 + 80 * 10);
  });

  it('is below 0 downwards only where the share is just kept: one less costs, and the sentence says why', () => {
    // acme may have half of 200 hours, which is all tickets. One more hour of core costs its 5; one less brings half an
    // hour of tickets back in-house: 5 − 0.5 · (30 − 10) = −5.
    const { totalCost, limit, costWith } = solveOptimal(
      coreAndTickets(100, 100, { vendorShare: [{ vendor: 'acme', maxShare: 0.5 }] }),
      'full',
    );
    const demandOfCore = ['demand', { workflow: 'core', period: 'P1' }] as const;
    expect(totalCost).toBeCloseTo(100 * 5 + 100 * 10);
    expect(limit(...demandOfCore)).toMatchObject({
      costOfOneMore: expect.closeTo(5) as number,
      savingOfOneLess: expect.closeTo(-5) as number,
      sentence:
        'One more hour of core in P1 would cost 5.00 USD, without an upper end. One less would cost 5.00 USD, up to 100 hours. Less work costs more here, because it tightens another rule.',
    });
    expect(costWith(...demandOfCore, 1)).toBeCloseTo(totalCost + 5);
    expect(costWith(...demandOfCore, -1)).toBeCloseTo(totalCost + 5);
  });

  it('counts the opening backlog as work to serve but not as demand', () => {
    const { totalCost, limit } = solveOptimal(
      smallScenario({
        workflows: [{ ...workflow('appeals', 50), backlog: { maxHours: 10, openingHours: 20 } }],
      }),
    );
    expect(totalCost).toBeCloseTo((50 + 20) * 10);
    expect(limit('demand', { workflow: 'appeals', period: 'P1' })).toMatchObject({
      used: 50,
      limit: 50,
      shadowPrice: 10,
      allowableIncrease: 30,
      allowableDecrease: 50,
    });
  });
});

it('lets nothing wait after the last period', () => {
  // 120 hours, 100 of capacity and no shortfall: waiting would be the only way out.
  const scenario = smallScenario({
    workflows: [{ ...workflow('appeals', 120), backlog: { maxHours: 500 } }],
  });
  expect(solveInfeasible(scenario).conflict.map(({ family }) => family)).toEqual(['demand', 'team-capacity']);
});

it('names the demand that nobody may serve', () => {
  const { conflict, sentence } = solveInfeasible(
    smallScenario({ workflows: [{ ...workflow('appeals', 50), name: 'Account appeals', skills: ['law'] }] }),
  );
  expect(conflict).toEqual([
    {
      family: 'demand',
      subject: { workflow: 'appeals', period: 'P1' },
      label: 'Demand of Account appeals in P1',
      requirement: 'Account appeals needs 50 hours served in P1',
      weight: 1,
    },
  ]);
  expect(sentence).toBe(
    'There is no plan: Account appeals needs 50 hours served in P1, and nothing in the scenario can meet that.',
  );
});

import { describe, expect, it } from 'vitest';
import comfortPlus from '../../fixtures/published/comfort-plus.json' with { type: 'json' };
import dantzig from '../../fixtures/published/dantzig-transport.json' with { type: 'json' };
import foster from '../../fixtures/published/foster-transport.json' with { type: 'json' };
import type { Subject } from '../../../models/linear-program.ts';
import type { ConstraintReport } from '../../../models/plan.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { type SolvedPlan, solveOptimal } from '../solved-plan.ts';

function near(value: number | null): unknown {
  return value === null ? null : expect.closeTo(value, 6);
}

function constraintsOf({ plan }: SolvedPlan): ConstraintReport[] {
  const report = plan.sensitivity;
  return report && 'constraints' in report ? report.constraints : [];
}

describe(`Comfort Plus (${comfortPlus.source})`, () => {
  const { expected } = comfortPlus;
  const solved = solveOptimal(comfortPlus.scenario);

  /** The published tables name a limit by family, team and period in one text. */
  function subjectOf(key: string): [family: string, subject: Subject] {
    const [family, ...ids] = key.split(' ');
    const period = ids.at(-1)!;
    return [family, family === 'team-capacity' ? { team: ids[0], period } : { workflow: 'seats', period }];
  }

  it('costs what was published', () => {
    expect(solved.totalCost).toBeCloseTo(expected.totalCost, 6);
    for (const [key, hours] of Object.entries(expected.allocation)) {
      const [teamId, period] = key.split(' ');
      expect(solved.hours('seats', teamId, period)).toBeCloseTo(hours, 6);
    }
    expect(solved.plan.backlog).toEqual([
      { workflow: 'seats', period: 'Q2', hours: near(expected.backlogAtEndOfQ2) },
    ]);
  });

  it.each(Object.entries(expected.prices))('has the published price and range of %s', (key, price) => {
    expect(solved.limit(...subjectOf(key))).toMatchObject({
      shadowPrice: near(price.shadowPrice),
      allowableIncrease: near(price.allowableIncrease),
      allowableDecrease: near(price.allowableDecrease),
      degenerate: false,
    });
  });

  it('has no other limit', () => {
    expect(constraintsOf(solved)).toHaveLength(Object.keys(expected.prices).length);
  });

  it.each(Object.entries(expected.placements))(
    'has the published reduced cost and range of %s',
    (key, cost) => {
      const [teamId, period] = key.split(' ');
      expect(solved.placement('seats', teamId, period)).toMatchObject({
        reducedCost: near(cost.reducedCost),
        allowableIncrease: near(cost.allowableIncrease),
        allowableDecrease: near(cost.allowableDecrease),
      });
    },
  );

  it('says each binding price in a sentence and leaves the others without one', () => {
    const sentences = constraintsOf(solved).flatMap(({ sentence }) => sentence ?? []);
    expect(sentences).toEqual([
      'One more hour of seats in Q2 would cost 13.75 USD, without an upper end.',
      'One more hour of seats in Q1 would cost 12.25 USD, up to 100 hours.',
      'One more hour at cpi in Q2 would save 3.50 USD, up to 300 hours.',
      'One more hour at cpi in Q1 would save 2.00 USD, up to 200 hours.',
    ]);
  });

  it('gives a limit that does not bind the room to it', () => {
    expect(solved.limit('backlog-limit', { workflow: 'seats', period: 'Q2' })).toMatchObject({
      used: near(100),
      limit: 300,
      slack: near(200),
      binding: false,
      shadowPrice: 0,
      allowableIncrease: null,
      allowableDecrease: near(200),
    });
  });

  it('states its convention', () => {
    expect(solved.plan.sensitivity).toMatchObject({
      convention: 'change of total cost per unit increase of the limit',
      basis: 'lp',
    });
  });
});

describe(`Dantzig (${dantzig.source})`, () => {
  const solved = solveOptimal(dantzig.scenario);
  const demands = dantzig.scenario.workflows.map(({ id }) =>
    solved.limit('demand', { workflow: id, period: 'P1' }),
  );

  it('costs what was published', () => {
    expect(solved.totalCost).toBeCloseTo(dantzig.expected.totalCost, 9);
  });

  it('has the published prices of demand', () => {
    const prices = demands.map(({ shadowPrice }) => shadowPrice);
    expect(prices).toEqual(dantzig.expected.demandShadowPrices.map(near));
  });
});

describe(`Foster (${foster.source})`, () => {
  const { scenario, expected } = foster;
  const solved = solveOptimal(scenario);

  it('costs what was published', () => {
    expect(solved.totalCost).toBeCloseTo(expected.totalCost, 6);
  });

  it('is called degenerate: supply and demand are both 13 500, so no limit can move both ways', () => {
    const binding = constraintsOf(solved).filter((row) => row.binding);
    expect(binding).toHaveLength(7);
    expect(binding.map(({ degenerate }) => degenerate)).toEqual(binding.map(() => true));
  });

  it('proves its cost with its prices, whichever basis they are of', () => {
    const value = constraintsOf(solved).reduce((sum, { shadowPrice, limit }) => sum + shadowPrice * limit, 0);
    expect(value).toBeCloseTo(expected.totalCost, 6);
    for (const row of constraintsOf(solved)) {
      if (row.family === 'team-capacity') expect(row.shadowPrice).toBeLessThanOrEqual(0);
    }
  });

  it('has reduced costs that follow from its prices', () => {
    for (const { workflow: w, team: k, costPerDemandHour } of scenario.placements) {
      const demand = solved.limit('demand', { workflow: w, period: 'P1' }).shadowPrice;
      const capacity = solved.limit('team-capacity', { team: k, period: 'P1' }).shadowPrice;
      expect(solved.placement(w, k, 'P1').reducedCost).toBeCloseTo(costPerDemandHour - demand - capacity, 6);
    }
  });
});

describe('a share', () => {
  const base = smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('manila', 'luzon', 30, null), team('acme', 'cebu', 10, null)],
    workflows: [workflow('appeals', 160)],
  });
  const withVendor = (maxShare: number) =>
    solveOptimal({ ...base, rules: { vendorShare: [{ vendor: 'acme', maxShare }] } });
  const withInHouse = (...rules: object[]) => solveOptimal({ ...base, rules: { inHouseShare: rules } });
  const vendorRow = { vendor: 'acme', period: 'P1' };

  it('of a vendor is used by its hours and limited by the share of all hours placed', () => {
    // 0.75 · 160 = 120 at acme, 40 in-house.
    const solved = withVendor(0.75);
    expect(solved.totalCost).toBeCloseTo(120 * 10 + 40 * 30, 6);
    expect(solved.limit('vendor-share', vendorRow)).toMatchObject({
      used: near(120),
      limit: near(120),
      slack: 0,
    });
  });

  it('of 0 leaves a vendor nothing', () => {
    const solved = withVendor(0);
    expect(solved.totalCost).toBeCloseTo(160 * 30, 6);
    expect(solved.limit('vendor-share', vendorRow)).toMatchObject({
      used: 0,
      limit: 0,
      binding: true,
      shadowPrice: near(-20),
      allowableIncrease: near(160),
      allowableDecrease: 0,
      degenerate: false, // there is nothing to take away, so no second price
    });
  });

  it('of 1 lets a vendor have all, and nothing changes with more', () => {
    const solved = withVendor(1);
    expect(solved.totalCost).toBeCloseTo(160 * 10, 6);
    const row = solved.limit('vendor-share', vendorRow);
    expect(row).toMatchObject({ used: near(160), limit: near(160), binding: true, degenerate: true });
    // One-sided: one hour less allowed would cost 20, one more changes nothing.
    expect(row.shadowPrice).toBeGreaterThanOrEqual(-20);
    expect(row.shadowPrice).toBeLessThanOrEqual(0);
  });

  it('that does not bind has the room to it', () => {
    // acme is the dear one: it gets nothing of the 96 it may have.
    const solved = solveOptimal({
      ...base,
      teams: [team('manila', 'luzon', 10, null), team('acme', 'cebu', 30, null)],
      rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.6 }] },
    });
    expect(solved.limit('vendor-share', vendorRow)).toMatchObject({
      used: 0,
      limit: near(96),
      slack: near(96),
      binding: false,
      degenerate: false,
      shadowPrice: 0,
      allowableIncrease: null,
      allowableDecrease: near(96),
    });
  });

  it('kept in-house is used by the in-house hours and limited by the share of all hours placed', () => {
    // 0.25 · 160 = 40 in-house.
    const solved = withInHouse({ minShare: 0.25 });
    expect(solved.totalCost).toBeCloseTo(40 * 30 + 120 * 10, 6);
    expect(solved.limit('in-house-share', { period: 'P1' })).toMatchObject({
      used: near(40),
      limit: near(40),
      slack: 0,
      shadowPrice: near(20),
      allowableIncrease: near(120),
      allowableDecrease: near(40),
    });
  });

  it('kept in-house of one workflow counts that workflow alone', () => {
    const solved = solveOptimal({
      ...base,
      workflows: [workflow('appeals', 160), workflow('billing', 60)],
      rules: { inHouseShare: [{ workflow: 'billing', minShare: 0.25 }] },
    });
    expect(solved.limit('in-house-share', { workflow: 'billing', period: 'P1' })).toMatchObject({
      used: near(15),
      limit: near(15),
      allowableIncrease: near(45),
    });
  });

  it('kept in-house of 1 leaves a vendor nothing', () => {
    const solved = withInHouse({ minShare: 1 });
    expect(solved.totalCost).toBeCloseTo(160 * 30, 6);
    expect(solved.limit('in-house-share', { period: 'P1' })).toMatchObject({
      used: near(160),
      limit: near(160),
      shadowPrice: near(20),
      allowableIncrease: 0, // no more than everything
      allowableDecrease: near(160),
      degenerate: true,
    });
  });

  it('kept in-house of 0 asks for nothing', () => {
    const solved = withInHouse({ minShare: 0 });
    expect(solved.totalCost).toBeCloseTo(160 * 10, 6);
    const row = solved.limit('in-house-share', { period: 'P1' });
    expect(row).toMatchObject({ used: 0, limit: 0, binding: true, degenerate: true });
    expect(row.shadowPrice).toBeGreaterThanOrEqual(0);
    expect(row.shadowPrice).toBeLessThanOrEqual(20);
  });

  it('kept in-house that does not bind has the room from it', () => {
    const solved = solveOptimal({
      ...base,
      teams: [team('manila', 'luzon', 10, null), team('acme', 'cebu', 30, null)],
      rules: { inHouseShare: [{ minShare: 0.25 }] },
    });
    expect(solved.limit('in-house-share', { period: 'P1' })).toMatchObject({
      used: near(160),
      limit: near(40),
      slack: near(120),
      binding: false,
      shadowPrice: 0,
      allowableIncrease: near(120),
      allowableDecrease: null,
    });
  });

  it('leaves shortfall out and counts work that waited where it is placed', () => {
    // P1: 60 of 160 hours wait. 100 are placed, acme may have 50. P2: the 60 are placed, acme may have 30.
    const solved = solveOptimal({
      ...base,
      periods: [{ id: 'P1' }, { id: 'P2' }],
      teams: [team('manila', 'luzon', 30, 50, ['P1', 'P2']), team('acme', 'cebu', 10, null, ['P1', 'P2'])],
      workflows: [
        {
          ...workflow('appeals', 160, 0),
          shortfallCostPerHour: 900,
          backlog: { maxHours: 60, costPerHourPeriod: 0 },
        },
      ],
      rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.5 }] },
    });
    expect(solved.plan.backlog).toEqual([{ workflow: 'appeals', period: 'P1', hours: near(60) }]);
    expect(solved.limit('vendor-share', { vendor: 'acme', period: 'P1' }).limit).toBeCloseTo(50, 6);
    expect(solved.limit('vendor-share', { vendor: 'acme', period: 'P2' }).limit).toBeCloseTo(30, 6);
  });
});

describe('a limit', () => {
  it('that a plan reaches by chance binds, and is degenerate', () => {
    // Demand is just the capacity: one hour more of either has a price of its own.
    const solved = solveOptimal(
      smallScenario({ workflows: [{ ...workflow('appeals', 100), shortfallCostPerHour: 300 }] }),
    );
    expect(solved.limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({
      used: 100,
      slack: 0,
      binding: true,
      degenerate: true,
    });
  });

  it('cannot fall below 0, however long its price would hold', () => {
    const solved = solveOptimal(smallScenario());
    expect(solved.limit('demand', { workflow: 'appeals', period: 'P1' }).allowableDecrease).toBe(50);
  });

  it('is listed once, in the order of the families', () => {
    const rows = constraintsOf(
      solveOptimal(
        smallScenario({
          periods: [{ id: 'P1' }, { id: 'P2' }],
          sites: [{ ...inHouseSite('luzon'), seats: 10 }, vendorSite('cebu', 'acme')],
          teams: [team('acme', 'cebu', 10, 100, ['P1', 'P2'])],
          workflows: [{ ...workflow('appeals', 20, 20), backlog: { maxHours: 5 } }],
          rules: {
            vendorShare: [{ vendor: 'acme', maxShare: 1 }],
            inHouseShare: [{ minShare: 0 }],
            budget: [{ amount: 900 }],
          },
        }),
      ),
    );
    const count = (family: string) => rows.filter((row) => row.family === family).length;
    expect([...new Set(rows.map(({ family }) => family))].map((family) => [family, count(family)])).toEqual([
      ['demand', 2],
      ['team-capacity', 2],
      ['site-seats', 2],
      ['vendor-share', 2],
      ['in-house-share', 2],
      ['budget', 1],
      ['backlog-limit', 1],
    ]);
  });
});

import { expect, it } from 'vitest';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const sites = [
  inHouseSite('luzon'),
  vendorSite('cebu', 'acme'),
  vendorSite('davao', 'acme'),
  vendorSite('lodz', 'zeta'),
];

it('holds a vendor, at all its sites together, to a share of the hours placed in each period', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    sites,
    teams: [
      team('manila', 'luzon', 30, null, ['P1', 'P2']),
      team('cebu', 'cebu', 10, null),
      team('davao', 'davao', 11, null),
      team('lodz', 'lodz', 20, null),
    ],
    // Occupancy does not matter: shares are of workload hours, not of team hours.
    workflows: [
      { ...workflow('appeals', 100, 40), occupancy: 0.8, shortfallCostPerHour: 300 },
      workflow('billing', 60),
    ],
    rules: {
      vendorShare: [
        { vendor: 'zeta', maxShare: 0.25 },
        { vendor: 'acme', maxShare: 0.6 },
      ],
    },
  });
  expectGoldenProgram(scenario, 'vendor-share');
});

const shared = (maxShare: number) =>
  smallScenario({
    sites,
    teams: [team('manila', 'luzon', 30, null), team('cebu', 'cebu', 10, null)],
    workflows: [workflow('appeals', 100)],
    rules: { vendorShare: [{ vendor: 'acme', maxShare }] },
  });

it('prices one hour beyond the share by what it costs elsewhere', () => {
  // acme takes 60 of 100 hours for 10, manila 40 for 30.
  const { totalCost, limit } = solveOptimal(shared(0.6));
  expect(totalCost).toBeCloseTo(60 * 10 + 40 * 30);
  expect(limit('vendor-share', { vendor: 'acme', period: 'P1' })).toMatchObject({
    label: 'Share of acme in P1',
    unit: 'hours',
    used: expect.closeTo(60) as number,
    limit: expect.closeTo(60) as number,
    binding: true,
    shadowPrice: expect.closeTo(-20) as number,
    allowableIncrease: expect.closeTo(40) as number,
    allowableDecrease: expect.closeTo(60) as number,
    sentence: 'Letting acme have one hour more than its share in P1 would save 20.00 USD, up to 40 hours.',
  });
});

it('says that a vendor may get no more than its share where nobody else can take the work', () => {
  const scenario = { ...shared(0.6), teams: [team('cebu', 'cebu', 10, null)] };
  const { conflict, sentence } = solveInfeasible(scenario);
  expect(conflict.map(({ family }) => family)).toEqual(['demand', 'vendor-share']);
  expect(sentence).toBe(
    'There is no plan: these cannot all hold: appeals needs 100 hours served in P1; acme may get no more than its share of the hours placed in P1.',
  );
});

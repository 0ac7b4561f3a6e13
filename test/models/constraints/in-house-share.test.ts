import { expect, it } from 'vitest';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const sites = [inHouseSite('luzon'), vendorSite('cebu', 'acme')];

it('keeps a share of the hours placed in-house, of one workflow or of all, in each period', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    sites,
    teams: [team('manila', 'luzon', 30, null, ['P1', 'P2']), team('cebu', 'cebu', 10, null)],
    workflows: [workflow('appeals', 100, 40), { ...workflow('billing', 60), shortfallCostPerHour: 300 }],
    rules: { inHouseShare: [{ minShare: 0.2 }, { workflow: 'appeals', minShare: 0.3 }] },
  });
  expectGoldenProgram(scenario, 'in-house-share');
});

const shared = (rule: { workflow?: string; minShare: number }) =>
  smallScenario({
    sites,
    teams: [team('manila', 'luzon', 30, null), team('cebu', 'cebu', 10, null)],
    workflows: [{ ...workflow('appeals', 100), name: 'Account appeals' }],
    rules: { inHouseShare: [rule] },
  });

it('prices one hour more kept in-house, and so never below 0', () => {
  // 30 of 100 hours in-house for 30, 70 at acme for 10.
  const { totalCost, limit } = solveOptimal(shared({ minShare: 0.3 }));
  expect(totalCost).toBeCloseTo(30 * 30 + 70 * 10);
  expect(limit('in-house-share', { period: 'P1' })).toMatchObject({
    label: 'In-house share of all work in P1',
    unit: 'hours',
    used: expect.closeTo(30) as number,
    limit: expect.closeTo(30) as number,
    binding: true,
    shadowPrice: expect.closeTo(20) as number,
    allowableIncrease: expect.closeTo(70) as number,
    allowableDecrease: expect.closeTo(30) as number,
    sentence:
      'Keeping one hour more of all work in-house than the share asks in P1 would cost 20.00 USD, up to 70 hours.',
  });
});

it('names the workflow whose share it is', () => {
  const { limit } = solveOptimal(shared({ workflow: 'appeals', minShare: 0.3 }));
  const row = limit('in-house-share', { workflow: 'appeals', period: 'P1' });
  expect(row.label).toBe('In-house share of Account appeals in P1');
  expect(row.sentence).toBe(
    'Keeping one hour more of Account appeals in-house than the share asks in P1 would cost 20.00 USD, up to 70 hours.',
  );
});

it.each([
  [{ minShare: 0.3 }, 'the in-house share of all work must be kept in P1'],
  [{ workflow: 'appeals', minShare: 0.3 }, 'the in-house share of Account appeals must be kept in P1'],
])('says which share must be kept where nobody in-house can take the work: %o', (rule, requirement) => {
  const { conflict } = solveInfeasible({ ...shared(rule), teams: [team('cebu', 'cebu', 10, null)] });
  expect(conflict.map((part) => part.requirement)).toEqual([
    'Account appeals needs 100 hours served in P1',
    requirement,
  ]);
});

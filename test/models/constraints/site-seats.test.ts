import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, type Team, workflow } from '../small-scenario.ts';
import { faultsOf, solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** A team whose FTE give 160 · (1 − 0.25) = 120 productive hours each. */
function fteTeam(id: string, site: string, fte: number, periods = ['P1']): Team {
  const capacity = periods.map((period) => ({ period, fte, paidHoursPerFte: 160, shrinkage: 0.25 }));
  return { ...team(id, site, 10, 0, []), capacity };
}

it('limits the FTE at work at a site, whichever of its teams they are in', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    sites: [{ ...inHouseSite('luzon'), seats: 10, fteSharingASeat: 1.5 }, inHouseSite('cebu')],
    teams: [
      fteTeam('day', 'luzon', 20, ['P1', 'P2']),
      fteTeam('night', 'luzon', 20),
      team('cebu', 'cebu', 30, null),
    ],
    workflows: [{ ...workflow('appeals', 600), occupancy: 0.8 }, workflow('billing', 600)],
    // 2 / 120 and 1 / 0.8 / 120 FTE a workload hour.
    placements: [{ workflow: 'billing', team: 'night', handlingFactor: 2 }],
  });
  expectGoldenProgram(scenario, 'site-seats');
});

const crowded = (parts: Partial<Scenario> = {}) =>
  smallScenario({
    sites: [{ ...inHouseSite('luzon'), name: 'Luzon', seats: 10, fteSharingASeat: 1.5 }, inHouseSite('cebu')],
    teams: [fteTeam('day', 'luzon', 25), team('cebu', 'cebu', 30, null)],
    workflows: [workflow('appeals', 2400)],
    ...parts,
  });

it('prices a seated FTE by the hours it would take over', () => {
  // 10 seats · 1.5 = 15 FTE · 120 h = 1800 h at 10; the other 600 at 30. One FTE more: 120 · (10 − 30) = −2400.
  const { totalCost, limit } = solveOptimal(crowded());
  expect(totalCost).toBeCloseTo(1800 * 10 + 600 * 30);
  expect(limit('site-seats', { site: 'luzon', period: 'P1' })).toMatchObject({
    label: 'Seats at Luzon in P1',
    unit: 'fte',
    used: 15,
    limit: 15,
    binding: true,
    shadowPrice: expect.closeTo(-2400) as number,
    allowableIncrease: expect.closeTo(5) as number, // 600 h / 120 h
    allowableDecrease: expect.closeTo(15) as number,
    sentence: 'Room for one more FTE at Luzon in P1 would save 2,400.00 USD, up to 5 FTE.',
  });
});

it('says how many FTE a site seats where that is too little', () => {
  const scenario = crowded({ teams: [fteTeam('day', 'luzon', 25)] });
  expect(solveInfeasible(scenario).sentence).toBe(
    'There is no plan: these cannot all hold: appeals needs 2,400 hours served in P1; Luzon seats 15 FTE in P1.',
  );
});

describe('a number of FTE per workload hour that no engine can carry is refused', () => {
  const scenario = (paidHoursPerFte: number, shrinkage: number) =>
    crowded({
      teams: [
        {
          ...team('day', 'luzon', 10, 0, []),
          capacity: [{ period: 'P1', fte: 0.5, paidHoursPerFte, shrinkage }],
        },
      ],
      workflows: [workflow('appeals', 1)],
    });

  it.each([
    ['too small', 1e9, 0],
    ['too large', 1e-6, 1 - 1e-6],
  ])('%s', (_, paidHoursPerFte, shrinkage) => {
    const faults = faultsOf(scenario(paidHoursPerFte, shrinkage));
    expect(faults.map(({ pointer, code }) => [pointer, code])).toContainEqual([
      '/teams/0/capacity/0',
      'out-of-range',
    ]);
  });
});

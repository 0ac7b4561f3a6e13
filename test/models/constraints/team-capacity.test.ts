import { expect, it } from 'vitest';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

it('limits team hours, which are workload hours times handling factor over occupancy', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [
      team('manila', 'luzon', 10, 100, ['P1', 'P2']),
      // 12 FTE · 160 h · (1 − 0.25) = 1440 h in P1; no capacity at all in P2.
      {
        ...team('day', 'luzon', 10, 0, []),
        capacity: [{ period: 'P1', fte: 12, paidHoursPerFte: 160, shrinkage: 0.25 }],
      },
      team('on-call', 'luzon', 40, null), // uncapped: no row
      team('trainees', 'luzon', 5, 0), // no hours: a row all the same
    ],
    workflows: [{ ...workflow('appeals', 60, 60), occupancy: 0.8 }, workflow('billing', 30)],
    placements: [
      { workflow: 'appeals', team: 'manila', handlingFactor: 1.2 }, // 1.2 / 0.8 = 1.5
      { workflow: 'appeals', team: 'manila', period: 'P2', handlingFactor: 2 }, // 2 / 0.8 = 2.5
    ],
  });
  expectGoldenProgram(scenario, 'team-capacity');
});

it('prices an hour of the team by what its work costs elsewhere', () => {
  // Occupancy 0.8: a workload hour uses 1.25 team hours, so manila serves 80 of the 100 hours.
  // A workload hour costs 12.50 at manila and 31.25 at night; a team hour moves 0.8 of one: 0.8 · 18.75 = 15.
  const { totalCost, limit } = solveOptimal(
    smallScenario({
      teams: [{ ...team('manila', 'luzon', 10, 100), name: 'Manila EN' }, team('night', 'luzon', 25, null)],
      workflows: [{ ...workflow('appeals', 100), occupancy: 0.8 }],
    }),
  );
  expect(totalCost).toBeCloseTo(80 * 12.5 + 20 * 31.25);
  expect(limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({
    label: 'Capacity of Manila EN in P1',
    unit: 'hours',
    used: 100,
    limit: 100,
    slack: 0,
    binding: true,
    degenerate: false,
    shadowPrice: expect.closeTo(-15) as number,
    allowableIncrease: expect.closeTo(25) as number, // the other 20 workload hours · 1.25
    allowableDecrease: 100,
    sentence: 'One more hour at Manila EN in P1 would save 15.00 USD, up to 25 hours.',
  });
});

it('prices the first hour of a team that has none', () => {
  const { limit } = solveOptimal(
    smallScenario({ teams: [team('manila', 'luzon', 10, 0), team('night', 'luzon', 25, null)] }),
  );
  expect(limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({
    used: 0,
    limit: 0,
    binding: true,
    shadowPrice: -15,
    allowableIncrease: 50,
    allowableDecrease: 0,
    sentence: 'One more hour at manila in P1 would save 15.00 USD, up to 50 hours.',
  });
});

it('leaves the payroll of a team paid for its whole capacity out of its price, and says so', () => {
  // Its 20 hours cost nothing to use; the other 30 cost 25 at night. The 10 an hour are owed either way.
  const { limit, plan } = solveOptimal(
    smallScenario({
      teams: [{ ...team('salaried', 'luzon', 10, 20), paid: 'capacity' }, team('night', 'luzon', 25, null)],
    }),
  );
  expect(plan.costs).toMatchObject({ payroll: 200, handling: 30 * 25 });
  expect(limit('team-capacity', { team: 'salaried', period: 'P1' })).toMatchObject({
    shadowPrice: -25,
    sentence:
      'One more hour at salaried in P1 would save 25.00 USD, up to 30 hours. The pay of that hour is not counted: the whole capacity is paid for.',
  });
});

it('says so too where only one hour less has a price', () => {
  // The 50 hours just fit: one more has nothing to do, one less goes to night for 25, and its pay is owed all the same.
  const { limit } = solveOptimal(
    smallScenario({
      teams: [{ ...team('salaried', 'luzon', 10, 50), paid: 'capacity' }, team('night', 'luzon', 25, null)],
    }),
    'full',
  );
  expect(limit('team-capacity', { team: 'salaried', period: 'P1' }).sentence).toBe(
    'One more hour at salaried in P1 would change nothing, without an upper end. One less would cost 25.00 USD, up to 50 hours. The pay of that hour is not counted: the whole capacity is paid for.',
  );
});

it('gives an uncapped team no row', () => {
  const { plan } = solveOptimal(smallScenario({ teams: [team('manila', 'luzon', 10, null)] }));
  const report = plan.sensitivity;
  expect(report && 'constraints' in report && report.constraints.map(({ family }) => family)).toEqual([
    'demand',
  ]);
});

it('says what the team has where that is too little', () => {
  const { conflict, sentence } = solveInfeasible(smallScenario({ workflows: [workflow('appeals', 120.5)] }));
  expect(conflict.map(({ label }) => label)).toEqual(['Demand of appeals in P1', 'Capacity of manila in P1']);
  expect(sentence).toBe(
    'There is no plan: these cannot all hold: appeals needs 120.5 hours served in P1; manila has 100 productive hours in P1.',
  );
});

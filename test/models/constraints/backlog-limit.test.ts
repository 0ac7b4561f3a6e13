import { expect, it } from 'vitest';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

it('limits what waits at the end of every period but the last', () => {
  const scenario = smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }],
    teams: [team('manila', 'luzon', 10, 100, ['P1', 'P3'])],
    workflows: [
      { ...workflow('appeals', 120), backlog: { maxHours: 40, costPerHourPeriod: 1.5, openingHours: 60 } },
      { ...workflow('billing', 10, 10), backlog: { maxHours: 0 } },
      workflow('chat', 10),
    ],
  });
  expectGoldenProgram(scenario, 'backlog-limit');
});

const busy = (parts: object = {}) =>
  smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2']), team('night', 'luzon', 30, null)],
    workflows: [
      { ...workflow('appeals', 120, 50), name: 'Appeals', backlog: { maxHours: 15, costPerHourPeriod: 1.5 } },
    ],
    ...parts,
  });

it('prices one more hour of waiting by the dearer hour it avoids', () => {
  // P1: 100 at manila, 15 wait, 5 at night. P2: 50 + 15 at manila. One more waits: 1.5 + 10 − 30 = −18.5.
  const { totalCost, limit, plan } = solveOptimal(busy());
  expect(totalCost).toBeCloseTo(100 * 10 + 15 * 1.5 + 5 * 30 + 65 * 10);
  expect(plan.backlog).toEqual([{ workflow: 'appeals', period: 'P1', hours: 15 }]);
  expect(limit('backlog-limit', { workflow: 'appeals', period: 'P1' })).toMatchObject({
    label: 'Backlog limit of Appeals at the end of P1',
    unit: 'hours',
    used: 15,
    limit: 15,
    binding: true,
    shadowPrice: expect.closeTo(-18.5) as number,
    allowableIncrease: expect.closeTo(5) as number,
    allowableDecrease: expect.closeTo(15) as number,
    sentence:
      'One more hour of Appeals allowed to wait at the end of P1 would save 18.50 USD, up to 5 hours.',
  });
});

it('has no row in the last period', () => {
  const report = solveOptimal(busy()).plan.sensitivity;
  const rows = report && 'constraints' in report ? report.constraints : [];
  const periods = rows.flatMap(({ family, subject }) => (family === 'backlog-limit' ? [subject.period] : []));
  expect(periods).toEqual(['P1']);
});

it('says how much may wait where that is too little', () => {
  const scenario = busy({ teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2'])] });
  const { conflict, sentence } = solveInfeasible(scenario);
  expect(conflict.map(({ family }) => family).sort()).toEqual(['backlog-limit', 'demand', 'team-capacity']);
  expect(sentence).toContain('at most 15 hours of Appeals may wait at the end of P1');
});

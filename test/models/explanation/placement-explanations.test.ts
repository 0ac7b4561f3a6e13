import { expect, it } from 'vitest';
import type { LimitName } from '../../../models/explanation.ts';
import { placementExplanations } from '../../../models/explanation/placement-explanations.ts';
import { planningData } from '../solved-plan.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';

const data = planningData(
  smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [team('manila', 'luzon', 10, 100, ['P1', 'P2'])],
    workflows: [workflow('appeals', 50, 50)],
  }),
);

const capacityIn = (period: string): LimitName => ({
  family: 'team-capacity',
  subject: { team: 'manila', period },
});
const seatsIn = (period: string): LimitName => ({ family: 'site-seats', subject: { site: 'luzon', period } });
const budget = (period?: string): LimitName => ({
  family: 'budget',
  subject: period === undefined ? {} : { period },
});

/** What is said of appeals at manila, held out of each period by these limits. */
function explained(cause: 'no-room' | 'held-by-rule', ...because: LimitName[][]) {
  const lines = because.map((limits, period) => ({
    workflow: 0,
    team: 0,
    period,
    cause,
    because: limits,
    price: {
      period: data.periods[period].id,
      hours: 0,
      costPerDemandHour: 10,
      charges: limits.map((limit) => ({ ...limit, perHour: 5 })),
      demandPrice: 12,
      reducedCost: 3,
      planHoldsFrom: 7,
      planHoldsTo: null,
    },
  }));
  return placementExplanations(data, lines, () => true).map((line) => [
    line.periods,
    line.cause === 'ineligible' ? undefined : line.because,
    line.sentence.split(': an hour')[0],
  ]);
}

it('takes periods together whichever of the same limits weighs more', () => {
  expect(explained('no-room', [capacityIn('P1'), seatsIn('P1')], [seatsIn('P2'), capacityIn('P2')])).toEqual([
    [
      ['P1', 'P2'],
      [
        { family: 'team-capacity', subject: { team: 'manila' } },
        { family: 'site-seats', subject: { site: 'luzon' } },
      ],
      'manila has no room for appeals in P1, P2, Capacity of manila in P1 and Seats at luzon in P1 (and 1 more period) would have to make room',
    ],
  ]);
});

it('does not take the budget of a period for that of the whole horizon', () => {
  const named = [{ family: 'budget', subject: {} }];
  expect(explained('held-by-rule', [budget('P1')], [budget()])).toEqual([
    [['P1'], named, 'Budget of P1 keeps appeals from manila in P1'],
    [['P2'], named, 'Budget of the whole horizon keeps appeals from manila in P2'],
  ]);
});

it('names the budgets of a period and of the whole horizon once without their periods, and both in the sentence', () => {
  const [[periods, because, sentence]] = explained('held-by-rule', [budget('P1'), budget()]);
  expect([periods, because]).toEqual([['P1'], [{ family: 'budget', subject: {} }]]);
  expect(sentence).toBe('Budget of P1 and Budget of the whole horizon keep appeals from manila in P1');
});

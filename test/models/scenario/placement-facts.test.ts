import { expect, it } from 'vitest';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

const periods = ['P1', 'P2'];

function placementsWith(...placements: object[]) {
  const { placements: found, ineligible } = planningData(
    smallScenario({
      periods: periods.map((id) => ({ id })),
      teams: [team('manila', 'luzon', 10, 100, periods)],
      workflows: [workflow('appeals', 50, 50)],
      placements: placements.map((facts) => ({ workflow: 'appeals', team: 'manila', ...facts })),
    }),
  );
  const inPeriods = Array.from(found.period, (t) => periods[t]);
  return {
    cost: Object.fromEntries(inPeriods.map((period, j) => [period, found.costPerDemandHour[j]])),
    factor: Object.fromEntries(inPeriods.map((period, j) => [period, found.teamHoursPerDemandHour[j]])),
    ineligible: ineligible(0),
  };
}

it('holds a placement without a period in all periods', () => {
  expect(placementsWith({ handlingFactor: 2 }).factor).toEqual({ P1: 2, P2: 2 });
});

it('overrides the handling factor in a period and keeps the general cost', () => {
  const { cost, factor } = placementsWith(
    { handlingFactor: 2, costPerDemandHour: 7 },
    { period: 'P2', handlingFactor: 3 },
  );
  expect(factor).toEqual({ P1: 2, P2: 3 });
  expect(cost).toEqual({ P1: 7, P2: 7 });
});

it('overrides the cost in a period and keeps the general handling factor', () => {
  const { cost, factor } = placementsWith({ period: 'P1', costPerDemandHour: 0 }, { handlingFactor: 2 });
  expect(factor).toEqual({ P1: 2, P2: 2 });
  expect(cost).toEqual({ P1: 0, P2: 20 });
});

it('forbids one period and says so for that period only', () => {
  const { cost, ineligible } = placementsWith({ costPerDemandHour: 7 }, { period: 'P2', allowed: false });
  expect(cost).toEqual({ P1: 7 });
  expect(ineligible).toEqual([
    {
      workflow: 'appeals',
      team: 'manila',
      period: 'P2',
      reasons: [{ rule: 'not-allowed', needed: true, has: false }],
    },
  ]);
});

it('lifts a general prohibition in one period', () => {
  const { cost, ineligible } = placementsWith({ allowed: false }, { period: 'P2', allowed: true });
  expect(cost).toEqual({ P2: 10 });
  expect(ineligible.map(({ period }) => period)).toEqual(['P1']);
});

it('reports a prohibition in every period once, without a period', () => {
  const everywhere = [
    { workflow: 'appeals', team: 'manila', reasons: [{ rule: 'not-allowed', needed: true, has: false }] },
  ];
  expect(placementsWith({ allowed: false }).ineligible).toEqual(everywhere);
  expect(
    placementsWith({ period: 'P1', allowed: false }, { period: 'P2', allowed: false }).ineligible,
  ).toEqual(everywhere);
});

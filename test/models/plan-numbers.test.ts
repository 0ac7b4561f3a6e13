import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../models/allocation-model.ts';
import { type ColumnKey, isChoice } from '../../models/linear-program.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import { inHouseSite, smallScenario, team } from './small-scenario.ts';
import { planningData } from './solved-plan.ts';
import { NO_PEOPLE_COSTS } from './no-people-costs.ts';

const data = planningData(
  smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    sites: [inHouseSite('luzon'), inHouseSite('cebu')],
    teams: [
      team('manila', 'luzon', 10, 100, ['P1', 'P2']),
      { ...team('fixed', 'cebu', 20, 30, ['P1', 'P2']), paid: 'capacity' },
    ],
    workflows: [
      {
        id: 'appeals',
        demand: [
          { period: 'P1', contacts: 1000, ahtSeconds: 360 }, // 100 hours
          { period: 'P2', hours: 40 },
        ],
        occupancy: 0.8,
        shortfallCostPerHour: 300,
        backlog: { maxHours: 50, costPerHourPeriod: 1.5 },
      },
    ],
  }),
);
const program = buildAllocationModel(data);

/** Reads a plan off a column value each, by the column's kind, team and period. */
function numbersOf(hours: Record<string, number>) {
  const nameOf = (key: ColumnKey) =>
    isChoice(key) || key.kind === 'relief'
      ? key.kind
      : [key.kind === 'placement' ? data.teams[key.team].id : key.kind, data.periods[key.period].id].join(
          ' ',
        );
  const values = Float64Array.from(program.columns, (key) => hours[nameOf(key)] ?? 0);
  return planNumbersOf(data, program, values);
}

describe('a plan', () => {
  // 75 + 10 + 5 + 10 = 100 hours in P1; 40 + 10 = 50 hours in P2.
  const plan = numbersOf({
    'manila P1': 75,
    'fixed P1': 10,
    'shortfall P1': 5,
    'backlog P1': 10,
    'manila P2': 50,
  });

  it('gives each line its contacts, team hours, share and cost', () => {
    expect(plan.allocation).toHaveLength(3);
    expect(plan.allocation[1]).toEqual({
      workflow: 'appeals',
      team: 'manila',
      site: 'luzon',
      period: 'P1',
      hours: 75,
      contacts: 750, // 75 · 3600 / 360
      teamHours: 93.75, // 75 / 0.8
      share: 75 / 85, // of what is placed: shortfall and backlog are left out
      cost: 937.5,
    });
  });

  it('knows no contacts where the period has no AHT', () => {
    expect(plan.allocation[2]).toMatchObject({ period: 'P2', contacts: null, share: 1 });
  });

  it('adds up its money by term, payroll included whatever is placed', () => {
    expect(plan.costs).toEqual({
      handling: 937.5 + 625,
      payroll: 2 * 30 * 20,
      opening: 0,
      backlog: 10 * 1.5,
      shortfall: 5 * 300,
      ...NO_PEOPLE_COSTS,
    });
    expect(plan.totalCost).toBe(937.5 + 625 + 1200 + 15 + 1500);
  });

  it('lists shortfall and what waits', () => {
    expect(plan.shortfall).toEqual([{ workflow: 'appeals', period: 'P1', hours: 5 }]);
    expect(plan.backlog).toEqual([{ workflow: 'appeals', period: 'P1', hours: 10 }]);
  });
});

it('reads hours below 1e-9 and below zero as nothing', () => {
  const plan = numbersOf({ 'manila P1': 1e-10, 'fixed P1': -1e-9, 'backlog P1': 5e-10, 'manila P2': 1 });
  expect(plan.allocation.map(({ team, period }) => [team, period])).toEqual([['manila', 'P2']]);
  expect(plan.backlog).toEqual([]);
  expect(plan.costs.handling).toBe(12.5);
});

it('calls a site open where it has any work', () => {
  expect(numbersOf({ 'fixed P2': 1 }).sites).toEqual([
    { site: 'cebu', open: true, openingCost: 0 },
    { site: 'luzon', open: false, openingCost: 0 },
  ]);
});

import { describe, expect, it } from 'vitest';
import { smallScenario, team, type Team } from '../small-scenario.ts';
import { faultsOf, planningData } from '../solved-plan.ts';

/** 90 FTE · 160 paid hours · (1 − 0.25) = 10 800 productive hours, 120 each. */
const FTE = { period: 'P1', fte: 90, paidHoursPerFte: 160, shrinkage: 0.25 };
const HOURS = { period: 'P1', hours: 1000 };

type Basis = Team['rate']['basis'];

/** A workflow with f = 1.2 and o = 0.8, so 1.5 team hours per workload hour, and an AHT of 450 s (8 contacts an hour). */
function scenarioWith(basis: Basis, amount: number, paid: 'used' | 'capacity', capacity: object) {
  return smallScenario({
    teams: [
      { ...team('manila', 'luzon', 0, 0), rate: { basis, amount }, paid, capacity: [capacity] } as Team,
    ],
    workflows: [
      { id: 'appeals', occupancy: 0.8, demand: [{ period: 'P1', contacts: 400, ahtSeconds: 450 }] },
    ],
    placements: [{ workflow: 'appeals', team: 'manila', handlingFactor: 1.2 }],
  });
}

function costAndPayroll(...parts: Parameters<typeof scenarioWith>): [number, number] {
  const data = planningData(scenarioWith(...parts));
  return [data.placements.costPerDemandHour[0], data.teams[0].capacity[0]!.payroll];
}

describe('paid for hours used, a workload hour costs', () => {
  it.each([
    ['productive-hour', 14.2, HOURS, 14.2 * 1.5],
    ['productive-hour', 14.2, FTE, 14.2 * 1.5],
    ['paid-hour', 12, FTE, (12 * 1.5) / 0.75], // 24
    ['fte-period', 2400, FTE, (2400 * 1.5) / 120], // 30
    ['contact', 2.5, FTE, 2.5 * 8], // 20, neither factor nor occupancy
    ['contact', 2.5, HOURS, 20],
  ] as const)('by %s of %d at %o: %d', (basis, amount, capacity, cost) => {
    const [found, payroll] = costAndPayroll(basis, amount, 'used', capacity);
    expect(found).toBeCloseTo(cost, 10);
    expect(payroll).toBe(0);
  });
});

describe('paid for the whole capacity, a workload hour costs nothing and the payroll is', () => {
  it.each([
    ['productive-hour', 14.2, HOURS, 14.2 * 1000],
    ['productive-hour', 14.2, FTE, 14.2 * 10_800],
    ['paid-hour', 12, FTE, 12 * 90 * 160],
    ['paid-hour', 12, HOURS, 12 * 1000],
    ['fte-period', 2400, FTE, 2400 * 90],
  ] as const)('by %s of %d at %o: %d', (basis, amount, capacity, payroll) => {
    const [cost, found] = costAndPayroll(basis, amount, 'capacity', capacity);
    expect(cost).toBe(0);
    expect(found).toBeCloseTo(payroll, 6);
  });
});

describe('what a basis needs and the data do not have is a fault', () => {
  it.each([
    ['paid-hour', 'used', HOURS, '/teams/0/capacity/0', 'missing-fte'],
    ['fte-period', 'used', HOURS, '/teams/0/capacity/0', 'missing-fte'],
    ['fte-period', 'capacity', HOURS, '/teams/0/capacity/0', 'missing-fte'],
    ['contact', 'capacity', FTE, '/teams/0/rate/basis', 'contact-paid-for-capacity'],
    [
      'productive-hour',
      'capacity',
      { period: 'P1', hours: null },
      '/teams/0/capacity/0/hours',
      'uncapped-paid-for-capacity',
    ],
  ] as const)('%s paid for %s at %o', (basis, paid, capacity, pointer, code) => {
    const faults = faultsOf(scenarioWith(basis, 10, paid, capacity));
    expect(faults.map((fault) => [fault.pointer, fault.code])).toEqual([[pointer, code]]);
  });
});

describe('costPerDemandHour replaces what the rate implies', () => {
  const withCost = (basis: Basis, paid: 'used' | 'capacity', capacity: object) => {
    const scenario = scenarioWith(basis, 12, paid, capacity);
    return planningData({
      ...scenario,
      placements: [{ workflow: 'appeals', team: 'manila', handlingFactor: 1.2, costPerDemandHour: 16.4 }],
    });
  };

  it.each([
    ['productive-hour', 'used', HOURS],
    ['paid-hour', 'used', HOURS], // no fault either: nothing has to be turned into a cost
    ['fte-period', 'used', FTE],
    ['contact', 'used', HOURS],
    ['paid-hour', 'capacity', FTE],
  ] as const)('%s paid for %s at %o', (basis, paid, capacity) => {
    expect(withCost(basis, paid, capacity).placements.costPerDemandHour[0]).toBe(16.4);
  });

  it('leaves the payroll and the team hours as they are', () => {
    const data = withCost('paid-hour', 'capacity', FTE);
    expect(data.teams[0].capacity[0]!.payroll).toBe(12 * 90 * 160);
    expect(data.placements.teamHoursPerDemandHour[0]).toBeCloseTo(1.5, 12);
  });
});

it('prices a contact by the AHT of the period in which the work is done', () => {
  const data = planningData(
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      teams: [{ ...team('manila', 'luzon', 0, 100, ['P1', 'P2']), rate: { basis: 'contact', amount: 3 } }],
      workflows: [
        {
          id: 'appeals',
          demand: [
            { period: 'P1', contacts: 100, ahtSeconds: 360 },
            { period: 'P2', contacts: 100, ahtSeconds: 720 },
          ],
        },
      ],
    }),
  );
  expect([...data.placements.costPerDemandHour]).toEqual([30, 15]);
});

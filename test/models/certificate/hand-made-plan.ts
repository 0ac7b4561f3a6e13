import type { PlanNumbers } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { NO_PEOPLE_COSTS } from '../no-people-costs.ts';

const PERIODS = ['P1', 'P2'];

/**
 * A scenario with every rule, and a plan for it made by hand. An hour of calls takes a team two, and costs 6 at alice and
 * 10 at bob; an hour of mail takes one, and costs 3 at alice.
 *
 * In P1 20 hours of calls arrive (600 contacts of 120 seconds) and 4 wait: alice takes 10, bob 8, 5 go on waiting, 1 falls
 * short. In P2 40 arrive: with the 5 that waited alice takes 25, bob 18, 2 fall short. Alice also takes 10 of mail in each.
 */
export function handMade(): { scenario: Scenario; plan: PlanNumbers } {
  return structuredClone({ scenario, plan });
}

const scenario: Scenario = {
  name: 'made by hand',
  currency: 'USD',
  periods: PERIODS.map((id) => ({ id })),
  sites: [
    { id: 'own', operator: 'in-house', seats: 2, fteSharingASeat: 1.5 },
    { id: 'spare', operator: 'bpo', vendor: 'zenith', seats: 7, openingCost: 30 },
    { id: 'theirs', operator: 'bpo', vendor: 'acme', openingCost: 70 },
  ],
  teams: [
    {
      id: 'alice', // 80 hours of 4 FTE, 20 of each
      site: 'own',
      rate: { basis: 'productive-hour', amount: 3 },
      capacity: PERIODS.map((period) => ({ period, fte: 4, paidHoursPerFte: 25, shrinkage: 0.2 })),
    },
    {
      id: 'bob',
      site: 'theirs',
      rate: { basis: 'productive-hour', amount: 5 },
      capacity: PERIODS.map((period) => ({ period, hours: 50 })),
    },
    {
      id: 'carol',
      site: 'theirs',
      rate: { basis: 'productive-hour', amount: 9 },
      capacity: [{ period: 'P1', hours: null }],
    },
    {
      id: 'dave', // 20 a period, whether he works or not
      site: 'own',
      paid: 'capacity',
      rate: { basis: 'fte-period', amount: 20 },
      capacity: PERIODS.map((period) => ({ period, fte: 1, paidHoursPerFte: 10, shrinkage: 0 })),
    },
  ],
  workflows: [
    {
      id: 'calls',
      demand: [
        { period: 'P1', contacts: 600, ahtSeconds: 120 },
        { period: 'P2', hours: 40 },
      ],
      occupancy: 0.5,
      shortfallCostPerHour: 50,
      backlog: { maxHours: 6, costPerHourPeriod: 2, openingHours: 4 },
      minimumTeamHours: 5,
      maxSites: 2,
    },
    { id: 'mail', demand: PERIODS.map((period) => ({ period, hours: 10 })) },
    { id: 'night mail', demand: [{ period: 'P2', hours: 0 }] },
  ],
  rules: {
    vendorShare: [
      { vendor: 'acme', maxShare: 0.5 },
      { vendor: 'zenith', maxShare: 0.25 },
    ],
    inHouseShare: [{ minShare: 0.5 }, { workflow: 'calls', minShare: 0.25 }],
    budget: [{ amount: 700 }, { period: 'P1', amount: 200 }],
  },
};

const plan: PlanNumbers = {
  totalCost: 530 + 40 + 70 + 10 + 150,
  currency: 'USD',
  costs: { handling: 530, payroll: 40, opening: 70, backlog: 10, shortfall: 150, ...NO_PEOPLE_COSTS },
  allocation: [
    {
      ...{ workflow: 'calls', team: 'alice', site: 'own', period: 'P1' },
      ...{ hours: 10, contacts: 300, teamHours: 20, share: 10 / 18, cost: 60 },
    },
    {
      ...{ workflow: 'calls', team: 'bob', site: 'theirs', period: 'P1' },
      ...{ hours: 8, contacts: 240, teamHours: 16, share: 8 / 18, cost: 80 },
    },
    {
      ...{ workflow: 'calls', team: 'alice', site: 'own', period: 'P2' },
      ...{ hours: 25, contacts: null, teamHours: 50, share: 25 / 43, cost: 150 },
    },
    {
      ...{ workflow: 'calls', team: 'bob', site: 'theirs', period: 'P2' },
      ...{ hours: 18, contacts: null, teamHours: 36, share: 18 / 43, cost: 180 },
    },
    ...PERIODS.map((period) => ({
      ...{ workflow: 'mail', team: 'alice', site: 'own', period },
      ...{ hours: 10, contacts: null, teamHours: 10, share: 1, cost: 30 },
    })),
  ],
  shortfall: [
    { workflow: 'calls', period: 'P1', hours: 1 },
    { workflow: 'calls', period: 'P2', hours: 2 },
  ],
  backlog: [{ workflow: 'calls', period: 'P1', hours: 5 }],
  sites: [
    { site: 'own', open: true, openingCost: 0 },
    { site: 'spare', open: false, openingCost: 0 },
    { site: 'theirs', open: true, openingCost: 70 },
  ],
};

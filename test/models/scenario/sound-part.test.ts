import { expect, it } from 'vitest';
import { checkScenario } from '../../../models/scenario/check-scenario.ts';
import { smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';

const pointersOf = (scenario: unknown) =>
  (checkScenario(scenario).faults ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

/** A team whose rate cannot be turned into a cost, since its capacity is in hours. */
const unpriced = { ...team('unpriced', 'cebu', 10, 100), rate: { basis: 'paid-hour', amount: 10 } };
const sites = [vendorSite('broken', 'acme'), vendorSite('cebu', 'acme')];

it('reports a rate without its basis together with faults of form elsewhere', () => {
  const scenario = smallScenario({
    sites: [{ ...sites[0], securityTier: 9 }, sites[1]],
    teams: [team('at-broken', 'broken', 10, 100), unpriced as never],
    workflows: [{ ...workflow('wrong', 10), occupancy: 7 }, workflow('appeals', 50)],
  });
  expect(pointersOf(scenario)).toEqual([
    '/sites/0/securityTier too-large',
    '/workflows/0/occupancy too-large',
    '/teams/1/capacity/0 missing-fte',
  ]);
});

it('reports it also beside a wrong name, currency or rule, which bear on no placement', () => {
  const scenario = smallScenario({
    sites,
    teams: [unpriced as never],
    workflows: [workflow('appeals', 50)],
    rules: { budget: [{ amount: -1 }] },
  });
  expect(pointersOf({ ...scenario, currency: 'usd' })).toEqual([
    '/currency invalid-format',
    '/rules/budget/0/amount too-small',
    '/teams/0/capacity/0 missing-fte',
  ]);
});

it('is silent where a placement is wrong, since it may have said what the work costs', () => {
  const scenario = smallScenario({
    sites,
    teams: [unpriced as never],
    workflows: [workflow('appeals', 50)],
    placements: [{ workflow: 'appeals', team: 'unpriced', costPerDemandHour: -1 }],
  });
  expect(pointersOf(scenario)).toEqual(['/placements/0/costPerDemandHour too-small']);
});

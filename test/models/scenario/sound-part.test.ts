import { describe, expect, it } from 'vitest';
import { checkScenario } from '../../../models/scenario/check-scenario.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
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

describe('contracts', () => {
  const charge = { by: 'unit' as const, rate: 10 };
  const contract = { vendor: 'acme', volume: 'hours' as const, charge };
  const inPesos = { ...contract, currency: 'PHP' };
  const wrongWork = { ...workflow('wrong', 10), occupancy: 7 };
  const around = (parts: object) => ({
    ...smallScenario({ sites: [vendorSite('cebu', 'acme')], teams: [unpriced as never] }),
    workflows: [wrongWork, workflow('appeals', 50)],
    ...parts,
  });
  const ofForm = '/workflows/0/occupancy too-large';

  it('are reported together with faults of form elsewhere, and pay for their teams', () => {
    expect(pointersOf(around({ contracts: [inPesos] }))).toEqual([
      ofForm,
      '/contracts/0/exchangeRates missing-exchange-rate',
    ]);
    expect(pointersOf(around({ contracts: [contract] }))).toEqual([ofForm]);
    const tooNear = [
      { fromVolume: 5, rateShare: 1.5 },
      { fromVolume: 5.00001, rateShare: 2 },
    ];
    const tiers = { apply: 'slice', steps: tooNear };
    expect(pointersOf(around({ contracts: [{ ...contract, charge: { ...charge, tiers } }] }))).toEqual([
      ofForm,
      '/contracts/0 volumes-too-near',
    ]);
  });

  it('with faults of form leave nothing to say of their teams alone', () => {
    const others = {
      sites: [vendorSite('cebu', 'acme'), vendorSite('davao', 'beta')],
      teams: [unpriced, { ...unpriced, id: 'other', site: 'davao' }],
    };
    const wrong = { ...contract, managementFee: -1 };
    expect(pointersOf(around({ ...others, contracts: [wrong] }))).toEqual([
      '/contracts/0/managementFee too-small',
      ofForm,
      '/teams/1/capacity/0 missing-fte',
    ]);
    // With whom this one is nobody knows.
    expect(pointersOf(around({ ...others, contracts: [{ ...contract, vendor: 7 }] }))).toEqual([
      '/contracts/0/vendor wrong-type',
      ofForm,
    ]);
  });

  it('are found by their places among all, beside one of wrong form and one whose site is wrong', () => {
    const contracts = [{ ...contract, volume: 'calls' }, { ...inPesos, vendor: 'beta' }, contract];
    const sites = [vendorSite('cebu', 'acme'), { ...vendorSite('davao', 'beta'), securityTier: 9 }];
    expect(pointersOf(around({ sites, contracts, workflows: [workflow('appeals', 50)] }))).toEqual([
      '/contracts/0/volume not-allowed-value',
      '/sites/1/securityTier too-large',
      '/contracts/2/vendor duplicate-contract',
      '/contracts/1/exchangeRates missing-exchange-rate',
    ]);
  });

  it('are held against vendors and teams in the first round, too', () => {
    const paid: Scenario['teams'][number] = { ...team('paid', 'cebu', 9, 10), paid: 'capacity' };
    const contracts = [contract, { ...contract, vendor: 'ghost' }];
    expect(pointersOf(around({ teams: [paid], contracts }))).toEqual([
      ofForm,
      '/contracts/1/vendor unknown-vendor',
      '/teams/0 paid-with-contract',
    ]);
  });

  it('say nothing that hangs on a currency or on periods with faults', () => {
    const wrongCurrency = { currency: 'usd', workflows: [workflow('appeals', 50)] };
    const ghost = { share: 1, committed: [{ period: 'P9', volume: 1 }] };
    const committed = { ...inPesos, charge: { ...charge, minimum: ghost } };
    expect(pointersOf(around({ ...wrongCurrency, contracts: [committed] }))).toEqual([
      '/currency invalid-format',
      '/contracts/0/charge/minimum/committed/0 unknown-period',
    ]);
    expect(pointersOf(around({ periods: [{ id: 'P1', start: 'now' }], contracts: [committed] }))).toEqual([
      '/periods/0/start invalid-format',
      ofForm,
    ]);
  });

  it('are reported beside placements with faults', () => {
    const placements = [{ workflow: 'appeals', team: 'unpriced', costPerDemandHour: -1 }];
    expect(pointersOf(around({ placements, contracts: [inPesos] }))).toEqual([
      ofForm,
      '/placements/0/costPerDemandHour too-small',
      '/contracts/0/exchangeRates missing-exchange-rate',
    ]);
  });
});

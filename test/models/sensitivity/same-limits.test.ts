import { describe, expect, it } from 'vitest';
import { buildAllocationModel } from '../../../models/allocation-model.ts';
import { holdChoices } from '../../../models/choices.ts';
import type { LinearProgram } from '../../../models/linear-program.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { sameLimits } from '../../../models/sensitivity/same-limits.ts';
import { inHouseSite, smallScenario, team, type Team, vendorSite, workflow } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

/** A team of FTE that give 100 · (1 − 0.2) = 80 hours each. */
function fteTeam(id: string, site: string, fte: number): Team {
  const capacity = [{ period: 'P1', fte, paidHoursPerFte: 100, shrinkage: 0.2 }];
  return { ...team(id, site, 10, null, []), capacity };
}

function nameOf({ rows }: LinearProgram, row: number): string {
  const { family, subject } = rows[row];
  return [family, ...Object.values(subject as Record<string, string>)].join(' ');
}

function pairsIn(program: LinearProgram, isClosed?: Uint8Array): string[] {
  return [...sameLimits(program, isClosed)]
    .map(
      ([row, others]) =>
        `${nameOf(program, row)} = ${others.map((each) => nameOf(program, each)).join(', ')}`,
    )
    .sort();
}

function pairs(parts: Partial<Scenario>): string[] {
  return pairsIn(buildAllocationModel(planningData(smallScenario(parts))));
}

const oneTeam = (seats: number): Partial<Scenario> => ({
  sites: [{ ...inHouseSite('luzon'), seats }, vendorSite('cebu', 'acme')],
  teams: [fteTeam('manila', 'luzon', 3), team('acme', 'cebu', 30, null)],
});
const inHouseAndVendor: Partial<Scenario> = {
  sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
  teams: [team('manila', 'luzon', 30, null), team('acme', 'cebu', 10, null)],
};

describe('limits are the same', () => {
  it('where a team alone at its site has as many FTE as there are seats', () => {
    expect(pairs(oneTeam(3))).toEqual([
      'site-seats luzon P1 = team-capacity manila P1',
      'team-capacity manila P1 = site-seats luzon P1',
    ]);
  });

  it('where a period is the whole horizon and both budgets are one', () => {
    const budget = [{ amount: 400 }, { period: 'P1', amount: 400 }];
    expect(pairs({ rules: { budget } })).toEqual(['budget = budget P1', 'budget P1 = budget']);
  });

  it('where a vendor may have what the in-house share leaves, though one row keeps a sum down and the other one up', () => {
    const rules = { vendorShare: [{ vendor: 'acme', maxShare: 0.7 }], inHouseShare: [{ minShare: 0.3 }] };
    expect(pairs({ ...inHouseAndVendor, rules })).toEqual([
      'in-house-share P1 = vendor-share acme P1',
      'vendor-share acme P1 = in-house-share P1',
    ]);
  });

  it('where the in-house share of all work is that of the only workflow', () => {
    const inHouseShare = [{ minShare: 0.3 }, { workflow: 'appeals', minShare: 0.3 }];
    expect(pairs({ ...inHouseAndVendor, rules: { inHouseShare } })).toEqual([
      'in-house-share P1 = in-house-share appeals P1',
      'in-house-share appeals P1 = in-house-share P1',
    ]);
  });

  it('three at a time: 3 FTE are 240 hours, at 10 an hour 2,400', () => {
    const parts = oneTeam(3);
    const rules = { budget: [{ amount: 2400 }] };
    const [manila] = parts.teams!;
    expect(pairs({ sites: parts.sites!, teams: [manila], rules })).toEqual([
      'budget = team-capacity manila P1, site-seats luzon P1',
      'site-seats luzon P1 = team-capacity manila P1, budget',
      'team-capacity manila P1 = site-seats luzon P1, budget',
    ]);
  });

  it('where a choice closes all that they differ in', () => {
    // A second workflow may be at night only. With that site closed, manila is alone there.
    const data = planningData(
      smallScenario({
        sites: [{ ...inHouseSite('luzon'), seats: 3 }],
        teams: [fteTeam('manila', 'luzon', 3), fteTeam('night', 'luzon', 1)],
        workflows: [{ ...workflow('appeals', 50), maxSites: 1 }],
      }),
    );
    const program = buildAllocationModel(data);
    const { solved } = holdChoices(data, program, new Set());
    const isNight = Uint8Array.from(solved.columns, (key) =>
      Number(key.kind === 'placement' && data.teams[key.team].id === 'night'),
    );
    expect(pairsIn(solved)).toEqual([]);
    expect(pairsIn(solved, isNight)).toEqual([
      'site-seats luzon P1 = team-capacity manila P1',
      'team-capacity manila P1 = site-seats luzon P1',
    ]);
  });
});

describe('limits are not the same', () => {
  it('where one lies a little above the other', () => {
    expect(pairs(oneTeam(3.000001))).toEqual([]);
    const budget = [{ amount: 400 }, { period: 'P1', amount: 400.001 }];
    expect(pairs({ rules: { budget } })).toEqual([]);
  });

  it('where one counts a little more of a workflow than the other', () => {
    const shared = (minShare: number) => ({
      vendorShare: [{ vendor: 'acme', maxShare: 0.7 }],
      inHouseShare: [{ minShare }],
    });
    expect(pairs({ ...inHouseAndVendor, rules: shared(0.300001) })).toEqual([]);
  });

  it('where a second team shares the seats', () => {
    const parts = oneTeam(3);
    expect(pairs({ ...parts, teams: [...parts.teams!, fteTeam('night', 'luzon', 1)] })).toEqual([]);
  });

  it('where they hold a sum from both sides: two vendors that share all work', () => {
    const parts = {
      sites: [vendorSite('cebu', 'acme'), vendorSite('davao', 'zeta')],
      teams: [team('acme', 'cebu', 10, null), team('zeta', 'davao', 20, null)],
      rules: {
        vendorShare: [
          { vendor: 'acme', maxShare: 0.25 },
          { vendor: 'zeta', maxShare: 0.75 },
        ],
      },
    };
    expect(pairs(parts)).toEqual([]);
  });

  it('where one is a demand, which is no limit to be loosened', () => {
    expect(pairs({ teams: [team('manila', 'luzon', 10, 50)] })).toEqual([]);
  });

  it('where nothing can break them: two vendors without teams', () => {
    const vendorShare = ['zeta', 'eta'].map((vendor) => ({ vendor, maxShare: 0.5 }));
    const sites = [...inHouseAndVendor.sites!, vendorSite('lodz', 'zeta'), vendorSite('bonn', 'eta')];
    expect(pairs({ ...inHouseAndVendor, sites, rules: { vendorShare } })).toEqual([]);
  });
});

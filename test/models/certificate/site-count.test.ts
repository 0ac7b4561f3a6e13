import { describe, expect, it } from 'vitest';
import { recompute } from '../../../models/certificate/recomputed-scenario.ts';
import { fitsNowhere } from '../../../models/certificate/site-count.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, type Workflow } from '../small-scenario.ts';

const PERIODS = ['P1', 'P2', 'P3'];

/** Three sites with room for 30, 60 and 100 hours a period (two teams at the last); ten a period arrive. */
function scenario(calls: Partial<Workflow>): Scenario {
  return smallScenario({
    periods: PERIODS.map((id) => ({ id })),
    sites: [inHouseSite('small'), vendorSite('middle', 'acme'), vendorSite('large', 'zenith')],
    teams: [
      team('s', 'small', 1, 30, PERIODS),
      team('m', 'middle', 1, 60, PERIODS),
      team('l1', 'large', 1, 70, PERIODS),
      team('l2', 'large', 1, 30, PERIODS),
    ],
    workflows: [{ id: 'calls', demand: arriving(10, 10, 10), ...calls }],
  });
}

const arriving = (...hours: number[]) => hours.map((each, t) => ({ period: PERIODS[t], hours: each }));
const never = (calls: Partial<Workflow>, change: (given: Scenario) => void = () => undefined) => {
  const given = scenario(calls);
  change(given);
  return fitsNowhere(recompute(given), 0);
};

describe('a workflow that may be at a number of sites', () => {
  it.each([
    [1, 100],
    [2, 160],
    [3, 190],
  ])('fits nowhere once a period needs more than its %d largest sites hold: %d hours', (maxSites, room) => {
    expect(never({ maxSites, demand: arriving(0, room, 0) })).toBe(false);
    expect(never({ maxSites, demand: arriving(0, room + 0.001, 0) })).toBe(true);
  });

  it('is not said to fit nowhere for the rounding of a sum', () => {
    expect(never({ maxSites: 1, demand: arriving(100 * (1 + 1e-12), 0, 0) })).toBe(false);
  });

  it('fits where it needs nothing, even where there is no room', () => {
    expect(never({ maxSites: 1, demand: arriving(0, 0, 0) }, ({ teams }) => teams.splice(0))).toBe(false);
  });

  it('fits where its hours may fall short, or where nobody counts its sites', () => {
    const demand = arriving(1000, 0, 0);
    expect(never({ maxSites: 1, demand })).toBe(true);
    expect(never({ maxSites: 1, demand, shortfallCostPerHour: 5 })).toBe(false);
    expect(never({ maxSites: 1, demand, shortfallCostPerHour: 0 })).toBe(false);
    expect(never({ demand })).toBe(false);
  });

  it('needs less by what may wait, and nothing may wait after the last period', () => {
    const backlog = { maxHours: 20 };
    expect(never({ maxSites: 1, backlog, demand: arriving(120, 0, 0) })).toBe(false);
    expect(never({ maxSites: 1, backlog, demand: arriving(0, 121, 0) })).toBe(true);
    expect(never({ maxSites: 1, backlog, demand: arriving(0, 0, 120) })).toBe(true);
  });

  it('needs more by what waits at the start, in the first period alone', () => {
    const backlog = { maxHours: 0, openingHours: 40 };
    expect(never({ maxSites: 1, backlog, demand: arriving(60, 0, 0) })).toBe(false);
    expect(never({ maxSites: 1, backlog, demand: arriving(61, 0, 0) })).toBe(true);
    expect(never({ maxSites: 1, backlog, demand: arriving(0, 61, 0) })).toBe(false);
    expect(never({ maxSites: 1, backlog, demand: arriving(60, 90, 0) })).toBe(false);
  });

  it('has no room at a team that may not take it or has no hours in the period', () => {
    const demand = arriving(61, 0, 0);
    const forbid = (team: string) => (given: Scenario) => {
      given.placements = [{ workflow: 'calls', team, allowed: false }];
    };
    expect(never({ maxSites: 1, demand }, forbid('l1'))).toBe(true);
    expect(never({ maxSites: 1, demand }, forbid('l2'))).toBe(false);
    expect(never({ maxSites: 1, demand }, ({ teams }) => teams[2].capacity.shift())).toBe(true);
  });

  it('has half the room where an hour of it takes a team two, and all of it at a team without limit', () => {
    expect(never({ maxSites: 1, occupancy: 0.5, demand: arriving(50, 0, 0) })).toBe(false);
    expect(never({ maxSites: 1, occupancy: 0.5, demand: arriving(51, 0, 0) })).toBe(true);
    const uncapped = ({ teams }: Scenario) => {
      teams[0].capacity = PERIODS.map((period) => ({ period, hours: null }));
    };
    expect(never({ maxSites: 1, demand: arriving(1e9, 0, 0) }, uncapped)).toBe(false);
  });
});

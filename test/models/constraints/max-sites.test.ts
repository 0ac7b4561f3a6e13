import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solve, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** A cheap site with room for 60 beside a dear one with room for 200. */
function scenario(hours: number, maxSites = 1): Scenario {
  return smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 60)],
    workflows: [{ ...workflow('appeals', hours), maxSites }],
  });
}

it('ties the hours at a site to a choice by what fits there, and counts the choices', () => {
  expectGoldenProgram(scenario(100), 'max-sites');
});

describe('a workflow that must be whole at one site', () => {
  it('goes to the cheap one while it fits there', () => {
    expect(solve(scenario(60)).totalCost).toBeCloseTo(600, 6);
  });

  it('goes to the dear one whole once it does not: 61 · 30 against 60 · 10 + 30 split', () => {
    expect(solve(scenario(61)).totalCost).toBeCloseTo(1830, 6);
    expect(solve(scenario(61, 2)).totalCost).toBeCloseTo(630, 6);
  });

  it('counts several teams of one site once', () => {
    const given = scenario(80);
    given.teams.push(team('night', 'cebu', 12, 30));
    expect(solve(given).totalCost).toBeCloseTo(60 * 10 + 20 * 12, 6);
  });

  it('has prices with its site held: one more hour of demand costs what it costs there', () => {
    const solved = solveOptimal(scenario(61));
    expect(solved.plan.sensitivity).toMatchObject({ basis: 'choices-fixed' });
    expect(solved.limit('demand', { workflow: 'appeals', period: 'P1' }).shadowPrice).toBeCloseTo(30, 6);
    expect(solved.placement('appeals', 'acme', 'P1')).toMatchObject({ closed: true });
  });
});

describe('a workflow that fits nowhere', () => {
  it('is named with what it needs and what there is room for, and the certificate agrees', () => {
    const given = scenario(201);
    const plan = solve(given);
    expect(plan.status).toBe('infeasible');
    expect(plan.diagnosis?.sentence).toBe(
      'There is no plan: appeals may be at one site only, but needs 201 hours in P1, where that is room for 200 at most.',
    );
    expect(verifyAnswer(given, plan)).toEqual([]);
    expect(verifyAnswer(scenario(200), plan)).not.toEqual([]);
  });

  it('is none with two sites, or where hours may fall short', () => {
    expect(solve(scenario(201, 2)).status).toBe('optimal');
    const short = scenario(201);
    short.workflows[0].shortfallCostPerHour = 100;
    expect(solve(short).totalCost).toBeCloseTo(200 * 30 + 100, 6);
  });
});

it('is refused by the certificate where the plan spreads the work further', () => {
  const plan = solve(scenario(100, 2));
  expect(verifyAnswer(scenario(100, 1), plan).join()).toMatch(/appeals is at 2 sites and may be at 1/);
});

import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solve, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** A cheap site with room for 60 beside a dear one; at either, nothing or at least 40 hours. */
function scenario(hours: number, minimum = 40): Scenario {
  return smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 60)],
    workflows: [{ ...workflow('appeals', hours), minimumTeamHours: minimum }],
  });
}

it('ties the hours at a site in a period to a choice, from below and from above', () => {
  expectGoldenProgram(scenario(100), 'minimum-team-hours');
});

describe('a workflow with a minimum of 40 hours a site', () => {
  it('leaves the dear site empty while all fits at the cheap one', () => {
    expect(solve(scenario(60)).totalCost).toBeCloseTo(600, 6);
  });

  it('sends 40 hours to the dear site where 30 would do: 40 · 30 + 50 · 10 against 30 · 30 + 60 · 10 without', () => {
    const solved = solveOptimal(scenario(90));
    expect(solved.totalCost).toBeCloseTo(1700, 6);
    expect(solved.hours('appeals', 'manila', 'P1')).toBeCloseTo(40, 6);
  });

  it('has the minimum as a limit with a price, where there are hours and only there', () => {
    const { limit, plan } = solveOptimal(scenario(90));
    const subject = { workflow: 'appeals', site: 'luzon', period: 'P1' };
    // One hour more asked for at luzon moves one from cebu: 30 − 10.
    expect(limit('minimum-team-hours', subject)).toMatchObject({
      used: expect.closeTo(40, 6) as number,
      limit: 40,
      binding: true,
      shadowPrice: expect.closeTo(20, 6) as number,
    });
    expect(verifyAnswer(scenario(90), plan)).toEqual([]);
    const { sensitivity } = solve(scenario(60));
    if (sensitivity === undefined || 'unavailable' in sensitivity) throw new Error('There are no prices.');
    const minima = sensitivity.constraints.filter(({ family }) => family === 'minimum-team-hours');
    expect(minima.map(({ subject: { site } }) => site)).toEqual(['cebu']);
  });

  it('counts the teams of a site together, and each period by itself', () => {
    const given = scenario(90);
    given.teams[0].capacity = [{ period: 'P1', hours: 25 }];
    given.teams.push(team('night', 'luzon', 32, 25));
    // 25 at 30 and 15 at 32 make the 40 at luzon.
    expect(solve(given).totalCost).toBeCloseTo(25 * 30 + 15 * 32 + 50 * 10, 6);
  });
});

it('is infeasible where less than the minimum is left over everywhere, and says whose word that is', () => {
  const given = scenario(30);
  const plan = solve(given);
  expect(plan).toMatchObject({ status: 'infeasible', diagnosis: { irreducible: true } });
  expect(plan.diagnosis?.conflict.map(({ requirement }) => requirement)).toEqual([
    'appeals needs 30 hours served in P1',
    'appeals has nothing or at least 40 hours at any site in every period',
  ]);
  expect(verifyAnswer(given, plan)).toEqual(['that there is no plan is the word of the engine alone']);
});

it('is held by the certificate: a plan for a lower minimum does not pass for a higher one', () => {
  const plan = solve(scenario(90, 30));
  expect(plan.totalCost).toBeCloseTo(30 * 30 + 60 * 10, 6);
  expect(verifyAnswer(scenario(90, 40), plan).join()).toMatch(
    /the minimum of appeals at luzon in P1 is off by 10/,
  );
});

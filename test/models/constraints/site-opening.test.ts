import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solve, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** A cheap site that costs 500 to open beside one that is open anyway. */
function scenario(hours: number, openingCost = 500): Scenario {
  return smallScenario({
    sites: [inHouseSite('luzon'), { ...vendorSite('cebu', 'acme'), openingCost }],
    teams: [team('manila', 'luzon', 30, 200), team('acme', 'cebu', 10, 60)],
    workflows: [workflow('appeals', hours)],
  });
}

it('ties the hours at a site to its opening, by workflow and by team', () => {
  expectGoldenProgram(scenario(100), 'site-opening');
});

describe('a site that costs 500 to open and saves 20 an hour', () => {
  it('stays closed for 25 hours or less, which would save 500 at most', () => {
    const plan = solve(scenario(24));
    expect(plan.totalCost).toBeCloseTo(24 * 30, 6);
    expect(plan.sites).toContainEqual({ site: 'cebu', open: false, openingCost: 0 });
    expect(plan.costs?.opening).toBe(0);
  });

  it('is opened for more, and its cost is a term of its own', () => {
    const plan = solve(scenario(100));
    expect(plan.totalCost).toBeCloseTo(60 * 10 + 40 * 30 + 500, 6);
    expect(plan.costs).toMatchObject({ handling: 1800, opening: 500 });
    expect(plan.sites).toContainEqual({ site: 'cebu', open: true, openingCost: 500 });
  });
});

describe('prices with the choices held', () => {
  it('are those of the capacity behind an open site, the link rows gone', () => {
    const solved = solveOptimal(scenario(100));
    expect(solved.plan.sensitivity).toMatchObject({ basis: 'choices-fixed' });
    // One more hour at cebu takes one from manila: 10 − 30.
    expect(solved.limit('team-capacity', { team: 'acme', period: 'P1' })).toMatchObject({
      shadowPrice: expect.closeTo(-20, 6) as number,
      allowableIncrease: expect.closeTo(40, 6) as number,
    });
    expect(solved.limit('demand', { workflow: 'appeals', period: 'P1' }).shadowPrice).toBeCloseTo(30, 6);
  });

  it('say that a placement at a closed site stays out whatever it costs', () => {
    const { sensitivity } = solve(scenario(24));
    if (sensitivity === undefined || 'unavailable' in sensitivity) throw new Error('There are no prices.');
    expect(sensitivity.placements.find((line) => line.team === 'acme')).toMatchObject({
      hours: 0,
      closed: true,
      allowableIncrease: null,
      allowableDecrease: null,
    });
  });
});

it('counts the opening in the budget of the horizon and in no period’s', () => {
  // Opened: 600 + 1,200 + 500 = 2,300; closed: 3,000.
  const withBudget = (rule: { period?: string; amount: number }) =>
    solve({ ...scenario(100), rules: { budget: [rule] } });
  expect(withBudget({ amount: 2300 }).totalCost).toBeCloseTo(2300, 6);
  expect(withBudget({ period: 'P1', amount: 1800 }).totalCost).toBeCloseTo(2300, 6);
  const { sensitivity } = withBudget({ amount: 2400 });
  if (sensitivity === undefined || 'unavailable' in sensitivity) throw new Error('There are no prices.');
  expect(sensitivity.constraints.find(({ family }) => family === 'budget')).toMatchObject({
    used: expect.closeTo(2300, 6) as number,
    limit: 2400,
  });
});

it('that no budget pays for is infeasible by choice: the engine’s word, and said so', () => {
  const given = { ...scenario(100), rules: { budget: [{ amount: 2299 }] } };
  const plan = solve(given);
  expect(plan).toMatchObject({ status: 'infeasible', diagnosis: { irreducible: true } });
  expect(plan.diagnosis?.conflict.map(({ weight }) => weight)).toEqual([undefined, undefined, undefined]);
  expect(plan.diagnosis?.sentence).toBe(
    'There is no plan: whatever the yes/no choices (sites to be opened, numbers of sites, minimum hours, classes), these cannot all hold: appeals needs 100 hours served in P1; acme has 60 productive hours in P1; at most 2,299 USD may be spent in the whole horizon.',
  );
  expect(plan.diagnosis?.facts).toEqual(['appeals may go to every team.', 'cebu costs 500.00 USD to open.']);
  expect(verifyAnswer(given, plan)).toEqual(['that there is no plan is the word of the engine alone']);
});

describe('the certificate of a plan with choices', () => {
  const given = scenario(100);
  const plan = solve(given);
  const changed = (change: (copy: Plan) => void): string[] => {
    const copy = structuredClone(plan);
    change(copy);
    return verifyAnswer(given, copy);
  };

  it('proves feasibility, cost and prices, and says that the bound is the engine’s', () => {
    expect(plan.certificate).toMatchObject({ verified: true, boundSource: 'engine', relativeGap: 0 });
    expect(plan.gap).toBe(0);
    expect(changed(() => undefined)).toEqual([]);
  });

  it('refuses a plan that forgets to pay for a site, or says a closed one open', () => {
    const forgotten = changed(({ costs, sites }) => {
      costs!.opening = 0;
      sites!.find(({ site }) => site === 'cebu')!.openingCost = 0;
    });
    expect(forgotten.join()).toMatch(/opening cost/);
    expect(changed((copy) => (copy.sites![0].open = !copy.sites![0].open)).join()).toMatch(/is not/);
  });

  it('refuses prices that are said to hold for all choices', () => {
    const wrong = changed(({ sensitivity }) => Object.assign(sensitivity!, { basis: 'lp' }));
    expect(wrong.join()).toMatch(/what its prices hold for/);
  });

  it('refuses a plan whose scenario lets it open another site for nothing', () => {
    const cheaper = structuredClone(given);
    cheaper.teams[1].rate.amount = 9;
    expect(verifyAnswer(cheaper, plan)).not.toEqual([]);
  });
});

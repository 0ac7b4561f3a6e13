import { describe, expect, it } from 'vitest';
import type { Subject } from '../../../models/linear-program.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { inHouseSite, smallScenario, team, type Team, vendorSite, workflow } from '../small-scenario.ts';
import { type SolvedPlan, solveOptimal } from '../solved-plan.ts';

/**
 * Limits that bind at the same place. The basis that an engine ends with gives one of them all of a price that they share, and
 * the true price of each alone is another: one more of either is worth nothing while the other still holds.
 */

const near = (value: number): unknown => expect.closeTo(value, 6);

type Limit = readonly [family: string, subject: Subject];
const capacity = (id: string): Limit => ['team-capacity', { team: id, period: 'P1' }];
const seats: Limit = ['site-seats', { site: 'luzon', period: 'P1' }];

/** Holds both prices of a limit against what solving again says. */
function expectSides(solved: SolvedPlan, limit: Limit, less: number, more: number, step = 1): void {
  const { totalCost, costWith } = solved;
  expect(solved.limit(...limit)).toMatchObject({ savingOfOneLess: near(less), costOfOneMore: near(more) });
  expect(costWith(...limit, -step)).toBeCloseTo(totalCost - step * less, 6);
  expect(costWith(...limit, step)).toBeCloseTo(totalCost + step * more, 6);
}

function labels(list: readonly { label: string }[] | undefined): string[] | undefined {
  return list?.map(({ label }) => label);
}

/** The price that the limits have together in the engine's own basis, however it is split; each counts by its units. */
function splitPrice(scenario: Scenario, limits: readonly (readonly [Limit, units: number])[]): number {
  const solved = solveOptimal(scenario);
  return limits.reduce((sum, [limit, units]) => sum + solved.limit(...limit).shadowPrice * units, 0);
}

/** FTE that give 10 hours each. */
function fteTeam(id: string, site: string, amount: number, fte: number): Team {
  const capacity = [{ period: 'P1', fte, paidHoursPerFte: 10, shrinkage: 0 }];
  return { ...team(id, site, amount, null, []), capacity };
}

describe('the capacity of a team and the seats of its site', () => {
  // manila does 40 hours at 1, acme the other 20 of 60 at 3. An hour less at manila costs 2, an FTE less 20.
  const sites = [{ ...inHouseSite('luzon'), seats: 4 }, vendorSite('cebu', 'acme')];
  const scenario = smallScenario({
    sites,
    teams: [fteTeam('manila', 'luzon', 1, 4), team('acme', 'cebu', 3, null)],
    workflows: [workflow('appeals', 60)],
  });
  const solved = solveOptimal(scenario, 'full');

  it('are worth nothing alone, and all of their price less', () => {
    expect(solved.totalCost).toBeCloseTo(40 * 1 + 20 * 3, 6);
    expectSides(solved, capacity('manila'), -2, 0);
    expectSides(solved, seats, -20, 0, 0.1);
  });

  it('are called the same, in the report and in the sentence', () => {
    expect(solved.limit(...capacity('manila'))).toMatchObject({
      degenerate: true,
      sameAs: [
        { family: 'site-seats', subject: { site: 'luzon', period: 'P1' }, label: 'Seats at luzon in P1' },
      ],
      heldBy: [
        { family: 'site-seats', subject: { site: 'luzon', period: 'P1' }, label: 'Seats at luzon in P1' },
      ],
      sentence:
        'One more hour at manila in P1 would by itself change nothing: it is the same limit as Seats at luzon in P1. One less would cost 2.00 USD, up to 40 hours.',
    });
    expect(solved.limit(...seats).sentence).toBe(
      'Room for one more FTE at luzon in P1 would by itself change nothing: it is the same limit as Capacity of manila in P1. One less would cost 20.00 USD, up to 4 FTE.',
    );
  });

  it('share one price in a classic report, which says so', () => {
    // An hour at manila is a tenth of an FTE.
    expect(
      splitPrice(scenario, [
        [capacity('manila'), 1],
        [seats, 0.1],
      ]),
    ).toBeCloseTo(-2, 6);
    const { sameAs, heldBy, sentence } = solveOptimal(scenario).limit(...seats);
    expect(labels(sameAs)).toEqual(['Capacity of manila in P1']);
    expect(heldBy).toBeUndefined();
    expect(sentence).toMatch(
      / It is the same limit as Capacity of manila in P1: one price is split between them in an arbitrary way\.$/,
    );
  });

  it('are tied without being the same where a dearer team could use the seats', () => {
    // davao at 2 is idle: one more seat lets it take an FTE of hours from acme; one more hour at manila finds no seat.
    const tied = solveOptimal(
      { ...scenario, teams: [...scenario.teams, fteTeam('davao', 'luzon', 2, 4)] },
      'full',
    );
    expect(tied.totalCost).toBeCloseTo(40 * 1 + 20 * 3, 6);
    expectSides(tied, capacity('manila'), -1, 0);
    expectSides(tied, seats, -20, -10, 0.1);
    const manila = tied.limit(...capacity('manila'));
    expect(manila.sameAs).toBeUndefined();
    expect(labels(manila.heldBy)).toEqual(['Seats at luzon in P1']);
    expect(manila.sentence).toBe(
      'One more hour at manila in P1 would by itself change nothing: Seats at luzon in P1 is reached too. One less would cost 1.00 USD, up to 40 hours.',
    );
    expect(tied.limit(...seats).heldBy).toBeUndefined();
  });

  it('do not explain each other where there is no more work to do', () => {
    // 40 hours of demand are all there are: nobody could use an hour more, with a seat or without.
    const full = solveOptimal({ ...scenario, workflows: [workflow('appeals', 40)] }, 'full');
    expectSides(full, capacity('manila'), -2, 0);
    const manila = full.limit(...capacity('manila'));
    expect(labels(manila.sameAs)).toEqual(['Seats at luzon in P1']);
    expect(manila.heldBy).toBeUndefined();
    expect(manila.sentence).toBe(
      'One more hour at manila in P1 would change nothing, without an upper end. One less would cost 2.00 USD, up to 40 hours.',
    );
  });

  it('are the same, too, where there are none of either', () => {
    const none = solveOptimal(
      {
        ...scenario,
        sites: [{ ...sites[0], seats: 0 }, sites[1]],
        teams: [fteTeam('manila', 'luzon', 1, 0), scenario.teams[1]],
      },
      'full',
    );
    expect(none.totalCost).toBeCloseTo(60 * 3, 6);
    expect(none.costWith(...capacity('manila'), 1)).toBeCloseTo(60 * 3, 6);
    expect(none.limit(...capacity('manila'))).toMatchObject({
      costOfOneMore: near(0),
      savingOfOneLess: null,
      sentence:
        'One more hour at manila in P1 would by itself change nothing: it is the same limit as Seats at luzon in P1. One less is impossible.',
    });
  });
});

describe('the budgets of the only period and of the horizon', () => {
  // 400 pay for 40 hours at 10, the other 20 fall short at 30: a tenth of an hour for each unit of money, 20 cheaper.
  const scenario = smallScenario({
    workflows: [{ ...workflow('appeals', 60), shortfallCostPerHour: 30 }],
    rules: { budget: [{ period: 'P1', amount: 400 }, { amount: 400 }] },
  });
  const solved = solveOptimal(scenario, 'full');
  const ofPeriod: Limit = ['budget', { period: 'P1' }];
  const ofHorizon: Limit = ['budget', {}];

  it('are worth nothing alone, and all of their price less', () => {
    expect(solved.totalCost).toBeCloseTo(400 + 20 * 30, 6);
    for (const limit of [ofPeriod, ofHorizon]) expectSides(solved, limit, -2, 0, 10);
    expect(
      splitPrice(scenario, [
        [ofPeriod, 1],
        [ofHorizon, 1],
      ]),
    ).toBeCloseTo(-2, 6);
  });

  it('name each other', () => {
    expect(labels(solved.limit(...ofPeriod).heldBy)).toEqual(['Budget of the whole horizon']);
    expect(solved.limit(...ofHorizon).sentence).toBe(
      'One more USD in the budget of the whole horizon would by itself change nothing: it is the same limit as Budget of P1. One less would cost 2.00 USD, up to 400.00 USD. That is net of the money spent.',
    );
  });
});

describe('the share of a vendor and the in-house share of the rest', () => {
  // acme may have 120 of 160 hours at 10, manila keeps 40 at 30.
  const scenario = smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('manila', 'luzon', 30, null), team('acme', 'cebu', 10, null)],
    workflows: [workflow('appeals', 160)],
    rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.75 }], inHouseShare: [{ minShare: 0.25 }] },
  });
  const solved = solveOptimal(scenario, 'full');
  const ofVendor: Limit = ['vendor-share', { vendor: 'acme', period: 'P1' }];
  const inHouse: Limit = ['in-house-share', { period: 'P1' }];

  it('are worth nothing where either is loosened alone: more for the vendor, less in-house', () => {
    expect(solved.totalCost).toBeCloseTo(120 * 10 + 40 * 30, 6);
    expectSides(solved, ofVendor, -20, 0);
    expectSides(solved, inHouse, 0, 20);
    expect(
      splitPrice(scenario, [
        [ofVendor, 1],
        [inHouse, -1],
      ]),
    ).toBeCloseTo(-20, 6);
  });

  it('name each other on the side on which they loosen', () => {
    expect(solved.limit(...ofVendor).sentence).toBe(
      'Letting acme have one hour more than its share in P1 would by itself change nothing: it is the same limit as In-house share of all work in P1. One less would cost 20.00 USD, up to 120 hours; beyond that there is no plan, because appeals at acme in P1 is used up.',
    );
    expect(solved.limit(...inHouse).sentence).toBe(
      'Keeping one hour more of all work in-house than the share asks in P1 would cost 20.00 USD, up to 120 hours; beyond that there is no plan, because appeals at acme in P1 is used up. One less would by itself change nothing: it is the same limit as Share of acme in P1.',
    );
  });
});

it('names limits that are the same, and others that are reached too', () => {
  // 4 FTE, 4 seats, and money for their 40 hours: more of any one, or of any two, is worth nothing.
  const solved = solveOptimal(
    smallScenario({
      sites: [{ ...inHouseSite('luzon'), seats: 4 }, inHouseSite('cebu')],
      teams: [fteTeam('manila', 'luzon', 1, 4), team('own', 'cebu', 2, 10)],
      workflows: [{ ...workflow('appeals', 60), shortfallCostPerHour: 9 }, workflow('billing', 10)],
      placements: [
        { workflow: 'appeals', team: 'own', allowed: false },
        { workflow: 'billing', team: 'manila', allowed: false },
      ],
      rules: { budget: [{ amount: 40 + 20 }] },
    }),
    'full',
  );
  expect(solved.totalCost).toBeCloseTo(40 * 1 + 20 * 9 + 10 * 2, 6);
  expectSides(solved, capacity('manila'), -8, 0);
  expectSides(solved, ['budget', {}], -8, 0);
  const manila = solved.limit(...capacity('manila'));
  expect(labels(manila.sameAs)).toEqual(['Seats at luzon in P1']);
  expect(manila.sentence).toBe(
    'One more hour at manila in P1 would by itself change nothing: it is the same limit as Seats at luzon in P1, and Budget of the whole horizon is reached too. One less would cost 8.00 USD, up to 40 hours.',
  );
  expect(solved.limit('budget', {}).sentence).toBe(
    'One more USD in the budget of the whole horizon would by itself change nothing: Capacity of manila in P1 and Seats at luzon in P1 are reached too. One less would cost 8.00 USD, up to 40.00 USD; beyond that there is no plan, because appeals at manila in P1 is used up. That is net of the money spent.',
  );
});

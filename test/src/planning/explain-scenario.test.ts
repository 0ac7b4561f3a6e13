import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Engine, EngineError } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { explainScenario } from '../../../src/planning/explain-scenario.ts';
import { eligibleAt, explain, explanationsOf } from '../../models/explained-plan.ts';
import { valid } from '../../models/solved-plan.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';

const engine = await loadHighsEngine();

const about = (value: number) => expect.closeTo(value) as number;

describe('a workflow that is at the cheapest teams', () => {
  // 100 hours at manila for 10 and 20 at night for 12; day would cost 15.
  const explanation = explain(
    smallScenario({
      teams: [
        team('manila', 'luzon', 10, 100),
        team('night', 'luzon', 12, null),
        team('day', 'luzon', 15, null),
      ],
      workflows: [workflow('appeals', 120)],
    }),
  );

  it('is there because the limits it uses leave it no dearer than elsewhere, up to the cost of the next best', () => {
    expect(explanation).toMatchObject({ status: 'optimal', totalCost: 1240, currency: 'USD', basis: 'lp' });
    const manila = eligibleAt(explanation, 'appeals', 'manila');
    expect(manila).toMatchObject({ cause: 'used', periods: ['P1'], site: 'luzon' });
    // 10 and 2 that another hour at manila would save are 12, what an hour more costs: at night.
    expect(manila.prices).toEqual([
      {
        period: 'P1',
        hours: 100,
        costPerDemandHour: 10,
        charges: [{ family: 'team-capacity', subject: { team: 'manila', period: 'P1' }, perHour: about(2) }],
        demandPrice: about(12),
        reducedCost: 0,
        planHoldsFrom: null,
        planHoldsTo: about(12),
        // Above 12 all of it goes to night.
        breakEven: {
          costPerDemandHour: about(12),
          rate: { basis: 'productive-hour', amount: about(12) },
          hours: about(100),
        },
      },
    ]);
    expect(manila.sentence).toBe(
      "manila has 100 hours of appeals in P1, at 10.00 USD an hour, with 2.00 more for the limits it uses; by the plan's prices one more hour of appeals costs 12.00 USD. Above 12.00 USD an hour (a rate of 12.00 USD a productive hour for this work alone) it would lose 100 hours.",
    );
    expect(eligibleAt(explanation, 'appeals', 'night').prices[0].breakEven).toMatchObject({
      costPerDemandHour: about(15),
      hours: about(20),
    });
  });

  it('is not where it is too dear, by how much, and how many hours come at the break-even', () => {
    const day = eligibleAt(explanation, 'appeals', 'day');
    expect(day).toMatchObject({ cause: 'too-dear' });
    expect(day.because).toBeUndefined();
    expect(day.prices[0]).toMatchObject({
      hours: 0,
      charges: [],
      demandPrice: about(12),
      reducedCost: about(3),
      planHoldsTo: null,
      breakEven: { costPerDemandHour: about(12), hours: about(20) },
    });
    expect(day.sentence).toBe(
      "appeals is not at day in P1: an hour costs 15.00 there, and by the plan's prices one more hour of appeals costs 12.00, so it is too dear by 3.00 USD. Below 12.00 USD an hour (a rate of 12.00 USD a productive hour for this work alone) it would get 20 hours.",
    );
    expect(explanation).toMatchObject({ breakEvensConfirmed: 3 });
    expect(explanation.breakEvensNotDone).toBeUndefined();
  });
});

it('gives a break-even as a rate in the basis of the team', () => {
  // An hour of work is 2 at an occupancy of 0.5. day: 30 an hour paid, half of it productive: 30 / 0.5 · 2 = 120 an hour of work;
  // month: 900 an FTE of 10 productive hours: 900 / 10 · 2 = 180; call: 3 a contact of 90 s: 120. manila: 20 · 2 = 40.
  const capacity = [{ period: 'P1', fte: 100, paidHoursPerFte: 20, shrinkage: 0.5 }];
  const explanation = explain(
    smallScenario({
      teams: [
        team('manila', 'luzon', 20, null),
        { ...team('day', 'luzon', 0, 1), rate: { basis: 'paid-hour', amount: 30 }, capacity },
        { ...team('month', 'luzon', 0, 1), rate: { basis: 'fte-period', amount: 900 }, capacity },
        { ...team('call', 'luzon', 0, null), rate: { basis: 'contact', amount: 3 } },
        team('given', 'luzon', 7, null),
      ],
      workflows: [
        { id: 'appeals', occupancy: 0.5, demand: [{ period: 'P1', contacts: 400, ahtSeconds: 90 }] },
      ],
      placements: [{ workflow: 'appeals', team: 'given', costPerDemandHour: 50 }],
    }),
  );
  const rateAt = (teamId: string) => {
    const { breakEven, costPerDemandHour } = eligibleAt(explanation, 'appeals', teamId).prices[0];
    return [costPerDemandHour, breakEven?.costPerDemandHour, breakEven?.rate?.amount, breakEven?.hours];
  };
  // All break even at 40 an hour of work, for all 10 of them.
  expect(rateAt('day')).toEqual([about(120), about(40), about(10), about(10)]);
  expect(rateAt('month')).toEqual([about(180), about(40), about(200), about(10)]);
  expect(rateAt('call')).toEqual([about(120), about(40), about(1), about(10)]);
  expect(rateAt('given')).toEqual([50, about(40), undefined, about(10)]);
});

it('says no room where other work makes better use of the capacity', () => {
  // manila has 40 hours at 25. Elsewhere an hour of appeals costs 50 and one of chat 40, so appeals has manila, which is worth 25.
  const explanation = explain(
    smallScenario({
      teams: [team('manila', 'luzon', 25, 40), team('night', 'luzon', 1, null)],
      workflows: [workflow('appeals', 50), workflow('chat', 60)],
      placements: [
        { workflow: 'appeals', team: 'night', costPerDemandHour: 50 },
        { workflow: 'chat', team: 'night', costPerDemandHour: 40 },
      ],
    }),
  );
  const chat = eligibleAt(explanation, 'chat', 'manila');
  expect(chat).toMatchObject({
    cause: 'no-room',
    because: [{ family: 'team-capacity', subject: { team: 'manila' } }],
    // 25 + 25 for the room − 40. Below 15 it saves more there than appeals does.
    prices: [{ reducedCost: about(10), breakEven: { costPerDemandHour: about(15), hours: about(40) } }],
  });
  expect(chat.sentence).toBe(
    "manila has no room for chat in P1, Capacity of manila in P1 would have to make room: an hour costs 25.00 there, with 25.00 more for the limits it uses, and by the plan's prices one more hour of chat costs 40.00. Below 15.00 USD an hour (a rate of 15.00 USD a productive hour for this work alone) it would get 40 hours.",
  );
});

it('says no room where a team or its site has none at all, whatever it costs', () => {
  const fte = { paidHoursPerFte: 10, shrinkage: 0 };
  const explanation = explain(
    smallScenario({
      periods: [{ id: 'P1' }, { id: 'P2' }],
      sites: [inHouseSite('luzon'), { ...inHouseSite('cebu'), seats: 0 }],
      teams: [
        team('manila', 'luzon', 10, 100, ['P1', 'P2']),
        team('none', 'luzon', 99, 0),
        { ...team('seated', 'cebu', 1, 0), capacity: [{ period: 'P1', fte: 10, ...fte }] },
      ],
      workflows: [workflow('appeals', 50, 50)],
    }),
  );
  const none = explanationsOf(explanation, 'appeals', 'none');
  expect(none).toMatchObject([
    {
      cause: 'no-room',
      periods: ['P1'],
      because: [{ family: 'team-capacity', subject: { team: 'none' } }],
      prices: [{ period: 'P1' }],
    },
    // There is no entry for the second period, so there is nothing to price.
    { cause: 'no-room', periods: ['P2'], prices: [], sentence: 'none has no capacity in P2.' },
  ]);
  expect(explanationsOf(explanation, 'appeals', 'seated')[0]).toMatchObject({
    cause: 'no-room',
    because: [{ family: 'site-seats', subject: { site: 'cebu' } }],
  });
});

it('says which rule holds it out', () => {
  // acme may have half of 100 hours: 50 at alpha for 10. The other half is in-house for 30, so the share is worth 20 an hour, and an
  // hour more costs (10 + 30) / 2. An hour at beta takes half an hour of allowance: 20 + 10 − 20.
  const explanation = explain(
    smallScenario({
      sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
      teams: [
        team('own', 'luzon', 30, null),
        team('alpha', 'cebu', 10, null),
        team('beta', 'cebu', 20, null),
      ],
      workflows: [workflow('appeals', 100)],
      rules: { vendorShare: [{ vendor: 'acme', maxShare: 0.5 }] },
    }),
  );
  const beta = eligibleAt(explanation, 'appeals', 'beta');
  const share = { family: 'vendor-share', subject: { vendor: 'acme' } };
  expect(beta).toMatchObject({
    cause: 'held-by-rule',
    because: [share],
    prices: [
      {
        charges: [{ ...share, subject: { vendor: 'acme', period: 'P1' }, perHour: about(10) }],
        demandPrice: about(20),
        reducedCost: about(10),
        breakEven: { costPerDemandHour: about(10), hours: about(50) },
      },
    ],
  });
  // In-house work makes room for the vendor's: half an hour for each.
  expect(eligibleAt(explanation, 'appeals', 'own').prices[0].charges[0].perHour).toBeCloseTo(-10);
});

it('says which budget holds it out, and at which cost the hours are that it would get', () => {
  // 600 buy 60 of 100 hours at manila; an hour short costs 25, so one more USD saves 1.50. day: 12 + 18 − 25 = 5.
  const explanation = explain(
    smallScenario({
      teams: [team('manila', 'luzon', 10, null), team('day', 'luzon', 12, null)],
      workflows: [{ ...workflow('appeals', 100), shortfallCostPerHour: 25 }],
      rules: { budget: [{ period: 'P1', amount: 600 }] },
    }),
  );
  const day = eligibleAt(explanation, 'appeals', 'day');
  expect(day).toMatchObject({
    cause: 'held-by-rule',
    because: [{ family: 'budget', subject: {} }],
    prices: [{ reducedCost: about(5), planHoldsFrom: about(10) }],
  });
  const { costPerDemandHour, hoursAtCost, hours } = day.prices[0].breakEven!;
  expect([costPerDemandHour, hoursAtCost]).toEqual([about(10), about(9.99)]);
  expect(hours).toBeCloseTo(600 / 9.99);
  // Any change of the cost in use moves hours at once: there is no break-even to be told.
  expect(eligibleAt(explanation, 'appeals', 'manila').prices[0].breakEven).toBeUndefined();
  expect(explanation).toMatchObject({ breakEvensConfirmed: 1, breakEvensNotDone: 1 });
});

it('says which choice keeps out what would be cheaper, and gives it no break-even', () => {
  // 50 hours would save 5 each at cebu; opening it costs 1,000.
  const explanation = explain(
    smallScenario({
      sites: [inHouseSite('luzon'), { ...inHouseSite('cebu'), openingCost: 1000 }],
      teams: [team('manila', 'luzon', 10, 100), team('south', 'cebu', 5, 100)],
    }),
  );
  expect(explanation.basis).toBe('choices-fixed');
  const south = eligibleAt(explanation, 'appeals', 'south');
  expect(south).toMatchObject({
    cause: 'held-by-rule',
    because: [{ family: 'site-opening', subject: { site: 'cebu' } }],
    prices: [{ reducedCost: about(-5), closed: true, planHoldsFrom: null, planHoldsTo: null }],
  });
  expect(south.prices[0].breakEven).toBeUndefined();
  expect(south.sentence).toMatch(/^Opening of cebu keeps appeals from south in P1: /);
});

it('says that another plan costs the same, once one has been found', () => {
  const explanation = explain(
    smallScenario({ teams: [team('manila', 'luzon', 10, null), team('night', 'luzon', 10, null)] }),
  );
  const [idle] = ['manila', 'night']
    .map((id) => eligibleAt(explanation, 'appeals', id))
    .filter(({ cause }) => cause === 'same-cost');
  expect(idle.prices[0].breakEven).toMatchObject({ costPerDemandHour: 10, hours: about(50) });
  expect(idle.sentence).toBe(`Another plan of the same cost has 50 hours of appeals at ${idle.team} in P1.`);
});

it('does not take a price of a degenerate plan for the cost at which work comes in', () => {
  // manila's 50 hours are just the demand: one more hour costs 15 at day, one less saves 10. By the price of 15, day is no dearer than
  // manila; but it gets nothing until it costs less than 10.
  const explanation = explain(
    smallScenario({ teams: [team('manila', 'luzon', 10, 50), team('day', 'luzon', 15, null)] }),
  );
  expect(eligibleAt(explanation, 'appeals', 'day')).toMatchObject({
    cause: 'too-dear',
    prices: [{ breakEven: { costPerDemandHour: about(10), hours: about(50) } }],
  });
  const [{ reducedCost, costPerDemandHour, charges, demandPrice }] = eligibleAt(
    explanation,
    'appeals',
    'day',
  ).prices;
  expect([costPerDemandHour, charges, demandPrice, reducedCost]).toEqual([
    15,
    [],
    expect.closeTo(10, 3),
    expect.closeTo(5, 3),
  ]);
});

it('groups the periods in which the same is so, and leaves out those without work', () => {
  const periods = ['P1', 'P2', 'P3', 'P4', 'P5'];
  const explanation = explain(
    smallScenario({
      periods: periods.map((id) => ({ id })),
      teams: [team('manila', 'luzon', 10, 100, periods), team('day', 'luzon', 15, null, periods)],
      workflows: [workflow('appeals', 50, 150, 0, 60, 70)],
      placements: [{ workflow: 'appeals', team: 'day', period: 'P5', allowed: false }],
    }),
  );
  const lines = explanationsOf(explanation, 'appeals', 'day').map(({ cause, periods: at }) => [cause, at]);
  expect(lines).toEqual([
    ['too-dear', ['P1', 'P4']],
    ['used', ['P2']],
    ['ineligible', ['P5']],
  ]);
  expect(explanationsOf(explanation, 'appeals', 'day')[2].sentence).toBe(
    'appeals may not go to day in P5: it is explicitly forbidden.',
  );
});

describe('what is asked about', () => {
  const scenario = smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [team('own', 'luzon', 10, null), team('alpha', 'cebu', 11, null), team('beta', 'cebu', 12, null)],
    workflows: [workflow('appeals', 50), workflow('chat', 50)],
  });
  const pairs = (asked: Parameters<typeof explain>[1]) =>
    (explain(scenario, asked).placements ?? []).map((line) => `${line.workflow} ${line.team}`);

  it.each([
    [{ workflows: ['chat'] }, ['chat alpha', 'chat beta', 'chat own']],
    [{ teams: ['own'] }, ['appeals own', 'chat own']],
    [{ vendors: ['acme'], workflows: ['appeals'] }, ['appeals alpha', 'appeals beta']],
    [
      { vendors: ['acme'], teams: ['own'], workflows: ['appeals'] },
      ['appeals alpha', 'appeals beta', 'appeals own'],
    ],
  ])('%j is %j', (asked, expected) => {
    expect(pairs(asked)).toEqual(expected);
  });
});

it('leaves out and counts what the time does not suffice for, and is done in time', () => {
  const scenario = JSON.parse(
    readFileSync(new URL('../../../data/realistic-quarter/scenario.json', import.meta.url), 'utf8'),
  ) as unknown;
  const seconds = 3;
  const began = performance.now();
  const explanation = explain(scenario, {}, seconds);
  expect(performance.now() - began).toBeLessThan(seconds * 1000);
  expect(explanation.status).toBe('optimal');
  const { placements = [], worth = [], breakEvensConfirmed = 0, breakEvensNotDone = 0 } = explanation;
  const prices = placements.flatMap((line) => (line.cause === 'ineligible' ? [] : line.prices));
  expect(prices.filter(({ breakEven }) => breakEven !== undefined)).toHaveLength(breakEvensConfirmed);
  expect(prices.filter(({ breakEven }) => breakEven === undefined)).toHaveLength(breakEvensNotDone);
  expect(breakEvensNotDone).toBeGreaterThan(0);
  const open = worth.filter((line) => line.worth === undefined);
  expect(explanation.worthNotDone).toBe(open.length);
  expect(open[0].sentence).toMatch(/the time did not suffice/);
  // Every cause of the product is in a realistic quarter.
  expect([...new Set(placements.map(({ cause }) => cause))].sort()).toEqual([
    'held-by-rule',
    'ineligible',
    'no-room',
    'same-cost',
    'too-dear',
    'used',
  ]);
});

it('gives the status alone where there is no plan', () => {
  const explanation = explain(smallScenario({ teams: [team('manila', 'luzon', 10, 20)] }));
  expect(explanation).toEqual({ status: 'infeasible', currency: 'USD' });
});

it('keeps its reasons where the engine throws over what it is asked beyond the plan, and ends its process', () => {
  const scenario = smallScenario({
    teams: [team('manila', 'luzon', 10, 100), team('day', 'luzon', 15, null)],
    workflows: [workflow('appeals', 50), { ...workflow('german', 10), skills: ['de'] }],
    placements: [{ workflow: 'german', team: 'day', costPerDemandHour: 30 }],
  });
  const able = {
    ...scenario,
    teams: scenario.teams.map((each) => (each.id === 'day' ? { ...each, skills: ['de'] } : each)),
  };
  const breaking: Engine = {
    ...engine,
    keep: () => {
      throw new EngineError('It broke.');
    },
  };
  const options = { timeLimitSeconds: 20, mipGap: 1e-6 };
  const told = (using: Engine) => explainScenario(valid(able), {}, options, using, () => undefined);
  const whole = told(engine);
  expect(whole).toMatchObject({ isEngineSpent: false, explanation: { status: 'optimal' } });
  expect(whole.explanation?.breakEvensNotDone).toBeUndefined();
  const broken = told(breaking);
  expect(broken).toMatchObject({
    isEngineSpent: true,
    explanation: { status: 'optimal', breakEvensConfirmed: 1, breakEvensNotDone: 2 },
  });
  const causes = (outcome: typeof whole) =>
    outcome.explanation?.placements?.map((line) => [line.workflow, line.team, line.cause]);
  expect(causes(broken)).toEqual(causes(whole));
});

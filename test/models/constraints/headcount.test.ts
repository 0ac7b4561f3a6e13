import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import { peopleScenario, peopleTeam } from '../people-team.ts';
import { inHouseSite, smallScenario, workflow } from '../small-scenario.ts';
import { faultsOf, solveInfeasible, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** Of one hire: 1 in training at half pay, then 0.8 in nesting at half speed, then 0.6 heads. */
const hiring = {
  maxHeadsPerPeriod: 20,
  costPerHead: 500,
  training: { periods: 1, attrition: 0.2, costPerHead: 300, payShare: 0.5 },
  nesting: [{ productivity: 0.5 }],
  nestingAttrition: 0.25,
};

it('follows heads from period to period, with who joins, graduates and is released', () => {
  const headcount = {
    openingHeads: 10,
    joining: [{ period: 'P3', heads: 2 }],
    attritionPerPeriod: 0.1,
    hiring: { ...hiring, leadPeriods: 1 },
    release: { costPerHead: 200, noticePeriods: 2 },
    overtime: { maxShare: 0.1, premium: 0.5 },
  };
  expectGoldenProgram(peopleScenario(headcount, [400, 400, 400, 400]), 'headcount');
});

describe('the price of one more head', () => {
  // 500 hours a period: P1 needs 400, P2 700, of which 200 go to the vendor. 10 · 1000 + 200 · 30.
  const solved = solveOptimal(peopleScenario({ openingHeads: 5 }, [400, 700]), 'full');

  it('is what the head saves less all it is paid from then on', () => {
    expect(solved.totalCost).toBeCloseTo(16_000);
    // From P1 on: paid twice 1000, saves 100 hours of the vendor's in P2.
    expect(solved.limit('headcount', { team: 'manila', period: 'P1' })).toMatchObject({
      label: 'Heads who join manila in P1',
      unit: 'fte',
      used: 5,
      limit: 5,
      binding: true,
      costOfOneMore: expect.closeTo(2 * 1000 - 3000) as number,
      savingOfOneLess: expect.closeTo(2 * 1000 - 3000) as number,
      allowableIncrease: expect.closeTo(2) as number, // 200 hours at the vendor
      allowableDecrease: expect.closeTo(1) as number, // then P1 is short, too
      sentence:
        'One more head joining manila in P1 would save 1,000.00 USD, up to 2 FTE; from there on it would cost 2,000.00 USD, because appeals at acme in P2 is used up. One less would cost 1,000.00 USD, up to 1 FTE; from there on it would cost 4,000.00 USD, because Capacity of manila in P1 is reached.',
    });
    expect(solved.limit('headcount', { team: 'manila', period: 'P2' })).toMatchObject({
      costOfOneMore: expect.closeTo(1000 - 3000) as number,
      savingOfOneLess: null, // nobody joins in P2
    });
  });

  it('is that of a plan solved again', () => {
    const subject = { team: 'manila', period: 'P1' };
    expect(solved.costWith('headcount', subject, 1)).toBeCloseTo(15_000);
    expect(solved.costWith('headcount', subject, -1)).toBeCloseTo(17_000);
  });

  it('can be a cost: people are paid with or without work', () => {
    const idle = solveOptimal(peopleScenario({ openingHeads: 5 }, [100, 100]), 'full');
    expect(idle.limit('headcount', { team: 'manila', period: 'P1' })).toMatchObject({
      costOfOneMore: expect.closeTo(2000) as number,
      sentence: expect.stringContaining('People are paid with or without work') as string,
    });
  });
});

it('counts the hours of people as the capacity of their team, priced by the hour', () => {
  const { limit } = solveOptimal(peopleScenario({ openingHeads: 5 }, [400, 700]));
  expect(limit('team-capacity', { team: 'manila', period: 'P2' })).toMatchObject({
    used: 500,
    limit: 500,
    binding: true,
    shadowPrice: expect.closeTo(-30) as number,
  });
  expect(limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({
    used: 400,
    limit: 500,
    slack: 100,
    shadowPrice: 0,
  });
});

it('loses the share of its heads in a period that adds up to the share of a year', () => {
  // 1 − (1 − 0.36)^(1/2) = 0.2.
  const headcount = { openingHeads: 10, attritionPerYear: 0.36, joining: [{ period: 'P2', heads: 3 }] };
  const { plan } = solveOptimal(peopleScenario(headcount, [100, 100, 100], { periodsPerYear: 2 }));
  expect(plan.people!.map(({ heads }) => heads)).toEqual([
    expect.closeTo(10),
    expect.closeTo(10 * 0.8 + 3),
    expect.closeTo(11 * 0.8),
  ]);
  expect(plan.costs!.payroll).toBeCloseTo(1000 * (10 + 11 + 8.8));
});

describe('a class that is hired', () => {
  // One hire: 500 + 300, paid 500, 800, 600 and 600; 0, 40, 60 and 60 hours, at the vendor's 30 worth 4800.
  const { plan, totalCost } = solveOptimal(peopleScenario({ openingHeads: 0, hiring }, [0, 400, 600, 600]));

  it('is in training, in nesting and then at work, less those who leave on the way', () => {
    expect(plan.people).toMatchObject([
      {
        period: 'P1',
        heads: 0,
        hires: expect.closeTo(10) as number,
        inTraining: expect.closeTo(10) as number,
      },
      {
        period: 'P2',
        heads: 0,
        inNesting: expect.closeTo(8) as number,
        productiveHours: expect.closeTo(400) as number,
      },
      {
        period: 'P3',
        heads: expect.closeTo(6) as number,
        inNesting: 0,
        productiveHours: expect.closeTo(600) as number,
      },
      {
        period: 'P4',
        heads: expect.closeTo(6) as number,
        headsNetOfShrinkage: expect.closeTo(4.8) as number,
      },
    ]);
  });

  it('costs hiring, training and pay, each in its own term', () => {
    expect(totalCost).toBeCloseTo(33_000);
    expect(plan.costs).toMatchObject({
      handling: 0,
      payroll: expect.closeTo(10 * (500 + 800 + 600 + 600)) as number,
      hiring: expect.closeTo(5000) as number,
      training: expect.closeTo(3000) as number,
      release: 0,
      overtime: 0,
    });
  });

  it('says when it begins, when it counts as heads and how many are left', () => {
    expect(plan.classes).toEqual([
      {
        team: 'manila',
        period: 'P1',
        start: null,
        heads: expect.closeTo(10) as number,
        headsFrom: 'P3',
        graduates: expect.closeTo(6) as number,
      },
    ]);
  });

  it('begins on the first day of its period, where that is known', () => {
    const periods = ['P1', 'P2', 'P3', 'P4'].map((id, t) => ({ id, start: `2027-0${t + 1}-01` }));
    const dated = solveOptimal(peopleScenario({ openingHeads: 0, hiring }, [0, 400, 600, 600], { periods }));
    expect(dated.plan.classes).toMatchObject([{ period: 'P1', start: '2027-01-01' }]);
  });
});

it('takes the hours that trainees need off those of the heads', () => {
  const headcount = {
    openingHeads: 10,
    hiring: { maxHeadsPerPeriod: 4, training: { periods: 1, trainerHoursPerHead: 50 } },
  };
  // 4 hires cost 200 hours in P1, at 30, and 4 · 2 · 1000; they save 400 hours in P2 and P3.
  const { plan, limit } = solveOptimal(peopleScenario(headcount, [1000, 2000, 2000]));
  expect(plan.people).toMatchObject([
    { hires: 4, trainerHours: 200, productiveHours: 1000, usedHours: expect.closeTo(800) as number },
    { hires: 0 },
    { heads: 14 },
  ]);
  expect(limit('team-capacity', { team: 'manila', period: 'P1' })).toMatchObject({ used: 1000, limit: 1000 });
});

it('averages a learning curve in productivity, not in AHT', () => {
  // Half a period at twice the AHT and half at the usual one: (1/2 + 1) / 2 = 0.75 of a head's 100 hours.
  const nesting = [{ ahtFactors: [2, 1] }];
  const headcount = { openingHeads: 0, hiring: { maxHeadsPerPeriod: 1, nesting } };
  const { plan } = solveOptimal(peopleScenario(headcount, [300, 300]));
  expect(plan.people![0]).toMatchObject({ inNesting: 1, productiveHours: expect.closeTo(75) as number });
});

it('hires nobody who could not work before the end', () => {
  const late = { maxHeadsPerPeriod: 20, training: { periods: 2, payShare: 0.5 } };
  const { plan, limit } = solveOptimal(peopleScenario({ openingHeads: 0, hiring: late }, [9000, 9000, 9000]));
  expect(plan.classes).toMatchObject([{ period: 'P1', headsFrom: 'P3' }]);
  expect(() => limit('hiring-limit', { team: 'manila', period: 'P2' })).toThrow('found 0');
});

it('has no hires where all who are hired leave in training', () => {
  const training = { periods: 1, attrition: 1 };
  const nesting = [{ productivity: 0.5 }, { productivity: 0.5 }];
  const people = { openingHeads: 5, hiring: { maxHeadsPerPeriod: 4, training, nesting } };
  const scenario = peopleScenario(people, [1000, 1000]);
  const { plan, limit } = solveOptimal(scenario);
  expect(plan.classes).toEqual([]);
  expect(() => limit('hiring-limit', { team: 'manila', period: 'P1' })).toThrow('found 0');
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('says what people there are where they are too few', () => {
  const scenario = smallScenario({
    sites: [inHouseSite('luzon')],
    teams: [peopleTeam({ openingHeads: 5 }, ['P1'])],
    workflows: [workflow('appeals', 600)],
  });
  expect(solveInfeasible(scenario).sentence).toBe(
    'There is no plan: these cannot all hold: appeals needs 600 hours served in P1; manila has the hours of its people in P1; manila has 5 heads joining in P1, besides those who are there and those who finish training.',
  );
});

it('refuses a headcount that does not fit the rest, every fault with its place', () => {
  const scenario = peopleScenario(
    {
      openingHeads: 5,
      joining: [{ period: 'P9', heads: 1 }],
      attritionPerYear: 0.3,
      attritionPerPeriod: 0.1,
      hiring: { maxHeadsPerPeriod: 1, nesting: [{}, { productivity: 0.5, ahtFactors: [2] }] },
    },
    [400, 400],
  );
  const [people, vendor] = scenario.teams;
  const teams = [
    {
      ...people,
      rate: { basis: 'contact' as const, amount: 1 },
      paid: 'used' as const,
      capacity: [{ period: 'P1', hours: 100 }],
    },
    vendor,
  ];
  expect(faultsOf({ ...scenario, teams }).map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/teams/0/rate/basis contact-with-headcount',
    '/teams/0/paid used-with-headcount',
    '/teams/0/capacity/0 headcount-capacity',
    '/teams/0/capacity missing-capacity',
    '/teams/0/headcount mixed-forms',
    '/teams/0/headcount/attritionPerYear missing-periods-per-year',
    '/teams/0/headcount/hiring/nesting/0 missing-field',
    '/teams/0/headcount/hiring/nesting/1 mixed-forms',
    '/teams/0/headcount/joining/0/period unknown-period',
  ]);
});

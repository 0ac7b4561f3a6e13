import { describe, expect, it } from 'vitest';
import { namesOf } from '../../../models/constraint-family.ts';
import type { LimitName, PlacementPriceLine } from '../../../models/explanation.ts';
import type { Cause } from '../../../models/explanation/cause.ts';
import { placementSentence } from '../../../models/explanation/placement-sentence.ts';
import { eligibleAt, explain } from '../explained-plan.ts';
import { crossTrainedScenario, peopleScenario } from '../people-team.ts';
import { smallScenario, team, workflow } from '../small-scenario.ts';
import { planningData } from '../solved-plan.ts';

const data = planningData(
  smallScenario({
    periods: [{ id: 'P1' }, { id: 'P2' }],
    teams: [
      team('manila', 'luzon', 10, 100, ['P1', 'P2']),
      team('none', 'luzon', 10, 0),
      { ...team('salaried', 'luzon', 10, 100, ['P1', 'P2']), paid: 'capacity' },
    ],
    workflows: [workflow('appeals', 50, 50)],
  }),
);

const CAPACITY = { family: 'team-capacity', subject: { team: 'manila', period: 'P1' } };
const SHARE = { family: 'in-house-share', subject: { period: 'P1' } };
const BUDGET = { family: 'budget', subject: { period: 'P1' } };
const SEATS = { family: 'site-seats', subject: { site: 'luzon', period: 'P1' } };

/** What is said of appeals at a team, in a period a line of prices. */
function sentence(
  cause: Cause,
  prices: readonly Partial<PlacementPriceLine>[],
  because: readonly LimitName[] = [],
  teamId = 'manila',
) {
  const lines = prices.map((price, period) => ({
    workflow: 0,
    team: data.positions.team(teamId),
    period,
    cause,
    because,
    price: {
      period: data.periods[period].id,
      hours: 0,
      costPerDemandHour: 10,
      charges: [],
      demandPrice: 12,
      reducedCost: 3,
      planHoldsFrom: 7,
      planHoldsTo: null,
      ...price,
    },
  }));
  return placementSentence(data, lines, namesOf(data));
}

describe('what limits add to an hour', () => {
  it('is told apart from what they take off: a net amount would hide which limit keeps the work out', () => {
    // 51 + 22.5 for the budget − 18.5 for the share are 55, 11.30 more than 43.70: without the budget it would come.
    const price = {
      costPerDemandHour: 51,
      charges: [
        { ...BUDGET, perHour: 22.5 },
        { ...SHARE, perHour: -18.5 },
      ],
      demandPrice: 43.7,
      reducedCost: 11.3,
    };
    expect(sentence('held-by-rule', [price], [BUDGET])).toBe(
      "Budget of P1 keeps appeals from manila in P1: an hour costs 51.00 there, with 22.50 more for the limits it uses, less 18.50 for those it loosens, and by the plan's prices one more hour of appeals costs 43.70.",
    );
  });

  it('is from the least to the most of several periods, each way for itself', () => {
    const charged = (uses: number, loosens: number) => ({
      charges: [
        { ...CAPACITY, perHour: uses },
        { ...SHARE, perHour: -loosens },
      ],
    });
    expect(sentence('too-dear', [charged(1, 2), charged(3, 0.5)])).toContain(
      ', with 1.00 to 3.00 more for the limits it uses, less 0.50 to 2.00 for those it loosens, and',
    );
    expect(sentence('too-dear', [{ charges: [{ ...SHARE, perHour: -2 }] }])).toContain(
      'costs 10.00 there, less 2.00 for the limits it loosens, and',
    );
    expect(sentence('too-dear', [{}])).toContain('costs 10.00 there, and');
  });
});

it('says that an hour is not free where the whole capacity is paid for', () => {
  const used = [{ hours: 1, costPerDemandHour: 0, charges: [{ ...CAPACITY, perHour: 12 }], reducedCost: 0 }];
  expect(sentence('used', used, [], 'salaried')).toBe(
    "salaried has 1 hour of appeals in P1, at 0.00 USD an hour (besides the pay of its whole capacity), with 12.00 more for the limits it uses; by the plan's prices one more hour of appeals costs 12.00 USD.",
  );
  expect(sentence('too-dear', [{ costPerDemandHour: 0 }], [], 'salaried')).toContain(
    'an hour costs 0.00 there (besides the pay of its whole capacity), and',
  );
});

it('says of hours at a full budget that they are about so many, and of a rate that it is one for this work alone', () => {
  const breakEven = {
    costPerDemandHour: 0.8123,
    rate: { basis: 'contact' as const, amount: 0.04061 },
    hours: 60,
    hoursAtCost: 0.8115,
  };
  expect(sentence('too-dear', [{ breakEven }])).toMatch(
    /\. Below 0\.81 USD an hour \(a rate of 0\.04061 USD a contact for this work alone\) it would get about 60 hours\.$/,
  );
});

it('lists several limits as people do', () => {
  expect(sentence('no-room', [{ charges: [{ ...CAPACITY, perHour: 5 }] }], [CAPACITY, SEATS, SHARE])).toMatch(
    /^manila has no room for appeals in P1, Capacity of manila in P1, Seats at luzon in P1 and In-house share of all work in P1 would have to make room: /,
  );
});

describe('a capacity', () => {
  const charges = [
    { ...SHARE, perHour: -18 },
    { ...CAPACITY, perHour: 10 },
  ];

  it('is full, not 0, where the largest charge is for a limit that the work would loosen', () => {
    expect(sentence('no-room', [{ charges }], [CAPACITY])).toContain(
      ', Capacity of manila in P1 would have to make room: ',
    );
  });

  it('is 0 where the team has none, with a price or without', () => {
    const none = { ...CAPACITY, subject: { team: 'none', period: 'P1' } };
    for (const price of [{}, { charges: [{ ...none, perHour: 10 }] }])
      expect(sentence('no-room', [price], [none], 'none')).toContain(', Capacity of none in P1 is 0: ');
    expect(sentence('no-room', [{}], [none, SEATS], 'none')).toContain(
      ', Capacity of none in P1 and Seats at luzon in P1 are 0: ',
    );
  });
});

describe('a team with people', () => {
  const lineOf = (hours: readonly number[], teamId: string) => {
    const explanation = explain(peopleScenario({ openingHeads: 5 }, hours));
    return explanation.placements!.find((line) => line.team === teamId)!;
  };

  it('has hours that are not free: its people are paid', () => {
    expect(lineOf([400, 700], 'manila').sentence).toContain(
      'at 0.00 USD an hour (besides the pay of its people)',
    );
  });

  it('is no team without hours because their number is a matter of the plan', () => {
    const scenario = peopleScenario({ openingHeads: 5 }, [500]);
    const [people, vendor] = scenario.teams;
    // The vendor is so cheap that nobody in-house gets any work.
    const cheap = { ...vendor, rate: { basis: 'productive-hour' as const, amount: 1 } };
    const placements = [{ workflow: 'appeals', team: 'manila', costPerDemandHour: 2 }];
    expect(explain({ ...scenario, teams: [people, cheap], placements }).placements).toMatchObject([
      { team: 'acme', cause: 'used' },
      { team: 'manila', cause: 'too-dear' },
    ]);
  });
});

it('tells of a second skill that heads would have to have', () => {
  const sentenceWith = (training: Parameters<typeof crossTrainedScenario>[0]) =>
    eligibleAt(explain(crossTrainedScenario(training, [0], [200])), 'quejas', 'manila').sentence;
  expect(sentenceWith({ maxHeadsPerPeriod: 0, productivity: 0.8 })).toContain(
    'manila has no room for quejas in P1, Work with Spanish as a second skill at manila in P1 is 0:',
  );
  // A head trained for 5,000 does 80 hours, which the vendor does at 30.
  expect(sentenceWith({ maxHeadsPerPeriod: 3, costPerHead: 5000, productivity: 0.8 })).toContain(
    "Work with Spanish as a second skill at manila in P1 keeps quejas from manila in P1: an hour costs 0.00 there (besides the pay of its people), with 62.50 more for the limits it uses, and by the plan's prices one more hour of quejas costs 30.00.",
  );
});

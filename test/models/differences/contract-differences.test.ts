import { expect, it } from 'vitest';
import { scenarioDifferences } from '../../../models/differences/scenario-differences.ts';
import type { Scenario } from '../../../models/scenario/schema.ts';
import { crossTrainedScenario, peopleScenario } from '../people-team.ts';
import { smallScenario, team, vendorSite } from '../small-scenario.ts';

type Contract = NonNullable<Scenario['contracts']>[number];

const rate: Contract = { vendor: 'acme', volume: 'hours', charge: { by: 'unit', rate: 10 } };
const withContract = (...contracts: Contract[]) =>
  smallScenario({
    sites: [vendorSite('luzon', 'acme')],
    teams: [team('manila', 'luzon', 9, 100)],
    contracts,
  });
const sentences = (from: Scenario, to: Scenario) =>
  scenarioDifferences(from, to).items.map(({ sentence }) => sentence);

it('tells of contracts that come and go, and of each of their terms', () => {
  expect(sentences(withContract(), withContract(rate))).toEqual(['Contract with acme added: 10.00 each.']);
  expect(sentences(withContract(rate), withContract())).toEqual(['Contract with acme removed: 10.00 each.']);
  const later: Contract = {
    ...rate,
    charge: {
      by: 'unit',
      rate: 11,
      tiers: { apply: 'slice', steps: [{ fromVolume: 1000, rateShare: 1.1 }] },
      minimum: { share: 0.9, committed: [{ period: 'P1', volume: 500 }] },
    },
    managementFee: 250,
  };
  expect(sentences(withContract(rate), withContract(later))).toEqual([
    'Charge in the contract with acme: 10.00 each → 11.00 each; slices from 1,000 at 110 %; take or pay 90 % of 500 in P1.',
    'Management fee in the contract with acme: not given (0) → 250.00 USD a period.',
  ]);
});

it('tells of the sizes and costs of classes', () => {
  const hiring = (classSize: object, costPerClass?: number) =>
    peopleScenario(
      { openingHeads: 5, hiring: { maxHeadsPerPeriod: 4, classSize, ...(costPerClass && { costPerClass }) } },
      [400],
    );
  const [sentence] = sentences(hiring({ minHeads: 2 }), hiring({ minHeads: 4, multiple: 4 }, 5000));
  expect(sentence).toContain('at most 4 hired a period, classes of at least 2, nobody');
  expect(sentence).toContain('5,000.00 USD a class, classes of at least 4, in multiples of 4, nobody');
});

it('tells of second skills', () => {
  const training = { maxHeadsPerPeriod: 3, productivity: 0.8 };
  const before = crossTrainedScenario(training, [400], [0]);
  const after = crossTrainedScenario(
    { ...training, openingHeads: 1, costPerHead: 50, periods: 2, trainerHoursPerHead: 10, productivity: 0.9 },
    [400],
    [0],
  );
  const [sentence] = sentences(before, after);
  expect(sentence).toContain(
    'no overtime, Spanish as a second skill at 80 % of the speed (0 heads at the start, at most 3 trained a period) → ',
  );
  expect(sentence).toContain(
    'Spanish as a second skill at 90 % of the speed (1 heads at the start, at most 3 trained a period, 50.00 USD each, 2 periods until it can be used, 10 hours of the team each)',
  );
});

it('tells of a headcount, and of how many periods a year has', () => {
  const before = peopleScenario({ openingHeads: 5 }, [400]);
  const after = peopleScenario(
    { openingHeads: 6, attritionPerYear: 0.3, overtime: { maxShare: 0.1, premium: 0.5 } },
    [400],
    { periodsPerYear: 12 },
  );
  expect(sentences(before, after)).toEqual([
    'Periods in a year: not given → 12.',
    'Headcount of manila: 5 heads at the start, nobody is hired, nobody is released, no overtime → 6 heads at the start, 30 % leave a year, nobody is hired, nobody is released, overtime up to 10 % at 50 % more pay.',
  ]);
});

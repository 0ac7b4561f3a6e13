import { describe, expect, it } from 'vitest';
import type { Names } from '../../../models/constraint-family.ts';
import { familyNamed } from '../../../models/constraints/index.ts';
import type { ConstraintReport } from '../../../models/plan.ts';
import { priceSentence, twoSidedSentence } from '../../../models/sensitivity/price-sentence.ts';

const names: Names = {
  workflow: (id) => id ?? '',
  team: (id) => (id === 'manila' ? 'Manila' : (id ?? '')),
  site: (id) => id ?? '',
  isPaidForCapacity: (id) => id === 'salaried',
  hasPeople: () => false,
  billedUnit: () => 'hours',
  currency: 'USD',
};

function sentence(facts: Partial<ConstraintReport>, inWords = priceSentence): string {
  const report: ConstraintReport = {
    family: 'team-capacity',
    subject: { team: 'manila', period: 'P1' },
    label: 'Capacity of Manila in P1',
    unit: 'hours',
    used: 100,
    limit: 100,
    slack: 0,
    binding: true,
    degenerate: false,
    shadowPrice: -4.1,
    allowableIncrease: 340,
    allowableDecrease: 100,
    ...facts,
  };
  return inWords(report, familyNamed(report.family), names);
}

describe('a price sentence', () => {
  it.each([
    [{}, 'One more hour at Manila in P1 would save 4.10 USD, up to 340 hours.'],
    [{ shadowPrice: 12.25 }, 'One more hour at Manila in P1 would cost 12.25 USD, up to 340 hours.'],
    [{ shadowPrice: 0 }, 'One more hour at Manila in P1 would change nothing, up to 340 hours.'],
    [{ allowableIncrease: null }, 'One more hour at Manila in P1 would save 4.10 USD, without an upper end.'],
    [
      { shadowPrice: -0.00123 },
      'One more hour at Manila in P1 would save less than 0.01 USD, up to 340 hours.',
    ],
    [
      { shadowPrice: -1234567.891 },
      'One more hour at Manila in P1 would save 1,234,567.89 USD, up to 340 hours.',
    ],
    // A whole hour is more than there is room for: the price is a rate, not an amount.
    [
      { allowableIncrease: 0.25 },
      'One more hour at Manila in P1 would save 4.10 USD, but that holds for the next 0.3 hours only.',
    ],
    [{ allowableIncrease: 1 }, 'One more hour at Manila in P1 would save 4.10 USD, up to 1 hour.'],
    // One less is another basis' business: silence would read as "the same downwards".
    [
      { degenerate: true, shadowPrice: 0, allowableIncrease: null, allowableDecrease: 0 },
      'One more hour at Manila in P1 would change nothing, without an upper end. One less may be worth another amount: the plan is degenerate here.',
    ],
    [
      { allowableIncrease: 0 },
      'Capacity of Manila in P1 is reached; its price of -4.10 USD does not hold upwards, the next unit may have another.',
    ],
    [
      { family: 'demand', label: 'Demand of appeals in P1', shadowPrice: 3, allowableIncrease: 0 },
      'Demand of appeals in P1 is served; its price of 3.00 USD does not hold upwards, the next unit may have another.',
    ],
    [
      { family: 'demand', subject: { workflow: 'appeals', period: 'P1' }, shadowPrice: -5 },
      'One more hour of appeals in P1 would save 5.00 USD, up to 340 hours. More work costs less here, because it loosens another rule.',
    ],
    [
      { subject: { team: 'salaried', period: 'P1' } },
      'One more hour at salaried in P1 would save 4.10 USD, up to 340 hours. The pay of that hour is not counted: the whole capacity is paid for.',
    ],
    [
      { subject: { team: 'salaried', period: 'P1' }, shadowPrice: 0 },
      'One more hour at salaried in P1 would change nothing, up to 340 hours.',
    ],
  ])('%o', (facts, expected) => {
    expect(sentence(facts)).toBe(expected);
  });

  it('counts people in FTE and money in the currency', () => {
    expect(
      sentence({
        family: 'site-seats',
        subject: { site: 'luzon', period: 'P1' },
        unit: 'fte',
        allowableIncrease: 5,
      }),
    ).toBe('Room for one more FTE at luzon in P1 would save 4.10 USD, up to 5 FTE.');
    expect(
      sentence({ family: 'budget', subject: { period: 'P1' }, unit: 'USD', allowableIncrease: 1500 }),
    ).toBe(
      'One more USD in the budget of P1 would save 4.10 USD, up to 1,500.00 USD. That is net of the money spent.',
    );
  });
});

describe('a sentence about both sides', () => {
  const twoSided = (facts: Partial<ConstraintReport>) => sentence(facts, twoSidedSentence);

  it('calls the end of each side by its name, where there is none', () => {
    const share = { family: 'vendor-share', subject: { vendor: 'acme', period: 'P1' }, limit: 0 };
    expect(
      twoSided({
        ...share,
        costOfOneMore: -4,
        savingOfOneLess: -4,
        allowableIncrease: null,
        allowableDecrease: null,
      }),
    ).toBe(
      'Letting acme have one hour more than its share in P1 would save 4.00 USD, without an upper end. One less would cost 4.00 USD, without a lower end.',
    );
  });
});

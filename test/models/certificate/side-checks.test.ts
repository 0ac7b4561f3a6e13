import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../models/certificate/finding.ts';
import { checkSides } from '../../../models/certificate/side-checks.ts';
import type { ConstraintReport } from '../../../models/plan.ts';

/** At a limit of 100 and a plan that costs 1000: one more saves 4 for 20 units, one less costs 5 for 10. */
const row: ConstraintReport = {
  family: 'team-capacity',
  subject: { team: 'near', period: 'P1' },
  label: 'near',
  unit: 'hours',
  used: 100,
  limit: 100,
  slack: 0,
  binding: true,
  degenerate: true,
  shadowPrice: -4.5,
  costOfOneMore: -4,
  savingOfOneLess: -5,
  allowableIncrease: 20,
  allowableDecrease: 10,
  increaseEnd: { limit: 120, totalCost: 920, nextPrice: -1 },
  decreaseEnd: { limit: 90, totalCost: 1050, nextPrice: -7 },
};

function faultsOf(change: Partial<ConstraintReport>): string[] {
  const finding: Finding = { worst: 0, faults: [] };
  checkSides({ ...row, ...change }, 1000, finding);
  return finding.faults;
}

describe('the two sides of a price', () => {
  it('are accepted where they fit together, also where one is impossible or has no end', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ costOfOneMore: null, allowableIncrease: 0, increaseEnd: undefined })).toEqual([]);
    expect(faultsOf({ allowableIncrease: null, increaseEnd: undefined })).toEqual([]);
    expect(faultsOf({ decreaseEnd: { limit: 90, totalCost: 1050, nextPrice: null } })).toEqual([]);
  });

  it('are accepted where demand has a price and one more is impossible', () => {
    const noMore = { costOfOneMore: null, allowableIncrease: 0, increaseEnd: undefined };
    expect(faultsOf({ ...noMore, shadowPrice: 3, savingOfOneLess: 3, decreaseEnd: undefined })).toEqual([]);
  });

  it('are accepted where the proven price is one of them, or differs from it by a millionth', () => {
    const noEnds = { increaseEnd: undefined, decreaseEnd: undefined };
    expect(faultsOf({ shadowPrice: -4 })).toEqual([]);
    expect(faultsOf({ shadowPrice: -5 })).toEqual([]);
    expect(faultsOf({ ...noEnds, shadowPrice: 0, costOfOneMore: -1e-6 })).toEqual([]);
    expect(faultsOf({ ...noEnds, shadowPrice: 4e6, costOfOneMore: 4e6 - 3 })).toEqual([]);
    expect(faultsOf({ ...noEnds, shadowPrice: 4e6, costOfOneMore: 4e6 - 5 })).toHaveLength(1);
  });

  it('are not asked for of a classic report', () => {
    expect(faultsOf({ costOfOneMore: undefined, savingOfOneLess: undefined })).toEqual([]);
  });

  it.each<[string, Partial<ConstraintReport>]>([
    ['the price of "near" is told on one side only', { savingOfOneLess: undefined }],
    ['the price of "near" is told on one side only', { costOfOneMore: undefined }],
    ['one more of "near" costs less than its price', { shadowPrice: -3.9 }],
    ['one less of "near" saves more than its price', { shadowPrice: -5.1 }],
    [
      'the limit at the upper end of "near" is off by 1.00000',
      { increaseEnd: { limit: 121, totalCost: 920, nextPrice: -1 } },
    ],
    [
      'the cost at the lower end of "near" is off by 1.00000',
      { decreaseEnd: { limit: 90, totalCost: 1051, nextPrice: -7 } },
    ],
    [
      'the price after the upper end of "near" is none that ends the one before',
      { increaseEnd: { limit: 120, totalCost: 920, nextPrice: -4 } },
    ],
    [
      'the price after the lower end of "near" is none that ends the one before',
      { decreaseEnd: { limit: 90, totalCost: 1050, nextPrice: -5 } },
    ],
    ['the upper end of "near" belongs to no price', { allowableIncrease: null }],
    ['the lower end of "near" belongs to no price', { savingOfOneLess: null }],
  ])('are refused: %s', (fault, change) => {
    expect(faultsOf(change)).toEqual([fault]);
  });
});

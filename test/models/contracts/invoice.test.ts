import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BaselineCharge, Contract, UnitCharge } from '../../../models/contracts/contract-schema.ts';
import { billedPeriods, invoice } from '../../../models/contracts/invoice.ts';
import { caseCount } from '../../properties/case-count.ts';

const PERIODS = ['P1', 'P2', 'P3', 'P4'];

function bill(contract: Partial<Contract> & Pick<Contract, 'charge'>, volume: number, period = 'P1') {
  const billed = billedPeriods(PERIODS).find(({ id }) => id === period)!;
  return invoice({ vendor: 'acme', volume: 'hours', ...contract }, volume, billed);
}

const unit = (parts: Partial<UnitCharge> = {}): UnitCharge => ({ by: 'unit', rate: 10, ...parts });
const totalOf = (charge: Contract['charge'], volume: number, period?: string) =>
  bill({ charge }, volume, period).total;

describe('a rate per unit', () => {
  it('is paid for every hour, and may be another one in a period', () => {
    expect(bill({ charge: unit() }, 1000).lines).toEqual([
      { kind: 'volume', quantity: 1000, rate: 10, amount: 10_000, sentence: '1,000 hours at 10.00.' },
    ]);
    expect(totalOf(unit({ rates: [{ period: 'P2', rate: 12.5 }] }), 1000, 'P2')).toBe(12_500);
    expect(totalOf(unit({ rates: [{ period: 'P2', rate: 12.5 }] }), 1000, 'P3')).toBe(10_000);
    expect(bill({ charge: unit() }, 0)).toEqual({ lines: [], total: 0, exchangeRate: 1 });
  });

  it('rises with every anniversary, by no more than the cap', () => {
    const escalation = { perYear: 0.05, capPerYear: 0.03, from: ['P2', 'P4'] };
    const at = (period: string) =>
      bill({ charge: unit(), managementFee: 500, escalation }, 1000, period).total;
    expect(PERIODS.map(at)).toEqual([
      10_500,
      expect.closeTo(10_500 * 1.03),
      expect.closeTo(10_500 * 1.03),
      expect.closeTo(10_500 * 1.03 ** 2),
    ]);
  });

  it('is in the currency of the contract, with the rate of exchange of the period', () => {
    const exchangeRates = [
      { period: 'P1', rate: 0.018 },
      { period: 'P2', rate: 0.017 },
    ];
    const contract = { charge: unit({ rate: 600 }), currency: 'PHP', exchangeRates };
    expect(bill(contract, 100, 'P2')).toMatchObject({ total: 60_000, exchangeRate: 0.017 });
  });
});

describe('tiers', () => {
  const steps = [
    { fromVolume: 100, rateShare: 0.9 },
    { fromVolume: 200, rateShare: 0.8 },
  ];

  it('by slice pay for each slice at its own rate', () => {
    const { lines, total } = bill({ charge: unit({ tiers: { apply: 'slice', steps } }) }, 250);
    expect(lines.map(({ sentence }) => sentence)).toEqual([
      '100 hours at 10.00.',
      '100 hours from 100 on at 9.00.',
      '50 hours from 200 on at 8.00.',
    ]);
    expect(total).toBe(1000 + 900 + 400);
  });

  it('on all units pay for the whole volume at the rate that it reaches', () => {
    const charge = unit({ tiers: { apply: 'all-units', steps } });
    expect([99, 150, 250].map((volume) => totalOf(charge, volume))).toEqual([990, 1350, 2000]);
  });

  it('on all units pay the cheaper bill exactly where one begins, whether rates fall or rise', () => {
    const falling = unit({ tiers: { apply: 'all-units', steps } });
    expect(totalOf(falling, 200)).toBe(1600);
    const rising = unit({ tiers: { apply: 'all-units', steps: [{ fromVolume: 100, rateShare: 1.2 }] } });
    expect([100, 101].map((volume) => totalOf(rising, volume))).toEqual([1000, 1212]);
  });
});

describe('take or pay', () => {
  const minimum = { share: 0.9, committed: [{ period: 'P1', volume: 1000 }] };

  it('pays for a share of what is committed in any case', () => {
    const { lines, total } = bill({ charge: unit({ minimum }) }, 500);
    expect(total).toBe(9000);
    expect(lines.at(-1)).toEqual({
      kind: 'minimum',
      amount: 4000,
      sentence: 'Take or pay: 90 % of what is committed, 900 hours, costs 9,000.00; that is 4,000.00 more.',
    });
    expect([900, 950].map((volume) => totalOf(unit({ minimum }), volume))).toEqual([9000, 9500]);
    expect(totalOf(unit({ minimum }), 500, 'P2')).toBe(5000);
  });

  it('takes what is committed through the tiers, and never gives money back', () => {
    const steps = [{ fromVolume: 900, rateShare: 0.5 }];
    const all = unit({ minimum, tiers: { apply: 'all-units', steps } });
    // 900 hours cost 4,500; 800 cost 8,000, and are paid for.
    expect([100, 450, 800, 900].map((volume) => totalOf(all, volume))).toEqual([4500, 4500, 8000, 4500]);
  });
});

describe('a baseline', () => {
  const baseline = (parts: Partial<BaselineCharge> = {}): BaselineCharge => ({
    by: 'baseline',
    baselines: [{ period: 'P1', volume: 1000, fee: 12_000 }],
    deadband: 0.1,
    additionalRate: 8,
    reducedRate: 6,
    origin: 'edge',
    ...parts,
  });
  const totals = (charge: BaselineCharge, ...volumes: number[]) =>
    volumes.map((volume) => totalOf(charge, volume));

  it('has one fee within the deadband, and from its edges on charges and credits', () => {
    expect(totals(baseline(), 800, 900, 950, 1050, 1100, 1200)).toEqual([
      12_000 - 100 * 6,
      12_000,
      12_000,
      12_000,
      12_000,
      12_000 + 100 * 8,
    ]);
    expect(bill({ charge: baseline() }, 1200).lines.map(({ sentence }) => sentence)).toEqual([
      'Baseline of 1,000 hours: 12,000.00.',
      '100 hours above 1,100 at 8.00.',
    ]);
    expect(bill({ charge: baseline() }, 800).lines.at(-1)!.sentence).toBe(
      '100 hours below 900 at 6.00 less.',
    );
  });

  it('counts from the baseline once outside, where that is agreed; at an edge the cheaper bill holds', () => {
    expect(totals(baseline({ origin: 'baseline' }), 800, 900, 901, 1100, 1101, 1200)).toEqual([
      12_000 - 200 * 6,
      12_000 - 100 * 6,
      12_000,
      12_000,
      12_000 + 101 * 8,
      12_000 + 200 * 8,
    ]);
  });

  it('has its edges where decimal numbers put them, whatever doubles make of them', () => {
    // 1500 · (1 + 0.15) is 1724.9999999999998 in doubles.
    const charge = baseline({
      baselines: [{ period: 'P1', volume: 1500, fee: 30_000 }],
      deadband: 0.15,
      origin: 'baseline',
    });
    expect(totals(charge, 1725)).toEqual([30_000]);
    const tiers = { apply: 'all-units' as const, steps: [{ fromVolume: 0.3, rateShare: 2 }] };
    expect(totalOf(unit({ rate: 100, tiers }), 0.1 + 0.2)).toBeCloseTo(30);
  });

  it('falls no further than to its floor', () => {
    expect(totals(baseline({ floorVolume: 700 }), 700, 500, 0)).toEqual([10_800, 10_800, 10_800]);
    const { sentence } = bill({ charge: baseline({ floorVolume: 700 }) }, 500).lines.at(-1)!;
    expect(sentence).toBe('200 hours below 900 at 6.00 less, counted down to 700 only.');
  });
});

describe('any contract over whole units', () => {
  const share = fc.integer({ min: 50, max: 150 }).map((percent) => percent / 100);
  const tiers = fc
    .uniqueArray(fc.record({ fromVolume: fc.integer({ min: 1, max: 40 }), rateShare: share }), {
      selector: ({ fromVolume }) => fromVolume,
      minLength: 1,
      maxLength: 4,
    })
    .map((steps) => steps.sort((a, b) => a.fromVolume - b.fromVolume));
  const volume = fc.integer({ min: 0, max: 60 });
  const runs = { numRuns: caseCount(300, 10_000), seed: 20_270_501 };

  it('costs by slice what its units cost one by one', () => {
    fc.assert(
      fc.property(tiers, volume, (steps, units) => {
        // The rate of a unit is that of the last tier that begins below it.
        let sum = 0;
        for (let each = 1; each <= units; each += 1)
          sum += 10 * (steps.filter(({ fromVolume }) => fromVolume < each).at(-1)?.rateShare ?? 1);
        expect(totalOf(unit({ tiers: { apply: 'slice', steps } }), units)).toBeCloseTo(sum, 8);
      }),
      runs,
    );
  });

  it('costs on all units what all cost at one of the rates, and between tiers at the one that is reached', () => {
    fc.assert(
      fc.property(tiers, volume, (steps, units) => {
        const total = totalOf(unit({ tiers: { apply: 'all-units', steps } }), units);
        const rates = [1, ...steps.map(({ rateShare }) => rateShare)];
        const reached = steps.filter(({ fromVolume }) => fromVolume <= units).length;
        const isAtBeginning = reached > 0 && steps[reached - 1].fromVolume === units;
        const rate = isAtBeginning ? Math.min(rates[reached], rates[reached - 1]) : rates[reached];
        expect(total).toBeCloseTo(10 * rate * units, 8);
      }),
      runs,
    );
  });

  it('is the sum of its lines', () => {
    fc.assert(
      fc.property(tiers, volume, volume, share, (steps, units, committed, part) => {
        const charge = unit({
          tiers: { apply: units % 2 === 0 ? 'slice' : 'all-units', steps },
          minimum: { share: Math.min(1, part), committed: [{ period: 'P1', volume: committed }] },
        });
        const { lines, total } = bill({ charge, managementFee: 7 }, units);
        expect(total).toBeCloseTo(
          lines.reduce((sum, { amount }) => sum + amount, 0),
          8,
        );
        for (const { quantity, rate, amount } of lines)
          if (quantity !== undefined) expect(amount).toBe(quantity * rate!);
      }),
      runs,
    );
  });
});

describe('bonus, malus and exit', () => {
  const bonuses = [
    { fromVolume: 0, amount: -200 },
    { fromVolume: 80, amount: 0 },
    { fromVolume: 120, amount: 300 },
  ];

  it('add what the last step that is reached says, and hold the cheaper of both exactly at one', () => {
    const amounts = [0, 79, 80, 81, 119, 120, 121].map(
      (volume) => bill({ charge: unit(), bonuses }, volume).total - 10 * volume,
    );
    expect(amounts).toEqual([-200, -200, -200, 0, 0, 0, 300]);
    expect(bill({ charge: unit(), bonuses }, 79).lines.at(-1)).toEqual({
      kind: 'malus',
      amount: -200,
      sentence: 'Malus from 0 hours on: -200.00.',
    });
    expect(bill({ charge: unit(), bonuses }, 121).lines.at(-1)).toMatchObject({ kind: 'bonus', amount: 300 });
  });

  it('owe the exit fee with the last bill, and only where it is small', () => {
    const exitFee = { amount: 5000, belowVolume: 10 };
    const escalation = { perYear: 0.1, from: ['P2'] };
    const total = (volume: number, period: string) =>
      bill({ charge: unit(), exitFee, escalation }, volume, period).total;
    expect(total(0, 'P3')).toBe(0);
    expect(total(0, 'P4')).toBeCloseTo(5500);
    expect(total(9.99, 'P4')).toBeCloseTo(5500 + 9.99 * 11);
    expect(total(10, 'P4')).toBeCloseTo(110);
  });

  it('are all as they are below, or all as they are above, where two jumps meet', () => {
    // From 100 on all hours are cheaper by 1, and a bonus of 30 is owed: 100 · 10, or 100 · 9 + 30.
    const tiers: UnitCharge['tiers'] = { apply: 'all-units', steps: [{ fromVolume: 100, rateShare: 0.9 }] };
    const bonus = [{ fromVolume: 100, amount: 30 }];
    expect(bill({ charge: unit({ tiers }), bonuses: bonus }, 100).total).toBe(930);
    const dear = [{ fromVolume: 100, amount: 130 }];
    expect(bill({ charge: unit({ tiers }), bonuses: dear }, 100).total).toBe(1000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billPieces } from '../../../models/contracts/bill-pieces.ts';
import { billBrackets } from '../../../models/contracts/brackets.ts';
import type { Contract } from '../../../models/contracts/contract-schema.ts';
import { invoice } from '../../../models/contracts/invoice.ts';
import { caseCount } from '../../properties/case-count.ts';
import { randomContract } from '../../scenarios/random-contract.ts';

const P1 = { id: 'P1', upToNow: ['P1'], isLast: true };
const pieces = (charge: Contract['charge'], rest: Partial<Contract> = {}) =>
  billPieces({ vendor: 'acme', volume: 'hours', charge, ...rest }, P1);

describe('a bill in pieces', () => {
  it('is one line for a rate, which begins at the management fee', () => {
    expect(pieces({ by: 'unit', rate: 10 }, { managementFee: 70 })).toEqual([
      { from: 0, to: Infinity, atFrom: expect.closeTo(70) as number, slope: expect.closeTo(10) as number },
    ]);
  });

  it('bends where slices begin, and where take or pay ends', () => {
    const charge = {
      by: 'unit',
      rate: 10,
      tiers: { apply: 'slice', steps: [{ fromVolume: 200, rateShare: 1.5 }] },
      minimum: { share: 0.5, committed: [{ period: 'P1', volume: 200 }] },
    } as const;
    const found = pieces(charge as unknown as Contract['charge']);
    expect(found.map(({ from, to, slope }) => [from, to, Number(slope.toFixed(9))])).toEqual([
      [0, 100, 0],
      [100, 200, 10],
      [200, Infinity, 15],
    ]);
    expect(found[0].atFrom).toBeCloseTo(1000);
    expect(billBrackets(found)).toHaveLength(1);
  });

  it('jumps where a tier on all units begins', () => {
    const steps = [{ fromVolume: 100, rateShare: 0.8 }];
    const found = pieces({ by: 'unit', rate: 10, tiers: { apply: 'all-units', steps } });
    expect(found.map(({ atFrom, slope }) => [Math.round(atFrom), Math.round(slope)])).toEqual([
      [0, 10],
      [800, 8],
    ]);
    expect(billBrackets(found)).toHaveLength(2);
  });

  it('is flat within a deadband, and hours within it begin a bracket', () => {
    const charge = {
      by: 'baseline',
      baselines: [{ period: 'P1', volume: 1000, fee: 12_000 }],
      deadband: 0.1,
      additionalRate: 8,
      reducedRate: 6,
      origin: 'edge',
    } as const;
    const found = pieces(charge as unknown as Contract['charge']);
    expect(found.map(({ slope }) => Number(slope.toFixed(6)))).toEqual([6, 0, 8]);
    expect(billBrackets(found)).toHaveLength(2);
    const without = pieces({ ...charge, deadband: 0 } as unknown as Contract['charge']);
    expect(without.map(({ slope }) => Number(slope.toFixed(6)))).toEqual([6, 8]);
    expect(billBrackets(without)).toHaveLength(1);
  });
});

it('says of any contract what its invoices say, at every volume', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, share) => {
      const contract = randomContract(seed);
      const found = billPieces(contract, P1);
      const volume = share * 2000;
      const at = found.filter(({ from, to }) => from <= volume && volume <= to);
      const { total, exchangeRate } = invoice(contract, volume, P1, 0);
      const values = at.map(({ from, atFrom, slope }) => atFrom + slope * (volume - from));
      // At the end of a piece the cheaper of both holds.
      expect(Math.min(...values)).toBeCloseTo(total * exchangeRate, 3);
    }),
    { numRuns: caseCount(500, 20_000), seed: 20_270_502 },
  );
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../../models/contracts/contract-schema.ts';
import { undocumented } from './documented-answer.ts';
import { send, startService, type TestService } from './test-service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

async function post(body: object) {
  const answer = await send(service.url, 'post', '/v1/invoices', body);
  expect(undocumented('post', '/v1/invoices', answer)).toBeUndefined();
  return { status: answer.status, body: JSON.parse(answer.text) as Record<string, unknown> };
}

const contract: Contract = {
  vendor: 'acme',
  volume: 'hours',
  currency: 'PHP',
  exchangeRates: [
    { period: '2027-01', rate: 0.0175 },
    { period: '2027-02', rate: 0.018 },
  ],
  escalation: { perYear: 0.04, from: ['2027-02'] },
  charge: {
    by: 'unit',
    rate: 700,
    tiers: { apply: 'slice', steps: [{ fromVolume: 1000, rateShare: 0.9 }] },
    minimum: { share: 0.9, committed: [{ period: '2027-02', volume: 1000 }] },
  },
  managementFee: 50_000,
};

describe('bills', () => {
  it('are recomputed from what was delivered, line by line and period by period', async () => {
    const delivered = [
      { period: '2027-02', hours: 600.5 },
      { period: '2027-01', hours: 1200 },
      { period: '2027-02', hours: 200 },
    ];
    const periods = ['2027-01', '2027-02', '2027-03'];
    const { status, body } = await post({ contract, currency: 'USD', periods, delivered });
    expect(status).toBe(200);
    expect(body).toEqual({
      vendor: 'acme',
      unit: 'hours',
      contractCurrency: 'PHP',
      currency: 'USD',
      bills: [
        {
          period: '2027-01',
          volume: 1200,
          lines: [
            {
              kind: 'volume',
              quantity: 1000,
              rate: 700,
              amount: 700_000,
              sentence: '1,000 hours at 700.00.',
            },
            {
              kind: 'volume',
              quantity: 200,
              rate: 630,
              amount: 126_000,
              sentence: '200 hours from 1,000 on at 630.00.',
            },
            { kind: 'management', amount: 50_000, sentence: 'Management of 2027-01: 50,000.00.' },
          ],
          rounding: 0,
          total: 876_000,
          exchangeRate: 0.0175,
          totalInCurrency: 15_330,
        },
        {
          period: '2027-02',
          volume: 800.5,
          lines: [
            {
              kind: 'volume',
              quantity: 800.5,
              rate: 728,
              amount: 582_764,
              sentence: '800.5 hours at 728.00.',
            },
            {
              kind: 'minimum',
              // 900 · 728 less 582,764
              amount: 72_436,
              sentence:
                'Take or pay: 90 % of what is committed, 900 hours, costs 655,200.00; that is 72,436.00 more.',
            },
            { kind: 'management', amount: 52_000, sentence: 'Management of 2027-02: 52,000.00.' },
          ],
          rounding: 0,
          total: 707_200,
          exchangeRate: 0.018,
          totalInCurrency: 12_729.6,
        },
      ],
      totalInCurrency: 28_059.6,
    });
  });

  it('are in cents, and say what rounding leaves over', async () => {
    const charge = {
      by: 'unit',
      rate: 1.0004,
      tiers: {
        apply: 'slice',
        steps: [
          { fromVolume: 10, rateShare: 1 },
          { fromVolume: 20, rateShare: 1 },
        ],
      },
    };
    const plain = { vendor: 'acme', volume: 'contacts', charge };
    const { body } = await post({
      contract: plain,
      currency: 'USD',
      periods: ['P1'],
      delivered: [{ period: 'P1', contacts: 30 }],
    });
    // Three times 10.004, and 30.012 together.
    expect(body.bills).toMatchObject([
      { lines: [{ amount: 10 }, { amount: 10 }, { amount: 10 }], rounding: 0.01, total: 30.01 },
    ]);
  });
});

it('rounds halves of a cent up as they are written, not as doubles hold them', async () => {
  const half = { vendor: 'acme', volume: 'hours', charge: { by: 'unit', rate: 2.01 } };
  const delivered = [{ period: 'P1', hours: 0.5 }];
  const { body } = await post({ contract: half, currency: 'USD', periods: ['P1'], delivered });
  // 1.005, and 1.0049999999999999 as a double.
  expect(body.bills).toMatchObject([{ total: 1.01, totalInCurrency: 1.01 }]);
});

it('takes as many periods and deliveries as it permits, with long names, in seconds', async () => {
  const periods = Array.from({ length: 1000 }, (_, t) => `${'e\u0301'.repeat(48)}${t}`);
  const delivered = Array.from({ length: 20_000 }, (_, i) => ({ period: periods[i % 1000], hours: 1 }));
  const began = performance.now();
  const plain = { vendor: 'acme', volume: 'hours', charge: { by: 'unit', rate: 2 } };
  const { status, body } = await post({ contract: plain, currency: 'USD', periods, delivered });
  expect([status, body.totalInCurrency]).toEqual([200, 40_000]);
  expect(performance.now() - began).toBeLessThan(15_000);
}, 30_000);

describe('a request', () => {
  it('is refused where rates of exchange are given for the same currency, or rates rise without end', async () => {
    const { status, body } = await post({
      contract: {
        vendor: 'acme',
        volume: 'hours',
        exchangeRates: [{ period: 'P1', rate: 1.1 }],
        escalation: { perYear: 1e6, from: ['P1', 'P2'] },
        charge: { by: 'unit', rate: 1 },
      },
      currency: 'USD',
      periods: ['P1', 'P2'],
      delivered: [{ period: 'P1', hours: 1 }],
    });
    expect(status).toBe(400);
    expect(
      (body.errors as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`),
    ).toEqual(['/contract/exchangeRates exchange-rates-not-needed', '/contract/escalation out-of-range']);
  });

  it('is refused with everything that is wrong between its parts', async () => {
    const wrong = {
      ...contract,
      exchangeRates: [{ period: '2027-01', rate: 0.0175 }],
      escalation: { perYear: 0.04, from: ['2029-01'] },
      charge: {
        ...contract.charge,
        tiers: {
          apply: 'slice',
          steps: [
            { fromVolume: 1000, rateShare: 0.9 },
            { fromVolume: 900, rateShare: 0.8 },
          ],
        },
      },
    };
    const { status, body } = await post({
      contract: wrong,
      currency: 'USD',
      periods: ['2027-01', '2027-02', '2027-01'],
      delivered: [
        { period: '2027-02', contacts: 1 },
        { period: '2027-04', hours: 1 },
      ],
    });
    expect(status).toBe(400);
    expect(
      (body.errors as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`),
    ).toEqual([
      '/periods/2 duplicate-id',
      '/delivered/0 missing-hours',
      '/delivered/1/period unknown-period',
      '/contract/escalation/from/0 unknown-period',
      '/contract/exchangeRates missing-exchange-rate',
      '/contract/charge/tiers/steps/1/fromVolume tiers-not-rising',
    ]);
  });

  it('is refused with faults of form and what is wrong between its sound parts at once', async () => {
    const rising = { fromVolume: 900, rateShare: 0.8 };
    const tiers = { apply: 'slice', steps: [{ ...rising, fromVolume: 1000 }, rising] };
    const request = {
      contract: { ...contract, charge: { by: 'unit', rate: 700, tiers } },
      currency: 'usd',
      periods: ['2027-01', '2027-02'],
      delivered: [
        { period: '2027-09', hours: -1 },
        { period: '2027-09', hours: 1 },
        { period: '2027-01', contacts: 1 },
      ],
    };
    const faultsOf = async (body: object) => {
      const answer = await post(body);
      expect(answer.status).toBe(400);
      const errors = answer.body.errors as { pointer: string; code: string }[];
      return errors.map(({ pointer, code }) => `${pointer} ${code}`);
    };
    expect(await faultsOf(request)).toEqual([
      '/currency invalid-format',
      '/delivered/0/hours too-small',
      '/delivered/1/period unknown-period',
      '/delivered/2 missing-hours',
      '/contract/charge/tiers/steps/1/fromVolume tiers-not-rising',
    ]);
    // Which periods there are is not known, nor with a list that is none what was delivered.
    expect(await faultsOf({ ...request, periods: ['2027-01', 7] })).toEqual([
      '/currency invalid-format',
      '/periods/1 wrong-type',
      '/delivered/0/hours too-small',
    ]);
    expect(await faultsOf({ ...request, currency: 'USD', delivered: 7 })).toEqual([
      '/delivered wrong-type',
      '/contract/charge/tiers/steps/1/fromVolume tiers-not-rising',
    ]);
    expect(await faultsOf([request])).toEqual([' wrong-type']);
  });

  it('is refused where a baseline is missing, or lies below its floor', async () => {
    const charge = {
      by: 'baseline',
      baselines: [{ period: 'P1', volume: 1000, fee: 1 }],
      deadband: 0.1,
      additionalRate: 1,
      reducedRate: 1,
      origin: 'edge',
      floorVolume: 950,
    };
    const { body } = await post({
      contract: { vendor: 'acme', volume: 'hours', charge },
      currency: 'USD',
      periods: ['P1', 'P2'],
      delivered: [{ period: 'P2', hours: 1 }],
    });
    expect(
      (body.errors as { pointer: string; code: string }[]).map(({ pointer, code }) => `${pointer} ${code}`),
    ).toEqual(['/contract/charge/baselines missing-baseline', '/contract/charge/floorVolume floor-in-band']);
  });

  it('is refused by its form, with places and remedies', async () => {
    const { status, body } = await post({ contract: { vendor: 'acme' }, currency: 'dollars', delivered: [] });
    expect(status).toBe(400);
    expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/contract/volume', '/contract/charge', '/currency', '/periods']),
    );
  });
});

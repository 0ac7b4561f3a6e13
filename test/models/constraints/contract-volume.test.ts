import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import { type Charge, type Contract, contracted } from '../contracted-scenario.ts';
import { team } from '../small-scenario.ts';
import { faultsOf, solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

const rising: Charge = {
  by: 'unit',
  rate: 10,
  tiers: { apply: 'slice', steps: [{ fromVolume: 200, rateShare: 1.5 }] },
};

it('bills the hours of a vendor in slices', () => {
  const steps = [
    { fromVolume: 200, rateShare: 1.5 },
    { fromVolume: 300, rateShare: 2 },
  ];
  const minimum = { share: 0.5, committed: [{ period: 'P2', volume: 100 }] };
  const charge: Charge = { by: 'unit', rate: 10, tiers: { apply: 'slice', steps }, minimum };
  const scenario = contracted(
    charge,
    [400, 500],
    {},
    { rules: { budget: [{ period: 'P2', amount: 9000 }] } },
  );
  expectGoldenProgram(
    { ...scenario, placements: [{ workflow: 'appeals', team: 'acme', handlingFactor: 1.25 }] },
    'contract-volume',
  );
});

describe('rising slices', () => {
  // 200 hours at the vendor at 10, 100 in-house at 12, 50 at the vendor at 15.
  const scenario = contracted(rising, [350]);
  const { plan, totalCost, limit, costWith } = solveOptimal(scenario, 'full');

  it('are filled in order, with what is dearer elsewhere left there', () => {
    expect(totalCost).toBeCloseTo(2000 + 1200 + 750);
    expect(plan.costs).toMatchObject({ handling: 1200, contracts: expect.closeTo(2750) as number });
    expect(verifyAnswer(scenario, plan)).toEqual([]);
  });

  it('are billed line by line, as an invoice of the hours is', () => {
    expect(plan.contracts).toEqual([
      {
        vendor: 'acme',
        period: 'P1',
        unit: 'hours',
        volume: expect.closeTo(250) as number,
        lines: [
          { kind: 'volume', quantity: 200, rate: 10, amount: 2000, sentence: '200 hours at 10.00.' },
          { kind: 'volume', quantity: 50, rate: 15, amount: 750, sentence: '50 hours from 200 on at 15.00.' },
        ],
        total: 2750,
        exchangeRate: 1,
        cost: 2750,
      },
    ]);
  });

  it('price the hour that is billed next', () => {
    const subject = { vendor: 'acme', period: 'P1' };
    expect(limit('contract-volume', subject)).toMatchObject({
      label: 'Hours billed by acme in P1',
      used: 250,
      limit: 250,
      binding: true,
      costOfOneMore: expect.closeTo(15) as number,
      savingOfOneLess: expect.closeTo(15) as number,
      allowableDecrease: expect.closeTo(50) as number,
    });
    expect(costWith('contract-volume', subject, 1)).toBeCloseTo(totalCost + 15);
    expect(limit('team-capacity', { team: 'manila', period: 'P1' }).costOfOneMore).toBeCloseTo(12 - 15);
  });
});

it('pays for what is committed, and so uses it before what costs less by the hour', () => {
  const minimum = { share: 0.9, committed: [{ period: 'P1', volume: 200 }] };
  const scenario = contracted({ by: 'unit', rate: 20, minimum }, [150]);
  const { plan, totalCost } = solveOptimal(scenario);
  // 180 hours at 20 are paid for, and an hour of them is free: nothing goes in-house at 12.
  expect(totalCost).toBeCloseTo(3600);
  expect(plan.allocation).toMatchObject([{ team: 'acme', hours: 150 }]);
  expect(plan.contracts![0].lines.map(({ kind, amount }) => [kind, Math.round(amount)])).toEqual([
    ['volume', 3000],
    ['minimum', 600],
  ]);
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('turns the bill into the currency of the scenario, escalated, and counts it in budgets', () => {
  const rest: Partial<Contract> = {
    currency: 'PHP',
    exchangeRates: [
      { period: 'P1', rate: 0.02 },
      { period: 'P2', rate: 0.025 },
    ],
    escalation: { perYear: 0.1, capPerYear: 0.05, from: ['P2'] },
    managementFee: 1000,
  };
  const budget = [{ period: 'P2', amount: 5000 }, { amount: 9000 }];
  const scenario = contracted({ by: 'unit', rate: 400 }, [100, 100], rest, { rules: { budget } });
  const { plan, limit } = solveOptimal(scenario);
  // 8 an hour and 20; then 400 · 1.05 · 0.025 = 10.50 and 26.25.
  expect(plan.contracts!.map(({ cost }) => cost)).toEqual([
    expect.closeTo(800 + 20),
    expect.closeTo(1050 + 26.25),
  ]);
  expect(limit('budget', { period: 'P2' })).toMatchObject({
    used: expect.closeTo(1076.25) as number,
    limit: 5000,
  });
  expect(limit('budget', {})).toMatchObject({ used: expect.closeTo(1896.25) as number });
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('says what a dearer currency would cost, as long as the plan stays', () => {
  const at = (rate: number, parts = {}) =>
    contracted(
      { by: 'unit', rate: 500 },
      [300],
      { currency: 'PHP', exchangeRates: [{ period: 'P1', rate }] },
      parts,
    );
  // 300 hours at 500 PHP, 10 USD each.
  const scenario = at(0.02);
  const { plan, totalCost } = solveOptimal(scenario);
  expect(totalCost).toBeCloseTo(3000);
  expect(plan.sensitivity).toMatchObject({
    exchangeRates: [
      {
        vendor: 'acme',
        period: 'P1',
        currency: 'PHP',
        spend: expect.closeTo(150_000) as number,
        costOfOnePercentMore: expect.closeTo(30) as number,
        sentence:
          'With PHP 1 % dearer in P1 the plan would cost 30.00 USD more at most: acme bills 150,000.00 PHP.',
      },
    ],
  });
  expect(solveOptimal(at(0.0202)).totalCost).toBeCloseTo(3030);
  const changed = structuredClone(plan) as { sensitivity: { exchangeRates: { spend: number }[] } };
  changed.sensitivity.exchangeRates[0].spend += 1;
  expect(verifyAnswer(scenario, changed as unknown as Plan).join(' ')).toContain(
    'the exchange rate of acme in P1',
  );
  // A budget of 2,500 leaves 50 hours short at 50 each: what is dearer takes of it, and an hour less is worth five times its money.
  const short = {
    rules: { budget: [{ amount: 2500 }] },
    teams: [team('acme', 'cebu', 999, null)],
    workflows: [{ ...scenario.workflows[0], shortfallCostPerHour: 50 }],
  };
  const tight = solveOptimal(at(0.02, short));
  expect(JSON.stringify(tight.plan.sensitivity)).toContain(
    'With PHP dearer in P1 each 1 % would at first cost 125.00 USD more, as budgets are: acme bills',
  );
  expect(tight.plan.sensitivity).toMatchObject({
    exchangeRates: [{ costOfOnePercentMore: expect.closeTo(125) as number }],
  });
  const step = solveOptimal(at(0.02 * 1.0001, short)).totalCost - tight.totalCost;
  expect(step).toBeCloseTo(1.25, 3);
  expect(verifyAnswer(at(0.02, short), tight.plan)).toEqual([]);
});

it('credits hours below a baseline, at less than it charges for those above', () => {
  const charge: Charge = {
    by: 'baseline',
    baselines: [{ period: 'P1', volume: 300, fee: 2700 }],
    additionalRate: 14,
    reducedRate: 6,
    origin: 'edge',
  };
  // 300 hours for the fee; 100 in-house at 12 rather than more at 14.
  const { plan, totalCost } = solveOptimal(contracted(charge, [420]));
  expect(plan.contracts![0]).toMatchObject({
    volume: expect.closeTo(320) as number,
    cost: expect.closeTo(2980) as number,
  });
  expect(totalCost).toBeCloseTo(2700 + 20 * 14 + 1200);
});

it('is refused where a plan cannot be made with it, each fault with its place', () => {
  const scenario = contracted(rising, [10]);
  const contracts = [
    ...scenario.contracts!,
    { vendor: 'acme', volume: 'hours' as const, charge: rising },
    { vendor: 'ghost', volume: 'hours' as const, currency: 'PHP', charge: rising },
  ];
  const teams = [scenario.teams[0], { ...team('acme', 'cebu', 9, 10), paid: 'capacity' as const }];
  expect(
    faultsOf({ ...scenario, contracts, teams }).map(({ pointer, code }) => `${pointer} ${code}`),
  ).toEqual([
    '/contracts/1/vendor duplicate-contract',
    '/contracts/2/vendor unknown-vendor',
    '/teams/1 paid-with-contract',
    '/contracts/2/exchangeRates missing-exchange-rate',
  ]);
});

it('does not take a plan whose bills are not those of its hours', () => {
  const scenario = contracted(rising, [350]);
  const { plan } = solveOptimal(scenario);
  const faultsWith = (change: (plan: Plan) => void) => {
    const changed = structuredClone(plan);
    change(changed);
    return verifyAnswer(scenario, changed)[0];
  };
  expect(faultsWith(({ contracts }) => (contracts![0].cost += 1))).toContain(
    'the bill of acme in P1 is off by',
  );
  expect(faultsWith(({ contracts }) => (contracts![0].total += 1))).toContain(
    'the total of the bill of acme in P1',
  );
  expect(faultsWith(({ contracts }) => (contracts![0].volume += 1))).toContain(
    'the volume of the bill of acme in P1',
  );
  expect(faultsWith(({ contracts }) => (contracts![0].lines[0].amount += 1))).toContain(
    'a line of the bill of acme in P1',
  );
  expect(faultsWith(({ contracts }) => (contracts![0].exchangeRate = 2))).toContain(
    'the exchange rate of the bill',
  );
  expect(faultsWith(({ contracts }) => (contracts![0].unit = 'contacts'))).toContain('is not of hours');
  expect(
    faultsWith(({ contracts }) => {
      contracts![0].lines = [{ kind: 'bonus', amount: contracts![0].total, sentence: 'A gift.' }];
    }),
  ).toContain('the lines of the bill of acme in P1');
  expect(faultsWith(({ contracts }) => contracts!.pop())).toBe('the bill of acme in P1 is not in the plan');
  expect(faultsWith(({ costs }) => (costs!.contracts += 1))).toContain('the contracts cost is off by');
});

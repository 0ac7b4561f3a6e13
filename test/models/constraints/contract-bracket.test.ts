import { describe, expect, it } from 'vitest';
import { billedPeriods, invoice } from '../../../models/contracts/invoice.ts';
import { verifyAnswer, wordOfEngine } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import { type Charge, type Contract, contracted } from '../contracted-scenario.ts';
import { faultsOf, solve, solveOptimal } from '../solved-plan.ts';
import { smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { expectGoldenProgram } from './golden.ts';

/** 10 an hour, and 6 for each hour from 100 on. */
const falling: Charge = {
  by: 'unit',
  rate: 10,
  tiers: { apply: 'slice', steps: [{ fromVolume: 100, rateShare: 0.6 }] },
};

/** 10 an hour, and 8 for all of them from 100 on. */
const allUnits: Charge = {
  by: 'unit',
  rate: 10,
  tiers: { apply: 'all-units', steps: [{ fromVolume: 100, rateShare: 0.8 }] },
};

const baseline = (parts: Partial<Extract<Charge, { readonly by: 'baseline' }>> = {}): Charge => ({
  by: 'baseline',
  baselines: [{ period: 'P1', volume: 100, fee: 900 }],
  deadband: 0.1,
  additionalRate: 11,
  reducedRate: 5,
  origin: 'edge',
  ...parts,
});

it('bills a period in one of the brackets between falling rates', () => {
  expectGoldenProgram(
    contracted(falling, [300], {}, { rules: { budget: [{ period: 'P1', amount: 9000 }] } }),
    'contract-bracket',
  );
});

it('goes into the cheaper slice only where all of the work is worth it', () => {
  // In-house at 9: 100 hours there. At the vendor 10 for the first 100: 100 in-house and 60 at 10, or all of 160 at 1000 + 60 · 6.
  const few = solveOptimal(contracted(falling, [160], {}, { teams: inHouseAt(9, 160) }), 'full');
  expect(few.totalCost).toBeCloseTo(1360);
  const more = solveOptimal(contracted(falling, [150], {}, { teams: inHouseAt(8, 160) }));
  // 150 · 8 in-house, 1300 at the vendor.
  expect(more.totalCost).toBeCloseTo(1200);
  // The price is that of the bracket: one hour more is billed at 6.
  expect(few.plan.contracts).toMatchObject([{ volume: 160, bracket: { fromVolume: 100, toVolume: null } }]);
  expect(few.limit('contract-volume', { vendor: 'acme', period: 'P1' })).toMatchObject({ shadowPrice: 6 });
  expect(few.plan.sensitivity).toMatchObject({ basis: 'choices-fixed' });
  expect(few.plan.gap).toBe(0);
});

/** In-house hours at a rate, as many as are asked for. */
function inHouseAt(rate: number, hours: number) {
  return [team('manila', 'luzon', rate, hours, ['P1']), team('acme', 'cebu', 999, null, ['P1'])];
}

it('orders more than it needs nowhere, but sends more where that makes all of it cheaper', () => {
  // 90 hours are at least 90 at 8 if 100 are reached: 98 hours at 10 are 980, 100 at 8 are 800.
  const { plan, totalCost } = solveOptimal(contracted(allUnits, [110], {}, { teams: inHouseAt(7, 12) }));
  // 98 at the vendor and 12 in-house would be 980 + 84; 100 at the vendor and 10 in-house are 800 + 70.
  expect(totalCost).toBeCloseTo(870);
  expect(plan.contracts).toMatchObject([
    { volume: expect.closeTo(100) as number, cost: expect.closeTo(800) as number },
  ]);
  expect(verifyAnswer(contracted(allUnits, [110], {}, { teams: inHouseAt(7, 12) }), plan)).toEqual([]);
});

it('says that other brackets are ruled out by the word of the engine alone', () => {
  const scenario = contracted(falling, [160], {}, { teams: inHouseAt(9, 160) });
  const { plan } = solveOptimal(scenario);
  expect(verifyAnswer(scenario, plan)).toEqual([]);
  expect(wordOfEngine(scenario, plan)).toBe(
    'that no other choices are better by more than 0 % is the word of highs 1.15.1 alone'.replace(
      /highs [\d.]+/,
      plan.certificate!.engine,
    ),
  );
  const elsewhere = structuredClone(plan);
  elsewhere.contracts![0].bracket = { fromVolume: 0, toVolume: 100 };
  expect(verifyAnswer(scenario, elsewhere)[0]).toContain('the bracket of the bill of acme in P1');
});

it('does not believe a bracket that its contract does not have', () => {
  // 150 hours at 10 are 1,500. 60 of them at the vendor and the rest in-house at 12 are the best of all plans with 60 there.
  const plain = contracted({ by: 'unit', rate: 10 }, [150]);
  const { plan } = solveOptimal(contracted({ by: 'unit', rate: 10 }, [150], { forecastLock: told(60) }));
  const forged: Plan = structuredClone(plan);
  forged.contracts![0].bracket = { fromVolume: 60, toVolume: 60 };
  forged.gap = 0;
  expect(verifyAnswer(plain, forged).join(' ')).toContain(
    'the bracket of the bill of acme in P1 is none of its contract',
  );
  // All of 300 at the vendor are 5 each, 1,500; 250 of them are 1,250 and 600.
  const half: Charge = {
    ...allUnits,
    tiers: { apply: 'all-units', steps: [{ fromVolume: 90, rateShare: 0.5 }] },
  };
  const held = solveOptimal(contracted(half, [300], { forecastLock: told(250) })).plan;
  const narrow: Plan = structuredClone(held);
  expect(narrow.contracts![0].bracket).toEqual({ fromVolume: 90, toVolume: null });
  narrow.contracts![0].bracket = { fromVolume: 249, toVolume: 250 };
  expect(verifyAnswer(contracted(half, [300], { forecastLock: told(250) }), narrow).join(' ')).toContain(
    'is none of its contract',
  );
});

/** A forecast that leaves no choice of the volume. */
function told(volume: number) {
  return { periods: 1, maxDeviation: 0, forecast: [{ period: 'P1', volume }] };
}

it('says of a price that ends with its bracket that other choices may do', () => {
  const charge: Charge = {
    by: 'unit',
    rate: 11,
    tiers: { apply: 'slice', steps: [{ fromVolume: 40, rateShare: 0.5 }] },
  };
  const { limit } = solveOptimal(contracted(charge, [40]), 'full');
  const { sentence, savingOfOneLess } = limit('demand', { workflow: 'appeals', period: 'P1' });
  // In truth one hour less saves 11; in the bracket from 40 on there are no fewer hours.
  if (savingOfOneLess === null) expect(sentence).toContain("One less is impossible with today's choices.");
  else expect(savingOfOneLess).toBeCloseTo(11);
});

it('has no hour less to bill where none is billed', () => {
  const { limit } = solveOptimal(contracted({ by: 'unit', rate: 20 }, [100]), 'full');
  expect(limit('contract-volume', { vendor: 'acme', period: 'P1' })).toMatchObject({
    used: 0,
    savingOfOneLess: null,
  });
});

it('takes a volume that the contract says twice, once as a product, for one', () => {
  // 54 % of 3,600 is 1,944.0000000000002 in binary.
  const charge: Charge = {
    by: 'unit',
    rate: 10,
    tiers: { apply: 'all-units', steps: [{ fromVolume: 1944, rateShare: 0.9 }] },
    minimum: { share: 0.54, committed: [{ period: 'P1', volume: 3600 }] },
  };
  const bonuses = [{ fromVolume: 1944, amount: 50 }];
  const scenario = contracted(charge, [2000], { bonuses });
  const { plan, totalCost } = solveOptimal(scenario);
  // 1,944 hours are owed at 9: no more of them, at 9 and the bonus, are cheaper than in-house at 12 up to 100 hours.
  expect(totalCost).toBeCloseTo(1944 * 9 + Math.min(56 * 12, 56 * 9 + 50));
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('has no gap to state where a bill is one bracket', () => {
  const rising: Charge = {
    ...falling,
    tiers: { apply: 'slice', steps: [{ fromVolume: 100, rateShare: 2 }] },
  };
  expect(solveOptimal(contracted(rising, [160])).plan.gap).toBeUndefined();
});

it('is refused where a bill changes at volumes that nobody can tell apart', () => {
  const steps = [
    { fromVolume: 100, rateShare: 0.9 },
    { fromVolume: 100.005, rateShare: 0.8 },
  ];
  const charge: Charge = { by: 'unit', rate: 10, tiers: { apply: 'slice', steps } };
  expect(faultsOf(contracted(charge, [10, 10]))).toEqual([
    {
      pointer: '/contracts/0',
      code: 'volumes-too-near',
      message:
        'In "P1" the bill changes at 100 and again at 100.005. Set them further apart, or make one of the two.',
    },
  ]);
});

it('bills contacts, too', () => {
  // A contact takes 0.1 hours: 10 a contact are 100 an hour, 8 from the contact 50 on.
  const charge: Charge = {
    by: 'unit',
    rate: 10,
    tiers: { apply: 'slice', steps: [{ fromVolume: 50, rateShare: 0.8 }] },
  };
  const scenario = smallScenario({
    sites: [vendorSite('cebu', 'acme')],
    teams: [team('acme', 'cebu', 1, null)],
    workflows: [
      {
        ...workflow('appeals', 0),
        demand: [{ period: 'P1', contacts: 80, ahtSeconds: 360 }],
        occupancy: 0.5,
      },
    ],
    contracts: [{ vendor: 'acme', volume: 'contacts', charge }],
  });
  const { plan, totalCost, limit } = solveOptimal(scenario, 'full');
  expect(totalCost).toBeCloseTo(500 + 30 * 8);
  expect(plan.contracts).toMatchObject([{ unit: 'contacts', volume: expect.closeTo(80) as number }]);
  expect(limit('contract-volume', { vendor: 'acme', period: 'P1' })).toMatchObject({
    unit: 'contacts',
    label: 'Contacts billed by acme in P1',
    shadowPrice: expect.closeTo(8) as number,
  });
  expect(limit('demand', { workflow: 'appeals', period: 'P1' })).toMatchObject({
    shadowPrice: expect.closeTo(80) as number,
  });
  expect(verifyAnswer(scenario, plan)).toEqual([]);
  expect(
    faultsOf({ ...scenario, workflows: [workflow('appeals', 8)] }).map(
      ({ pointer, code }) => `${pointer} ${code}`,
    ),
  ).toEqual(['/workflows/0/demand/0 missing-aht']);
});

/** The cost of the best of all whole splits: so many hours at the vendor in each of two periods, the rest in-house. */
function bestByCounting(
  contract: Contract,
  demand: readonly number[],
  [rate, capacity]: readonly [number, number],
): number {
  const periods = billedPeriods(demand.map((_, t) => `P${t + 1}`));
  const costs = demand.map((hours, t) =>
    Array.from({ length: hours + 1 }, (_, sent) => {
      if (sent < hours - capacity) return Infinity;
      const { total, exchangeRate } = invoice(contract, sent, periods[t]);
      return total * exchangeRate + rate * (hours - sent);
    }),
  );
  let best = Infinity;
  costs[0].forEach((first, one) => {
    costs[1].forEach((second, two) => {
      if (isAllowed(contract, [one, two])) best = Math.min(best, first + second);
    });
  });
  return best;
}

function isAllowed({ rampDown, forecastLock }: Contract, volumes: readonly number[]): boolean {
  return volumes.every((volume, t) => {
    const told = forecastLock?.forecast[t]?.volume ?? 0;
    if (
      forecastLock &&
      t < forecastLock.periods &&
      Math.abs(volume - told) > forecastLock.maxDeviation * told + 1e-9
    )
      return false;
    if (rampDown === undefined) return true;
    const { currentVolume, noticePeriods = 0, maxFallPerPeriod } = rampDown;
    if (t < noticePeriods) return volume >= currentVolume;
    return volume >= (1 - maxFallPerPeriod) * (t === 0 ? currentVolume : volumes[t - 1]) - 1e-9;
  });
}

const committed = [
  { period: 'P1', volume: 120 },
  { period: 'P2', volume: 80 },
];
const baselines = [
  { period: 'P1', volume: 100, fee: 900 },
  { period: 'P2', volume: 60, fee: 600 },
];
const rates = (from: number, share: number, next: number) => [
  { fromVolume: from, rateShare: share },
  { fromVolume: 2 * from, rateShare: next },
];
const shapes: Readonly<Record<string, { charge: Charge; rest?: Partial<Contract> }>> = {
  'a rate by period': { charge: { by: 'unit', rate: 10, rates: [{ period: 'P2', rate: 7 }] } },
  'rising slices': { charge: { by: 'unit', rate: 6, tiers: { apply: 'slice', steps: rates(40, 1.5, 2) } } },
  'falling slices': {
    charge: { by: 'unit', rate: 12, tiers: { apply: 'slice', steps: rates(40, 0.75, 0.5) } },
  },
  'slices that fall and rise': {
    charge: { by: 'unit', rate: 12, tiers: { apply: 'slice', steps: rates(40, 0.5, 1) } },
  },
  'rising tiers on all units': {
    charge: { by: 'unit', rate: 6, tiers: { apply: 'all-units', steps: rates(40, 1.2, 1.5) } },
  },
  'falling tiers on all units': {
    charge: { by: 'unit', rate: 12, tiers: { apply: 'all-units', steps: rates(40, 0.75, 0.5) } },
  },
  'take or pay': { charge: { by: 'unit', rate: 10, minimum: { share: 0.9, committed } } },
  'take or pay with falling tiers on all units': {
    charge: {
      by: 'unit',
      rate: 12,
      tiers: { apply: 'all-units', steps: rates(40, 0.75, 0.5) },
      minimum: { share: 0.5, committed },
    },
  },
  'a baseline': { charge: baseline({ baselines, deadband: 0 }) },
  'a baseline whose credit is above its charge': {
    charge: baseline({ baselines, deadband: 0, additionalRate: 5, reducedRate: 9 }),
  },
  'a deadband counted from its edge': { charge: baseline({ baselines }) },
  'a deadband counted from the baseline': { charge: baseline({ baselines, origin: 'baseline' }) },
  'a deadband with a floor': { charge: baseline({ baselines, reducedRate: 9, floorVolume: 30 }) },
  'bonus and malus': {
    charge: { by: 'unit', rate: 8 },
    rest: {
      bonuses: [
        { fromVolume: 0, amount: -60 },
        { fromVolume: 50, amount: 0 },
        { fromVolume: 100, amount: 90 },
      ],
    },
  },
  'an exit fee': {
    charge: { by: 'unit', rate: 13 },
    rest: { exitFee: { amount: 150, belowVolume: 40 } },
  },
  'notice and a ramp-down, with tiers that fall': {
    charge: { by: 'unit', rate: 14, tiers: { apply: 'slice', steps: rates(20, 0.75, 0.5) } },
    rest: { rampDown: { currentVolume: 20, noticePeriods: 1, maxFallPerPeriod: 0.5 } },
  },
  'a forecast that binds, with a deadband': {
    charge: baseline({ baselines }),
    rest: { forecastLock: { periods: 1, maxDeviation: 0.2, forecast: [{ period: 'P1', volume: 25 }] } },
  },
  'a management fee, escalation and a currency': {
    charge: falling,
    rest: {
      managementFee: 50,
      escalation: { perYear: 0.1, from: ['P2'] },
      currency: 'PHP',
      exchangeRates: [
        { period: 'P1', rate: 1 },
        { period: 'P2', rate: 0.9 },
      ],
    },
  },
};

describe.each(Object.entries(shapes))('%s', (_, { charge, rest }) => {
  it.each([
    [30, 110],
    [90, 60],
    [200, 130],
  ])('costs what counting through all splits of %i and %i hours finds', (...demand) => {
    const contract: Contract = { vendor: 'acme', volume: 'hours', charge, ...rest };
    for (const inHouse of [
      [8, 40],
      [11, 90],
      [5, 15],
      [9, 500],
    ] as const) {
      const periods = demand.map((__, t) => `P${t + 1}`);
      const teams = [
        team('manila', 'luzon', inHouse[0], inHouse[1], periods),
        team('acme', 'cebu', 999, null, periods),
      ];
      const scenario = contracted(charge, demand, rest, { teams });
      const best = bestByCounting(contract, demand, inHouse);
      const plan = solve(scenario);
      expect(plan.status).toBe(best === Infinity ? 'infeasible' : 'optimal');
      if (best < Infinity) expect(plan.totalCost).toBeCloseTo(best, 5);
      expect(verifyAnswer(scenario, plan)).toEqual([]);
    }
  });
});

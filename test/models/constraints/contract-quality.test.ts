import { expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { Plan } from '../../../models/plan.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../small-scenario.ts';
import { solveOptimal } from '../solved-plan.ts';
import { expectGoldenProgram } from './golden.ts';

/** Two teams of a vendor at 10 an hour: 40 more for full quality above 0.9. The good one works at 0.95, the other at 0.8; each has 60 hours. */
function scenarioWith(parts: object = {}) {
  return smallScenario({
    sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
    teams: [
      team('manila', 'luzon', 7, 20),
      team('good', 'cebu', 99, 60),
      team('other', 'cebu', 99, 60),
      team('plain', 'cebu', 99, 60),
    ],
    workflows: [workflow('appeals', 100)],
    placements: [
      { workflow: 'appeals', team: 'good', quality: 0.95 },
      { workflow: 'appeals', team: 'other', quality: 0.8 },
    ],
    contracts: [
      {
        vendor: 'acme',
        volume: 'hours',
        charge: { by: 'unit', rate: 10 },
        quality: { target: 0.9, rate: 40 },
      },
    ],
    ...parts,
  });
}

it('adds up the quality of the work', () => {
  expectGoldenProgram(scenarioWith({ rules: { budget: [{ amount: 5000 }] } }), 'contract-quality');
});

it('pays more for better work than the target, and less for worse', () => {
  const scenario = scenarioWith();
  // 60 hours of the other team at 10 − 40 · 0.1 = 6, 20 in-house at 7, and 20 of the plain team at 10, which the good one does at 12.
  const { plan, totalCost, hours, limit } = solveOptimal(scenario, 'full');
  expect(totalCost).toBeCloseTo(360 + 140 + 200);
  expect(hours('appeals', 'plain', 'P1')).toBeCloseTo(20);
  expect(plan.contracts![0].lines).toEqual([
    expect.objectContaining({ kind: 'volume', amount: expect.closeTo(800) as number }),
    {
      kind: 'quality',
      quantity: expect.closeTo(-6) as number,
      rate: 40,
      amount: expect.closeTo(-240) as number,
      sentence: 'Quality of 0.825 on average, target 0.9: 6 hours of full quality at 40.00 less.',
    },
  ]);
  expect(limit('contract-quality', { vendor: 'acme', period: 'P1' })).toMatchObject({
    used: expect.closeTo(66) as number,
    shadowPrice: expect.closeTo(40) as number,
    label: 'Quality of acme in P1, as hours of full quality',
  });
  // An hour more is the plain team's: 10 for it, of which the target is 36 in the volume and the quality 36 here.
  expect(limit('contract-volume', { vendor: 'acme', period: 'P1' }).shadowPrice).toBeCloseTo(-26);
  expect(limit('demand', { workflow: 'appeals', period: 'P1' }).costOfOneMore).toBeCloseTo(10);
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('counts in budgets, rises with escalation and is paid at the exchange rate', () => {
  const [contract] = scenarioWith().contracts!;
  const scenario = scenarioWith({
    contracts: [
      {
        ...contract,
        currency: 'PHP',
        exchangeRates: [{ period: 'P1', rate: 0.5 }],
        escalation: { perYear: 0.1, from: ['P1'] },
      },
    ],
    rules: { budget: [{ amount: 350 }] },
    workflows: [{ ...workflow('appeals', 100), shortfallCostPerHour: 50 }],
  });
  // All of the vendor at 0.55: 60 hours at 3.30, then 5.50 and 6.60; 350 buy 60 and 27.64 hours, the rest is short.
  const { plan, totalCost } = solveOptimal(scenario, 'full');
  expect(plan.costs!.contracts).toBeCloseTo(350);
  const rest = (350 - 198) / 5.5;
  expect(totalCost).toBeCloseTo(350 + 50 * (40 - rest));
  expect(verifyAnswer(scenario, plan)).toEqual([]);
  const changed: Plan = structuredClone(plan);
  changed.contracts![0].lines[1].amount += 5;
  changed.contracts![0].total += 5;
  expect(verifyAnswer(scenario, changed).join(' ')).toContain('the total of the bill of acme in P1');
});

it('means nothing where no contract pays for quality', () => {
  const [contract] = scenarioWith().contracts!;
  const { quality: _, ...plain } = contract;
  const { plan, totalCost } = solveOptimal(scenarioWith({ contracts: [plain] }));
  expect(totalCost).toBeCloseTo(140 + 800);
  expect(plan.contracts![0].lines).toHaveLength(1);
});

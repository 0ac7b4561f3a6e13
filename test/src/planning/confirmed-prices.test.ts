import { beforeAll, describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../../models/certificate.ts';
import type { ConstraintReport, Plan } from '../../../models/plan.ts';
import type { Engine } from '../../../src/engines/engine.ts';
import { loadHighsEngine } from '../../../src/engines/highs.ts';
import { confirmPrices } from '../../../src/planning/confirmed-prices.ts';
import { withDefaults } from '../../../src/planning/solve-options.ts';
import { solveScenario } from '../../../src/planning/solve-scenario.ts';
import { lp } from '../../models/small-program.ts';
import { inHouseSite, smallScenario, team, vendorSite, workflow } from '../../models/small-scenario.ts';

let highs: Engine;
beforeAll(async () => {
  highs = await loadHighsEngine();
});

/** 6 hours in house at 1, 8 at a vendor at 3; demand is 10. */
const scenario = smallScenario({
  sites: [inHouseSite('luzon'), vendorSite('cebu', 'acme')],
  teams: [team('manila', 'luzon', 1, 6), team('acme', 'cebu', 3, 8)],
  workflows: [workflow('appeals', 10)],
});

function solve(engine: Engine): Plan {
  return solveScenario(scenario, withDefaults({ sensitivity: 'full' }), engine, () => undefined).plan!;
}

it('moves limits and solves again, and says how many prices that confirmed', () => {
  const plan = solve(highs);
  expect(plan.sensitivity).toMatchObject({ constraintsConfirmed: 3 });
  expect(verifyAnswer(scenario, plan)).toEqual([]);
});

it('does so with yes/no choices held, without what they close', () => {
  const choosing = { ...scenario, workflows: [{ ...workflow('appeals', 7), maxSites: 1 }] };
  const { plan } = solveScenario(choosing, withDefaults({ sensitivity: 'full' }), highs, () => undefined);
  // All 7 hours go to the vendor, which has one left: an hour in house would be cheaper, and that is closed.
  expect(plan).toMatchObject({ status: 'optimal', totalCost: 21 });
  expect(plan!.sensitivity).toMatchObject({ basis: 'choices-fixed', constraintsConfirmed: 3 });
});

describe('limits that are moved', () => {
  const program = lp(
    [1, 3],
    [
      [[1, 1], '=', 10],
      [[1, 0], '<=', 6],
      [[0, 1], '<=', 8],
    ],
  );
  program.rows.forEach((key, row) => Object.assign(key, { subject: { team: `row ${row}` } }));
  const solved = {
    program,
    columnValue: Float64Array.of(6, 4),
    basis: { isBasicRow: Uint8Array.of(0, 0, 1), isBasicColumn: Uint8Array.of(1, 1) },
  };
  /** One hour more costs 3 for four more, one less saves 3 for four; and so on. */
  const reports = [
    side(0, 10, { costOfOneMore: 3, allowableIncrease: 4, savingOfOneLess: 3, allowableDecrease: 4 }),
    side(1, 6, { costOfOneMore: -2, allowableIncrease: 4, savingOfOneLess: -2, allowableDecrease: 4 }),
    side(2, 8, { costOfOneMore: 0, allowableIncrease: null, savingOfOneLess: 0, allowableDecrease: 4 }),
  ];
  const confirm = (changed: Partial<ConstraintReport>, row: number, seconds = 60) =>
    confirmPrices(
      highs,
      solved,
      reports.map((report, i) => (i === row ? { ...report, ...changed } : report)),
      () => seconds,
    );

  it('are confirmed where the cost changes by the price', () => {
    expect(confirm({}, 0)).toEqual({ count: 3, warmAnswersRefused: 0 });
  });

  it.each([
    ['a cost of one more that is too high', { costOfOneMore: 3.001 }, 0],
    ['a saving of one less that is too high', { savingOfOneLess: 3.001 }, 0],
    ['a price of the wrong sign', { costOfOneMore: 2 }, 1],
    ['a price that goes on where another takes over', { allowableDecrease: 16 }, 2],
    ['an hour more that is said to be impossible', { costOfOneMore: null }, 1],
    ['an hour more that is said to be possible where there is none', { allowableIncrease: 10 }, 0],
  ])('are refuted by %s', (_, changed, row) => {
    expect(confirm(changed, row)).toMatchObject({ refuted: `row ${row}` });
  });

  it('are neither without time', () => {
    expect(confirm({}, 0, 0.01)).toEqual({ count: 0, warmAnswersRefused: 0 });
  });

  function side(row: number, limit: number, sides: Partial<ConstraintReport>): ConstraintReport {
    const { family, subject } = program.rows[row];
    return { family, subject, label: `row ${row}`, limit, binding: true, ...sides } as ConstraintReport;
  }
});

it('gives no price at all where one is refuted', () => {
  // Less than a millionth too many hours: near enough for a plan, too far for a price.
  const hasty: Engine = {
    ...highs,
    solve: (program, options) => {
      const answer = highs.solve(program, options);
      if (answer.status !== 'optimal') return answer;
      return { ...answer, columnValue: answer.columnValue.map((hours) => hours * (1 + 5e-7)) };
    },
  };
  const plan = solve(hasty);
  expect(plan.status).toBe('optimal');
  expect(plan.sensitivity).toEqual({
    unavailable:
      'Solving again gave another price for "Demand of appeals in P1", so no price is to be trusted.',
  });
});

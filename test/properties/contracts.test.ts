import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import { billPieces } from '../../models/contracts/bill-pieces.ts';
import { billedPeriods, invoice } from '../../models/contracts/invoice.ts';
import { holdChoices } from '../../models/choices.ts';
import { groupBy } from '../../models/group-by.ts';
import {
  type BracketKey,
  type ChoiceKey,
  isChoice,
  type LinearProgram,
  textOfKey,
} from '../../models/linear-program.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { javascriptLpSolverEngine } from '../../src/engines/javascript-lp-solver.ts';
import { withDefaults } from '../../src/planning/solve-options.ts';
import { solveScenario } from '../../src/planning/solve-scenario.ts';
import { scenarioWithContracts } from '../scenarios/with-contracts.ts';
import { solveExactly } from './exact-simplex.ts';
import { atSeed, draws, engine, expectSameCost, programOf, solve } from './solve-draws.ts';

/** Runs a check on every scenario drawn with contracts. */
function checkContracts(share: number, check: (scenario: Scenario) => void): void {
  for (const seed of draws(share)) {
    const scenario = scenarioWithContracts(seed);
    if (scenario)
      atSeed(seed, () => {
        check(scenario);
      });
  }
}

describe('a scenario with contracts', () => {
  it('gets a plan that is proven from scenario and plan alone, or a proof that there is none', () => {
    const seen = { optimal: 0, infeasible: 0 };
    checkContracts(1, (scenario) => {
      const plan = solve(scenario, 'classic');
      expect(['optimal', 'infeasible']).toContain(plan.status);
      seen[plan.status as 'optimal'] += 1;
      expect(verifyAnswer(scenario, plan)).toEqual([]);
    });
    expect(seen.optimal).toBeGreaterThan(20);
    expect(seen.infeasible).toBeGreaterThan(5);
  });

  it('pays what the invoices of its hours come to, and prices the hour that is billed next', () => {
    let [bills, priced] = [0, 0];
    checkContracts(0.7, (scenario) => {
      const plan = solve(scenario, 'full');
      if (plan.status !== 'optimal') return;
      const { sensitivity } = plan;
      if (!sensitivity || 'unavailable' in sensitivity) throw new Error(JSON.stringify(sensitivity));
      const hasBudget = scenario.rules?.budget !== undefined;
      const periods = billedPeriods(scenario.periods.map(({ id }) => id));
      let total = 0;
      for (const bill of plan.contracts!) {
        const contract = scenario.contracts!.find(
          ({ vendor }) => vendor.normalize() === bill.vendor.normalize(),
        )!;
        const period = periods.find(({ id }) => id.normalize() === bill.period.normalize())!;
        const above = bill.lines.find(({ kind }) => kind === 'quality')?.quantity ?? 0;
        const points = above + (contract.quality?.target ?? 0) * bill.volume;
        const costOf = (volume: number) => {
          const found = invoice(contract, volume, period, points);
          return found.total * found.exchangeRate;
        };
        expectSameCost(bill.cost, costOf(bill.volume), 'the bill');
        total += bill.cost;
        const limit = sensitivity.constraints.find(
          ({ family, subject }) =>
            family === 'contract-volume' && subject.vendor === bill.vendor && subject.period === bill.period,
        )!;
        const piece = billPieces(contract, period).find(
          ({ from, to }) => bill.volume > from * (1 + 1e-5) + 1e-5 && bill.volume < to * (1 - 1e-5),
        );
        if (!hasBudget && piece) {
          expectSameCost(limit.shadowPrice, piece.slope, 'the price of what is billed next');
          priced += 1;
        }
        // One hour more is billed at no more than it costs to bill it and nothing else.
        const step = 1e-3 * Math.max(1, bill.volume);
        const dearest = (costOf(bill.volume + step) - costOf(bill.volume)) / step;
        if (!hasBudget && limit.costOfOneMore !== null)
          expect(limit.costOfOneMore!).toBeLessThanOrEqual(dearest + 1e-6 * Math.max(1, dearest));
        bills += 1;
      }
      expectSameCost(plan.costs!.contracts, total, 'all bills');
    });
    expect(bills).toBeGreaterThan(50);
    expect(priced).toBeGreaterThan(20);
  });

  it('costs what the other engine, and exact arithmetic by another method, find', () => {
    const second = javascriptLpSolverEngine();
    let compared = 0;
    checkContracts(0.6, (scenario) => {
      const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
      const { plan, faults } = solveScenario(scenario, options, engine, () => undefined, second);
      // The second engine takes 30 choices at most.
      if (faults) return;
      expect(['optimal', 'infeasible']).toContain(plan.status);
      const { data, program } = programOf(scenario);
      if (plan.status !== 'optimal' || program.rows.length + program.columns.length > 45) return;
      const exact = cheapestOfBrackets(data, program);
      const constant = constantCostOf(data, 0, data.periods.length - 1);
      expectSameCost(plan.totalCost! - constant, exact, 'the cost');
      compared += 1;
    });
    expect(compared).toBeGreaterThan(5);
  });
});

/** The least cost over every choice of a bracket for every bill, each solved in exact arithmetic. */
function cheapestOfBrackets(data: PlanningData, program: LinearProgram): number {
  const choices = program.columns.filter(isChoice);
  const bills = groupBy(choices, (key) => textOfKey({ ...(key as BracketKey), bracket: 0 }));
  let taken: ChoiceKey[][] = [[]];
  for (const brackets of bills.values())
    taken = taken.flatMap((others) => brackets.map((bracket) => [...others, bracket]));
  let cheapest = Infinity;
  for (const open of taken) {
    const texts = new Set(open.map(textOfKey));
    const closed = new Set(choices.map(textOfKey).filter((text) => !texts.has(text)));
    const exact = solveExactly(holdChoices(data, program, closed).solved);
    if (exact.status !== 'optimal') continue;
    const ofBrackets = program.columns.reduce(
      (sum, key, column) => (isChoice(key) && texts.has(textOfKey(key)) ? sum + program.cost[column] : sum),
      0,
    );
    cheapest = Math.min(cheapest, exact.cost + ofBrackets);
  }
  return cheapest;
}

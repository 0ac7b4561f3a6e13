import { describe, expect, it } from 'vitest';
import { verifyAnswer } from '../../models/certificate.ts';
import { constantCostOf } from '../../models/constraints/budget.ts';
import { invoice } from '../../models/contracts/invoice.ts';
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
    let bills = 0;
    checkContracts(1, (scenario) => {
      const plan = solve(scenario, 'full');
      if (plan.status !== 'optimal') return;
      const { sensitivity } = plan;
      if (!sensitivity || 'unavailable' in sensitivity) throw new Error(JSON.stringify(sensitivity));
      const ids = scenario.periods.map(({ id }) => id.normalize());
      let total = 0;
      for (const bill of plan.contracts!) {
        const contract = scenario.contracts!.find(
          ({ vendor }) => vendor.normalize() === bill.vendor.normalize(),
        )!;
        const t = ids.indexOf(bill.period.normalize());
        const costOf = (hours: number) => {
          const found = invoice(contract, hours, { id: bill.period, upToNow: ids.slice(0, t + 1) });
          return found.total * found.exchangeRate;
        };
        expectSameCost(bill.cost, costOf(bill.hours), 'the bill');
        total += bill.cost;
        const limit = sensitivity.constraints.find(
          ({ family, subject }) =>
            family === 'contract-volume' && subject.vendor === bill.vendor && subject.period === bill.period,
        )!;
        // One hour more is billed at no more than it costs to bill it and nothing else.
        const step = 1e-3 * Math.max(1, bill.hours);
        const dearest = (costOf(bill.hours + step) - costOf(bill.hours)) / step;
        const hasBudget = scenario.rules?.budget !== undefined;
        if (!hasBudget && limit.costOfOneMore !== null)
          expect(limit.costOfOneMore!).toBeLessThanOrEqual(dearest + 1e-6 * Math.max(1, dearest));
        bills += 1;
      }
      expectSameCost(plan.costs!.contracts, total, 'all bills');
    });
    expect(bills).toBeGreaterThan(50);
  });

  it('costs what the other engine, and exact arithmetic by another method, find', () => {
    const second = javascriptLpSolverEngine();
    let compared = 0;
    checkContracts(0.6, (scenario) => {
      const options = withDefaults({ timeLimitSeconds: 60, sensitivity: 'none' });
      const { plan } = solveScenario(scenario, options, engine, () => undefined, second);
      expect(['optimal', 'infeasible']).toContain(plan!.status);
      const { data, program } = programOf(scenario);
      if (plan!.status !== 'optimal' || program.rows.length + program.columns.length > 45) return;
      const exact = solveExactly(program);
      if (exact.status !== 'optimal') throw new Error(exact.status);
      const constant = constantCostOf(data, 0, data.periods.length - 1);
      expectSameCost(plan!.totalCost! - constant, exact.cost, 'the cost');
      compared += 1;
    });
    expect(compared).toBeGreaterThan(5);
  });
});

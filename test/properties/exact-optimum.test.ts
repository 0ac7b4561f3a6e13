import { expect, it } from 'vitest';
import { type LinearProgram, ProgramBuilder } from '../../models/linear-program.ts';
import { checkDraws, draws, expectSameCost, programOf } from './solve-draws.ts';
import { solveExactly } from './exact-simplex.ts';

/** The exact method slows down steeply with size. */
const MOST_ROWS_AND_COLUMNS = 45;
/** Below this, an exact contradiction between limits is the rounding of the sums they were computed from. */
const ROUNDING = 1e-9;

it('finds the optimum that exact arithmetic finds by another method', () => {
  const compared = { optimal: 0, infeasible: 0, tooLarge: 0, byRoundingOnly: 0 };
  checkDraws(draws(), (scenario, plan) => {
    const { program } = programOf(scenario);
    if (program.rows.length + program.columns.length > MOST_ROWS_AND_COLUMNS) {
      compared.tooLarge += 1;
      return;
    }
    const exact = solveExactly(program);
    if (exact.status === 'infeasible' && exact.infeasibility < ROUNDING) {
      compared.byRoundingOnly += 1;
      return;
    }
    expect(plan.status).toBe(exact.status);
    if (exact.status === 'unbounded') return;
    compared[exact.status] += 1;
    if (exact.status === 'optimal') {
      expectSameCost(plan.totalCost! - plan.costs!.payroll, exact.cost, 'the cost without payroll');
    }
  });
  expect(compared.optimal).toBeGreaterThan(10);
  expect(compared.infeasible).toBeGreaterThan(10);
});

it('solves a program by hand exactly', () => {
  // minimise x + 2y subject to x + y = 0.3, x ≤ 0.1
  const build = (most: number, least: number): LinearProgram => {
    const program = new ProgramBuilder();
    const x = program.addColumn({ kind: 'placement', workflow: 0, team: 0, period: 0 }, 1);
    const y = program.addColumn({ kind: 'placement', workflow: 0, team: 1, period: 0 }, 2);
    program.beginRow({ family: 'demand', subject: {} }, '=', 0.3);
    program.addEntry(x, 1);
    program.addEntry(y, 1);
    program.beginRow({ family: 'team-capacity', subject: {} }, '<=', most);
    program.addEntry(x, 1);
    program.beginRow({ family: 'in-house-share', subject: {} }, '>=', least);
    program.addEntry(x, 1);
    return program.build();
  };
  expect(solveExactly(build(0.1, 0))).toEqual({ status: 'optimal', cost: 0.5 });
  expect(solveExactly(build(0.1, 0.2))).toMatchObject({ status: 'infeasible' });
});

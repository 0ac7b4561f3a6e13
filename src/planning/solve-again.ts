import { LostCurve } from '../../models/explanation/concave-curve.ts';
import {
  budgetsOf,
  costDifference,
  type CostLine,
  reachWithinBudgets,
  slopeOf,
  withCostsAt,
} from '../../models/explanation/cost-line.ts';
import type { SolvedCost } from '../../models/explanation/break-even.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Engine } from '../engines/engine.ts';
import type { Allowance } from './allowance.ts';
import type { SolvableAgain } from './certified-plan.ts';
import { fromKeptProgram, WhatIf, type WhatIfAnswer } from './what-if.ts';

/** A plan solved again with other costs, proven. */
export interface SolvedAgain extends SolvedCost {
  /** Of the columns of the program that was solved again. */
  readonly columnValue: Float64Array;
  readonly rowPrice: Float64Array;
}

/** A plan whose program can be solved again with costs of a line moved; columns are those of the program solved again. */
export interface PlanAgain {
  /** The plan itself, as the point at which its costs are. */
  planAt(line: CostLine, at: number): SolvedAgain;
  /** The best plan with the costs as they are at `at`. Throws `LostCurve` where the time is over or there is no plan. */
  solveAt(line: CostLine, at: number): SolvedAgain;
}

/** A price of a budget nearer to 0 is the engine's noise: a budget is counted in the money that it is priced in. */
const NO_PRICE = 1e-9;

/**
 * The one way in which explanations ask an engine: the same program with some costs moved. `whatIf` knows it, for where these
 * stand in the objective alone; where budgets count them too, the program is another one.
 */
export function planAgain(
  engine: Engine,
  data: PlanningData,
  { program, columnValue: planValue, rowPrice: planPrice, basis }: SolvableAgain,
  whatIf: WhatIf,
  time: Allowance,
): PlanAgain {
  const pointAt = (
    line: CostLine,
    at: number,
    moved: LinearProgram,
    columnValue: Float64Array,
    rowPrice: Float64Array,
  ): SolvedAgain => {
    const isBent = budgetsOf(data, program, line).some((row) => Math.abs(rowPrice[row]) > NO_PRICE);
    const reachesTo = reachWithinBudgets(data, moved, line, at, columnValue);
    return {
      at,
      value: costDifference(moved, columnValue, program, planValue),
      slope: slopeOf(line, columnValue),
      ...(reachesTo < Infinity && { reachesTo }),
      ...(isBent && { isBent }),
      columnValue,
      rowPrice,
    };
  };
  const answerOf = (line: CostLine, moved: LinearProgram): WhatIfAnswer => {
    if (budgetsOf(data, program, line).length === 0) {
      const costs = line.columns.map((column) => ({ column, value: moved.cost[column] }));
      return whatIf.answer({ costs }, time.secondsLeft());
    }
    // The plan's basis is none that is optimal here, only a good one to start from.
    const start = { program: moved, basis };
    const other = new WhatIf(engine, start, [fromKeptProgram(engine, start)]);
    try {
      return other.answer({}, time.secondsLeft());
    } finally {
      other.end();
    }
  };
  return {
    planAt: (line, at) => pointAt(line, at, program, planValue, planPrice),
    solveAt: (line, at) => {
      if (!time.isEnough()) throw new LostCurve('time');
      const moved = withCostsAt(data, program, line, at);
      const answer = time.spend(() => answerOf(line, moved));
      switch (answer.status) {
        case 'optimal':
          return pointAt(line, at, moved, answer.columnValue, answer.rowPrice);
        case 'infeasible':
          throw new LostCurve('no-plan');
        case 'time-limit':
          throw new LostCurve('time');
        case 'unproven':
          throw new LostCurve('rounding');
      }
    },
  };
}

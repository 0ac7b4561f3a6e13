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
import type { PlanningData } from '../../models/planning-data.ts';
import type { Engine } from '../engines/engine.ts';
import type { SolvableAgain } from './certified-plan.ts';
import { WhatIf } from './what-if.ts';

/** A plan solved again with other costs. */
export interface SolvedAgain extends SolvedCost {
  /** Of the columns of the program that was solved again. */
  readonly columnValue: Float64Array;
  readonly rowPrice: Float64Array;
}

/** Solves the program of a plan again with costs of a line moved; throws `LostCurve` where the time is over. */
export type SolveAgain = (line: CostLine, at: number) => SolvedAgain;

/** A price of a budget nearer to 0 is the engine's noise: a budget is counted in the money that it is priced in. */
const NO_PRICE = 1e-9;

/**
 * The one way in which explanations ask an engine: the same program, some costs moved, from the plan's own basis. `secondsLeft`
 * says how much time there is for it.
 */
export function solverAgain(
  engine: Engine,
  data: PlanningData,
  { program, columnValue: planValue, basis }: SolvableAgain,
  secondsLeft: () => number,
): SolveAgain {
  return (line, at) => {
    const timeLimitSeconds = secondsLeft();
    if (timeLimitSeconds <= 0) throw new LostCurve('time');
    const moved = withCostsAt(data, program, line, at);
    const whatIf = new WhatIf(engine, { program: moved, basis });
    const answer = whatIf.answer({}, timeLimitSeconds);
    whatIf.end();
    if (answer.status !== 'optimal') throw new LostCurve(answer.status);
    const { columnValue, rowPrice } = answer;
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
}

import { constantCostOf } from '../../models/constraints/budget.ts';
import { costOf, type LinearProgram } from '../../models/linear-program.ts';
import type { Plan } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { type Engine, type EngineAnswer, type EngineOptions, fullNameOf } from '../engines/engine.ts';

/** Two engines agree on a cost within this fraction of it, or within this where it is below 1. */
const TOLERANCE = 1e-6;

/**
 * Solves the program with a second engine and holds its answer against the plan.
 *
 * Each engine says between which costs the optimum lies: from its bound to the cost of its plan, one and the same number
 * but for yes/no choices and for a search whose time ended. Where those do not meet, or one engine has a plan and the
 * other says that there is none, one of them is wrong and nobody knows which: the answer is `failed`. It is so too where
 * the second engine has no answer in time. A plan that passes names the second engine and its cost.
 */
export function crossCheck(
  plan: Plan,
  data: PlanningData,
  program: LinearProgram,
  engine: Engine,
  options: EngineOptions,
): Plan {
  // There is nothing to check in an answer that claims nothing.
  if (plan.status === 'failed') return plan;
  const answer = engine.solve(program, options);
  if (answer.status === 'time-limit') return { status: 'failed', reason: 'time-limit' };
  const second = costsOf(answer, program, constantCostOf(data, 0, data.periods.length - 1));
  if (plan.totalCost === undefined || !plan.certificate)
    return answer.status === plan.status ? plan : DISAGREEMENT;
  const size = Math.max(1, Math.abs(plan.totalCost));
  const first = { bound: plan.totalCost - (plan.gap ?? 0) * size, cost: plan.totalCost };
  if (!second || !meet(first, second, TOLERANCE * size)) return DISAGREEMENT;
  const checked = { engine: fullNameOf(engine), totalCost: second.cost };
  return { ...plan, certificate: { ...plan.certificate, crossCheck: checked } };
}

const DISAGREEMENT: Plan = { status: 'failed', reason: 'engine' };

/** Between which costs the optimum lies. */
interface Costs {
  readonly bound: number;
  readonly cost: number;
}

/** `payroll` is what a program's cost leaves out of a plan's. */
function costsOf(answer: EngineAnswer, program: LinearProgram, payroll: number): Costs | undefined {
  if (answer.status !== 'optimal' && answer.status !== 'incumbent') return undefined;
  const cost = costOf(program, answer.columnValue) + payroll;
  return { cost, bound: answer.status === 'incumbent' ? answer.bound + payroll : cost };
}

function meet(first: Costs, second: Costs, tolerance: number): boolean {
  return first.bound <= second.cost + tolerance && second.bound <= first.cost + tolerance;
}

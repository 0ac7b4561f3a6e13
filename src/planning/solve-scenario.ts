import { buildAllocationModel } from '../../models/allocation-model.ts';
import { certify, isProvenInfeasible } from '../../models/certificate.ts';
import { describeConflict, weightsOfRay } from '../../models/explanation/conflict.ts';
import type { Fault } from '../../models/fault.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { Plan, PlanPrice } from '../../models/plan.ts';
import { planNumbersOf } from '../../models/plan-numbers.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { classicReport } from '../../models/sensitivity/classic-report.ts';
import type { Engine, EngineAnswer } from '../engines/engine.ts';
import type { SolveOptions } from './solve-options.ts';

/** The stations a solve passes, in order; each is announced before it begins. */
export type Stage = 'formulate' | 'solve' | 'certify' | 'price';

export type SolveOutcome =
  | { readonly plan: Plan; readonly faults?: undefined }
  | { readonly plan?: undefined; readonly faults: readonly Fault[] };

/**
 * From a valid scenario to a certified plan: normalise, formulate, solve, certify, price.
 *
 * Nothing is called optimal that the certificate has not verified, and nothing infeasible whose conflict it has not
 * proven: either ends as `failed`, without numbers. Throws `EngineError` where the engine gives no answer.
 */
export function solveScenario(
  scenario: Scenario,
  options: SolveOptions,
  engine: Engine,
  announce: (stage: Stage) => void,
): SolveOutcome {
  announce('formulate');
  const { data, faults } = normaliseScenario(scenario);
  if (faults) return { faults };
  const solving: Solving = { scenario, data, program: buildAllocationModel(data), options, engine, announce };
  announce('solve');
  const answer = engine.solve(solving.program, {
    timeLimitSeconds: options.timeLimitSeconds,
    ranges: options.sensitivity === 'classic',
  });
  announce('certify');
  return { plan: planOfAnswer(solving, answer) };
}

/** What the stations after the engine work with. */
interface Solving {
  readonly scenario: Scenario;
  readonly data: PlanningData;
  readonly program: LinearProgram;
  readonly options: SolveOptions;
  readonly engine: Engine;
  readonly announce: (stage: Stage) => void;
}

function planOfAnswer(solving: Solving, answer: EngineAnswer): Plan {
  switch (answer.status) {
    case 'optimal':
      return optimalPlan(solving, answer);
    case 'infeasible':
      return infeasiblePlan(solving, answer.ray);
    case 'unbounded':
      return { status: 'unbounded' };
    case 'time-limit':
      return { status: 'failed', reason: 'time-limit' };
  }
}

function optimalPlan(solving: Solving, answer: Extract<EngineAnswer, { status: 'optimal' }>): Plan {
  const { scenario, data, program, options, engine, announce } = solving;
  const numbers = planNumbersOf(data, program, answer.columnValue);
  const duals = pricesOf(program, answer.rowPrice);
  const certificate = certify(scenario, numbers, duals, `${engine.name} ${engine.version}`);
  if (!certificate.verified) {
    const { duals: _unproven, ...rest } = certificate;
    return { status: 'failed', reason: 'certificate', certificate: rest };
  }
  const plan: Plan = { status: 'optimal', ...numbers, certificate, ineligible: ineligibleOf(data) };
  if (options.sensitivity === 'none') return plan;
  announce('price');
  const { columnValue, rowPrice, ranges } = answer;
  const sensitivity = ranges
    ? classicReport({ data, program, columnValue, rowPrice, ranges })
    : { unavailable: 'The engine ended without a basis, so it has no prices with ranges.' };
  return { ...plan, sensitivity };
}

function ineligibleOf(data: PlanningData): NonNullable<Plan['ineligible']> {
  // The same lines; only the answer's type is free to be changed.
  return data.ineligible as NonNullable<Plan['ineligible']>;
}

/** The prices that are not 0, by the limit they belong to. */
function pricesOf(program: LinearProgram, rowPrice: Float64Array): PlanPrice[] {
  return program.rows.flatMap(({ family, subject }, row) =>
    rowPrice[row] === 0 ? [] : [{ family, subject, price: rowPrice[row] }],
  );
}

function infeasiblePlan({ scenario, data, program }: Solving, ray: Float64Array | undefined): Plan {
  const weights = ray ? weightsOfRay(program, ray) : [];
  if (!isProvenInfeasible(scenario, weights)) return { status: 'failed', reason: 'certificate' };
  return {
    status: 'infeasible',
    currency: data.currency,
    ineligible: ineligibleOf(data),
    diagnosis: describeConflict(data, program, weights),
  };
}

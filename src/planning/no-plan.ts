import { isProvenInfeasible } from '../../models/certificate.ts';
import { withoutChoices } from '../../models/choices.ts';
import { describeChoicesConflict } from '../../models/explanation/choices-conflict.ts';
import { describeConflict, rayOfOneRow, weightsOfRay } from '../../models/explanation/conflict.ts';
import { describeTooFewSites } from '../../models/explanation/site-count.ts';
import type { Diagnosis } from '../../models/diagnosis.ts';
import type { Plan, PlanPrice } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { conflictOfChoices } from './choices-conflict.ts';
import { irreducibleConflict } from './irreducible-conflict.ts';
import { fullNameOf } from '../engines/engine.ts';
import { ineligibleOf, type Solving } from './certified-plan.ts';

/**
 * Why no choices give a plan: a workflow that fits nowhere; else the conflict of the easier program without choices; else
 * limits that no choices satisfy, and that is the engine's word.
 */
export function infeasibleByRelaxation(solving: Solving): Plan {
  const { scenario, data, program, engine, secondsLeft } = solving;
  const tooFewSites = describeTooFewSites(data);
  if (tooFewSites && isProvenInfeasible(scenario, weightsOf(tooFewSites)))
    return infeasibleAnswer(data, tooFewSites);
  const relaxed = withoutChoices(program);
  const answer = engine.solve(relaxed, { timeLimitSeconds: secondsLeft(), ranges: false });
  if (answer.status === 'infeasible') return infeasiblePlan({ ...solving, program: relaxed }, answer.ray);
  if (answer.status !== 'optimal') return { status: 'failed', reason: 'time-limit' };
  const { elastic, limits, isIrreducible } = conflictOfChoices(solving);
  const diagnosis = describeChoicesConflict(data, elastic, limits);
  return infeasibleAnswer(data, { ...diagnosis, irreducible: isIrreducible });
}

/** The conflict that an engine's ray is, once it is proven, without what it does not need; `failed` where it is none. */
export function infeasiblePlan(
  { scenario, data, program, engine, secondsLeft }: Solving,
  ray: Float64Array | undefined = rayOfOneRow(program),
): Plan {
  if (!ray && !engine.capabilities.prices) {
    const sentence = `There is no plan, says ${fullNameOf(engine)}, and gives no reason; highs names the rules that cannot all hold.`;
    return infeasibleAnswer(data, { conflict: [], facts: [], sentence });
  }
  const weights = ray ? weightsOfRay(program, ray) : [];
  if (!ray || !isProvenInfeasible(scenario, weights)) return { status: 'failed', reason: 'certificate' };
  const reduced = irreducibleConflict(engine, program, ray, secondsLeft);
  const fewer = weightsOfRay(program, reduced.ray);
  const isProven = isProvenInfeasible(scenario, fewer);
  const diagnosis = describeConflict(data, program, isProven ? fewer : weights);
  return infeasibleAnswer(data, { ...diagnosis, irreducible: isProven && reduced.isIrreducible });
}

function weightsOf({ conflict }: Diagnosis): PlanPrice[] {
  return conflict.map(({ family, subject, weight = 0 }) => ({ family, subject, price: weight }));
}

function infeasibleAnswer(data: PlanningData, diagnosis: Diagnosis): Plan {
  return { status: 'infeasible', currency: data.currency, ineligible: ineligibleOf(data), diagnosis };
}

import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';
import type { Stage } from './certified-plan.ts';
import { flippedChoices, unknownChoices } from './flipped-choices.ts';
import { repairMenu } from './repair-menu.ts';
import type { SolveOptions } from './solve-options.ts';
import { solveScenario, type SolveOutcome } from './solve-scenario.ts';

/** Of the time that is left after the plan, so much goes into explaining it: the answer is still to be written. */
const LATE_SHARE = 0.8;

/** Who asked for a plan is told within this time why there is none; who asks for repairs decides himself how long that may take. */
const MOST_SECONDS = 30;

const ANYTHING: MayGiveWay = { kind: () => true, limit: () => true };

/** Of the time so much goes into the plan where choices are to be flipped as well. */
const PLAN_SHARE = 0.5;

/**
 * Solves a scenario, and in the time that is left explains the answer beyond its prices: what named choices cost made the other
 * way, or, where there is no plan, the repairs; `asked` says which limits they may change, where it is repairs that were asked for.
 *
 * Repairs only with an engine that proves conflicts: what has no plan on an engine's word is not known to need one.
 */
export function solveAndExplain(
  scenario: Scenario,
  options: SolveOptions,
  engine: Engine,
  announce: (stage: Stage | 'repair' | 'flip') => void,
  checkEngine?: Engine,
  asked?: MayGiveWay,
): SolveOutcome {
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const faults = unknownChoices(scenario, options.flips);
  if (faults.length > 0) return { faults };
  const share = options.flips.length > 0 ? PLAN_SHARE : 1;
  const timed = { ...options, timeLimitSeconds: share * options.timeLimitSeconds };
  const outcome = solveScenario(scenario, timed, engine, announce, checkEngine);
  if (outcome.faults) return outcome;
  const { plan } = outcome;
  const secondsLeft = () => (LATE_SHARE * (end - performance.now())) / 1000;
  if (plan.totalCost !== undefined && options.flips.length > 0) {
    announce('flip');
    const flips = flippedChoices({ scenario, plan, options, engine, secondsLeft });
    return { ...outcome, plan: { ...plan, ...flips } };
  }
  if (!plan.diagnosis || !options.repairs || !engine.capabilities.prices) return outcome;
  announce('repair');
  const seconds = asked ? secondsLeft() : Math.min(secondsLeft(), MOST_SECONDS);
  const stop = performance.now() + 1000 * seconds;
  const menu = repairMenu({
    scenario,
    conflict: plan.diagnosis.conflict,
    options,
    engine,
    secondsLeft: () => (stop - performance.now()) / 1000,
    may: asked ?? ANYTHING,
  });
  return { ...outcome, plan: { ...plan, diagnosis: { ...plan.diagnosis, ...menu } } };
}

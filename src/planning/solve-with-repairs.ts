import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';
import type { Stage } from './certified-plan.ts';
import { repairMenu } from './repair-menu.ts';
import type { SolveOptions } from './solve-options.ts';
import { solveScenario, type SolveOutcome } from './solve-scenario.ts';

/** Of the time that is left once there is known to be no plan, so much goes into ways out: the answer is still to be written. */
const REPAIR_SHARE = 0.8;

/** Who asked for a plan is told within this time why there is none; who asks for repairs decides himself how long that may take. */
const MOST_SECONDS = 30;

const ANYTHING: MayGiveWay = { kind: () => true, limit: () => true };

/**
 * Solves a scenario, and where it has no plan works out the repairs, in the time that is left; `asked` says which limits they
 * may change, where it is repairs that were asked for. Only with an engine that proves conflicts: what has no plan on an engine's word is not known to need a repair.
 */
export function solveWithRepairs(
  scenario: Scenario,
  options: SolveOptions,
  engine: Engine,
  announce: (stage: Stage | 'repair') => void,
  checkEngine?: Engine,
  asked?: MayGiveWay,
): SolveOutcome {
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const outcome = solveScenario(scenario, options, engine, announce, checkEngine);
  const { plan } = outcome;
  if (!plan?.diagnosis || !options.repairs || !engine.capabilities.prices) return outcome;
  announce('repair');
  const seconds = (REPAIR_SHARE * (end - performance.now())) / 1000;
  const stop = performance.now() + 1000 * (asked ? seconds : Math.min(seconds, MOST_SECONDS));
  const secondsLeft = () => (stop - performance.now()) / 1000;
  const { conflict } = plan.diagnosis;
  const menu = repairMenu({ scenario, conflict, options, engine, secondsLeft, may: asked ?? ANYTHING });
  return { plan: { ...plan, diagnosis: { ...plan.diagnosis, ...menu } } };
}

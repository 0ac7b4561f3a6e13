import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';
import type { Stage } from './certified-plan.ts';
import { repairMenu } from './repair-menu.ts';
import type { SolveOptions } from './solve-options.ts';
import { solveScenario, type SolveOutcome } from './solve-scenario.ts';

/** Of the time that is left once there is known to be no plan, so much goes into ways out: the answer is still to be written. */
const REPAIR_SHARE = 0.8;

const ANYTHING: MayGiveWay = { kind: () => true, limit: () => true };

/**
 * Solves a scenario, and where it has no plan works out the repairs, in the time that is left; `may` says which limits they
 * may change. Only with an engine that proves conflicts: what has no plan on an engine's word is not known to need a repair.
 */
export function solveWithRepairs(
  scenario: Scenario,
  options: SolveOptions,
  engine: Engine,
  announce: (stage: Stage | 'repair') => void,
  checkEngine?: Engine,
  may: MayGiveWay = ANYTHING,
): SolveOutcome {
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const outcome = solveScenario(scenario, options, engine, announce, checkEngine);
  const { plan } = outcome;
  if (!plan?.diagnosis || !options.repairs || !engine.capabilities.prices) return outcome;
  announce('repair');
  const stop = performance.now() + REPAIR_SHARE * (end - performance.now());
  const secondsLeft = () => (stop - performance.now()) / 1000;
  const { conflict } = plan.diagnosis;
  const menu = repairMenu({ scenario, conflict, options, engine, secondsLeft, may });
  return { plan: { ...plan, diagnosis: { ...plan.diagnosis, ...menu } } };
}

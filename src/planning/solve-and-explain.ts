import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { whatConflictRestsOn } from '../../models/explanation/conflict.ts';
import type { Diagnosis } from '../../models/diagnosis.ts';
import type { Plan } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Engine } from '../engines/engine.ts';
import type { Announce, Stage } from './certified-plan.ts';
import { eligibilityInConflict } from './eligibility-in-conflict.ts';
import { flippedChoices, unknownChoices } from './flipped-choices.ts';
import { guardedEngine } from './guarded-engine.ts';
import { repairMenu } from './repair-menu.ts';
import type { SolveOptions } from './solve-options.ts';
import { formulated, type SolvedScenario, solveFormulated, type SolveOutcome } from './solve-scenario.ts';

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
  announce: Announce<Stage | 'repair' | 'flip'>,
  checkEngine?: Engine,
  asked?: MayGiveWay,
): SolveOutcome {
  const end = performance.now() + options.timeLimitSeconds * 1000;
  const share = options.flips.length > 0 ? PLAN_SHARE : 1;
  const timed = { ...options, timeLimitSeconds: share * options.timeLimitSeconds };
  const formed = formulated(scenario, timed, engine, announce);
  const unknown = formed.solving ? unknownChoices(formed.solving, options.flips) : [];
  if (unknown.length > 0) return { faults: unknown };
  const outcome = solveFormulated(formed, checkEngine);
  if (outcome.faults) return outcome;
  const guarded = guardedEngine(engine);
  const explanation = explanationOf(scenario, outcome, {
    options,
    engine: guarded.engine,
    announce,
    end,
    asked,
  });
  return { ...outcome, plan: { ...outcome.plan, ...explanation }, isEngineSpent: guarded.isSpent() };
}

interface Explaining {
  readonly options: SolveOptions;
  readonly engine: Engine;
  readonly announce: (stage: 'repair' | 'flip') => void;
  /** In milliseconds of `performance.now()`. */
  readonly end: number;
  readonly asked: MayGiveWay | undefined;
}

/** What is added to an answer; nothing of it is worth losing the answer for. */
function explanationOf(
  scenario: Scenario,
  { plan, formulation }: SolvedScenario,
  { options, engine, announce, end, asked }: Explaining,
): Partial<Plan> {
  const secondsLeft = () => (LATE_SHARE * (end - performance.now())) / 1000;
  if (plan.totalCost !== undefined && options.flips.length > 0) {
    announce('flip');
    return flippedChoices({ scenario, formulation, plan, options, engine, secondsLeft });
  }
  if (!plan.diagnosis || !engine.capabilities.prices) return {};
  const diagnosis = withEligibility(scenario, formulation.data, plan.diagnosis, engine, secondsLeft);
  if (!options.repairs) return { diagnosis };
  announce('repair');
  const seconds = asked ? secondsLeft() : Math.min(secondsLeft(), MOST_SECONDS);
  const stop = performance.now() + 1000 * seconds;
  const menu = repairMenu({
    scenario,
    conflict: diagnosis.conflict,
    options,
    engine,
    secondsLeft: () => (stop - performance.now()) / 1000,
    may: asked ?? ANYTHING,
  });
  return { diagnosis: { ...diagnosis, ...menu } };
}

/** The diagnosis with the facts of eligibility that its conflict rests on; conflicts of choices are not looked into. */
function withEligibility(
  scenario: Scenario,
  data: PlanningData,
  diagnosis: Diagnosis,
  engine: Engine,
  secondsLeft: () => number,
): Diagnosis {
  const isOfLimits = diagnosis.conflict.every(
    ({ family, weight }) => weight !== undefined && family !== 'max-sites',
  );
  if (!isOfLimits || diagnosis.conflict.length === 0) return diagnosis;
  const restsOn = eligibilityInConflict(scenario, data, diagnosis.conflict, engine, secondsLeft());
  if (!restsOn) return diagnosis;
  return {
    ...diagnosis,
    facts: [...diagnosis.facts, ...whatConflictRestsOn(data, restsOn)],
    // The same lines; only the answer's type is free to be changed.
    restsOn: restsOn as NonNullable<Diagnosis['restsOn']>,
  };
}

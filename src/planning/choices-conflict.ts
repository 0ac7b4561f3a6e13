import {
  elasticProgram,
  type ElasticProgram,
  forFeasibility,
  type Relief,
} from '../../models/repairs/elastic-program.ts';
import type { Solving } from './certified-plan.ts';

/** Limits that no choices satisfy together, and whether all of them are needed for that. */
export interface ChoicesConflict {
  readonly elastic: ElasticProgram;
  readonly limits: readonly Relief[];
  readonly isIrreducible: boolean;
}

/**
 * Limits of a scenario that cannot all hold whatever the yes/no choices, none of them to spare: that each time is the engine's
 * word, for nothing proves it but its search.
 *
 * By halves (QuickXplain, Junker 2004): a program in which only some limits hold is the elastic one with all others given way. What
 * is not searched to its end in the time stays in, and the conflict is not called irreducible then.
 */
export function conflictOfChoices({ scenario, data, engine, secondsLeft }: Solving): ChoicesConflict {
  const elastic = elasticProgram(scenario, data, { kind: () => true, limit: () => true });
  const { reliefs } = elastic;
  const end = performance.now() + TIME_SHARE * secondsLeft() * 1000;
  /** Whether these limits can all hold; undefined where the time does not suffice to find out. */
  const canHold = (kept: readonly Relief[]): boolean | undefined => {
    const seconds = (end - performance.now()) / 1000;
    if (seconds <= 0) return undefined;
    const isKept = new Set(kept);
    const program = forFeasibility(
      elastic,
      reliefs.filter((relief) => !isKept.has(relief)),
    );
    const answer = engine.solve(program, { timeLimitSeconds: seconds, ranges: false, afresh: true });
    return answer.status === 'time-limit' ? undefined : answer.status !== 'infeasible';
  };
  const neededOf = (
    background: readonly Relief[],
    isBackgroundNew: boolean,
    candidates: readonly Relief[],
  ): readonly Relief[] => {
    if (isBackgroundNew && canHold(background) === false) return [];
    if (candidates.length <= 1) return candidates;
    if (performance.now() >= end) return candidates;
    const half = Math.floor(candidates.length / 2);
    const [first, second] = [candidates.slice(0, half), candidates.slice(half)];
    const ofSecond = neededOf([...background, ...first], first.length > 0, second);
    const ofFirst = neededOf([...background, ...ofSecond], ofSecond.length > 0, first);
    return [...ofFirst, ...ofSecond];
  };
  const limits = neededOf([], false, reliefs);
  return { elastic, limits, isIrreducible: performance.now() < end };
}

/** Of the time that is left so much goes into the conflict: repairs are looked for after it. */
const TIME_SHARE = 0.4;

import { type ProgramChange, withChange } from '../../models/changed-program.ts';
import { type Basis, type LinearProgram, rightHandSide } from '../../models/linear-program.ts';
import { provesNoPlan, provesOptimum } from '../../models/program-proof.ts';
import { movedPlan } from '../../models/sensitivity/moved-plan.ts';
import { MovingBasis } from '../../models/sensitivity/moving-basis.ts';
import { optimalBasis } from '../../models/sensitivity/optimal-basis.ts';
import type { Engine, EngineAnswer, KeptProgram } from '../engines/engine.ts';

/** A linear program without choices, and its optimal basis. */
export interface ProgramAtOptimum {
  readonly program: LinearProgram;
  readonly basis: Basis;
}

/** What is proven of a changed program, or why nothing is. */
export type WhatIfAnswer =
  | { readonly status: 'optimal'; readonly columnValue: Float64Array; readonly rowPrice: Float64Array }
  | { readonly status: 'infeasible'; readonly ray: Float64Array }
  | { readonly status: 'time-limit' }
  /** The engine had an answer, and no proof. */
  | { readonly status: 'unproven' };

/** A quick way from the solved program to the answer of a changed one. */
export interface WarmStart {
  /** Undefined where the way does not lead there. */
  answer(change: ProgramChange, timeLimitSeconds: number): EngineAnswer | undefined;
  end(): void;
}

/**
 * Answers what a solved program comes to with other limits and costs, each question for itself.
 *
 * Other limits alone are reached from the optimal basis by a few exchanges: at 14k columns with the proof in a fiftieth of the time of
 * a solve. Other costs, and ways that are too long, are left to the engine where it keeps the program: a tenth (`test/bench/README.md`). Every answer is proven on the changed program (`program-proof.ts`). One that
 * is not is counted, and the program is solved anew, from nothing.
 */
export class WhatIf {
  readonly #engine: Engine;
  readonly #program: LinearProgram;
  readonly #starts: readonly WarmStart[];
  #refused = 0;

  constructor(engine: Engine, solved: ProgramAtOptimum, starts = warmStarts(engine, solved)) {
    this.#engine = engine;
    this.#program = solved.program;
    this.#starts = starts;
  }

  /** How many answers from a warm start were not proven, and were solved anew. */
  get warmAnswersRefused(): number {
    return this.#refused;
  }

  /** Throws as the engine does. */
  answer(change: ProgramChange, timeLimitSeconds: number): WhatIfAnswer {
    const end = performance.now() + timeLimitSeconds * 1000;
    const secondsLeft = () => (end - performance.now()) / 1000;
    if (timeLimitSeconds <= SHORTEST_SECONDS) return { status: 'time-limit' };
    const changed = withChange(this.#program, change);
    const warm = this.#warmAnswer(change, timeLimitSeconds);
    const proven = warm && provenAnswer(changed, warm);
    if (proven && proven.status !== 'unproven') return proven;
    if (proven) this.#refused += 1;
    return this.#coldAnswer(changed, secondsLeft, proven !== undefined);
  }

  /** Gives back what was kept for the answers; afterwards there are none. */
  end(): void {
    for (const start of this.#starts) start.end();
  }

  #warmAnswer(change: ProgramChange, timeLimitSeconds: number): EngineAnswer | undefined {
    for (const start of this.#starts) {
      const answer = start.answer(change, timeLimitSeconds);
      if (answer) return answer;
    }
    return undefined;
  }

  /** Solved as any program is, and once more from nothing where that is not proven; at once where a basis has led astray. */
  #coldAnswer(program: LinearProgram, secondsLeft: () => number, isLedAstray: boolean): WhatIfAnswer {
    const solve = (afresh: boolean) => {
      const timeLimitSeconds = Math.max(SHORTEST_SECONDS, secondsLeft());
      return provenAnswer(program, this.#engine.solve(program, { timeLimitSeconds, ranges: false, afresh }));
    };
    const first = solve(isLedAstray);
    return first.status === 'unproven' && !isLedAstray ? solve(true) : first;
  }
}

/** With less time than this nothing is begun. */
const SHORTEST_SECONDS = 0.01;

function provenAnswer(program: LinearProgram, answer: EngineAnswer): WhatIfAnswer {
  if (answer.status === 'time-limit') return { status: 'time-limit' };
  if (answer.status === 'optimal' && answer.rowPrice) {
    const { columnValue, rowPrice } = answer;
    if (provesOptimum(program, columnValue, rowPrice)) return { status: 'optimal', columnValue, rowPrice };
  }
  if (answer.status === 'infeasible' && answer.ray && provesNoPlan(program, answer.ray))
    return { status: 'infeasible', ray: answer.ray };
  return { status: 'unproven' };
}

function warmStarts(engine: Engine, solved: ProgramAtOptimum): readonly WarmStart[] {
  return [fromMovingBasis(solved), fromKeptProgram(engine, solved)];
}

/** Other limits alone, by exchanges of the basis. */
function fromMovingBasis({ program, basis }: ProgramAtOptimum): WarmStart {
  let moving: MovingBasis | 'none' | undefined;
  return {
    answer: ({ rightHandSides = [], costs = [] }) => {
      if (costs.length > 0) return undefined;
      if (moving === undefined) {
        const optimal = optimalBasis(program, basis);
        moving = optimal ? new MovingBasis(optimal) : 'none';
      }
      if (moving === 'none') return undefined;
      const steps = rightHandSides.map(({ row, value }) => ({
        row,
        by: value - rightHandSide(program, row),
      }));
      return movedPlan(moving, steps);
    },
    end: () => {},
  };
}

/** Whatever else is changed, by the engine, where it keeps programs. */
export function fromKeptProgram(engine: Engine, { program, basis }: ProgramAtOptimum): WarmStart {
  let kept: KeptProgram | undefined;
  return {
    answer: (change, timeLimitSeconds) => {
      kept ??= engine.keep?.(program, basis);
      return kept?.solveWith(change, { timeLimitSeconds, ranges: false });
    },
    end: () => kept?.end(),
  };
}

import { type Engine, EngineError, type EngineAnswer, type KeptProgram } from '../engines/engine.ts';

/** An engine for work that an answer can do without, and whether it has thrown. */
export interface GuardedEngine {
  readonly engine: Engine;
  /** Then its memory is in any state: whoever has it must end once the answer is given. */
  readonly isSpent: () => boolean;
}

/** The engine, but where it throws it has no answer, and is not asked again: it is as if its time were over. */
export function guardedEngine(engine: Engine): GuardedEngine {
  let isSpent = false;
  const guarded = <Result>(ask: () => Result, instead: Result): Result => {
    if (isSpent) return instead;
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      isSpent = true;
      return instead;
    }
  };
  const keep: Engine['keep'] = (program, basis) => {
    const kept = guarded<KeptProgram | undefined>(() => engine.keep?.(program, basis), undefined);
    return {
      solveWith: (change, options) =>
        guarded<EngineAnswer>(() => kept?.solveWith(change, options) ?? OVER, OVER),
      end: () => kept?.end(),
    };
  };
  return {
    isSpent: () => isSpent,
    engine: {
      name: engine.name,
      version: engine.version,
      capabilities: engine.capabilities,
      solve: (program, options) => guarded<EngineAnswer>(() => engine.solve(program, options), OVER),
      ...(engine.keep && { keep }),
    },
  };
}

const OVER: EngineAnswer = { status: 'time-limit' };

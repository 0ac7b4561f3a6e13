import { type Engine, EngineError } from '../engines/engine.ts';

/** An engine for work that an answer can do without, and whether it has thrown. */
export interface GuardedEngine {
  readonly engine: Engine;
  /** Then its memory is in any state: whoever has it must end once the answer is given. */
  readonly isSpent: () => boolean;
}

/** The engine, but where it throws it has no answer, and is not asked again: it is as if its time were over. */
export function guardedEngine(engine: Engine): GuardedEngine {
  let isSpent = false;
  return {
    isSpent: () => isSpent,
    engine: {
      name: engine.name,
      version: engine.version,
      capabilities: engine.capabilities,
      solve: (program, options) => {
        if (isSpent) return { status: 'time-limit' };
        try {
          return engine.solve(program, options);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
          isSpent = true;
          return { status: 'time-limit' };
        }
      },
    },
  };
}

import { EngineError } from './engine.ts';

/** Runs something in the engine; whatever that throws becomes an `EngineError`. */
export function withoutEngineText<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    // The engine's own message can quote the program, and its stack is its minified source.
    throw new EngineError(
      `HiGHS threw ${error instanceof Error ? error.name : 'something that is no error'}.`,
    );
  }
}

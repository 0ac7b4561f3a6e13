import { Operations } from '../../../src/operations/operations.ts';
import { ServiceLog } from '../../../src/operations/service-log.ts';

/** Operations without a log, that tell of mistakes. */
export function quietOperations(hearMistake: (error: unknown) => void): Operations {
  class Quiet extends Operations {
    override mistake(error: unknown): void {
      hearMistake(error);
    }
  }
  return new Quiet(new ServiceLog('silent'));
}

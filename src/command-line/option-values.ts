import { ENGINE_NAMES } from '../planning/solve-options.ts';
import type { JsonObject } from '../processes/frames.ts';
import { UsageError } from './terminal.ts';

/** The options of every command that solves. */
export const SOLVING_OPTIONS = ['time-limit', 'engine'] as const;

/** The solve options that the words of such a command ask for. */
export function solvingOptionsOf(
  values: Partial<Record<string, string>>,
  given: ReadonlySet<string>,
): JsonObject {
  return {
    ...timeLimitOf(values['time-limit']),
    ...choiceOf('engine', ENGINE_NAMES, values.engine),
    crossCheck: given.has('cross-check'),
  };
}

export function timeLimitOf(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  const seconds = Number(text);
  if (!(seconds >= 0.05 && seconds <= 3600)) throw new UsageError('--time-limit takes 0.05 to 3600 seconds.');
  return { timeLimitSeconds: seconds };
}

/** The value of an option that knows some words only; nothing where it is not given. */
export function choiceOf(option: string, known: readonly string[], given: string | undefined): JsonObject {
  if (given === undefined) return {};
  if (!known.includes(given)) throw new UsageError(`--${option} takes ${known.join(' or ')}.`);
  return { [option]: given };
}

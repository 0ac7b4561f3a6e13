import type { JsonObject, JsonValue } from '../processes/frames.ts';
import { planText } from '../exports/plan-text.ts';
import { ENGINE_NAMES, SENSITIVITIES, solveOptionsSchema } from '../planning/solve-options.ts';
import { exitOf, planFiles, timeLimitOf, writeAnswer } from './plan-files.ts';
import { readWords, type Terminal, UsageError } from './terminal.ts';

/** `solve`: the plan as tables. */
export async function solveCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'time-limit', 'engine', 'sensitivity', 'flip'];
  const { files, values, given } = readWords(words, ['SCENARIO.json'], names, ['cross-check']);
  const solve = {
    ...timeLimitOf(values['time-limit']),
    ...choiceOf('engine', ENGINE_NAMES, values.engine),
    ...choiceOf('sensitivity', SENSITIVITIES, values.sensitivity),
    ...flipsOf(values.flip),
    crossCheck: given.has('cross-check'),
  };
  const planned = await planFiles(files[0], values, { solve }, terminal);
  if (typeof planned === 'number') return planned;
  await writeAnswer(values.out, planned.text);
  terminal.print(planText(planned.scenario, planned.plan));
  return exitOf(planned.plan);
}

/** Choices as the API takes them, one or a list of them: ids can have any character. */
function flipsOf(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { success, data } = solveOptionsSchema.shape.flips.safeParse([value].flat());
  if (!success || !data)
    throw new UsageError('--flip takes JSON such as {"site":"manila"}, or a list of such choices.');
  return { flips: data as unknown as JsonValue };
}

function choiceOf(option: string, known: readonly string[], given: string | undefined): JsonObject {
  if (given === undefined) return {};
  if (!known.includes(given)) throw new UsageError(`--${option} takes ${known.join(' or ')}.`);
  return { [option]: given };
}

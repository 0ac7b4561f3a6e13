import type { JsonObject } from '../processes/frames.ts';
import { planText } from '../exports/plan-text.ts';
import { ENGINE_NAMES, SENSITIVITIES } from '../planning/solve-options.ts';
import { exitOf, planFiles, timeLimitOf, writeAnswer } from './plan-files.ts';
import { readWords, type Terminal, UsageError } from './terminal.ts';

/** `solve`: the plan as tables. */
export async function solveCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'time-limit', 'engine', 'sensitivity'];
  const { files, values, given } = readWords(words, ['SCENARIO.json'], names, ['cross-check']);
  const solve = {
    ...timeLimitOf(values['time-limit']),
    ...choiceOf('engine', ENGINE_NAMES, values.engine),
    ...choiceOf('sensitivity', SENSITIVITIES, values.sensitivity),
    crossCheck: given.has('cross-check'),
  };
  const planned = await planFiles(files[0], values, { solve }, terminal);
  if (typeof planned === 'number') return planned;
  await writeAnswer(values.out, planned.text);
  terminal.print(planText(planned.scenario, planned.plan));
  return exitOf(planned.plan);
}

function choiceOf(option: string, known: readonly string[], given: string | undefined): JsonObject {
  if (given === undefined) return {};
  if (!known.includes(given)) throw new UsageError(`--${option} takes ${known.join(' or ')}.`);
  return { [option]: given };
}

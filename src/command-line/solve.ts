import { planText } from '../exports/plan-text.ts';
import { SENSITIVITIES, solveOptionsSchema } from '../planning/solve-options.ts';
import type { JsonObject, JsonValue } from '../processes/frames.ts';
import { choiceOf, SOLVING_OPTIONS, solvingOptionsOf } from './option-values.ts';
import { exitOf, planFiles, writeAnswer } from './plan-files.ts';
import { readWords, type Terminal, UsageError } from './terminal.ts';

/** `solve`: the plan as tables. */
export async function solveCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'sensitivity', 'flip', ...SOLVING_OPTIONS];
  const { files, values, given } = readWords(words, ['SCENARIO.json'], names, ['cross-check']);
  const options = {
    ...solvingOptionsOf(values, given),
    ...choiceOf('sensitivity', SENSITIVITIES, values.sensitivity),
    ...flipsOf(values.flip),
  };
  const planned = await planFiles('solve-files', files[0], values, { options }, terminal);
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

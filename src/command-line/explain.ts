import type { Explanation } from '../../models/explanation.ts';
import { explanationText } from '../exports/explanation-text.ts';
import { timeLimitOf } from './option-values.ts';
import { answerToFiles, exitOf, writeAnswer } from './plan-files.ts';
import { readWords, type Terminal } from './terminal.ts';

/** `explain`: why each workflow is where it is and not elsewhere, as tables; of all, or of one workflow, team or vendor. */
export async function explainCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'time-limit', 'workflow', 'team', 'vendor'];
  const { files, values } = readWords(words, ['SCENARIO.json'], names);
  const { workflow, team, vendor } = values;
  const about = {
    ...(workflow !== undefined && { workflows: [workflow] }),
    ...(team !== undefined && { teams: [team] }),
    ...(vendor !== undefined && { vendors: [vendor] }),
  };
  const fields = { about, options: timeLimitOf(values['time-limit']) };
  const answer = await answerToFiles('explain-files', files[0], values, fields, terminal);
  if (typeof answer === 'number') return answer;
  await writeAnswer(values.out, answer.text);
  const explanation = JSON.parse(answer.text) as Explanation;
  terminal.print(explanationText(answer.scenario, explanation, Object.keys(about).length > 0));
  return exitOf(explanation);
}

import type { Explanation } from '../../models/explanation.ts';
import { explanationText } from '../exports/explanation-text.ts';
import { inPlanningProcess } from './in-planning-process.ts';
import { readInputFiles, scenarioOf } from './input-files.ts';
import { timeLimitOf } from './option-values.ts';
import { exitOf, writeAnswer } from './plan-files.ts';
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
  const input = await readInputFiles(files[0], values);
  const explain = { about, options: timeLimitOf(values['time-limit']) };
  const reply = await inPlanningProcess('explain-files', files[0], input, { explain }, terminal);
  if (typeof reply === 'number') return reply;
  const read = scenarioOf(input);
  // The planning process has accepted these very bytes.
  if (read.faults) throw new Error('The scenario changed while it was being read.');
  await writeAnswer(values.out, reply.text);
  const explanation = JSON.parse(reply.text) as Explanation;
  terminal.print(explanationText(read.scenario, explanation, Object.keys(about).length > 0));
  return exitOf(explanation);
}

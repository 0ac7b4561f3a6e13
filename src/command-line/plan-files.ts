import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { JsonObject } from '../processes/frames.ts';
import { inPlanningProcess } from './in-planning-process.ts';
import { readInputFiles, scenarioOf } from './input-files.ts';
import { EXIT, type Terminal, writeOutput } from './terminal.ts';

/** What a planning process answered to files, as it came, with the scenario that they make. */
export interface AnswerToFiles {
  readonly scenario: Scenario;
  readonly text: string;
}

export interface PlanOfFiles extends AnswerToFiles {
  readonly plan: Plan;
}

/** Plans the scenario of the files; otherwise as `answerToFiles`. */
export async function planFiles(
  kind: 'solve-files' | 'repairs-files',
  scenarioPath: string,
  values: Partial<Record<string, string>>,
  fields: JsonObject,
  terminal: Terminal,
): Promise<PlanOfFiles | number> {
  const answer = await answerToFiles(kind, scenarioPath, values, fields, terminal);
  return typeof answer === 'number' ? answer : { ...answer, plan: JSON.parse(answer.text) as Plan };
}

/**
 * Has a planning process work on the scenario of the files, the same way as over HTTP. Gives the exit status where there is no
 * answer; what is wrong has been printed then.
 */
export async function answerToFiles(
  kind: 'solve-files' | 'repairs-files' | 'explain-files',
  scenarioPath: string,
  values: Partial<Record<string, string>>,
  fields: JsonObject,
  terminal: Terminal,
): Promise<AnswerToFiles | number> {
  const input = await readInputFiles(scenarioPath, values);
  const reply = await inPlanningProcess(kind, scenarioPath, input, fields, terminal);
  if (typeof reply === 'number') return reply;
  const read = scenarioOf(input);
  // The planning process has accepted these very bytes.
  if (read.faults) throw new Error('The scenario changed while it was being read.');
  return { scenario: read.scenario, text: reply.text };
}

/** The answer as it came, where `--out` asks for it. */
export async function writeAnswer(path: string | undefined, text: string): Promise<void> {
  if (path !== undefined) await writeOutput(path, `${text}\n`);
}

export function exitOf({ status }: Pick<Plan, 'status'>): number {
  if (status === 'optimal' || status === 'feasible') return EXIT.done;
  return status === 'infeasible' ? EXIT.infeasible : EXIT.failed;
}

import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { JsonObject } from '../processes/frames.ts';
import { inPlanningProcess } from './in-planning-process.ts';
import { readInputFiles, scenarioOf } from './input-files.ts';
import { EXIT, type Terminal, writeOutput } from './terminal.ts';

/** A plan with the scenario that the files make; `text` is the answer as it came. */
export interface PlanOfFiles {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly text: string;
}

/**
 * Plans the scenario of the files in a planning process, the same way as over HTTP. Gives the exit status where there is no
 * answer; what is wrong has been printed then.
 */
export async function planFiles(
  scenarioPath: string,
  values: Partial<Record<string, string>>,
  options: JsonObject,
  terminal: Terminal,
): Promise<PlanOfFiles | number> {
  const input = await readInputFiles(scenarioPath, values);
  const reply = await inPlanningProcess('solve-files', scenarioPath, input, options, terminal);
  if (typeof reply === 'number') return reply;
  const { text } = reply;
  const read = scenarioOf(input);
  // The planning process has accepted these very bytes.
  if (read.faults) throw new Error('The scenario changed while it was being read.');
  return { scenario: read.scenario, plan: JSON.parse(text) as Plan, text };
}

/** The answer as it came, where `--out` asks for it. */
export async function writeAnswer(path: string | undefined, text: string): Promise<void> {
  if (path !== undefined) await writeOutput(path, `${text}\n`);
}

export function exitOf({ status }: Pick<Plan, 'status'>): number {
  if (status === 'optimal' || status === 'feasible') return EXIT.done;
  return status === 'infeasible' ? EXIT.infeasible : EXIT.failed;
}

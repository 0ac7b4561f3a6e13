import { basename } from 'node:path';
import type { Plan } from '../../models/plan.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { FaultReply } from '../planning/answer-request.ts';
import { planningProcessEntry } from '../planning-process-entry.ts';
import type { JsonObject } from '../processes/frames.ts';
import { PlanningPool } from '../processes/planning-pool.ts';
import { readInputFiles, scenarioOf } from './input-files.ts';
import { reportProgress } from './progress.ts';
import { EXIT, faultLines, type Terminal, UsageError, writeOutput } from './terminal.ts';

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
  const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });
  const progress = reportProgress(terminal);
  const request = { kind: 'solve-files', parts: input.parts, options: { ...input.tables, ...options } };
  const outcome = await pool.run(request, { onProgress: progress.stage }).finally(async () => {
    progress.end();
    await pool.kill();
  });
  if (outcome.kind !== 'reply') {
    terminal.printError(`failed (${outcome.kind === 'failed' ? outcome.reason : outcome.kind})\n`);
    return EXIT.failed;
  }
  const text = Buffer.concat(outcome.body).toString();
  if (outcome.header.outcome === 'faults') {
    terminal.printError(faultLines((JSON.parse(text) as FaultReply).faults, basename(scenarioPath)));
    return EXIT.notValid;
  }
  const read = scenarioOf(input);
  // The planning process has accepted these very bytes.
  if (read.faults) throw new Error('The scenario changed while it was being read.');
  return { scenario: read.scenario, plan: JSON.parse(text) as Plan, text };
}

export function timeLimitOf(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  const seconds = Number(text);
  if (!(seconds >= 0.05 && seconds <= 3600)) throw new UsageError('--time-limit takes 0.05 to 3600 seconds.');
  return { timeLimitSeconds: seconds };
}

/** The answer as it came, where `--out` asks for it. */
export async function writeAnswer(path: string | undefined, text: string): Promise<void> {
  if (path !== undefined) await writeOutput(path, `${text}\n`);
}

export function exitOf({ status }: Plan): number {
  if (status === 'optimal' || status === 'feasible') return EXIT.done;
  return status === 'infeasible' ? EXIT.infeasible : EXIT.failed;
}

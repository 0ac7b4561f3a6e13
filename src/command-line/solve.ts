import { basename } from 'node:path';
import type { Plan } from '../../models/plan.ts';
import { planText } from '../exports/plan-text.ts';
import type { FaultReply } from '../planning/answer-request.ts';
import { ENGINE_NAMES, SENSITIVITIES } from '../planning/solve-options.ts';
import { planningProcessEntry } from '../planning-process-entry.ts';
import type { PlanningOutcome } from '../processes/messages.ts';
import { PlanningPool } from '../processes/planning-pool.ts';
import { type InputFiles, readInputFiles, scenarioOf } from './input-files.ts';
import { reportProgress } from './progress.ts';
import { EXIT, faultLines, readWords, type Terminal, UsageError, writeOutput } from './terminal.ts';

/** `solve`: the same way through a planning process as over HTTP, with the plan as tables. */
export async function solveCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const names = ['capacity', 'demand', 'out', 'time-limit', 'engine', 'sensitivity'];
  const { files, values, given } = readWords(words, ['SCENARIO.json'], names, ['cross-check']);
  const options = {
    ...timeLimitOf(values['time-limit']),
    ...choiceOf('engine', ENGINE_NAMES, values.engine),
    ...choiceOf('sensitivity', SENSITIVITIES, values.sensitivity),
    crossCheck: given.has('cross-check'),
  };
  const input = await readInputFiles(files[0], values);
  const outcome = await runInPlanningProcess(input, options, terminal);
  if (outcome.kind !== 'reply') {
    terminal.printError(`failed (${outcome.kind === 'failed' ? outcome.reason : outcome.kind})\n`);
    return EXIT.failed;
  }
  const text = Buffer.concat(outcome.body).toString();
  if (outcome.header.outcome === 'faults') {
    terminal.printError(faultLines((JSON.parse(text) as FaultReply).faults, basename(files[0])));
    return EXIT.notValid;
  }
  if (values.out !== undefined) await writeOutput(values.out, `${text}\n`);
  const plan = JSON.parse(text) as Plan;
  const read = scenarioOf(input);
  // The planning process has accepted these very bytes.
  if (read.faults) throw new Error('The scenario changed while it was being read.');
  terminal.print(planText(read.scenario, plan));
  return exitOf(plan);
}

function timeLimitOf(text: string | undefined): object {
  if (text === undefined) return {};
  const seconds = Number(text);
  if (!(seconds >= 0.05 && seconds <= 3600)) throw new UsageError('--time-limit takes 0.05 to 3600 seconds.');
  return { timeLimitSeconds: seconds };
}

function choiceOf(option: string, known: readonly string[], given: string | undefined): object {
  if (given === undefined) return {};
  if (!known.includes(given)) throw new UsageError(`--${option} takes ${known.join(' or ')}.`);
  return { [option]: given };
}

async function runInPlanningProcess(
  { parts, tables }: InputFiles,
  solve: object,
  terminal: Terminal,
): Promise<PlanningOutcome> {
  const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });
  const progress = reportProgress(terminal);
  try {
    return await pool.run(
      { kind: 'solve-files', parts, options: { ...tables, solve: { ...solve } } },
      { onProgress: progress.stage },
    );
  } finally {
    progress.end();
    await pool.kill();
  }
}

function exitOf({ status }: Plan): number {
  if (status === 'optimal' || status === 'feasible') return EXIT.done;
  return status === 'infeasible' ? EXIT.infeasible : EXIT.failed;
}

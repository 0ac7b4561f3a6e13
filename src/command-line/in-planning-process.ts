import { basename } from 'node:path';
import type { RequestKind } from '../planning/answer-request.ts';
import type { FaultReply } from '../planning/replies.ts';
import { planningProcessEntry } from '../program-file.ts';
import type { JsonObject } from '../processes/frames.ts';
import type { PlanningOutcome, ProgressListener, ReplyHeader } from '../processes/messages.ts';
import { PlanningPool } from '../processes/planning-pool.ts';
import type { InputFiles } from './input-files.ts';
import { reportProgress } from './progress.ts';
import { EXIT, faultLines, type Terminal } from './terminal.ts';

/** What a planning process made of files. */
export interface FilesReply {
  readonly outcome: Exclude<ReplyHeader['outcome'], 'faults'>;
  readonly text: string;
}

/**
 * Has a planning process work on files, the same way as over HTTP; `fields` are those that a body has beside its scenario. Gives
 * the exit status where there is no reply; what is wrong has been printed then.
 */
export async function inPlanningProcess(
  kind: RequestKind,
  scenarioPath: string,
  { parts, tables }: InputFiles,
  fields: JsonObject,
  terminal: Terminal,
): Promise<FilesReply | number> {
  const outcome = await runOnce(kind, parts, { ...tables, ...fields }, terminal);
  if (outcome.kind !== 'reply') {
    terminal.printError(`failed (${outcome.kind === 'failed' ? outcome.reason : outcome.kind})\n`);
    return EXIT.failed;
  }
  const text = outcome.body.toString();
  if (outcome.header.outcome === 'faults') {
    terminal.printError(faultLines((JSON.parse(text) as FaultReply).faults, basename(scenarioPath)));
    return EXIT.notValid;
  }
  return { outcome: outcome.header.outcome, text };
}

async function runOnce(
  kind: RequestKind,
  parts: readonly Buffer[],
  options: JsonObject,
  terminal: Terminal,
): Promise<PlanningOutcome> {
  const pool = new PlanningPool({ entry: planningProcessEntry(), size: 1 });
  const progress = reportProgress(terminal);
  try {
    const onProgress: ProgressListener = (stage, search) => {
      if (!search) progress.stage(stage);
    };
    return await pool.run({ kind, parts, options }, { onProgress });
  } finally {
    progress.end();
    await pool.kill();
  }
}

import type { z } from 'zod';
import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import type { HandlerReply } from '../processes/serve-requests.ts';
import { type Handling, secondsLeftOf, written } from './handling.ts';
import { faultReply } from './replies.ts';
import type { SentScenario } from './sent-scenario.ts';
import { solveAndExplain } from './solve-and-explain.ts';
import { ENGINE_NAMES, type solveOptionsSchema, withDefaults } from './solve-options.ts';
import type { SolvedScenario, SolveOutcome } from './solve-scenario.ts';

/** A scenario to be solved, as it was sent. */
export interface SolveTask extends SentScenario {
  readonly options: z.infer<typeof solveOptionsSchema> | undefined;
  /** Which limits repairs may change, where it is repairs that were asked for. */
  readonly repairsMay?: MayGiveWay;
}

/** Solves, and replies with the faults that only the planning finds, or with what `reply` makes of the plan. */
export function replyToSolve(
  task: SolveTask,
  handling: Handling,
  reply: (solved: SolvedScenario) => HandlerReply,
): HandlerReply {
  const outcome = solveWithin(task, handling);
  if (outcome.faults) return faultReply(task.placeFaults(outcome.faults));
  return written(handling, outcome.isEngineSpent, () => reply(outcome));
}

/** Solves in what is left of the time limit. */
function solveWithin(
  { scenario, options: sentOptions, repairsMay }: SolveTask,
  handling: Handling,
): SolveOutcome {
  const { context, engines } = handling;
  const options = withDefaults(sentOptions);
  const timed = { ...options, timeLimitSeconds: secondsLeftOf(handling, options.timeLimitSeconds) };
  const other = ENGINE_NAMES.find((name) => name !== options.engine)!;
  return solveAndExplain(
    scenario,
    timed,
    engines[options.engine],
    (stage, search) => {
      context.progress(stage, search);
    },
    options.crossCheck ? engines[other] : undefined,
    repairsMay,
  );
}

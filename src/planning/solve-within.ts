import type { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';
import type { HandlerReply, RequestContext } from '../processes/serve-requests.ts';
import { type FaultReply, faultReply } from './replies.ts';
import { solveAndExplain } from './solve-and-explain.ts';
import {
  ENGINE_NAMES,
  type EngineName,
  type OptionFault,
  type solveOptionsSchema,
  withDefaults,
} from './solve-options.ts';
import type { SolvedScenario, SolveOutcome } from './solve-scenario.ts';

/** The engines of a planning process. */
export type Engines = Readonly<Record<EngineName, Engine>>;

/** A scenario to be solved, as it was sent. */
export interface SolveTask {
  readonly scenario: Scenario;
  readonly options: z.infer<typeof solveOptionsSchema> | undefined;
  /** When its time began, in milliseconds of `performance.now()`. */
  readonly began: number;
  /** Where faults of the scenario and of its options stand in what was sent. */
  readonly placeFaults: (faults: readonly (Fault | OptionFault)[]) => FaultReply['faults'];
  /** Which limits repairs may change, where it is repairs that were asked for. */
  readonly repairsMay?: MayGiveWay;
}

/** Solves, and replies with the faults that only the planning finds, or with what `reply` makes of the plan. */
export function replyToSolve(
  task: SolveTask,
  context: RequestContext,
  engines: Engines,
  reply: (solved: SolvedScenario) => HandlerReply,
): HandlerReply {
  const outcome = solveWithin(task, context, engines);
  if (outcome.faults) return faultReply(task.placeFaults(outcome.faults));
  context.progress('write');
  return outcome.isEngineSpent ? { ...reply(outcome), isLast: true } : reply(outcome);
}

/** Solves in what is left of the time limit, and asks to be killed once it is over. */
function solveWithin(
  { scenario, options: sentOptions, began, repairsMay }: SolveTask,
  context: RequestContext,
  engines: Engines,
): SolveOutcome {
  const options = withDefaults(sentOptions);
  context.deadline(options.timeLimitSeconds);
  const left = options.timeLimitSeconds - (performance.now() - began) / 1000;
  const timed = { ...options, timeLimitSeconds: Math.max(0.01, left) };
  const other = ENGINE_NAMES.find((name) => name !== options.engine)!;
  return solveAndExplain(
    scenario,
    timed,
    engines[options.engine],
    (stage) => {
      context.progress(stage);
    },
    options.crossCheck ? engines[other] : undefined,
    repairsMay,
  );
}

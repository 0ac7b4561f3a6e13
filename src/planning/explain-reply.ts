import type { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { HandlerReply, RequestContext } from '../processes/serve-requests.ts';
import { EXPLAIN_SECONDS, type explainFields } from './explain-options.ts';
import { explainScenario } from './explain-scenario.ts';
import { type FaultReply, faultReply, jsonAnswer } from './replies.ts';
import { withDefaults } from './solve-options.ts';
import type { Engines } from './solve-within.ts';

/** A scenario to be explained, as it was sent. */
export interface ExplainTask {
  readonly scenario: Scenario;
  readonly fields: z.infer<typeof explainFields>;
  /** When its time began, in milliseconds of `performance.now()`. */
  readonly began: number;
  /** Where faults of the scenario stand in what was sent. */
  readonly placeFaults: (faults: readonly Fault[]) => FaultReply['faults'];
  /** Where faults of what is asked about stand. */
  readonly placeAboutFaults: (faults: readonly Fault[]) => FaultReply['faults'];
}

/** Explains in what is left of the time limit, and asks to be killed once it is over. */
export function replyToExplain(
  { scenario, fields: { about = {}, options }, began, placeFaults, placeAboutFaults }: ExplainTask,
  context: RequestContext,
  engines: Engines,
): HandlerReply {
  const { timeLimitSeconds, mipGap } = withDefaults({ timeLimitSeconds: EXPLAIN_SECONDS, ...options });
  context.deadline(timeLimitSeconds);
  const left = timeLimitSeconds - (performance.now() - began) / 1000;
  const timed = { timeLimitSeconds: Math.max(0.01, left), mipGap };
  const outcome = explainScenario(scenario, about, timed, engines.highs, (stage) => {
    context.progress(stage);
  });
  if (!outcome.explanation)
    return faultReply([...placeFaults(outcome.faults), ...placeAboutFaults(outcome.aboutFaults)]);
  context.progress('write');
  const reply = jsonAnswer(outcome.explanation);
  return outcome.isEngineSpent ? { ...reply, isLast: true } : reply;
}

import type { z } from 'zod';
import type { HandlerReply } from '../processes/serve-requests.ts';
import { EXPLAIN_SECONDS, type explainFields } from './explain-options.ts';
import { explainScenario } from './explain-scenario.ts';
import { type Handling, secondsLeftOf, written } from './handling.ts';
import { faultReply, jsonAnswer } from './replies.ts';
import type { SentWith } from './sent-scenario.ts';
import { withDefaults } from './solve-options.ts';

/** Explains in what is left of the time limit. */
export function replyToExplain(
  { scenario, fields, placeFaults, placeFieldFaults }: SentWith<z.infer<typeof explainFields>>,
  handling: Handling,
): HandlerReply {
  const { about = {}, options } = fields;
  const { timeLimitSeconds, mipGap } = withDefaults({ timeLimitSeconds: EXPLAIN_SECONDS, ...options });
  const timed = { timeLimitSeconds: secondsLeftOf(handling, timeLimitSeconds), mipGap };
  const { context, engines } = handling;
  const outcome = explainScenario(scenario, about, timed, engines.highs, (stage) => {
    context.progress(stage);
  });
  if (!outcome.explanation) {
    const aboutFaults = outcome.aboutFaults.map((fault) => ({ ...fault, pointer: `/about${fault.pointer}` }));
    return faultReply([...placeFaults(outcome.faults), ...placeFieldFaults(aboutFaults)]);
  }
  const { explanation, isEngineSpent } = outcome;
  return written(handling, isEngineSpent, () => jsonAnswer(explanation));
}

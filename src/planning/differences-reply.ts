import { z } from 'zod';
import { scenarioDifferences } from '../../models/differences/scenario-differences.ts';
import { differenceFields } from '../../models/differences.ts';
import type { HandlerReply, ReceivedRequest } from '../processes/serve-requests.ts';
import { scenarioIn } from '../scenarios/kept-content.ts';
import { jsonAnswer } from './replies.ts';

/** Which revisions are compared. */
const compared = z.strictObject({
  scenarioId: z.string().meta({ description: 'The kept scenario.' }),
  fromRevision: z.int().min(1).meta({ description: 'The revision that the differences start from.' }),
  toRevision: z.int().min(1).meta({ description: 'The revision that they lead to.' }),
});

export const revisionDifferencesSchema = z.strictObject({ ...compared.shape, ...differenceFields }).meta({
  id: 'RevisionDifferences',
  description: 'What has changed from one revision of a scenario to another, in the words of a planner.',
});

/** Compares two kept scenarios, the parts of the request; its options say which they are. */
export function replyWithDifferences({ parts, options }: ReceivedRequest): HandlerReply {
  const [from, to] = parts.map(scenarioIn);
  return jsonAnswer({
    ...compared.parse(options),
    ...scenarioDifferences(from, to),
  } satisfies z.infer<typeof revisionDifferencesSchema>);
}

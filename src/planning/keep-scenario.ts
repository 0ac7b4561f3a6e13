import { z } from 'zod';
import type { Fault } from '../../models/fault.ts';
import { checkScenario } from '../../models/scenario/check-scenario.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
import { label } from '../../models/scenario/fields.ts';
import { MAX_FAULTS } from '../../models/scenario/schema-faults.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { HandlerReply } from '../processes/serve-requests.ts';
import { scenarioIn } from '../scenarios/kept-content.ts';
import { keptScenario } from '../scenarios/kept-scenario.ts';
import { mergePatched } from '../scenarios/merge-patch.ts';
import { inScenario, readBody } from '../scenarios/read-body.ts';
import { readStrictJson } from '../scenarios/strict-json.ts';
import { faultReply } from './replies.ts';

/** The fields of a scenario to be kept beside the scenario. */
export const keepFields = z.strictObject({
  comment: label('Why it was changed, for people; up to 200 characters.').optional(),
});

/** What a planning process says of a scenario to be kept, beside its content. */
export const keptHeader = z.object({
  name: z.string(),
  sha256: z.string(),
  comment: z.string().optional(),
});

/** Reads `{ "scenario": …, "comment"?: … }` to be kept, with every fault that a solve would find. */
export function replyToKeep(bytes: Buffer): HandlerReply {
  const body = readBody(bytes, keepFields);
  if (body.faults) return faultReply(body.faults);
  const { faults } = normaliseScenario(body.scenario);
  return faults ? faultReply(inScenario(faults)) : keptReply(body.scenario, body.rest.comment);
}

/** Applies a merge patch to a kept scenario; faults point into the scenario as it would be. */
export function replyToPatch(content: Buffer, patchBytes: Buffer): HandlerReply {
  const patch = readStrictJson(patchBytes);
  if (patch.value === undefined || patch.faults.length > 0) return faultReply(patch.faults);
  const patched = checkScenario(mergePatched(scenarioIn(content), patch.value));
  const faults: readonly Fault[] = patched.faults ?? normaliseScenario(patched.scenario).faults ?? [];
  if (faults.length > 0 || !patched.scenario) return faultReply(faults.slice(0, MAX_FAULTS));
  return keptReply(patched.scenario, undefined);
}

function keptReply(scenario: Scenario, comment: string | undefined): HandlerReply {
  const { name, sha256, content } = keptScenario(scenario);
  const header = { outcome: 'answer', name, sha256, ...(comment !== undefined && { comment }) } as const;
  return { header, body: content };
}

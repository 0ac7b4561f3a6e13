import { z } from 'zod';
import { planSchema } from '../../models/plan.ts';
import { LARGE_FIELDS, madeWithSchema } from '../planning/plan-fields.ts';
import { solveOptionsSchema } from '../planning/solve-options.ts';
import type { PlanProgress } from '../jobs/jobs.ts';
import {
  PLAN_STATES,
  type PlanRecord,
  type RevisionChange,
  type RevisionRecord,
  type ScenarioRecord,
} from '../store/store.ts';

/** What is kept, as the API shows it. */

const time = (what: string) => z.iso.datetime().meta({ description: `${what} UTC.` });

const id = z.string().meta({ description: 'Made by the service.' });

const revisionNumber = z.int().min(1).meta({ description: 'Counts from 1, without gaps.' });

const sha256 = z
  .string()
  .meta({ description: 'SHA-256 of the RFC 8785 form of the scenario: the same for the same scenario.' });

const change = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['created', 'replaced', 'patched', 'capacity', 'demand']).meta({
        description: '`capacity`, `demand`: that table was replaced by a file.',
      }),
    }),
    z.strictObject({ kind: z.literal('copied'), scenarioId: id, revision: revisionNumber }),
  ])
  .meta({ id: 'RevisionChange', description: 'How a revision came about.' });

const comment = z.string().optional().meta({ description: 'Why, for people.' });

/** A scenario within a record: in the API description a bare object, for `Scenario` says what it is. */
const content = z
  .looseObject({})
  .optional()
  .meta({ description: 'The scenario as it was sent (`Scenario`), where it is read by itself.' });

export const revisionSchema = z
  .strictObject({
    scenarioId: id,
    revision: revisionNumber,
    sha256,
    createdAt: time('When it was made.'),
    change,
    comment,
    label: z
      .string()
      .optional()
      .meta({ description: 'A name for this revision, unique within the scenario.' }),
    scenario: content,
  })
  .meta({ id: 'Revision', description: 'A revision of a scenario; nothing but its label ever changes.' });

export const scenarioHeadSchema = z
  .strictObject({
    id,
    name: z.string(),
    revision: revisionNumber.meta({ description: 'The newest revision.' }),
    createdAt: time('When the first revision was made.'),
    changedAt: time('When the newest revision was made.'),
  })
  .meta({ id: 'ScenarioHead', description: 'A kept scenario without its content.' });

/** A kept scenario: the head with what there is to say of its newest revision. */
export const keptScenarioSchema = z
  .strictObject({
    ...scenarioHeadSchema.shape,
    sha256,
    change,
    comment,
    scenario: content,
  })
  .meta({ id: 'KeptScenario', description: 'A kept scenario at its newest revision.' });

export const scenarioPageSchema = pageOf(scenarioHeadSchema).meta({ id: 'ScenarioPage' });

export const revisionListSchema = z
  .strictObject({ items: z.array(revisionSchema) })
  .meta({ id: 'RevisionList' });

const failure = z.strictObject({
  attempt: z.int(),
  startedAt: time('When it was begun.'),
  endedAt: time('When it was lost.'),
  stage: z.string().optional().meta({ description: 'What it was at.' }),
  reason: z
    .enum(['engine', 'service'])
    .meta({ description: '`engine`: its planning process was lost; `service`: the service was.' }),
});

/** The fields of a plan that stand in its record; the large ones have addresses of their own. */
const summaryFields = planSchema.omit(
  Object.fromEntries(LARGE_FIELDS.map((field) => [field, true])) as Record<
    (typeof LARGE_FIELDS)[number],
    true
  >,
).shape;

/** What a plan was made with. */
const origin = z
  .strictObject({
    product: z
      .string()
      .meta({ description: 'The version of the product, which has the model builder in it.' }),
    node: z.string().meta({ description: 'The version of Node.js.' }),
    platform: z.string().meta({ description: 'The kind of machine: system and processor.' }),
    ...madeWithSchema.partial().shape,
    options: solveOptionsSchema
      .optional()
      .meta({ description: 'The options as they were used, with all defaults filled in.' }),
    memoryLimitMegabytes: z
      .int()
      .optional()
      .meta({ description: 'What its planning process might take at most, in MiB.' }),
  })
  .meta({
    id: 'PlanOrigin',
    description:
      'What a plan was made with. With the same revision and all of this the same, it is made again byte for byte, unless a time limit cut something off.',
  });

const replay = z
  .strictObject({
    identical: z.boolean().meta({ description: 'Whether the answers are the same byte for byte.' }),
    differs: z
      .array(z.string())
      .meta({ description: 'The fields of the answer that differ; none where only their order does.' }),
    totalCost: z
      .strictObject({ original: z.number().optional(), replay: z.number().optional() })
      .meta({ description: 'What each comes to, where it has a cost.' }),
    madeWith: z
      .strictObject({ original: origin.optional(), replay: origin })
      .meta({ description: 'What each was made with.' }),
  })
  .meta({
    id: 'PlanReplay',
    description:
      'How a finished replay compares with the plan that it makes again. Made with the same versions, they differ only where a time limit cut something off in one of them: a search (`feasible`, or one that ended near its limit), prices (`constraintsNotDone`), flips, repairs, or a conflict that is not `irreducible`.',
  });

export const keptPlanSchema = z
  .strictObject({
    id,
    scenarioId: id,
    revision: revisionNumber.meta({ description: 'The revision that is planned.' }),
    scenarioSha256: sha256,
    options: solveOptionsSchema,
    state: z.enum(PLAN_STATES).meta({
      description:
        'What has become of the request: `queued`, `running`, `finished` (then `status` says what the plan is), `cancelled`, `expired` (waited longer than `queueLimitSeconds`), `rejected` (its options do not fit the scenario: `errors`), `quarantined` (lost its planning process three times: `failures`). Only the first two ever change.',
    }),
    queuedAt: time('When it was asked for.'),
    expiresAt: time('When it is no use to begin any more.'),
    startedAt: time('When the last attempt began.').optional(),
    finishedAt: time('When its state became final.').optional(),
    attempts: z.int().meta({ description: 'How often it was begun.' }),
    progress: z
      .strictObject({
        stage: z.string(),
        since: time('When the stage began.'),
        incumbent: z
          .number()
          .optional()
          .meta({ description: 'Of a search over yes/no choices: what the best plan so far costs in all.' }),
        bound: z.number().optional().meta({ description: 'No plan costs less, says the engine.' }),
        gap: z.number().optional().meta({
          description: '(incumbent − bound) / max(1, |incumbent|): how far at most it is from the best.',
        }),
      })
      .optional()
      .meta({ description: 'What a running plan is at.' }),
    failures: z
      .array(failure)
      .optional()
      .meta({ description: 'Attempts that were lost, where there are any.' }),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'With `rejected`: what is wrong.' }),
    madeWith: origin.optional(),
    replayOf: id.optional().meta({ description: 'The plan that this one makes again.' }),
    replay: replay.optional(),
    parts: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: 'Addresses of the parts of a finished plan.' }),
    ...summaryFields,
    status: summaryFields.status.optional(),
  })
  .meta({ id: 'KeptPlan', description: 'A plan that was asked for, and what has become of it.' });

export const planPageSchema = pageOf(keptPlanSchema).meta({ id: 'PlanPage' });

function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z
      .string()
      .optional()
      .meta({ description: 'Send it as `cursor` for the next page; absent on the last one.' }),
  });
}

export function scenarioHeadOf(record: ScenarioRecord): z.infer<typeof scenarioHeadSchema> {
  return {
    id: record.id,
    name: record.name,
    revision: record.head,
    createdAt: isoOf(record.createdAt),
    changedAt: isoOf(record.changedAt),
  };
}

export function keptScenarioOf(
  { id, name, createdAt }: Pick<ScenarioRecord, 'id' | 'name' | 'createdAt'>,
  revision: RevisionRecord,
): z.infer<typeof keptScenarioSchema> {
  return {
    id,
    name,
    revision: revision.revision,
    createdAt: isoOf(createdAt),
    changedAt: isoOf(revision.createdAt),
    sha256: revision.sha256,
    change: changeOf(revision.change),
    ...(revision.comment !== undefined && { comment: revision.comment }),
  };
}

export function revisionOf({
  scenario,
  createdAt,
  change,
  ...record
}: RevisionRecord): z.infer<typeof revisionSchema> {
  return { scenarioId: scenario, ...record, change: changeOf(change), createdAt: isoOf(createdAt) };
}

function changeOf(change: RevisionChange): z.infer<typeof revisionSchema>['change'] {
  if (change.kind !== 'copied') return change;
  return { kind: 'copied', scenarioId: change.scenario, revision: change.revision };
}

/** A plan as clients see it; `here` is what a process of this service is at, which is newer than what the store knows. */
export function keptPlanOf(record: PlanRecord, here?: PlanProgress): z.infer<typeof keptPlanSchema> {
  const { failures } = record;
  const progress = here ?? (JSON.parse(record.progress ?? 'null') as PlanProgress | null);
  const summary = JSON.parse(record.summary ?? '{}') as Partial<z.infer<typeof keptPlanSchema>>;
  return {
    id: record.id,
    scenarioId: record.scenario,
    revision: record.revision,
    scenarioSha256: record.sha256,
    options: JSON.parse(record.options) as z.infer<typeof solveOptionsSchema>,
    state: record.state,
    queuedAt: isoOf(record.queuedAt),
    expiresAt: isoOf(record.expiresAt),
    ...(record.startedAt !== undefined && { startedAt: isoOf(record.startedAt) }),
    ...(record.finishedAt !== undefined && { finishedAt: isoOf(record.finishedAt) }),
    attempts: record.attempt,
    ...(progress &&
      record.state === 'running' && {
        progress: { ...progress, since: isoOf(progress.since) },
      }),
    ...(failures.length > 0 && {
      failures: failures.map((each) => ({
        ...each,
        startedAt: isoOf(each.startedAt),
        endedAt: isoOf(each.endedAt),
      })),
    }),
    ...(record.origin && { madeWith: record.origin }),
    ...(record.replayOf !== undefined && { replayOf: record.replayOf }),
    ...(record.replay && { replay: record.replay as z.infer<typeof replay> }),
    ...(record.state === 'finished' && { parts: partsOf(record.id) }),
    ...summary,
  };
}

function partsOf(id: string): Record<string, string> {
  return Object.fromEntries(PLAN_PARTS.map((part) => [part, `/v1/plans/${id}/${part}`]));
}

/** The parts of a finished plan, by the last word of their addresses. */
export const PLAN_PARTS = ['answer', 'allocation', 'sensitivity', 'certificate', 'model'] as const;

function isoOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

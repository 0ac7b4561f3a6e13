import { z } from 'zod';
import { families } from '../../models/constraints/index.ts';
import { type Fault, jsonPointer } from '../../models/fault.ts';
import { isSameId, REPAIR_KINDS } from '../../models/relaxation.ts';
import type { MayGiveWay } from '../../models/repairs/elastic-program.ts';
import { id } from '../../models/scenario/fields.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import { solveOptionsSchema } from './solve-options.ts';

const relaxedFamilies = families.flatMap((family) => ('relaxation' in family ? [family.name] : []));

const MOST_KEPT = 1000;

const keptLimit = z
  .strictObject({
    family: z.enum(relaxedFamilies),
    subject: z
      .strictObject({
        workflow: id('The workflow.').optional(),
        team: id('The team.').optional(),
        site: id('The site.').optional(),
        vendor: id('The vendor.').optional(),
        period: id('The period.').optional(),
      })
      .meta({ description: 'Ids that have to agree; {} = every limit of the family.' }),
  })
  .meta({ id: 'KeptLimit' });

/** The fields of `POST /v1/repairs` beside the scenario. */
export const repairFields = z.strictObject({
  kinds: z
    .array(z.enum(REPAIR_KINDS))
    .min(1)
    .max(REPAIR_KINDS.length)
    .meta({ description: 'The kinds of change to offer; default all.' })
    .optional(),
  keep: z
    .array(keptLimit)
    .max(MOST_KEPT)
    .meta({ description: 'Limits that must stay as they are.' })
    .optional(),
  options: solveOptionsSchema
    .pick({ timeLimitSeconds: true, mipGap: true })
    .meta({ id: 'RepairOptions' })
    .optional(),
});

type KeptLimit = z.infer<typeof keptLimit>;

/** Which limits may give way: those of the kinds that are offered, but for those to be kept. */
export function mayGiveWay({ kinds, keep = [] }: z.infer<typeof repairFields>): MayGiveWay {
  return {
    kind: (kind) => kinds === undefined || kinds.includes(kind),
    limit: (family, limit) => !keep.some((kept) => isKept(kept, family, limit)),
  };
}

/** Ids that a limit does not have say nothing: a vendor's share is the same in all periods. */
function isKept(kept: KeptLimit, family: string, limit: object): boolean {
  if (kept.family !== family) return false;
  const asked: Readonly<Record<string, string | undefined>> = kept.subject;
  return Object.entries(limit as Record<string, string | undefined>).every(
    ([kind, own]) => asked[kind] === undefined || isSameId(asked[kind], own),
  );
}

/** Faults for limits to be kept that name what the scenario does not have. */
export function unknownIds(scenario: Scenario, keep: readonly KeptLimit[] = []): Fault[] {
  const normalised = (ids: readonly (string | undefined)[]) => new Set(ids.map((each) => each?.normalize()));
  const known = {
    workflow: normalised(scenario.workflows.map((each) => each.id)),
    team: normalised(scenario.teams.map((each) => each.id)),
    site: normalised(scenario.sites.map((each) => each.id)),
    vendor: normalised(scenario.sites.map((each) => each.vendor)),
    period: normalised(scenario.periods.map((each) => each.id)),
  };
  return keep.flatMap(({ subject }, at) =>
    (Object.entries(subject) as [keyof typeof known, string][]).flatMap(([kind, asked]) =>
      known[kind].has(asked.normalize())
        ? []
        : [
            {
              pointer: jsonPointer(['keep', at, 'subject', kind]),
              code: `unknown-${kind}`,
              message: `The scenario has no ${kind} with this id. Name one that it has, or leave the limit out.`,
            },
          ],
    ),
  );
}

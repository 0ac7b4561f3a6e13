import { z } from 'zod';
import { type Fault, jsonPointer } from '../../models/fault.ts';
import type { Selection } from '../../models/explanation/placement-lines.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { MAX_ENTITIES } from '../../models/scenario/fields.ts';
import { MAX_FAULTS, quoted } from '../../models/scenario/schema-faults.ts';
import { solveOptionsSchema } from './solve-options.ts';

/** What a caller may ask of an explanation: it needs prices, and those come from one engine only. */
const explainOptionsSchema = solveOptionsSchema
  .pick({ timeLimitSeconds: true, mipGap: true })
  .meta({ id: 'ExplainOptions' });

const ids = (what: string) =>
  z.array(z.string().max(100)).min(1).max(MAX_ENTITIES).meta({ description: what }).optional();

const aboutSchema = z
  .strictObject({
    workflows: ids('Only these workflows; absent = all.'),
    teams: ids('Only these teams, besides those of `vendors`; both absent = all.'),
    vendors: ids('Only the teams of these vendors, besides `teams`.'),
  })
  .meta({ id: 'ExplainAbout', description: 'What is asked about, by id; absent = everything.' });

export type About = z.infer<typeof aboutSchema>;

/** The fields of `POST /v1/explanations` beside the scenario. */
export const explainFields = z.strictObject({
  options: explainOptionsSchema.optional(),
  about: aboutSchema.optional(),
});

/** Seconds for an explanation where nothing is said: the plan, and what is solved again for it. */
export const EXPLAIN_SECONDS = 30;

/** What is asked about, by position. */
export interface Asked {
  readonly isAbout: Selection;
  /** Teams whose vendors get a break-even sheet: none where only workflows are asked about. */
  readonly isTeamAbout: (team: number) => boolean;
}

export type Selected =
  | { readonly asked: Asked; readonly faults?: undefined }
  | { readonly asked?: undefined; readonly faults: readonly Fault[] };

/** More pairs of workflow and team than this are refused: there is a line or more about each. */
const MAX_PAIRS = 200_000;

/** The ids that are asked about as positions; ids that the scenario does not have are faults, with pointers into `about`. */
export function selectionOf(about: About, { workflows, teams, vendors, sites }: PlanningData): Selected {
  const faults: Fault[] = [];
  const positions = (field: keyof About, kind: string, known: readonly string[]) => {
    const asked = about[field];
    if (asked === undefined) return undefined;
    const positionOf = new Map(known.map((id, position) => [id.normalize(), position]));
    return new Set(
      asked.flatMap((id, i) => {
        const position = positionOf.get(id.normalize());
        if (position === undefined)
          faults.push({
            pointer: jsonPointer([field, i]),
            code: `unknown-${kind}`,
            message: `The scenario has no ${kind} ${quoted(id)}. Correct its spelling or leave it out.`,
          });
        return position ?? [];
      }),
    );
  };
  const askedWorkflows = positions('workflows', 'workflow', idsOf(workflows));
  const askedTeams = positions('teams', 'team', idsOf(teams));
  const askedVendors = positions('vendors', 'vendor', vendors);
  if (faults.length > 0) return { faults: faults.slice(0, MAX_FAULTS) };
  const vendorOf = (k: number) => sites[teams[k].site].vendor;
  const isTeamAsked = (k: number) => {
    if (askedTeams === undefined && askedVendors === undefined) return true;
    const vendor = vendorOf(k);
    return askedTeams?.has(k) === true || (vendor !== undefined && askedVendors?.has(vendor) === true);
  };
  const areWorkflowsAlone =
    askedWorkflows !== undefined && askedTeams === undefined && askedVendors === undefined;
  const pairCount =
    (askedWorkflows?.size ?? workflows.length) * teams.filter((_, k) => isTeamAsked(k)).length;
  if (pairCount > MAX_PAIRS) return { faults: [tooManyPairs(pairCount)] };
  return {
    asked: {
      isAbout: (w, k) => (askedWorkflows?.has(w) ?? true) && isTeamAsked(k),
      isTeamAbout: (k) => !areWorkflowsAlone && isTeamAsked(k),
    },
  };
}

function tooManyPairs(count: number): Fault {
  return {
    pointer: '',
    code: 'too-large',
    message: `This asks about ${count} pairs of workflow and team, more than ${MAX_PAIRS}. Ask about some of the workflows, teams or vendors.`,
  };
}

function idsOf(entities: readonly { readonly id: string }[]): string[] {
  return entities.map(({ id }) => id);
}

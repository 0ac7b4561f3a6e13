import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { workflowsAtSites } from '../placement-groups.ts';
import { MAX_ENTITIES } from '../scenario/fields.ts';
import { positionOf } from '../relaxation.ts';

/** Sites are whole: less than this is the engine's noise. */
const PART_OF_A_SITE = 1e-3;

/**
 * A workflow is at no more than so many distinct sites over the whole horizon; with one it is whole at one site.
 *
 * Link rows are tight: at a site a workflow has at most the hours it can have in the period (demand plus what can be
 * carried in), and at most what the site's teams could do of it, if it is there at all. The rule counts choices, so with
 * the choices held it has no price.
 */
export const maxSites = {
  name: 'max-sites',
  summary: 'A workflow is at no more than so many distinct sites over the whole horizon.',
  formula: 'Σ_{k at s} x[w,k,t] ≤ most[w,s,t] · v[w,s]; Σ_s v[w,s] ≤ maxSites[w]; v[w,s] ∈ {0, 1}',
  unit: 'hours',
  inputs: {
    workflow: {
      maxSites: z
        .int()
        .min(1)
        .max(MAX_ENTITIES)
        .meta({ description: 'At most so many distinct sites over the whole horizon; absent = not limited.' })
        .optional(),
    },
  },
  addColumns(data, program) {
    if (data.workflows.every((workflow) => workflow.maxSites === undefined)) return;
    for (const { workflow, site } of workflowsAtSites(data)) {
      if (data.workflows[workflow].maxSites === undefined) continue;
      const key = { kind: 'workflow-at-site', workflow, site } as const;
      if (program.columnOf(key) === undefined) program.addColumn(key, 0);
    }
  },
  addRows(data, program) {
    if (data.workflows.every((workflow) => workflow.maxSites === undefined)) return;
    for (const { workflow, site, period, placements, mostHours } of workflowsAtSites(data)) {
      const choice = program.columnOf({ kind: 'workflow-at-site', workflow, site });
      if (choice === undefined) continue;
      const subject = {
        workflow: data.workflows[workflow].id,
        site: data.sites[site].id,
        period: data.periods[period].id,
      };
      program.beginRow({ family: 'max-sites', subject, isLink: true }, '<=', 0);
      for (const j of placements) program.addEntry(j, 1);
      program.addEntry(choice, -mostHours);
    }
    data.workflows.forEach(({ id, maxSites: most }, workflow) => {
      const choices = data.sites.flatMap(
        (_, site) => program.columnOf({ kind: 'workflow-at-site', workflow, site }) ?? [],
      );
      // A workflow that may go nowhere has no sites to count.
      if (most === undefined || choices.length === 0) return;
      program.beginRow({ family: 'max-sites', subject: { workflow: id }, isLink: true }, '<=', most);
      for (const choice of choices) program.addEntry(choice, 1);
    });
  },
  wording: {
    label: (subject, names) => `Sites of ${names.workflow(subject.workflow)}`,
    oneMore: (subject, names) => `One more site for ${names.workflow(subject.workflow)}`,
    requirement: (subject, names, limit) =>
      `${names.workflow(subject.workflow)} may be at ${limit === '1' ? 'one site' : `${limit} sites`} only`,
  },
  relaxation: {
    kind: 'more-sites',
    offer: 'More sites for a workflow',
    unit: 'sites',
    // The other rows of the family tie hours to choices.
    limitOf: ({ subject: { workflow, site } }) => (site === undefined ? { workflow } : undefined),
    ownerOf: (limit) => limit,
    most: (data, { workflow }) =>
      Math.max(0, data.sites.length - data.workflows[data.positions.workflow(workflow!)].maxSites!),
    changed: ({ workflows }, { workflow }, needed, rounding) => {
      const w = positionOf(workflows, workflow);
      const from = workflows[w].maxSites!;
      const amount = Math.ceil(needed - PART_OF_A_SITE) + rounding.moreSteps;
      const path = `/workflows/${w}/maxSites` as const;
      const to = from + amount;
      return { unit: 'sites', from, to, amount, patch: { op: 'replace', path, value: to } };
    },
    inWords: ({ workflow }, words) => `${words.to} sites for ${words.workflow(workflow)} (${words.from} now)`,
  },
} as const satisfies ConstraintFamily;

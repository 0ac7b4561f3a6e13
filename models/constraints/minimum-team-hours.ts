import type { ConstraintFamily, Names } from '../constraint-family.ts';
import type { Subject } from '../linear-program.ts';
import { workflowsAtSites } from '../placement-groups.ts';
import { amount } from '../scenario/fields.ts';
import { lowered, positionOf, roundedUp } from '../relaxation.ts';

/**
 * In each period a workflow has nothing at a site, or at least so many workload hours: no team is kept for crumbs.
 *
 * A link row ties the hours to the choice, by what the workflow can have and what the site can do of it in the period.
 * The minimum itself is a limit of the user's, and has a price where the choice is taken; where it is not, there is no
 * such limit.
 */
export const minimumTeamHours = {
  name: 'minimum-team-hours',
  summary: 'In each period a workflow has nothing at a site, or at least so many workload hours.',
  formula: 'minimum[w] · z[w,s,t] ≤ Σ_{k at s} x[w,k,t] ≤ most[w,s,t] · z[w,s,t]; z[w,s,t] ∈ {0, 1}',
  unit: 'hours',
  inputs: {
    workflow: {
      minimumTeamHours: amount(
        'Per site and period, nothing or at least so many workload hours; default 0.',
      ).optional(),
    },
  },
  addColumns(data, program) {
    if (data.workflows.every((workflow) => workflow.minimumTeamHours === 0)) return;
    for (const { workflow, site, period } of workflowsAtSites(data)) {
      if (data.workflows[workflow].minimumTeamHours === 0) continue;
      program.addColumn({ kind: 'workflow-at-site-in-period', workflow, site, period }, 0);
    }
  },
  addRows(data, program) {
    if (data.workflows.every((workflow) => workflow.minimumTeamHours === 0)) return;
    for (const { workflow, site, period, placements, mostHours } of workflowsAtSites(data)) {
      const key = { kind: 'workflow-at-site-in-period', workflow, site, period } as const;
      const choice = program.columnOf(key);
      if (choice === undefined) continue;
      const { id, minimumTeamHours: minimum } = data.workflows[workflow];
      const subject = { workflow: id, site: data.sites[site].id, period: data.periods[period].id };
      program.beginRow({ family: 'minimum-team-hours', subject, isLink: true }, '<=', 0);
      for (const j of placements) program.addEntry(j, 1);
      program.addEntry(choice, -mostHours);
      program.beginRow({ family: 'minimum-team-hours', subject, onlyIf: key }, '>=', 0);
      for (const j of placements) program.addEntry(j, 1);
      program.addEntry(choice, -minimum);
    }
  },
  wording: {
    label: (subject, names) =>
      `Minimum of ${names.workflow(subject.workflow)} at ${siteOf(subject, names)} in ${subject.period ?? 'every period'}`,
    oneMore: (subject, names) =>
      `Asking for one hour more of ${names.workflow(subject.workflow)} at ${names.site(subject.site)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.workflow(subject.workflow)} has nothing or at least ${limit} hours at ${siteOf(subject, names)} in ${subject.period ?? 'every period'}`,
  },
  relaxation: {
    kind: 'smaller-minimum',
    offer: 'A smaller minimum of hours at a site',
    unit: 'hours',
    limitOf: ({ subject: { workflow }, isLink }) => (isLink ? undefined : { workflow }),
    ownerOf: (limit) => limit,
    most: (data, { workflow }) => data.workflows[data.positions.workflow(workflow!)].minimumTeamHours,
    changed: ({ workflows }, { workflow }, needed, rounding) => {
      const w = positionOf(workflows, workflow);
      const from = workflows[w].minimumTeamHours!;
      const amount = Math.min(from, roundedUp(needed, rounding));
      const to = lowered(from, amount);
      const path = `/workflows/${w}/minimumTeamHours` as const;
      return { unit: 'hours', from, to, amount, patch: { op: 'replace', path, value: to } };
    },
    inWords: ({ workflow }, words) =>
      `a minimum of ${words.to} hours of ${words.workflow(workflow)} at a site (${words.from} now)`,
  },
} as const satisfies ConstraintFamily;

function siteOf({ site }: Subject, names: Names): string {
  return site === undefined ? 'any site' : names.site(site);
}

import type { ConstraintFamily } from '../constraint-family.ts';
import { groupPlacements } from '../placement-groups.ts';
import { amount } from '../scenario/fields.ts';

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
    const { workflow, team, period, count } = data.placements;
    for (let j = 0; j < count; j += 1) {
      if (data.workflows[workflow[j]].minimumTeamHours === 0) continue;
      const { site } = data.teams[team[j]];
      const key = {
        kind: 'workflow-at-site-in-period',
        workflow: workflow[j],
        site,
        period: period[j],
      } as const;
      if (program.columnOf(key) === undefined) program.addColumn(key, 0);
    }
  },
  addRows(data, program) {
    if (data.workflows.every((workflow) => workflow.minimumTeamHours === 0)) return;
    const { workflow, team, period, teamHoursPerDemandHour } = data.placements;
    const [S, T] = [data.sites.length, data.periods.length];
    const groups = groupPlacements(
      data,
      data.workflows.length * S * T,
      (j) => (workflow[j] * S + data.teams[team[j]].site) * T + period[j],
    );
    for (let group = 0; group < groups.start.length - 1; group += 1) {
      const [w, s, t] = [Math.floor(group / (S * T)), Math.floor(group / T) % S, group % T];
      const key = { kind: 'workflow-at-site-in-period', workflow: w, site: s, period: t } as const;
      const choice = program.columnOf(key);
      if (choice === undefined) continue;
      const members = groups.member.subarray(groups.start[group], groups.start[group + 1]);
      const room = members.reduce(
        (sum, j) => sum + (data.teams[team[j]].capacity[t]?.hours ?? 0) / teamHoursPerDemandHour[j],
        0,
      );
      const { id, mostHours, minimumTeamHours: minimum } = data.workflows[w];
      const subject = { workflow: id, site: data.sites[s].id, period: data.periods[t].id };
      program.beginRow({ family: 'minimum-team-hours', subject, isLink: true }, '<=', 0);
      for (const j of members) program.addEntry(j, 1);
      program.addEntry(choice, -Math.min(mostHours[t], room));
      program.beginRow({ family: 'minimum-team-hours', subject, onlyIf: key }, '>=', 0);
      for (const j of members) program.addEntry(j, 1);
      program.addEntry(choice, -minimum);
    }
  },
  wording: {
    label: (subject, names) =>
      `Minimum of ${names.workflow(subject.workflow)} at ${names.site(subject.site)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `Asking for one hour more of ${names.workflow(subject.workflow)} at ${names.site(subject.site)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.workflow(subject.workflow)} has nothing or at least ${limit} hours at ${names.site(subject.site)} in ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;

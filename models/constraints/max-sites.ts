import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import { groupPlacements } from '../placement-groups.ts';
import { MAX_ENTITIES } from '../scenario/fields.ts';

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
    const { workflow: workflowOf, team, count } = data.placements;
    for (let j = 0; j < count; j += 1) {
      const w = workflowOf[j];
      if (data.workflows[w].maxSites === undefined) continue;
      const key = { kind: 'workflow-at-site', workflow: w, site: data.teams[team[j]].site } as const;
      if (program.columnOf(key) === undefined) program.addColumn(key, 0);
    }
  },
  addRows(data, program) {
    if (!data.workflows.some((workflow) => workflow.maxSites !== undefined)) return;
    const { workflow: workflowOf, team, period, teamHoursPerDemandHour } = data.placements;
    const [S, T] = [data.sites.length, data.periods.length];
    const groups = groupPlacements(
      data,
      data.workflows.length * S * T,
      (j) => (workflowOf[j] * S + data.teams[team[j]].site) * T + period[j],
    );
    data.workflows.forEach(({ id, maxSites: most, mostHours }, w) => {
      if (most === undefined) return;
      const choices: number[] = [];
      for (let s = 0; s < S; s += 1) {
        const choice = program.columnOf({ kind: 'workflow-at-site', workflow: w, site: s });
        if (choice === undefined) continue;
        choices.push(choice);
        for (let t = 0; t < T; t += 1) {
          const group = (w * S + s) * T + t;
          const members = groups.member.subarray(groups.start[group], groups.start[group + 1]);
          if (members.length === 0) continue;
          const room = members.reduce((sum, j) => {
            const hours = data.teams[team[j]].capacity[t]?.hours ?? 0;
            return sum + hours / teamHoursPerDemandHour[j];
          }, 0);
          const subject = { workflow: id, site: data.sites[s].id, period: data.periods[t].id };
          program.beginRow({ family: 'max-sites', subject, isLink: true }, '<=', 0);
          for (const j of members) program.addEntry(j, 1);
          program.addEntry(choice, -Math.min(mostHours[t], room));
        }
      }
      // A workflow that may go nowhere has no sites to count.
      if (choices.length === 0) return;
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
} as const satisfies ConstraintFamily;

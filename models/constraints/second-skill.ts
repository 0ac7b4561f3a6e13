import type { ConstraintFamily } from '../constraint-family.ts';
import { secondSkills } from '../people/cross-training.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';

/**
 * Work that needs a second skill is done by heads who have it.
 *
 * What they give are the hours of heads: nobody in nesting has a second skill, and overtime is worked with the team's own.
 */
export const secondSkill = {
  name: 'second-skill',
  summary:
    'The team hours of work done with a second skill stay within the productive hours of the heads who have it.',
  formula: 'Σ_{w by j} (f/o/productivity[k,j]) x[w,k,t] − P[k,t] · g[k,j,t] ≤ 0',
  unit: 'hours',
  inputs: {},
  addRows(data, program) {
    const groups = placementsByTeamAndPeriod(data);
    const { teamHoursPerDemandHour, secondSkill: skillOf } = data.placements;
    for (const { team, skill, training } of secondSkills(data)) {
      const { id, capacity } = data.teams[team];
      data.periods.forEach(({ id: period }, t) => {
        const subject = { team: id, skill: training.skill, period };
        program.beginRow({ family: 'second-skill', subject, isGivenByPlan: true }, '<=', 0);
        const group = team * data.periods.length + t;
        for (const j of groups.member.subarray(groups.start[group], groups.start[group + 1]))
          if (skillOf.get(j) === skill) program.addEntry(j, teamHoursPerDemandHour[j]);
        const heads = program.columnOf({ kind: 'cross-trained', team, skill, period: t })!;
        program.addEntry(heads, -capacity[t]!.fte!.productiveHours);
      });
    }
  },
  wording: {
    label: (subject, names) =>
      `Work with ${subject.skill ?? ''} as a second skill at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more hour with ${subject.skill ?? ''} as a second skill at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    requirement: (subject, names) =>
      `${names.team(subject.team)} works with ${subject.skill ?? ''} as a second skill in ${subject.period ?? ''} as long as its trained heads can`,
  },
} as const satisfies ConstraintFamily;

import type { ConstraintFamily } from '../constraint-family.ts';
import { secondSkills } from '../people/cross-training.ts';

/** Who has a second skill and is released is one of those released: a skill is not given up otherwise. */
export const crossTrainedRelease = {
  name: 'cross-trained-release',
  summary: 'The heads with a second skill who are released in a period are no more than are released.',
  formula: 'l[k,j,t] − r[k,t] ≤ 0',
  unit: 'fte',
  inputs: {},
  addRows(data, program) {
    for (const { team, skill, training } of secondSkills(data))
      data.periods.forEach(({ id: period }, t) => {
        const column = program.columnOf({ kind: 'cross-trained-released', team, skill, period: t });
        if (column === undefined) return;
        const subject = { team: data.teams[team].id, skill: training.skill, period };
        program.beginRow({ family: 'cross-trained-release', subject, isGivenByPlan: true }, '<=', 0);
        program.addEntry(column, 1);
        program.addEntry(program.columnOf({ kind: 'released', team, period: t })!, -1);
      });
  },
  wording: {
    label: (subject, names) =>
      `Releases of heads with ${subject.skill ?? ''} as a second skill at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `Letting one more head at ${names.team(subject.team)} give up ${subject.skill ?? ''} as a second skill in ${subject.period ?? ''}`,
    requirement: (subject, names) =>
      `only heads whom ${names.team(subject.team)} releases in ${subject.period ?? ''} give up ${subject.skill ?? ''} as a second skill`,
  },
} as const satisfies ConstraintFamily;

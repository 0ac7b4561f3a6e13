import type { ConstraintFamily } from '../constraint-family.ts';
import { secondSkills, stillThere } from '../people/cross-training.ts';

/** Who has a second skill, or is being trained in it, is one of the team's heads: nobody is trained twice, or before they are a head. */
export const crossTrainedHeads = {
  name: 'cross-trained-heads',
  summary:
    'The heads with a second skill, and those who are being trained in it, are no more than the heads.',
  formula: 'g[k,j,t] + Σ_{i < periods} (1 − a[k])^i · m[k,j,t−i] − h[k,t] ≤ 0',
  unit: 'fte',
  inputs: {},
  addRows(data, program) {
    for (const second of secondSkills(data)) {
      const { team, skill, training } = second;
      data.periods.forEach(({ id: period }, t) => {
        const subject = { team: data.teams[team].id, skill: training.skill, period };
        program.beginRow({ family: 'cross-trained-heads', subject, isGivenByPlan: true }, '<=', 0);
        program.addEntry(program.columnOf({ kind: 'cross-trained', team, skill, period: t })!, 1);
        for (let start = Math.max(0, t - training.periods + 1); start <= t; start += 1) {
          const column = program.columnOf({ kind: 'cross-training', team, skill, period: start });
          if (column !== undefined) program.addEntry(column, stillThere(second, start, t));
        }
        program.addEntry(program.columnOf({ kind: 'heads', team, period: t })!, -1);
      });
    }
  },
  wording: {
    label: (subject, names) =>
      `Heads of ${names.team(subject.team)} there are to have ${subject.skill ?? ''} as a second skill in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more head of ${names.team(subject.team)} to be trained in ${subject.skill ?? ''} in ${subject.period ?? ''}`,
    requirement: (subject, names) =>
      `only heads of ${names.team(subject.team)} have ${subject.skill ?? ''} as a second skill, or are trained in it, in ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;

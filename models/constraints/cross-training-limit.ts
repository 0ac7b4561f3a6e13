import type { ConstraintFamily } from '../constraint-family.ts';
import { secondSkills } from '../people/cross-training.ts';

/** No more heads begin training in a second skill in a period than can be trained. */
export const crossTrainingLimit = {
  name: 'cross-training-limit',
  summary: 'The heads whose training in a second skill begins in a period are no more than can be trained.',
  formula: 'm[k,j,t] ≤ maxHeadsPerPeriod[k,j]',
  unit: 'fte',
  inputs: {},
  addRows(data, program) {
    for (const { team, skill, training } of secondSkills(data))
      data.periods.forEach(({ id: period }, t) => {
        const column = program.columnOf({ kind: 'cross-training', team, skill, period: t });
        if (column === undefined) return;
        const subject = { team: data.teams[team].id, skill: training.skill, period };
        program.beginRow({ family: 'cross-training-limit', subject }, '<=', training.maxHeads);
        program.addEntry(column, 1);
      });
  },
  wording: {
    label: (subject, names) =>
      `Cross-training in ${subject.skill ?? ''} at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `Training one more head of ${names.team(subject.team)} in ${subject.skill ?? ''} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.team(subject.team)} can train ${limit} heads in ${subject.skill ?? ''} in ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;

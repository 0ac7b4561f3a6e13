import type { ConstraintFamily } from '../constraint-family.ts';

/** No more people are released in a period than may be. */
export const releaseLimit = {
  name: 'release-limit',
  summary: 'The heads released in a period are no more than may be.',
  formula: 'r[k,t] ≤ maxHeadsPerPeriod[k]',
  unit: 'fte',
  inputs: {},
  addRows(data, program) {
    data.teams.forEach(({ id: team, headcount }, k) => {
      const limit = headcount?.release?.maxHeads;
      if (limit === undefined) return;
      data.periods.forEach(({ id: period }, t) => {
        const column = program.columnOf({ kind: 'released', team: k, period: t });
        if (column === undefined) return;
        program.beginRow({ family: 'release-limit', subject: { team, period } }, '<=', limit);
        program.addEntry(column, 1);
      });
    });
  },
  wording: {
    label: (subject, names) => `Releases at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `Releasing one more head at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.team(subject.team)} may release ${limit} heads in ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;

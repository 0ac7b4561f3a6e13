import type { ConstraintFamily } from '../constraint-family.ts';

/** No more people begin training in a period than can be hired for it. */
export const hiringLimit = {
  name: 'hiring-limit',
  summary: 'The hires whose training begins in a period are no more than can be hired.',
  formula: 'n[k,t] ≤ maxHeadsPerPeriod[k]',
  unit: 'fte',
  inputs: {},
  addRows(data, program) {
    data.teams.forEach(({ id: team, headcount }, k) => {
      data.periods.forEach(({ id: period }, t) => {
        const column = program.columnOf({ kind: 'hires', team: k, period: t });
        if (column === undefined) return;
        program.beginRow(
          { family: 'hiring-limit', subject: { team, period } },
          '<=',
          headcount!.hiring!.maxHeads,
        );
        program.addEntry(column, 1);
      });
    });
  },
  wording: {
    label: (subject, names) => `Hires of ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) => `One more hire for ${names.team(subject.team)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.team(subject.team)} can hire ${limit} heads for ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;

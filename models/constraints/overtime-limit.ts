import type { ConstraintFamily } from '../constraint-family.ts';

/** Overtime is at most a share of the heads' productive hours. */
export const overtimeLimit = {
  name: 'overtime-limit',
  summary: "A team's overtime in a period is at most a share of its heads' productive hours.",
  formula: 'e[k,t] − maxShare[k] · P[k,t] · h[k,t] ≤ 0',
  unit: 'hours',
  inputs: {},
  addRows(data, program) {
    data.teams.forEach(({ id: team, headcount, capacity }, k) => {
      data.periods.forEach(({ id: period }, t) => {
        const column = program.columnOf({ kind: 'overtime', team: k, period: t });
        if (column === undefined) return;
        const subject = { team, period };
        program.beginRow({ family: 'overtime-limit', subject, isGivenByPlan: true }, '<=', 0);
        program.addEntry(column, 1);
        const heads = program.columnOf({ kind: 'heads', team: k, period: t })!;
        program.addEntry(heads, -headcount!.overtime!.maxShare * capacity[t]!.fte!.productiveHours);
      });
    });
  },
  wording: {
    label: (subject, names) => `Overtime at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `Allowing one more hour of overtime at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    caveat: () => 'The pay of that hour is counted.',
    requirement: (subject, names) =>
      `overtime at ${names.team(subject.team)} in ${subject.period ?? ''} is at most a share of its heads' hours`,
  },
} as const satisfies ConstraintFamily;

import type { ConstraintFamily } from '../constraint-family.ts';
import { classesAt } from '../people/classes-at.ts';

/** No more people are in training at once than there are trainers for. */
export const trainerCapacity = {
  name: 'trainer-capacity',
  summary: 'The people in training at a team in a period are no more than its trainers can take.',
  formula: 'Σ_{i in training} σ[i] n[k,t−i] ≤ maxTrainees[k]',
  unit: 'fte',
  inputs: {},
  addRows(data, program) {
    data.teams.forEach(({ id: team, headcount }, k) => {
      const limit = headcount?.hiring?.maxTrainees;
      if (limit === undefined) return;
      data.periods.forEach(({ id: period }, t) => {
        const trained = [...classesAt(data, program, k, t)].filter(({ stage }) => stage.isTraining);
        if (trained.length === 0) return;
        program.beginRow({ family: 'trainer-capacity', subject: { team, period } }, '<=', limit);
        for (const { column, stage } of trained) program.addEntry(column, stage.heads);
      });
    });
  },
  wording: {
    label: (subject, names) => `Places in training at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more place in training at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `${names.team(subject.team)} can train ${limit} heads at once in ${subject.period ?? ''}`,
  },
} as const satisfies ConstraintFamily;

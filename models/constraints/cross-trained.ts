import type { ConstraintFamily } from '../constraint-family.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import {
  canTrainIn,
  type SecondSkill,
  type SecondSkillKind,
  secondSkills,
} from '../people/cross-training.ts';
import { canReleaseIn } from '../people/headcount.ts';

/**
 * Heads with a second skill are those of the period before, but for those who leave, are trained, or are released.
 *
 * One row for each second skill and period. Its limit is the heads who have the skill without being trained in the plan, which are those of the
 * beginning; its price is what having trained one more head by then is worth.
 */
export const crossTrained = {
  name: 'cross-trained',
  summary:
    'The heads with a second skill are those of the period before less attrition, with those who finish training in it, less those released.',
  formula:
    'g[k,j,t] − (1 − a[k]) g[k,j,t−1] − (1 − a[k])^periods · m[k,j,t−periods] + l[k,j,t] = openingHeads[k,j] in the first period, then 0',
  unit: 'fte',
  inputs: {},
  addColumns(data, program) {
    const T = data.periods.length;
    for (const second of secondSkills(data)) {
      const { team, skill, training } = second;
      for (let period = 0; period < T; period += 1) {
        const add = (kind: SecondSkillKind, cost: number) =>
          program.addColumn({ kind, team, skill, period }, cost);
        add('cross-trained', 0);
        if (canTrainIn(second, period, T)) add('cross-training', training.costPerHead);
        // A release costs what it costs whatever the head can do.
        if (canReleaseIn(data.teams[team].headcount!.release, period)) add('cross-trained-released', 0);
      }
    }
  },
  addRows(data, program) {
    for (const second of secondSkills(data)) {
      const { team, training } = second;
      data.periods.forEach(({ id: period }, t) => {
        const subject = { team: data.teams[team].id, skill: training.skill, period };
        const opening = t === 0 ? training.openingHeads : 0;
        program.beginRow({ family: 'cross-trained', subject }, '=', opening);
        addFlow(program, second, t);
      });
    }
  },
  wording: {
    label: (subject, names) =>
      `Heads with ${subject.skill ?? ''} as a second skill at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more head with ${subject.skill ?? ''} as a second skill at ${names.team(subject.team)} from ${subject.period ?? ''} on`,
    requirement: (subject, names, limit) =>
      `${names.team(subject.team)} has ${limit} ${limit === '1' ? 'head' : 'heads'} more with ${subject.skill ?? ''} as a second skill in ${subject.period ?? ''}, besides those who had it and those who are trained`,
  },
} as const satisfies ConstraintFamily;

function addFlow(program: ProgramBuilder, { team, skill, training, staying }: SecondSkill, t: number): void {
  const add = (kind: SecondSkillKind, period: number, coefficient: number) => {
    const column = period < 0 ? undefined : program.columnOf({ kind, team, skill, period });
    if (column !== undefined) program.addEntry(column, coefficient);
  };
  add('cross-trained', t, 1);
  add('cross-trained', t - 1, -staying);
  add('cross-training', t - training.periods, -(staying ** training.periods));
  add('cross-trained-released', t, 1);
}

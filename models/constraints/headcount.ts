import type { ConstraintFamily } from '../constraint-family.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import { canHireIn, canReleaseIn, type Headcount, type PeopleKind, spentOn } from '../people/headcount.ts';
import { changedHeadcount, mostHeadsMore } from '../repairs/more-heads.ts';
import { headcount as headcountInput } from '../people/headcount-schema.ts';

/**
 * People are where they were, but for those who leave, join, graduate or are released.
 *
 * One row for each period of a team with a headcount. Its limit is the heads who join in the period, opening heads in the first; its price
 * is what one more head joining then is worth, with all that head is paid from then on.
 */
export const headcount = {
  name: 'headcount',
  summary:
    'The heads of a team are those of the period before less attrition, with graduates and heads who join, less those released.',
  formula: 'h[k,t] − (1 − a[k]) h[k,t−1] − graduates[k] n[k,t−stages] + r[k,t] = joining[k,t]',
  unit: 'fte',
  inputs: {
    team: { headcount: headcountInput.optional() },
  },
  addColumns(data, program) {
    const T = data.periods.length;
    data.teams.forEach(({ headcount: people }, team) => {
      if (people === undefined) return;
      for (let period = 0; period < T; period += 1) {
        const add = (kind: PeopleKind) =>
          program.addColumn({ kind, team, period }, costOfOne(kind, people, period));
        add('heads');
        if (canHireIn(people.hiring, period, T)) add('hires');
        if (canReleaseIn(people.release, period)) add('released');
        if (people.overtime && people.overtime.maxShare > 0) add('overtime');
      }
    });
  },
  addRows(data, program) {
    data.teams.forEach(({ id, headcount: people }, team) => {
      if (people === undefined) return;
      data.periods.forEach(({ id: period }, t) => {
        program.beginRow({ family: 'headcount', subject: { team: id, period } }, '=', people.joining[t]);
        addFlow(program, people, team, t);
      });
    });
  },
  wording: {
    label: (subject, names) => `Heads who join ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more head joining ${names.team(subject.team)} in ${subject.period ?? ''}`,
    caveat: (_subject, _names, price, way) => {
      if (price <= 0 || way === 'less') return '';
      return 'People are paid with or without work, so more of them can cost more than they save.';
    },
    requirement: (subject, names, limit) =>
      `${names.team(subject.team)} has ${limit} ${limit === '1' ? 'head' : 'heads'} joining in ${subject.period ?? ''}, besides those who are there and those who finish training`,
  },
  relaxation: {
    kind: 'more-heads',
    offer: 'More heads at teams',
    unit: 'fte',
    limitOf: ({ subject: { team, period } }) => ({ team, period }),
    ownerOf: ({ team }) => ({ team }),
    // Heads who join stand on the right side of the flow.
    perUnit: () => -1,
    most: mostHeadsMore,
    changed: changedHeadcount,
    inWords: ({ team, period }, { by, from, to, ...words }) =>
      `${by} more heads joining ${words.team(team)} in ${period ?? ''} (${from} → ${to})`,
  },
} as const satisfies ConstraintFamily;

function costOfOne(kind: PeopleKind, people: Headcount, t: number): number {
  return spentOn(kind, people, t).reduce((sum, { perUnit }) => sum + perUnit, 0);
}

function addFlow(program: ProgramBuilder, people: Headcount, team: number, t: number): void {
  const add = (kind: PeopleKind, period: number, coefficient: number) => {
    const column = period < 0 ? undefined : program.columnOf({ kind, team, period });
    if (column !== undefined) program.addEntry(column, coefficient);
  };
  add('heads', t, 1);
  add('heads', t - 1, people.attrition - 1);
  if (people.hiring) add('hires', t - people.hiring.stages.length, -people.hiring.graduates);
  add('released', t, 1);
}

import type { ConstraintFamily } from '../constraint-family.ts';
import type { ClassChoiceKey, ProgramBuilder } from '../linear-program.ts';
import { type ClassSizes, digitsOf } from '../people/class-sizes.ts';
import { stageAt } from '../people/headcount.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';

/**
 * People are hired in classes: nobody, or a size that a class may have.
 *
 * Whether a class begins is a choice, and so is each binary digit of the number of steps by which it is larger than the smallest: few choices for
 * many sizes, and with them held the size is a number, with a price of its own. A link row keeps the digits, and hires without steps, within the
 * largest size.
 */
export const classSize = {
  name: 'class-size',
  summary: 'The hires of a period are nobody, or a class of a size that a class may have.',
  formula:
    'n[k,t] = smallest[k] · c[k,t] + step[k] · Σ_j 2^j d[k,t,j], Σ_j 2^j d[k,t,j] ≤ steps[k] · c[k,t]; without steps smallest[k] · c[k,t] ≤ n[k,t] ≤ largest[k] · c[k,t]; c, d ∈ {0, 1}',
  unit: 'fte',
  inputs: {},
  addColumns(data, program) {
    for (const { team, period, sizes } of classesIn(data, program)) {
      program.addColumn({ kind: 'class', team, period }, sizes.cost);
      for (let digit = 0; digit < digitsOf(sizes); digit += 1)
        program.addColumn({ kind: 'class-digit', team, period, digit }, 0);
    }
  },
  addRows(data, program) {
    for (const { team, period, sizes } of classesIn(data, program)) {
      const { smallest, largest, step, steps } = sizes;
      const subject = { team: data.teams[team].id, period: data.periods[period].id };
      const key: ClassChoiceKey = { kind: 'class', team, period };
      const [hires, begins] = [program.columnOf({ ...key, kind: 'hires' })!, program.columnOf(key)!];
      const addDigits = (size: number) => {
        for (let digit = 0; digit < digitsOf(sizes); digit += 1) {
          const column = program.columnOf({ kind: 'class-digit', team, period, digit })!;
          program.addEntry(column, size * 2 ** digit);
        }
      };
      program.beginRow({ family: 'class-size', subject, onlyIf: key }, step === undefined ? '>=' : '=', 0);
      program.addEntry(hires, 1);
      program.addEntry(begins, -smallest);
      if (step !== undefined) addDigits(-step);
      program.beginRow({ family: 'class-size', subject, isLink: true }, '<=', 0);
      if (step === undefined) program.addEntry(hires, 1);
      else addDigits(1);
      const most = Math.max(smallest, Math.min(largest, mostOfUse(data, team, period)));
      program.addEntry(begins, step === undefined ? -most : -steps);
    }
  },
  wording: {
    label: (subject, names) => `Class of ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) =>
      `One more head in the class of ${names.team(subject.team)} in ${subject.period ?? ''}`,
    requirement: (subject, names, limit) =>
      `a class of ${names.team(subject.team)} in ${subject.period ?? ''} has a size that classes have, ${limit} heads at least`,
  },
} as const satisfies ConstraintFamily;

/**
 * Hires of whom none would ever lack work, if all that could be at the team were theirs: more are never cheaper, and a tight link is a short search.
 * Where heads are trained in a second skill, there may be use for more of them than have work.
 */
function mostOfUse(data: PlanningData, team: number, start: number): number {
  const { headcount, capacity } = data.teams[team];
  const { hiring, attrition } = headcount!;
  const { stages, graduates } = hiring!;
  if (headcount!.crossTraining.length > 0) return Infinity;
  const groups = placementsByTeamAndPeriod(data);
  const { workflow, teamHoursPerDemandHour } = data.placements;
  let [most, heads] = [0, graduates];
  for (let t = start; t < data.periods.length; t += 1) {
    const group = team * data.periods.length + t;
    let hours = 0;
    for (const j of groups.member.subarray(groups.start[group], groups.start[group + 1]))
      hours += data.workflows[workflow[j]].mostHours[t] * teamHoursPerDemandHour[j];
    const stage = stageAt(hiring!, start, t);
    const ofOne = stage === undefined ? heads : stage.heads * stage.productivity;
    if (ofOne > 0) most = Math.max(most, hours / (ofOne * capacity[t]!.fte!.productiveHours));
    if (t - start >= stages.length) heads *= 1 - attrition;
  }
  return most;
}

/** Every period in which a team's class may begin, with the sizes it may have. */
function* classesIn(
  { teams, periods }: PlanningData,
  program: ProgramBuilder,
): Generator<{ readonly team: number; readonly period: number; readonly sizes: ClassSizes }> {
  for (const [team, { headcount }] of teams.entries()) {
    const sizes = headcount?.hiring?.classes;
    if (sizes === undefined) continue;
    for (let period = 0; period < periods.length; period += 1)
      if (program.columnOf({ kind: 'hires', team, period }) !== undefined) yield { team, period, sizes };
  }
}

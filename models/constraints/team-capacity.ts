import { z } from 'zod';
import type { ConstraintFamily } from '../constraint-family.ts';
import type { ProgramBuilder } from '../linear-program.ts';
import { classesAt } from '../people/classes-at.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import { amount, id, MAX_PERIODS, positiveAmount } from '../scenario/fields.ts';
import { changedCapacity, mostHoursMore, payOfMoreHours } from '../repairs/more-team-hours.ts';

/** One period's capacity, in either form; `reference-faults.ts` refuses a mixture. */
const capacityEntry = z
  .strictObject({
    period: id('The period.'),
    hours: amount('Productive hours, ready to use; null = no limit.').nullable().optional(),
    fte: amount(
      'Full-time equivalents; with `paidHoursPerFte` and `shrinkage`, instead of `hours`. Left out where the team has `headcount`.',
    ).optional(),
    paidHoursPerFte: positiveAmount('Hours paid to one FTE in the period.').optional(),
    shrinkage: z
      .number()
      .min(0)
      .max(1 - 1e-6)
      .meta({ description: 'Share of paid hours that is not productive, 0 to below 1.' })
      .optional(),
  })
  .meta({
    id: 'CapacityEntry',
    description:
      'Either `hours`, or `fte` with `paidHoursPerFte` and `shrinkage` (hours = fte · paidHoursPerFte · (1 − shrinkage)); with `headcount` only the latter two, in every period.',
  });

/**
 * A team's productive hours are not exceeded.
 *
 * One row for every finite capacity entry, also for one of 0 hours, whose price says what the first hour would be
 * worth. An uncapped team has no row; a period without an entry has no capacity, no columns and no row. The hours of a
 * team with a headcount are those of its people in the plan.
 */
export const teamCapacity = {
  name: 'team-capacity',
  summary: "The team hours that the placed work uses stay within the team's productive hours.",
  formula:
    'Σ_w (f/o) x[w,k,t] ≤ H[k,t]; with people: Σ_w (f/o) x[w,k,t] + Σ_i trainerHours[i] σ[i] n[k,t−i] + Σ_j trainerHours[k,j] m[k,j,t] ≤ P[k,t] (h[k,t] + Σ_i π[i] σ[i] n[k,t−i]) + e[k,t]',
  unit: 'hours',
  inputs: {
    team: {
      capacity: z
        .array(capacityEntry)
        .max(MAX_PERIODS)
        .meta({ description: 'One entry a period; a period without an entry has no capacity.' }),
    },
  },
  addRows(data, program) {
    const groups = placementsByTeamAndPeriod(data);
    const T = data.periods.length;
    data.teams.forEach((team, k) => {
      team.capacity.forEach((entry, t) => {
        if (entry === undefined || (entry.hours === Infinity && !team.headcount)) return;
        const subject = { team: team.id, period: data.periods[t].id };
        if (team.headcount)
          program.beginRow({ family: 'team-capacity', subject, isGivenByPlan: true }, '<=', 0);
        else program.beginRow({ family: 'team-capacity', subject }, '<=', entry.hours);
        const group = k * T + t;
        for (let i = groups.start[group]; i < groups.start[group + 1]; i += 1) {
          const j = groups.member[i];
          program.addEntry(j, data.placements.teamHoursPerDemandHour[j]);
        }
        addPeople(data, program, k, t);
      });
    });
  },
  wording: {
    label: (subject, names) => `Capacity of ${names.team(subject.team)} in ${subject.period ?? ''}`,
    oneMore: (subject, names) => `One more hour at ${names.team(subject.team)} in ${subject.period ?? ''}`,
    caveat: (subject, names) =>
      names.isPaidForCapacity(subject.team)
        ? 'The pay of that hour is not counted: the whole capacity is paid for.'
        : '',
    requirement: (subject, names, limit) =>
      names.hasPeople(subject.team)
        ? `${names.team(subject.team)} has the hours of its people in ${subject.period ?? ''}`
        : `${names.team(subject.team)} has ${limit} productive hours in ${subject.period ?? ''}`,
  },
  relaxation: {
    kind: 'more-team-hours',
    offer: 'More hours at teams',
    unit: 'hours',
    // People are hired: the hours of those who are there are nobody's to change.
    limitOf: ({ subject: { team, period }, isGivenByPlan }) => (isGivenByPlan ? undefined : { team, period }),
    ownerOf: ({ team }) => ({ team }),
    most: mostHoursMore,
    spending: payOfMoreHours,
    changed: changedCapacity,
    inWords: ({ team, period }, { by, unit, from, to, ...words }) =>
      `${by} more ${unit === 'fte' ? 'FTE' : unit} at ${words.team(team)} in ${period ?? ''} (${from} → ${to})`,
  },
} as const satisfies ConstraintFamily;

/** The productive hours of a team's people, and those that trainees take of them. */
function addPeople(data: PlanningData, program: ProgramBuilder, team: number, period: number): void {
  const { headcount, capacity } = data.teams[team];
  if (headcount === undefined) return;
  const { productiveHours } = capacity[period]!.fte!;
  program.addEntry(program.columnOf({ kind: 'heads', team, period })!, -productiveHours);
  for (const { column, stage } of classesAt(data, program, team, period)) {
    const gives = stage.productivity * productiveHours;
    program.addEntry(column, stage.heads * (stage.trainerHours - gives));
  }
  const overtime = program.columnOf({ kind: 'overtime', team, period });
  if (overtime !== undefined) program.addEntry(overtime, -1);
  headcount.crossTraining.forEach(({ trainerHours }, skill) => {
    const begins = program.columnOf({ kind: 'cross-training', team, skill, period });
    if (begins !== undefined) program.addEntry(begins, trainerHours);
  });
}

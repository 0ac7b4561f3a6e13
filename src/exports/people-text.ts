import { formatQuantity } from '../../models/number-text.ts';
import { PEOPLE_COSTS } from '../../models/people/headcount.ts';
import type { Plan, PlanPeople } from '../../models/plan.ts';
import { textTable } from './text-table.ts';

/** What a plan says of people, as tables that a person reads. */

type NameOf = (team: string) => string;

/** Whether a cost term is there for people only: there is payroll without a headcount too. */
export function isOfPeopleAlone(term: string): boolean {
  return term !== 'payroll' && PEOPLE_COSTS.some((each) => each === term);
}

/** Productive hours that people have for placed work, overtime included. */
export function peopleHours({ productiveHours, overtimeHours, trainerHours }: PlanPeople): number {
  return productiveHours + overtimeHours - trainerHours;
}

/** The people of each team in each period; costs are in the table of costs. */
export function peopleText({ people = [] }: Plan, nameOf: NameOf): string {
  if (people.length === 0) return '';
  const rows = people.map((line) => [
    nameOf(line.team),
    line.period,
    ...[line.heads, line.headsNetOfShrinkage, line.hires, line.inTraining, line.inNesting, line.released],
    peopleHours(line) - line.overtimeHours,
    ...[line.overtimeHours, line.usedHours],
  ]);
  const columns = [
    { title: 'Team' },
    { title: 'Period' },
    ...['Heads', 'Net of shrinkage', 'Hires', 'In training', 'In nesting', 'Released'],
    ...['Hours for work', 'Overtime', 'Hours used'],
  ].map((column) => (typeof column === 'string' ? { title: column, isNumber: true } : column));
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? formatQuantity(cell) : cell)),
  );
  return `People in heads\n${textTable(columns, cells)}`;
}

/** The heads with a second skill, those who are trained in it, and what they do with it. */
export function secondSkillsText({ people = [] }: Plan, nameOf: NameOf): string {
  const rows = people.flatMap(({ team, period, secondSkills = [] }) =>
    secondSkills.map(({ skill, heads, trainingBegins, released, usedHours }) => [
      ...[nameOf(team), period, skill],
      ...[heads, trainingBegins, released, usedHours].map(formatQuantity),
    ]),
  );
  if (rows.length === 0) return '';
  const columns = [
    ...['Team', 'Period', 'Second skill'].map((title) => ({ title })),
    ...['Heads', 'Training begins', 'Released', 'Hours used'].map((title) => ({ title, isNumber: true })),
  ];
  return `Heads with a second skill\n${textTable(columns, rows)}`;
}

/** Everybody hired, with when they begin and when they count. */
export function classesText({ classes = [] }: Plan, nameOf: NameOf): string {
  if (classes.length === 0) return '';
  const columns = [
    { title: 'Team' },
    { title: 'Training from' },
    { title: 'Heads', isNumber: true },
    { title: 'Heads from' },
    { title: 'Graduates', isNumber: true },
  ];
  const rows = classes.map(({ team, period, start, heads, headsFrom, graduates }) => [
    nameOf(team),
    start === null ? period : `${period} (${start})`,
    formatQuantity(heads),
    headsFrom ?? 'after the last period',
    formatQuantity(graduates),
  ]);
  return `Hires\n${textTable(columns, rows)}`;
}

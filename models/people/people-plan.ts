import type { LinearProgram } from '../linear-program.ts';
import { isPeople } from '../linear-program.ts';
import type { PlanClass, PlanPeople, PlanSecondSkill } from '../plan.ts';
import { placementsByTeamAndPeriod } from '../placement-groups.ts';
import type { PlanningData } from '../planning-data.ts';
import { secondSkillLines } from './second-skill-lines.ts';
import type { CrossTraining } from './cross-training.ts';
import {
  type Headcount,
  PEOPLE_COSTS,
  type PeopleCost,
  type PeopleKind,
  spentOn,
  stageAt,
} from './headcount.ts';

/** What a plan says of people. */
export interface PeoplePlan {
  /** One line for every team with a headcount and every period. */
  readonly people: PlanPeople[];
  /** Everybody hired, by team and the period in which training begins. */
  readonly classes: PlanClass[];
}

/**
 * Follows the people of every team through the periods, from what the plan decides: hires, releases and overtime. `values` are those of the
 * program's columns, noise taken out.
 */
export function peoplePlanOf(data: PlanningData, program: LinearProgram, values: Float64Array): PeoplePlan {
  const decided = decisionsOf(program, values);
  const people: PlanPeople[] = [];
  const secondSkillsOf = secondSkillLines(data, program, values);
  const classes: PlanClass[] = [];
  data.teams.forEach(({ headcount }, k) => {
    if (headcount === undefined) return;
    const valueOf = (kind: PeopleKind, t: number) => decided.get(keyOf(kind, k, t)) ?? 0;
    const heads = headsOf(headcount, valueOf);
    data.periods.forEach((_, t) => {
      const line = lineOf(data, values, k, t, heads[t], valueOf);
      people.push(withSecondSkills(line, headcount, secondSkillsOf(k, t)));
      const hires = valueOf('hires', t);
      if (hires > 0) classes.push(classOf(data, k, t, hires));
    });
  });
  return { people, classes };
}

/** Money by cost term over all lines. */
export function peopleCosts(people: readonly PlanPeople[]): Record<PeopleCost, number> {
  const total = noCosts();
  for (const { costs } of people) for (const term of PEOPLE_COSTS) total[term] += costs[term];
  return total;
}

function decisionsOf({ columns }: LinearProgram, values: Float64Array): ReadonlyMap<string, number> {
  const decided = new Map<string, number>();
  columns.forEach((key, column) => {
    if (isPeople(key) && key.kind !== 'heads')
      decided.set(keyOf(key.kind, key.team, key.period), values[column]);
  });
  return decided;
}

function keyOf(kind: PeopleKind, team: number, period: number): string {
  return `${kind} ${team} ${period}`;
}

type ValueOf = (kind: PeopleKind, t: number) => number;

function headsOf({ joining, attrition, hiring }: Headcount, valueOf: ValueOf): number[] {
  let before = 0;
  return joining.map((joined, t) => {
    const graduates = hiring ? hiring.graduates * valueOf('hires', t - hiring.stages.length) : 0;
    // Of a team released to the last head, rounding would leave less than nobody.
    before = Math.max(0, (1 - attrition) * before + graduates + joined - valueOf('released', t));
    return before;
  });
}

function lineOf(
  data: PlanningData,
  values: Float64Array,
  k: number,
  t: number,
  heads: number,
  valueOf: ValueOf,
): PlanPeople {
  const { id, headcount, capacity } = data.teams[k];
  const { productiveHours, shrinkage } = capacity[t]!.fte!;
  const line = { inTraining: 0, inNesting: 0, nestingHours: 0, trainerHours: 0 };
  const costs = noCosts();
  const pay = (kind: PeopleKind, from: number, amount: number) => {
    if (amount === 0) return;
    for (const { term, period, perUnit } of spentOn(kind, headcount!, from))
      if (period === t) costs[term] += amount * perUnit;
  };
  const { hiring } = headcount!;
  if (hiring?.classes && valueOf('hires', t) > 0) costs.hiring += hiring.classes.cost;
  for (let start = Math.max(0, t - (hiring?.stages.length ?? 0)); hiring && start <= t; start += 1) {
    const hires = valueOf('hires', start);
    pay('hires', start, hires);
    const stage = stageAt(hiring, start, t);
    if (stage === undefined) continue;
    line[stage.isTraining ? 'inTraining' : 'inNesting'] += hires * stage.heads;
    line.nestingHours += hires * stage.heads * stage.productivity * productiveHours;
    line.trainerHours += hires * stage.heads * stage.trainerHours;
  }
  const [released, overtimeHours] = [valueOf('released', t), valueOf('overtime', t)];
  pay('heads', t, heads);
  pay('released', t, released);
  pay('overtime', t, overtimeHours);
  return {
    team: id,
    period: data.periods[t].id,
    heads,
    headsNetOfShrinkage: heads * (1 - shrinkage),
    hires: valueOf('hires', t),
    inTraining: line.inTraining,
    inNesting: line.inNesting,
    released,
    productiveHours: heads * productiveHours + line.nestingHours,
    overtimeHours,
    trainerHours: line.trainerHours,
    usedHours: usedHoursOf(data, values, k, t),
    costs,
  };
}

/** The line with what is trained besides, and what that takes and costs. */
function withSecondSkills(
  line: PlanPeople,
  { crossTraining }: Headcount,
  secondSkills: PlanSecondSkill[],
): PlanPeople {
  if (crossTraining.length === 0) return line;
  const sum = (valueOf: (training: CrossTraining) => number) =>
    crossTraining.reduce(
      (total, training, skill) => total + valueOf(training) * secondSkills[skill].trainingBegins,
      0,
    );
  const { costs, trainerHours, ...rest } = line;
  return {
    ...rest,
    trainerHours: trainerHours + sum((training) => training.trainerHours),
    secondSkills,
    costs: { ...costs, training: costs.training + sum(({ costPerHead }) => costPerHead) },
  };
}

/** Team hours that the work placed at the team in the period uses. */
function usedHoursOf(data: PlanningData, values: Float64Array, k: number, t: number): number {
  const { start, member } = placementsByTeamAndPeriod(data);
  const group = k * data.periods.length + t;
  let hours = 0;
  for (const j of member.subarray(start[group], start[group + 1]))
    hours += values[j] * data.placements.teamHoursPerDemandHour[j];
  return hours;
}

function classOf({ teams, periods }: PlanningData, k: number, t: number, heads: number): PlanClass {
  const hiring = teams[k].headcount!.hiring!;
  const headsFrom = t + hiring.stages.length;
  return {
    team: teams[k].id,
    period: periods[t].id,
    start: periods[t].start ?? null,
    heads,
    headsFrom: headsFrom < periods.length ? periods[headsFrom].id : null,
    graduates: heads * hiring.graduates,
  };
}

function noCosts(): Record<PeopleCost, number> {
  return { payroll: 0, hiring: 0, training: 0, release: 0, overtime: 0 };
}

import type { PlanNumbers } from '../plan.ts';
import { earliestClass, hireAt, type RecomputedPeople } from './people.ts';
import type { RecomputedScenario } from './recomputed-scenario.ts';
import { type FollowedSkill, followSecondSkills } from './second-skills.ts';
import { type Finding, note, refuse } from './finding.ts';

type Line = NonNullable<PlanNumbers['people']>[number];

/** What the lines about a team's people say, followed through the periods again; `[t]`. */
export interface TeamPeople {
  readonly heads: Float64Array;
  readonly hires: Float64Array;
  readonly released: Float64Array;
  readonly overtime: Float64Array;
  /** Heads in training, and all who sit: heads, training and nesting. */
  readonly trainees: Float64Array;
  readonly seated: Float64Array;
  /** Productive hours of heads and of people in nesting. */
  readonly hours: Float64Array;
  readonly trainerHours: Float64Array;
  /** By second skill. */
  readonly secondSkills: readonly FollowedSkill[];
}

/** Money for people: by period and in all, by cost term. */
export interface PeopleMoney {
  readonly byPeriod: Float64Array;
  readonly byTerm: Record<keyof Line['costs'], number>;
}

/** The people of every team with a headcount, by the team's position, with what they cost; every line is held against them. */
export function followPeople(
  model: RecomputedScenario,
  plan: PlanNumbers,
  teamHours: readonly Float64Array[],
  skillHours: readonly (readonly Float64Array[])[],
  finding: Finding,
): { readonly teams: ReadonlyMap<number, TeamPeople>; readonly money: PeopleMoney } {
  const money: PeopleMoney = {
    byPeriod: new Float64Array(model.T),
    byTerm: { payroll: 0, hiring: 0, training: 0, release: 0, overtime: 0 },
  };
  const linesOf = linesByTeam(model, plan, finding);
  const teams = new Map<number, TeamPeople>();
  model.people.forEach((people, k) => {
    if (people === undefined) return;
    const lines = linesOf[k];
    const secondSkills = followSecondSkills(people, lines, skillHours[k], finding);
    const followed = follow(people, lines, secondSkills, model.T);
    teams.set(k, followed);
    lines.forEach((line, t) => {
      if (line === undefined) {
        refuse(
          finding,
          `the plan leaves out the people of ${model.scenario.teams[k].id} in ${model.scenario.periods[t].id}`,
        );
        return;
      }
      checkDecisions(people, line, t, finding);
      checkLine(people, followed, line, t, teamHours[k][t], money, finding);
    });
  });
  checkClasses(model, plan, teams, finding);
  return { teams, money };
}

function linesByTeam(
  { people, find, T }: RecomputedScenario,
  plan: PlanNumbers,
  finding: Finding,
): (Line | undefined)[][] {
  const table = people.map(() => new Array<Line | undefined>(T).fill(undefined));
  for (const line of plan.people ?? []) {
    const [k, t] = [find.team(line.team), find.period(line.period)];
    if (k === undefined || t === undefined || people[k] === undefined || table[k][t] !== undefined) {
      refuse(finding, `the people of ${nameOf(line)} belong to no headcount, or stand in the plan twice`);
      continue;
    }
    table[k][t] = line;
  }
  return table;
}

function follow(
  people: RecomputedPeople,
  lines: readonly (Line | undefined)[],
  secondSkills: readonly FollowedSkill[],
  T: number,
): TeamPeople {
  const table = () => new Float64Array(T);
  const found = {
    heads: table(),
    hires: Float64Array.from(lines, (line) => line?.hires ?? 0),
    released: Float64Array.from(lines, (line) => line?.released ?? 0),
    overtime: Float64Array.from(lines, (line) => line?.overtimeHours ?? 0),
    trainees: table(),
    seated: table(),
    hours: table(),
    trainerHours: table(),
    secondSkills,
  };
  for (let t = 0; t < T; t += 1) {
    const graduating = t - people.headAfter;
    const graduates = graduating < 0 ? 0 : people.graduates * found.hires[graduating];
    const stayed = t === 0 ? 0 : people.staying * found.heads[t - 1];
    found.heads[t] = stayed + graduates + people.joining[t] - found.released[t];
    found.seated[t] = found.heads[t];
    found.hours[t] = found.heads[t] * people.hoursPerHead[t];
    for (let start = earliestClass(people, t); start <= t; start += 1) {
      const hire = hireAt(people, start, t);
      if (hire === undefined) continue;
      if (hire.isTrainee) found.trainees[t] += found.hires[start] * hire.heads;
      found.seated[t] += found.hires[start] * hire.heads;
      found.hours[t] += found.hires[start] * hire.gives;
      found.trainerHours[t] += found.hires[start] * hire.takes;
    }
    secondSkills.forEach(({ begins }, i) => {
      found.trainerHours[t] += begins[t] * people.secondSkills[i].trainerHours;
    });
  }
  return found;
}

/** What is decided is not below 0, and not before it can be. */
function checkDecisions(people: RecomputedPeople, line: Line, t: number, finding: Finding): void {
  const decided = [
    ['hires', line.hires, t >= people.hiresFrom && people.maxHires > 0],
    ['releases', line.released, t >= people.releasesFrom && people.maxReleased > 0],
    ['overtime', line.overtimeHours, people.maxOvertimeShare > 0],
  ] as const;
  note(finding, () => `the hires of ${nameOf(line)}`, line.hires - people.maxHires, people.maxHires);
  if (people.maxReleased < Infinity)
    note(
      finding,
      () => `the releases of ${nameOf(line)}`,
      line.released - people.maxReleased,
      people.maxReleased,
    );
  if (people.classes && line.hires > 0) {
    const { smallest, multiple } = people.classes;
    note(finding, () => `the class of ${nameOf(line)}`, smallest - line.hires, smallest);
    const wholes = multiple === undefined ? 0 : Math.round(line.hires / multiple) * multiple;
    if (multiple !== undefined)
      note(finding, () => `the class of ${nameOf(line)}`, Math.abs(line.hires - wholes), line.hires);
  }
  for (const [what, amount, isPossible] of decided) {
    if (!(amount >= 0)) refuse(finding, `the ${what} of ${nameOf(line)} are below 0`);
    if (amount > 0 && !isPossible) refuse(finding, `there can be no ${what} in ${nameOf(line)}`);
  }
}

function checkLine(
  people: RecomputedPeople,
  followed: TeamPeople,
  line: Line,
  t: number,
  usedHours: number,
  money: PeopleMoney,
  finding: Finding,
): void {
  const heads = followed.heads[t];
  const expected = {
    heads,
    headsNetOfShrinkage: heads * (1 - people.shrinkage[t]),
    inTraining: followed.trainees[t],
    inNesting: followed.seated[t] - heads - followed.trainees[t],
    productiveHours: followed.hours[t],
    trainerHours: followed.trainerHours[t],
    usedHours,
  };
  for (const [field, value] of Object.entries(expected)) {
    const stated = line[field as keyof typeof expected];
    note(finding, () => `the ${field} of ${nameOf(line)}`, Math.abs(stated - value), value);
  }
  note(finding, () => `the heads of ${nameOf(line)} below 0`, -heads, heads);
  let payroll = heads * people.pay[t];
  for (let start = earliestClass(people, t); start <= t; start += 1)
    payroll += followed.hires[start] * (hireAt(people, start, t)?.pay ?? 0);
  let training = followed.hires[t] * people.trainingCost;
  followed.secondSkills.forEach(({ begins }, i) => {
    training += begins[t] * people.secondSkills[i].cost;
  });
  const costs = {
    payroll,
    hiring: followed.hires[t] * people.hiringCost + (followed.hires[t] > 0 ? (people.classes?.cost ?? 0) : 0),
    training,
    release: followed.released[t] * people.releaseCost,
    overtime: followed.overtime[t] * people.overtimeCost[t],
  };
  for (const [term, cost] of Object.entries(costs) as [keyof typeof costs, number][]) {
    note(finding, () => `the ${term} cost of ${nameOf(line)}`, Math.abs(line.costs[term] - cost), cost);
    money.byTerm[term] += cost;
    money.byPeriod[t] += cost;
  }
}

/** Every hire is in one class, and every class says rightly when it is there. */
function checkClasses(
  { people, find, scenario }: RecomputedScenario,
  plan: PlanNumbers,
  teams: ReadonlyMap<number, TeamPeople>,
  finding: Finding,
): void {
  const missing = new Map<string, number>();
  for (const [k, { hires }] of teams)
    hires.forEach((heads, t) => {
      if (heads > 0) missing.set(`${k} ${t}`, heads);
    });
  for (const line of plan.classes ?? []) {
    const [k, t] = [find.team(line.team), find.period(line.period)];
    const heads = missing.get(`${k} ${t}`);
    if (k === undefined || t === undefined || heads === undefined) {
      refuse(finding, `the class of ${nameOf(line)} has no hires, or stands in the plan twice`);
      continue;
    }
    missing.delete(`${k} ${t}`);
    const team = people[k]!;
    note(finding, () => `the class of ${nameOf(line)}`, Math.abs(line.heads - heads), heads);
    const graduates = heads * team.graduates;
    note(finding, () => `the graduates of ${nameOf(line)}`, Math.abs(line.graduates - graduates), graduates);
    const period = scenario.periods.at(t + team.headAfter);
    if (line.headsFrom !== (t + team.headAfter < scenario.periods.length ? period!.id : null))
      refuse(finding, `the class of ${nameOf(line)} is not there when it says`);
    if (line.start !== (scenario.periods[t].start ?? null))
      refuse(finding, `the class of ${nameOf(line)} names another day than its period's`);
  }
  if (missing.size > 0) refuse(finding, `${missing.size} classes are not in the plan`);
}

function nameOf({ team, period }: { readonly team: string; readonly period: string }): string {
  return `${team} / ${period}`;
}

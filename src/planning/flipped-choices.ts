import type { Formulation } from '../../models/allocation-model.ts';
import {
  type ClosedChoices,
  closedChoices,
  holdChoices,
  unusedChoices,
  withClosed,
} from '../../models/choices.ts';
import { type FlippableKey, flipSentence } from '../../models/explanation/flip-sentence.ts';
import { isChoice, type LinearProgram, textOfKey } from '../../models/linear-program.ts';
import type { FlippedChoice } from '../../models/diagnosis.ts';
import type { Plan } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine } from '../engines/engine.ts';
import { certifiedPlan, type Solving } from './certified-plan.ts';
import type { ChoiceName, OptionFault, SolveOptions } from './solve-options.ts';

/** A fault for every name of a choice that the scenario does not have. */
export function unknownChoices(formulation: Formulation, names: readonly ChoiceName[]): OptionFault[] {
  return names.flatMap((name, at) => (columnOf(formulation, name) === undefined ? [faultOf(name, at)] : []));
}

function faultOf({ workflow, team, period }: ChoiceName, at: number): OptionFault {
  const remedy =
    team !== undefined
      ? 'Name a team whose hires come in classes, and a period in which a class may begin.'
      : workflow === undefined
        ? 'Name a site that has an opening cost.'
        : period === undefined
          ? 'Name a workflow with maxSites and a site that it may be at; with minimumTeamHours, name the period as well.'
          : 'Name a workflow with minimumTeamHours, and a site and a period in which it may be there.';
  return {
    option: `flips/${at}`,
    code: 'unknown-choice',
    message: `The scenario has no such yes/no choice. ${remedy}`,
  };
}

/** What is needed to flip choices of a plan. */
export interface FlipRequest {
  readonly scenario: Scenario;
  readonly formulation: Formulation;
  readonly plan: Plan;
  readonly options: SolveOptions;
  readonly engine: Engine;
  readonly secondsLeft: () => number;
}

export type Flips = Pick<Plan, 'flips' | 'flipsNotDone'>;

/**
 * What it costs to make each of the named choices the other way: the best plan with that choice fixed, all others free, solved
 * and proven like any plan; the time that is left is shared among them.
 *
 * A site that is opened is paid for, also where the best plan then gives it no work.
 */
export function flippedChoices(request: FlipRequest): Flips {
  const { options, secondsLeft } = request;
  const flips = options.flips.flatMap((name, i): FlippedChoice[] => {
    const left = secondsLeft() / (options.flips.length - i);
    const end = performance.now() + left * 1000;
    const timed = () => Math.max(SHORTEST_RUN_SECONDS, (end - performance.now()) / 1000);
    const flip = left > 0 ? flipOf({ ...request, secondsLeft: timed }, name) : undefined;
    return flip ? [flip] : [];
  });
  const notDone = options.flips.length - flips.length;
  return { flips, ...(notDone > 0 && { flipsNotDone: notDone }) };
}

const SHORTEST_RUN_SECONDS = 0.01;

function flipOf(
  { scenario, formulation, plan, options, engine, secondsLeft }: FlipRequest,
  name: ChoiceName,
): FlippedChoice | undefined {
  const { data, program } = formulation;
  const column = columnOf(formulation, name);
  if (column === undefined) throw new Error('Choices have been checked before.');
  const key = program.columns[column] as FlippableKey;
  const taken = isTaken(plan, name);
  const fixed = withFixed(program, column, taken ? 0 : 1);
  const quick = { ...options, sensitivity: 'none' } as const;
  const solving: Solving = {
    scenario,
    data,
    program: fixed,
    options: quick,
    engine,
    secondsLeft,
    announce: () => {},
  };
  const cost = costWith(solving, taken ? undefined : key);
  if (cost === undefined) return undefined;
  const change = cost === 'none' ? null : cost.totalCost - plan.totalCost!;
  const totalCost = cost === 'none' ? null : cost.totalCost;
  const gap = cost === 'none' ? undefined : cost.gap;
  return {
    ...name,
    taken,
    totalCost,
    change,
    ...(gap !== undefined && { gap }),
    sentence: flipSentence(data, key, taken, change, totalCost),
  };
}

/** The program in which one choice is made. */
function withFixed(program: LinearProgram, column: number, value: 0 | 1): LinearProgram {
  const entries = program.columnIndex.length;
  return {
    ...program,
    rows: [...program.rows, { family: 'fixed-choice', subject: {}, offset: 0, isLink: true }],
    rowLower: Float64Array.from([...program.rowLower, value]),
    rowUpper: Float64Array.from([...program.rowUpper, value]),
    rowStart: Int32Array.from([...program.rowStart, entries + 1]),
    columnIndex: Int32Array.from([...program.columnIndex, column]),
    coefficient: Float64Array.from([...program.coefficient, 1]),
  };
}

/** Money, and how far the plan may be from the best one. */
interface CostOfFlip {
  readonly totalCost: number;
  readonly gap?: number;
}

/** The cost of the best plan of a program with a fixed choice; `none` where it has no plan, undefined where that is not known. */
function costWith(solving: Solving, opened: FlippableKey | undefined): CostOfFlip | 'none' | undefined {
  const { data, program, options, engine, secondsLeft } = solving;
  const answer = engine.solve(program, {
    timeLimitSeconds: SEARCH_SHARE * secondsLeft(),
    mipGap: options.mipGap,
    ranges: false,
  });
  if (answer.status === 'infeasible') return 'none';
  if (answer.status !== 'incumbent') return undefined;
  const unused = unusedChoices(data, program, answer.columnValue, closedChoices(program, answer.columnValue));
  const closed: ClosedChoices = opened
    ? new Set([...unused].filter((choice) => choice !== textOfKey(opened)))
    : unused;
  const choices = holdChoices(data, program, closed);
  const held = engine.solve(choices.solved, { timeLimitSeconds: secondsLeft(), ranges: false });
  if (held.status !== 'optimal') return undefined;
  const columnValue = withClosed(choices, held.columnValue, 0);
  const isIdle = opened && unusedChoices(data, program, columnValue).has(textOfKey(opened));
  const paid = isIdle ? costOfIdle(data, opened) : 0;
  // By the rules of the scenario a site without work is closed: what it costs all the same is paid beforehand.
  const plan = certifiedPlan(
    { ...solving, scenario: withPaid(solving.scenario, paid, opened && periodOf(data, opened)) },
    {
      program: choices.program,
      columnValue,
      ...(held.rowPrice && { rowPrice: held.rowPrice }),
      held: { choices, bound: answer.bound - paid },
    },
  );
  if (plan.totalCost === undefined) return undefined;
  return { totalCost: plan.totalCost + paid, ...(plan.gap !== undefined && { gap: plan.gap }) };
}

/** What a choice costs that is made and of which no use is made. */
function costOfIdle({ sites, teams }: PlanningData, choice: FlippableKey): number {
  if (choice.kind === 'site-open') return sites[choice.site].openingCost;
  return choice.kind === 'class' ? (teams[choice.team].headcount?.hiring?.classes?.cost ?? 0) : 0;
}

/** The period in whose budget a choice is paid for; a site is paid for over the whole horizon alone. */
function periodOf({ periods }: PlanningData, choice: FlippableKey): string | undefined {
  return choice.kind === 'class' ? periods[choice.period].id : undefined;
}

/** The scenario once an amount of the whole horizon's budget is spent, and of that of a period. */
function withPaid(scenario: Scenario, amount: number, period: string | undefined): Scenario {
  if (amount === 0 || scenario.rules?.budget === undefined) return scenario;
  const budget = scenario.rules.budget.map((rule) =>
    rule.period === undefined || rule.period.normalize() === period?.normalize()
      ? { ...rule, amount: rule.amount - amount }
      : rule,
  );
  return { ...scenario, rules: { ...scenario.rules, budget } };
}

/** The rest of the time is for proving. */
const SEARCH_SHARE = 0.8;

/** Whether a plan makes use of a choice. */
function isTaken(
  { allocation = [], classes = [] }: Plan,
  { workflow, team, site, period }: ChoiceName,
): boolean {
  const isSame = (asked: string | undefined, id: string) =>
    asked === undefined || asked.normalize() === id.normalize();
  if (team !== undefined)
    return classes.some((line) => isSame(team, line.team) && isSame(period, line.period));
  return allocation.some(
    (line) => isSame(workflow, line.workflow) && isSame(site, line.site) && isSame(period, line.period),
  );
}

function columnOf(
  { data, program: { columns } }: Formulation,
  { workflow, team, site, period }: ChoiceName,
): number | undefined {
  const isNamed = (id: string, asked: string | undefined) => asked?.normalize() === id.normalize();
  const found = columns.findIndex((key) => {
    if (!isChoice(key) || key.kind === 'class-digit' || key.kind === 'bracket') return false;
    if (key.kind === 'class') {
      const isItsClass =
        isNamed(data.teams[key.team].id, team) && isNamed(data.periods[key.period].id, period);
      return isItsClass && workflow === undefined && site === undefined;
    }
    if (team !== undefined || !isNamed(data.sites[key.site].id, site)) return false;
    if (key.kind === 'site-open') return workflow === undefined && period === undefined;
    if (!isNamed(data.workflows[key.workflow].id, workflow)) return false;
    if (key.kind === 'workflow-at-site') return period === undefined;
    return isNamed(data.periods[key.period].id, period);
  });
  return found < 0 ? undefined : found;
}

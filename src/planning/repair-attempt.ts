import type { Diagnosis, Repair } from '../../models/diagnosis.ts';
import type { Plan } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { type RepairKind, type Rounding, STEP_OF_SHARE } from '../../models/relaxation.ts';
import {
  type ElasticProgram,
  forLeastAmount,
  forLeastCost,
  type MayGiveWay,
  type Relief,
} from '../../models/repairs/elastic-program.ts';
import { patchedScenario } from '../../models/repairs/patched-scenario.ts';
import {
  type MetNeed,
  metNeeds,
  type Need,
  needsOf,
  weightedSum,
} from '../../models/repairs/repair-needs.ts';
import {
  insufficientSentence,
  repairedLimit,
  repairSentence,
  unitOfKind,
} from '../../models/repairs/repair-words.ts';
import type { LinearProgram } from '../../models/linear-program.ts';
import type { Scenario } from '../../models/scenario/schema.ts';
import type { Engine, EngineAnswer } from '../engines/engine.ts';
import type { SolveOptions } from './solve-options.ts';
import { solveScenario } from './solve-scenario.ts';

/** What a menu of repairs is made from. */
export interface RepairRequest {
  /** A scenario without a plan. */
  readonly scenario: Scenario;
  readonly conflict: Diagnosis['conflict'];
  readonly options: SolveOptions;
  readonly engine: Engine;
  readonly secondsLeft: () => number;
  readonly may: MayGiveWay;
}

export interface RepairWork extends RepairRequest {
  /** Of the scenario with an empty capacity wherever a team has none. */
  readonly data: PlanningData;
  readonly elastic: ElasticProgram;
}

export type Attempt =
  { readonly outcome: 'repair'; readonly repair: Repair } | { readonly outcome: 'not-done' };

const NOT_DONE: Attempt = { outcome: 'not-done' };

/** Relative to the least amount: what the cheapest plan may use more, so that the engine finds one. */
const SLACK = 1e-7;

/** The repair that changes only what is on offer: the least of it, and of that the cheapest. */
export function attempt(work: RepairWork, offered: readonly Relief[]): Attempt {
  const { elastic } = work;
  if (isOver(work)) return NOT_DONE;
  const least = solve(work, forLeastAmount(elastic, offered));
  if (least.status === 'infeasible') return insufficient(work, offered);
  if (!('columnValue' in least) || isOver(work)) return NOT_DONE;
  const amount = weightedSum(
    elastic.reliefs.map((relief) => ({ relief, amount: least.columnValue[relief.column] })),
  );
  const bound = least.status === 'incumbent' ? least.bound : amount;
  const needs =
    cheapestNeeds(work, offered, amount) ?? needsOf(elastic, offered, least.columnValue, noiseOf(amount));
  if (needs.length === 0) return NOT_DONE;
  const sum = weightedSum(needs);
  const isLeast = sum <= bound + LEAST * Math.max(1, bound);
  // One share alone is counted on fewer hours than can be placed: what it needs lies between the two.
  const [need] = needs;
  const isShareAlone = offered.length === 1 && unitOfKind(offered, need.relief.kind) === 'share';
  if (isLeast || !isShareAlone) return repaired(work, offered, needs, isLeast);
  const smallest = leastShare(work, need, least.columnValue[need.relief.column]);
  return smallest ? repaired(work, offered, [smallest], true) : repaired(work, offered, needs, false);
}

/** Above the bound by no more than this fraction, an amount is the least: rounding is coarser. */
const LEAST = 1e-3;

/** A change below this fraction of all changes is left out where the others can do without: nobody signs for a thousandth of an hour. */
const CRUMB = 1e-3;

/** What the cheapest plan needs with no more than an amount of what is on offer; undefined where there is no time to find it. */
function cheapestNeeds(
  work: RepairWork,
  offered: readonly Relief[],
  amount: number,
): readonly Need[] | undefined {
  const { elastic } = work;
  const needsWith = (reliefs: readonly Relief[], most: number) => {
    const answer = solve(work, forLeastCost(elastic, reliefs, most));
    if (!('columnValue' in answer)) return undefined;
    return needsOf(elastic, reliefs, answer.columnValue, noiseOf(amount));
  };
  const needs = needsWith(offered, amount + SLACK * Math.max(1, amount));
  const crumbs = new Set(
    needs?.filter((need) => weightedSum([need]) < CRUMB * amount).map(({ relief }) => relief),
  );
  if (crumbs.size === 0 || isOver(work)) return needs;
  const others = offered.filter((relief) => !crumbs.has(relief));
  return needsWith(others, amount * (1 + LEAST)) ?? needs;
}

/** Amounts that the slack of the sum allows for say nothing. */
function noiseOf(amount: number): number {
  return 2 * SLACK * Math.max(1, amount);
}

function solve(work: RepairWork, program: LinearProgram): EngineAnswer {
  return work.engine.solve(program, { timeLimitSeconds: timeForOne(work), ranges: false, afresh: true });
}

/** The least share between one that is too little and one that suffices, to the step that shares are rounded to. */
function leastShare(work: RepairWork, { relief, amount }: Need, tooLittle: number): Need | undefined {
  let [low, high] = [tooLittle, amount];
  while (high - low > STEP_OF_SHARE) {
    const middle = (low + high) / 2;
    const met = metNeeds(work.data, work.scenario, [{ relief, amount: middle }], ROUNDINGS[0]);
    const plan = planWith(work, met);
    if (plan?.status === 'infeasible') low = middle;
    else if (plan?.totalCost !== undefined) high = middle;
    else return undefined;
  }
  return { relief, amount: high };
}

function isOver({ secondsLeft }: RepairWork): boolean {
  return secondsLeft() <= SHORTEST_ATTEMPT_SECONDS;
}

const SHORTEST_ATTEMPT_SECONDS = 0.05;

/** No single search over yes/no choices takes all the time there is. */
const SHARE_OF_ONE = 1 / 4;

function timeForOne({ secondsLeft }: RepairWork): number {
  return Math.max(SHORTEST_ATTEMPT_SECONDS, SHARE_OF_ONE * secondsLeft());
}

/**
 * How amounts are rounded, one after the other while the scenario has no plan: by a step more where the engine missed the
 * amount by a hair, and finely where what is rounded is paid for and no money is left.
 */
const ROUNDINGS: readonly Rounding[] = [
  { moreSteps: 0 },
  { moreSteps: 1 },
  { step: 1e-5, moreSteps: 1 },
  { step: 1e-7, moreSteps: 1 },
  { step: 1e-9, moreSteps: 1 },
];

function repaired(
  work: RepairWork,
  offered: readonly Relief[],
  needs: readonly Need[],
  isLeast: boolean,
): Attempt {
  for (const rounding of ROUNDINGS) {
    const met = metNeeds(work.data, work.scenario, needs, rounding);
    const plan = planWith(work, met);
    if (plan?.status === 'infeasible') continue;
    if (plan?.totalCost === undefined) return NOT_DONE;
    const kinds = kindsOf(offered);
    const changes = met.map(({ need, change }) => repairedLimit(work.data, need.relief, change));
    return {
      outcome: 'repair',
      repair: {
        kinds,
        suffices: true,
        changes,
        ...(kinds.length === 1 && {
          amount: changes.reduce((total, change) => total + change.amount, 0),
          unit: unitOfKind(offered, kinds[0]),
        }),
        isLeast,
        totalCost: plan.totalCost,
        ...(plan.gap !== undefined && { gap: plan.gap }),
        sentence: repairSentence(work.data, offered, changes, plan.totalCost),
      },
    };
  }
  return NOT_DONE;
}

/** The plan of the changed scenario, proven like any other; undefined where that cannot be said in the time that is left. */
function planWith(work: RepairWork, met: readonly MetNeed[]): Plan | undefined {
  if (isOver(work)) return undefined;
  const { scenario, options, engine } = work;
  const patches = met.map(({ change }) => change.patch);
  const quick: SolveOptions = {
    ...options,
    sensitivity: 'none',
    crossCheck: false,
    timeLimitSeconds: timeForOne(work),
  };
  return solveScenario(patchedScenario(scenario, patches), quick, engine, () => {}).plan;
}

/** That not even the most of what is on offer suffices, and why. */
function insufficient(work: RepairWork, offered: readonly Relief[]): Attempt {
  const utmost = offered.map((relief) => ({ relief, amount: relief.most }));
  const plan = planWith(work, metNeeds(work.data, work.scenario, utmost, ROUNDINGS[0]));
  if (plan?.status !== 'infeasible') return NOT_DONE;
  const stillInTheWay = (plan.diagnosis?.conflict ?? []).map(({ family, subject, label }) => ({
    family,
    subject,
    label,
  }));
  const sentence = insufficientSentence(offered, stillInTheWay);
  return {
    outcome: 'repair',
    repair: { kinds: kindsOf(offered), suffices: false, changes: [], stillInTheWay, sentence },
  };
}

function kindsOf(offered: readonly Relief[]): RepairKind[] {
  return [...new Set(offered.map(({ kind }) => kind))];
}

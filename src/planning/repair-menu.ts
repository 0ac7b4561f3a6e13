import {
  elasticProgram,
  type ElasticProgram,
  forLeastAmount,
  forLeastCost,
  type MayGiveWay,
  type Relief,
} from '../../models/repairs/elastic-program.ts';
import { withEmptyCapacities, withRoomToWait } from '../../models/repairs/roomy-scenario.ts';
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
import type { Diagnosis, Plan, Repair } from '../../models/plan.ts';
import type { PlanningData } from '../../models/planning-data.ts';
import { REPAIR_KINDS, type RepairKind, type Rounding } from '../../models/relaxation.ts';
import { normaliseScenario } from '../../models/scenario/normalise-scenario.ts';
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

export type RepairMenu = Required<Pick<Diagnosis, 'repairs'>> & Pick<Diagnosis, 'repairsNotDone'>;

/**
 * Every way out of a scenario without a plan: for each kind of limit the least that has to change, and of that the cheapest.
 *
 * 1. Each kind alone, spread over as many limits as it takes; and each team, workflow, site or vendor in the conflict alone.
 * 2. Kinds that do not suffice however far they go are marked so, with what is in the way even then, and are combined: two,
 *    then three, without what a smaller combination has shown to suffice.
 *
 * The least amount is that of the elastic program (`elastic-program.ts`); with no more than that the cost is minimised, each
 * change is rounded outward, and the changed scenario is solved and proven like any other: that is its cost.
 */
export function repairMenu(request: RepairRequest): RepairMenu {
  const work = workOf(request);
  if (!work) return { repairs: [], repairsNotDone: REPAIR_KINDS.length };
  const alone = aloneByKind(work);
  const owners = ownersInConflict(work, alone);
  const combined = combinations(work, alone);
  const attempts = [...alone.map(({ attempt }) => attempt), ...owners, ...combined];
  const repairs = withoutRepeats(
    attempts.flatMap((attempt) => (attempt.outcome === 'repair' ? [attempt.repair] : [])),
  );
  const notDone = attempts.filter(({ outcome }) => outcome === 'not-done').length;
  return { repairs: ranked(repairs), ...(notDone > 0 && { repairsNotDone: notDone }) };
}

interface Work extends RepairRequest {
  /** Of the scenario with an empty capacity wherever a team has none. */
  readonly data: PlanningData;
  readonly elastic: ElasticProgram;
}

type Attempt = { readonly outcome: 'repair'; readonly repair: Repair } | { readonly outcome: 'not-done' };

const NOT_DONE: Attempt = { outcome: 'not-done' };

function workOf(request: RepairRequest): Work | undefined {
  const { scenario, may } = request;
  const withTeams = withEmptyCapacities(scenario);
  // Some rates cannot be turned into a cost where there was no work before.
  const whole = normaliseScenario(withTeams).faults ? scenario : withTeams;
  const { data } = normaliseScenario(whole);
  if (!data) return undefined;
  const roomy = may.kind('more-backlog') ? (normaliseScenario(withRoomToWait(whole)).data ?? data) : data;
  return { ...request, data, elastic: elasticProgram(data, roomy, may) };
}

interface OfKind {
  readonly kind: RepairKind;
  readonly offered: readonly Relief[];
  readonly attempt: Attempt;
}

function aloneByKind(work: Work): OfKind[] {
  return REPAIR_KINDS.flatMap((kind) => {
    const offered = work.elastic.reliefs.filter((relief) => relief.kind === kind);
    return offered.length > 0 ? [{ kind, offered, attempt: attempt(work, offered) }] : [];
  });
}

/** So many teams, workflows, sites or vendors of a kind are tried alone. */
const MOST_OWNERS = 8;

/** What one team, workflow, site or vendor can do alone; what does not suffice then is no news. */
function ownersInConflict(work: Work, alone: readonly OfKind[]): Attempt[] {
  return alone.flatMap(({ offered, attempt: whole }) => {
    if (whole.outcome !== 'repair' || !whole.repair.suffices) return [];
    const owners = byOwner(offered);
    if (owners.length === 1) return [];
    return owners
      .filter((reliefs) => isConcerned(work, reliefs))
      .slice(0, MOST_OWNERS)
      .map((reliefs) => attempt(work, reliefs))
      .filter((each) => each.outcome === 'not-done' || each.repair.suffices);
  });
}

function byOwner(reliefs: readonly Relief[]): Relief[][] {
  const owners = new Map<string, Relief[]>();
  for (const relief of reliefs) {
    const key = JSON.stringify(relief.owner);
    owners.set(key, [...(owners.get(key) ?? []), relief]);
  }
  return [...owners.values()];
}

/** Whether a limit stands in the conflict, or a team may take work that does. */
function isConcerned({ conflict, data }: Work, reliefs: readonly Relief[]): boolean {
  const named = new Set(conflict.flatMap(({ subject }) => Object.entries(subject).map(String)));
  const [{ owner, kind }] = reliefs;
  if (Object.entries(owner).every((entry) => named.has(String(entry)))) return true;
  if (kind !== 'more-team-hours') return false;
  const { workflow, team, count } = data.placements;
  const k = data.positions.team(owner.team!);
  for (let j = 0; j < count; j += 1)
    if (team[j] === k && named.has(String(['workflow', data.workflows[workflow[j]].id]))) return true;
  return false;
}

/** Kinds that do not suffice alone, put together: the smaller combinations first, none with one that suffices in it. */
function combinations(work: Work, alone: readonly OfKind[]): Attempt[] {
  const weak = alone.filter(({ attempt: each }) => each.outcome === 'repair' && !each.repair.suffices);
  if (weak.length < 2) return [];
  const all = attempt(
    work,
    weak.flatMap(({ offered }) => offered),
  );
  if (all.outcome === 'not-done' || !all.repair.suffices) return [all];
  const found: Attempt[] = [];
  const sufficing: RepairKind[][] = [];
  for (const kinds of subsets(weak)) {
    const names = kinds.map(({ kind }) => kind);
    if (sufficing.some((smaller) => smaller.every((kind) => names.includes(kind)))) continue;
    const tried =
      kinds.length === weak.length
        ? all
        : attempt(
            work,
            kinds.flatMap(({ offered }) => offered),
          );
    if (tried.outcome === 'repair' && !tried.repair.suffices) continue;
    found.push(tried);
    if (tried.outcome === 'repair') sufficing.push(names);
  }
  return found;
}

/** All sets of two and more, the smaller ones first. */
function subsets<Item>(items: readonly Item[]): Item[][] {
  const all = items.reduce<Item[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);
  return all.filter(({ length }) => length >= 2).sort((a, b) => a.length - b.length);
}

/** Relative to the least amount: what the cheapest plan may use more, so that the engine finds one. */
const SLACK = 1e-7;

/** The repair that changes only what is on offer: the least of it, and of that the cheapest. */
function attempt(work: Work, offered: readonly Relief[]): Attempt {
  const { engine, elastic } = work;
  const solve = (program: Parameters<Engine['solve']>[0]): EngineAnswer =>
    engine.solve(program, { timeLimitSeconds: work.secondsLeft(), ranges: false, afresh: true });
  if (isOver(work)) return NOT_DONE;
  const least = solve(forLeastAmount(elastic, offered));
  if (least.status === 'infeasible') return insufficient(work, offered);
  if (!('columnValue' in least)) return NOT_DONE;
  const amount = weightedSum(elastic, (column) => least.columnValue[column]);
  const bound = least.status === 'incumbent' ? least.bound : amount;
  if (isOver(work)) return NOT_DONE;
  const slack = SLACK * Math.max(1, amount);
  const cheapest = solve(forLeastCost(elastic, offered, amount + slack));
  const { columnValue } = 'columnValue' in cheapest ? cheapest : least;
  const needs = needsOf(elastic, offered, columnValue, 2 * slack);
  return repaired(work, offered, needs, bound);
}

function isOver({ secondsLeft }: Work): boolean {
  return secondsLeft() <= SHORTEST_ATTEMPT_SECONDS;
}

const SHORTEST_ATTEMPT_SECONDS = 0.05;

/**
 * How amounts are rounded, one after the other while the scenario has no plan: by a step more where the engine missed the
 * amount by a hair, and finely where what is rounded is paid for and no money is left.
 */
const ROUNDINGS: readonly Rounding[] = [
  { isFine: false, moreSteps: 0 },
  { isFine: false, moreSteps: 1 },
  { isFine: true, moreSteps: 0 },
  { isFine: true, moreSteps: 1 },
];

/** Above the bound by no more than this fraction, an amount is the least. */
const LEAST = 1e-6;

function repaired(work: Work, offered: readonly Relief[], needs: readonly Need[], bound: number): Attempt {
  const needed = new Map(needs.map(({ relief, amount }) => [relief.column, amount]));
  const sum = weightedSum(work.elastic, (column) => needed.get(column) ?? 0);
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
        isLeast: sum <= bound + LEAST * Math.max(1, bound),
        totalCost: plan.totalCost,
        ...(plan.gap !== undefined && { gap: plan.gap }),
        sentence: repairSentence(work.data, offered, changes, plan.totalCost),
      },
    };
  }
  return NOT_DONE;
}

/** The plan of the changed scenario, proven like any other; undefined where that cannot be said in the time that is left. */
function planWith(work: Work, met: readonly MetNeed[]): Plan | undefined {
  if (isOver(work)) return undefined;
  const { scenario, options, engine, secondsLeft } = work;
  const patches = met.map(({ change }) => change.patch);
  const quick: SolveOptions = {
    ...options,
    sensitivity: 'none',
    crossCheck: false,
    timeLimitSeconds: secondsLeft(),
  };
  return solveScenario(patchedScenario(scenario, patches), quick, engine, () => {}).plan;
}

/** That not even the most of what is on offer suffices, and why. */
function insufficient(work: Work, offered: readonly Relief[]): Attempt {
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

/** A team alone can be what its whole kind comes to. */
function withoutRepeats(repairs: readonly Repair[]): Repair[] {
  const seen = new Set<string>();
  return repairs.filter(({ changes }) => {
    if (changes.length === 0) return true;
    const key = JSON.stringify(changes.map(({ patch }) => patch));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What serves all work by cost, then what leaves work undone, then what does not suffice. */
function ranked(repairs: readonly Repair[]): Repair[] {
  const rank = ({ suffices, kinds }: Repair) =>
    suffices ? (kinds.includes('accepted-shortfall') ? 1 : 0) : 2;
  return [...repairs].sort(
    (a, b) =>
      rank(a) - rank(b) || (a.totalCost ?? 0) - (b.totalCost ?? 0) || (a.amount ?? 0) - (b.amount ?? 0),
  );
}

import type { Move, MovePlace, PlanDifferences, WorkflowMoves } from '../comparison.ts';
import { formatQuantity } from '../number-text.ts';
import { type ComparedPlan, HOURS_TOLERANCE, nameFinder } from './compared-plan.ts';
import { type ChangedPlace, matchedMoves } from './matched-moves.ts';

/** So many moves are listed over all periods, and so many in single ones. */
const MOST_MOVES = 2000;

/** So many moves are named in a sentence. */
const MOST_NAMED = 6;

/**
 * What moved from one plan to another, workflow by workflow.
 *
 * In each period, what is placed, not served and left to other periods adds up to the demand; so what is left of the changes is
 * the change of the demand, and everything has a place that it came from and one that it went to.
 */
export function planMoves(first: ComparedPlan, other: ComparedPlan): PlanDifferences['moves'] {
  const changes = new Changes();
  changes.add(first, -1);
  changes.add(other, 1);
  const periodPlaces = placesOfPeriods([other, first]);
  const wordsOf = moveWords(first, other);
  const all = changes
    .workflows()
    .map(({ workflow, periods }) => movesOfWorkflow(workflow, periods, periodPlaces, wordsOf))
    .filter(({ moves }) => moves.length > 0)
    .sort((one, another) => another.hours - one.hours);
  const listed = all.slice(
    0,
    countUpTo(MOST_MOVES, all, ({ moves }) => moves.length),
  );
  const withPeriods = countUpTo(MOST_MOVES, listed, ({ periods }) =>
    periods.reduce((sum, { moves }) => sum + moves.length, 0),
  );
  return {
    hours: all.reduce((sum, { hours }) => sum + hours, 0),
    workflows: listed.map(({ periods, ...rest }, at) => (at < withPeriods ? { ...rest, periods } : rest)),
    workflowsNotListed: all.length - listed.length,
  };
}

type MovesByPeriod = WorkflowMoves & { readonly periods: NonNullable<WorkflowMoves['periods']> };

interface PeriodChanges {
  readonly period: string;
  readonly places: Map<string, { readonly place: MovePlace; change: number }>;
  /** Hours that either plan has there: what tolerances are a fraction of. */
  size: number;
}

interface WorkflowChanges {
  readonly workflow: string;
  readonly periods: Map<string, PeriodChanges>;
}

/** By how much the hours at each place differ between plans, by workflow and period. */
class Changes {
  readonly #workflows = new Map<string, WorkflowChanges>();

  workflows(): readonly WorkflowChanges[] {
    return [...this.#workflows.values()];
  }

  /** Adds the hours of a plan, or takes them off. */
  add({ scenario, plan }: ComparedPlan, sign: 1 | -1): void {
    for (const { workflow, team, site, period, hours } of plan.allocation)
      this.#change(workflow, period, { kind: 'team', team, site }, sign * hours);
    for (const { workflow, period, hours } of plan.shortfall)
      this.#change(workflow, period, { kind: 'shortfall' }, sign * hours);
    const next = new Map(
      scenario.periods.slice(0, -1).map(({ id }, t) => [id.normalize(), scenario.periods[t + 1].id]),
    );
    const other = { kind: 'other-periods' } as const;
    for (const { workflow, period, hours } of plan.backlog) {
      // What waits at the end of a period is work of the next one.
      this.#change(workflow, period, other, sign * hours);
      const after = next.get(period.normalize());
      if (after !== undefined) this.#change(workflow, after, other, -sign * hours);
    }
    for (const { id, backlog } of scenario.workflows) {
      const opening = backlog?.openingHours ?? 0;
      if (opening > 0) this.#change(id, scenario.periods[0].id, other, -sign * opening);
    }
  }

  #change(workflow: string, period: string, place: MovePlace, hours: number): void {
    const ofWorkflow = entryOf<WorkflowChanges>(this.#workflows, workflow.normalize(), () => ({
      workflow,
      periods: new Map(),
    }));
    const ofPeriod = entryOf<PeriodChanges>(ofWorkflow.periods, period.normalize(), () => ({
      period,
      places: new Map(),
      size: 0,
    }));
    const changed = entryOf(ofPeriod.places, keyOfPlace(place), () => ({ place, change: 0 }));
    changed.change += hours;
    ofPeriod.size += Math.abs(hours);
  }
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

function keyOfPlace({ kind, team, site }: MovePlace): string {
  return [kind, team?.normalize(), site?.normalize()].join('\u0000');
}

function movesOfWorkflow(
  workflow: string,
  byPeriod: WorkflowChanges['periods'],
  periodPlaces: ReadonlyMap<string, number>,
  wordsOf: (workflow: string, moves: readonly Move[]) => string,
): MovesByPeriod {
  const periods = [...byPeriod.values()]
    .map(({ period, places, size }) => ({
      period,
      moves: matchedMoves(withDemand([...places.values()]), HOURS_TOLERANCE * Math.max(1, size)),
    }))
    .filter(({ moves }) => moves.length > 0)
    .sort((one, other) => placeOf(one.period) - placeOf(other.period));
  function placeOf(period: string): number {
    return periodPlaces.get(period.normalize())!;
  }
  const moves = addedUp(periods.flatMap((each) => each.moves));
  const hours = moves.reduce((sum, each) => sum + each.hours, 0);
  return { workflow, hours, moves, periods, sentence: wordsOf(workflow, moves) };
}

/** The changes with that of the demand, so that they add up to nothing. */
function withDemand(places: readonly ChangedPlace[]): ChangedPlace[] {
  const demand = places.reduce((sum, { change }) => sum + change, 0);
  return [...places, { place: { kind: 'demand' }, change: -demand }];
}

/** Moves between the same places as one; the most hours first. */
function addedUp(moves: readonly Move[]): Move[] {
  const sums = new Map<string, Move>();
  for (const { from, to, hours } of moves) {
    const key = `${keyOfPlace(from)}\u0001${keyOfPlace(to)}`;
    sums.set(key, { from, to, hours: hours + (sums.get(key)?.hours ?? 0) });
  }
  return [...sums.values()].sort((one, other) => other.hours - one.hours);
}

/** How many of the first items have no more than `most` moves in all; one at least. */
function countUpTo<Item>(most: number, items: readonly Item[], movesOf: (item: Item) => number): number {
  let moves = 0;
  const end = items.findIndex((item, at) => {
    moves += movesOf(item);
    return at > 0 && moves > most;
  });
  return end < 0 ? items.length : end;
}

/** The place of each period in time; periods that only the second plan has come after those of the first. */
function placesOfPeriods(plans: readonly ComparedPlan[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const { scenario } of plans) {
    for (const { id } of scenario.periods)
      if (!places.has(id.normalize())) places.set(id.normalize(), places.size);
  }
  return places;
}

function moveWords(first: ComparedPlan, other: ComparedPlan) {
  const scenarios = [other.scenario, first.scenario];
  const [workflowName, teamName, siteName] = (['workflows', 'teams', 'sites'] as const).map((kind) =>
    nameFinder(kind, scenarios),
  );
  const team = (place: MovePlace) => `${teamName(place.team!)} (${siteName(place.site!)})`;
  const start = (place: MovePlace) =>
    place.kind === 'team' ? `from ${team(place)}` : START_WORDS[place.kind];
  const end = (place: MovePlace) => (place.kind === 'team' ? `to ${team(place)}` : END_WORDS[place.kind]);
  return (workflow: string, moves: readonly Move[]): string => {
    const named = moves
      .slice(0, MOST_NAMED)
      .map(({ from, to, hours }) => `${hoursText(hours)} ${start(from)} ${end(to)}`);
    const more = moves.length - named.length;
    return `${workflowName(workflow)}: ${named.join('; ')}${more > 0 ? `; and ${more} more ${more === 1 ? 'move' : 'moves'}` : ''}.`;
  };
}

const START_WORDS = {
  shortfall: 'from what is not served',
  'other-periods': 'from other periods',
  demand: 'of new demand',
} as const;

const END_WORDS = {
  shortfall: 'to what is not served',
  'other-periods': 'to other periods',
  demand: 'to nowhere, as the demand is gone',
} as const;

function hoursText(hours: number): string {
  const text = formatQuantity(hours);
  return text === '1' ? '1 hour' : `${text} hours`;
}

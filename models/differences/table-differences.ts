import { exactMoney, exactQuantity, exactShare, formatQuantity } from '../number-text.ts';
import type { ScenarioPlacement, ScenarioTeam, ScenarioWorkflow } from '../scenario/schema.ts';
import { PLACEMENT_FIELDS } from './entity-fields.ts';
import { differencesOfFields } from './entity-differences.ts';
import { arrow, difference, type Found, type Said } from './found.ts';
import { compareKeys, eitherOf, hasBoth, keyOfIds, type Pair, pairsOf } from './pairs.ts';
import { nameIn, type Sides } from './side.ts';

type CapacityEntry = ScenarioTeam['capacity'][number];
type DemandEntry = ScenarioWorkflow['demand'][number];

/** The capacity of teams that both scenarios have, by period. */
export function* capacityDifferences(teams: readonly Pair<ScenarioTeam>[], sides: Sides): Generator<Found> {
  for (const pair of teams) {
    if (!hasBoth(pair)) continue;
    const { id: team } = pair.to;
    for (const entries of changedEntries(pair.from.capacity, pair.to.capacity, sides)) {
      const { period } = eitherOf(entries);
      const write = () => {
        const text = arrow(capacitySaid(entries.from), capacitySaid(entries.to));
        const sentence = `Capacity of ${nameIn(sides, 'team', team)} in ${period}: ${text}.`;
        return difference('capacity', { team, period }, withoutPeriod(entries), sentence);
      };
      yield { what: 'capacity', write };
    }
  }
}

/** The demand of workflows that both scenarios have, by period. */
export function* demandDifferences(
  workflows: readonly Pair<ScenarioWorkflow>[],
  sides: Sides,
): Generator<Found> {
  for (const pair of workflows) {
    if (!hasBoth(pair)) continue;
    const { id: workflow } = pair.to;
    for (const entries of changedEntries(pair.from.demand, pair.to.demand, sides)) {
      const { period } = eitherOf(entries);
      const write = () => {
        const text = arrow(demandSaid(entries.from), demandSaid(entries.to));
        const sentence = `Demand of ${nameIn(sides, 'workflow', workflow)} in ${period}: ${text}.`;
        return difference('demand', { workflow, period }, withoutPeriod(entries), sentence);
      };
      yield { what: 'demand', write };
    }
  }
}

function capacitySaid(entry: CapacityEntry | undefined): Said {
  if (entry === undefined) return { text: 'none' };
  const { hours, fte, paidHoursPerFte, shrinkage } = entry;
  if (hours === null) return { text: 'no limit' };
  if (hours !== undefined) return { text: exactQuantity(hours), unit: 'productive hours' };
  const productive = formatQuantity(fte! * paidHoursPerFte! * (1 - shrinkage!));
  return {
    text: `${exactQuantity(fte!)} FTE with ${exactQuantity(paidHoursPerFte!)} paid hours each and ${exactShare(shrinkage!)} shrinkage (${productive} productive hours)`,
  };
}

function demandSaid(entry: DemandEntry | undefined): Said {
  if (entry === undefined) return { text: 'none' };
  const { hours, contacts, ahtSeconds } = entry;
  if (hours !== undefined) return { text: exactQuantity(hours), unit: 'workload hours' };
  const workload = formatQuantity((contacts! * ahtSeconds!) / 3600);
  return {
    text: `${exactQuantity(contacts!)} contacts at ${exactQuantity(ahtSeconds!)} s (${workload} workload hours)`,
  };
}

/** Entries of one list by period that are not the same, in the order of time. */
function changedEntries<Entry extends { readonly period: string }>(
  from: readonly Entry[],
  to: readonly Entry[],
  sides: Sides,
): Pair<Entry>[] {
  return pairsOf(from, to, ({ period }) => period.normalize())
    .filter((pair) => !hasBoth(pair) || !isSameEntry(pair.from, pair.to))
    .sort((one, other) => placeOf(eitherOf(one).period, sides) - placeOf(eitherOf(other).period, sides));
}

function isSameEntry(one: object, other: object): boolean {
  const [all, others] = [factsOf(one), factsOf(other)];
  return all.size === others.size && [...all].every(([field, value]) => others.get(field) === value);
}

/** All that an entry says but its period, which may be spelled in two ways. */
function factsOf(entry: object): Map<string, unknown> {
  return new Map(Object.entries(entry).filter(([field, value]) => field !== 'period' && value !== undefined));
}

type Facts = Record<string, string | number | boolean | null>;

function withoutPeriod(pair: Pair<object>): Pair<Facts> {
  const facts = (entry: object | undefined) => entry && (Object.fromEntries(factsOf(entry)) as Facts);
  return { from: facts(pair.from), to: facts(pair.to) };
}

/** Periods that the second scenario has, in its order, then those that it has no more. */
function placeOf(period: string, { from, to }: Sides): number {
  const key = period.normalize();
  const at = periodPlaces(to).get(key);
  return at ?? to.scenario.periods.length + (periodPlaces(from).get(key) ?? 0);
}

const places = new WeakMap<Sides['from'], ReadonlyMap<string, number>>();

function periodPlaces(side: Sides['from']): ReadonlyMap<string, number> {
  const known = places.get(side) ?? new Map(side.scenario.periods.map(({ id }, t) => [id.normalize(), t]));
  places.set(side, known);
  return known;
}

/** The facts about single workflows at single teams. */
export function* placementDifferences(sides: Sides): Generator<Found> {
  const keyOf = ({ workflow, team }: ScenarioPlacement) => keyOfIds(workflow, team);
  const placements = (side: Sides['from']) => side.scenario.placements ?? [];
  const pairs = pairsOf(placements(sides.from), placements(sides.to), (each) =>
    keyOfIds(each.workflow, each.team, each.period),
  )
    .map((pair) => ({ pair, key: keyOf(eitherOf(pair)), at: periodPlace(eitherOf(pair), sides) }))
    .sort((one, other) => compareKeys(one.key, other.key) || one.at - other.at);
  for (const { pair } of pairs) yield* differencesOfPlacement(pair, sides);
}

/** An entry for all periods comes before those for single ones. */
function periodPlace({ period }: ScenarioPlacement, sides: Sides): number {
  return period === undefined ? -1 : placeOf(period, sides);
}

function* differencesOfPlacement(pair: Pair<ScenarioPlacement>, sides: Sides): Generator<Found> {
  const { workflow, team, period } = eitherOf(pair);
  const subject = { workflow, team, ...(period !== undefined && { period }) };
  const nameOf = () =>
    `${nameIn(sides, 'workflow', workflow)} at ${nameIn(sides, 'team', team)}${period === undefined ? '' : ` in ${period}`}`;
  if (hasBoth(pair)) {
    yield* differencesOfFields('placement', subject, PLACEMENT_FIELDS, pair, sides, nameOf);
    return;
  }
  const write = () => {
    const said = (entry: ScenarioPlacement | undefined, side: Sides['from']): Said => ({
      text: entry ? factsText(entry, side.currency) : 'no entry',
    });
    const text = arrow(said(pair.from, sides.from), said(pair.to, sides.to));
    const values = { from: placementFacts(pair.from), to: placementFacts(pair.to) };
    return difference('placement', subject, values, `Facts of ${nameOf()}: ${text}.`);
  };
  yield { what: 'placement', write };
}

function placementFacts(entry: ScenarioPlacement | undefined): Facts | undefined {
  if (!entry) return undefined;
  const { workflow: _workflow, team: _team, period: _period, ...facts } = entry;
  return facts as Facts;
}

function factsText(
  { handlingFactor, costPerDemandHour, allowed }: ScenarioPlacement,
  currency: string,
): string {
  const facts = [
    ...(handlingFactor === undefined ? [] : [`handling factor ${exactQuantity(handlingFactor)}`]),
    ...(costPerDemandHour === undefined
      ? []
      : [`${exactMoney(costPerDemandHour)} ${currency} a workload hour`]),
    ...(allowed === undefined ? [] : [allowed ? 'allowed' : 'forbidden']),
  ];
  return facts.join(', ') || 'an entry that says nothing';
}

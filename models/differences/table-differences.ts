import { exactQuantity, exactShare, formatQuantity } from '../number-text.ts';
import type { ScenarioTeam, ScenarioWorkflow } from '../scenario/schema.ts';
import { arrow, difference, type Found, type Said } from './found.ts';
import { eitherOf, hasBoth, type Pair, pairsOf } from './pairs.ts';
import { placeOf } from './period-place.ts';
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
        const text = inFteOfBoth(entries) ?? arrow(capacitySaid(entries.from), capacitySaid(entries.to));
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
        const text = inContactsOfBoth(entries) ?? arrow(demandSaid(entries.from), demandSaid(entries.to));
        const sentence = `Demand of ${nameIn(sides, 'workflow', workflow)} in ${period}: ${text}.`;
        return difference('demand', { workflow, period }, withoutPeriod(entries), sentence);
      };
      yield { what: 'demand', write };
    }
  }
}

function capacitySaid(entry: CapacityEntry | undefined): Said {
  if (entry === undefined) return { text: 'none' };
  if (entry.hours === null) return { text: 'no limit' };
  if (entry.hours !== undefined) return { text: exactQuantity(entry.hours), unit: 'productive hours' };
  return { text: entry.fte === undefined ? ofOneHead(entry) : inFte(entry, entry) };
}

/** What each of the team's people gives: "125 paid hours a head and 20 % shrinkage". */
function ofOneHead({ paidHoursPerFte, shrinkage }: CapacityEntry): string {
  return `${exactQuantity(paidHoursPerFte!)} paid hours a head and ${exactShare(shrinkage!)} shrinkage`;
}

function demandSaid(entry: DemandEntry | undefined): Said {
  if (entry === undefined) return { text: 'none' };
  if (entry.hours !== undefined) return { text: exactQuantity(entry.hours), unit: 'workload hours' };
  return { text: inContacts(entry, entry) };
}

/** Undefined where one of them is not in FTE. */
function inFteOfBoth({ from, to }: Pair<CapacityEntry>): string | undefined {
  return from?.fte === undefined || to?.fte === undefined ? undefined : inFte(from, to);
}

/** "84 → 50.4 FTE with 40 paid hours each and 30 % shrinkage (2,352 → 1,411.2 productive hours)". */
function inFte(from: CapacityEntry, to: CapacityEntry): string {
  const each = eachSaid(from, to);
  const fte = each(({ fte }) => fte!, exactQuantity);
  const paidHours = each(({ paidHoursPerFte }) => paidHoursPerFte!, exactQuantity);
  const shrinkage = each(({ shrinkage }) => shrinkage!, exactShare);
  const hours = each(
    ({ fte, paidHoursPerFte, shrinkage }) => fte! * paidHoursPerFte! * (1 - shrinkage!),
    formatQuantity,
  );
  return `${fte} FTE with ${paidHours} paid hours each and ${shrinkage} shrinkage (${hours} productive hours)`;
}

/** Undefined where one of them is not in contacts. */
function inContactsOfBoth({ from, to }: Pair<DemandEntry>): string | undefined {
  return from?.contacts === undefined || to?.contacts === undefined ? undefined : inContacts(from, to);
}

/** "41,000 → 42,000 contacts at 460 s (5,238.9 → 5,366.7 workload hours)". */
function inContacts(from: DemandEntry, to: DemandEntry): string {
  const each = eachSaid(from, to);
  const contacts = each(({ contacts }) => contacts!, exactQuantity);
  const seconds = each(({ ahtSeconds }) => ahtSeconds!, exactQuantity);
  const hours = each(({ contacts, ahtSeconds }) => (contacts! * ahtSeconds!) / 3600, formatQuantity);
  return `${contacts} contacts at ${seconds} s (${hours} workload hours)`;
}

/** A number of two entries in words, "84 → 50.4"; one that reads the same is said once. */
function eachSaid<Entry>(from: Entry, to: Entry) {
  return (valueOf: (entry: Entry) => number, textOf: (value: number) => string): string =>
    [...new Set([from, to].map((entry) => textOf(valueOf(entry))))].join(' → ');
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

export type Facts = Record<string, string | number | boolean | null>;

function withoutPeriod(pair: Pair<object>): Pair<Facts> {
  const facts = (entry: object | undefined) => entry && (Object.fromEntries(factsOf(entry)) as Facts);
  return { from: facts(pair.from), to: facts(pair.to) };
}

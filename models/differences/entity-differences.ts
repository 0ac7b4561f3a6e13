import type { DifferenceKind } from '../differences.ts';
import { arrow, difference, type Found } from './found.ts';
import { changedFields, type FieldTable, listed } from './field-words.ts';
import { compareKeys, eitherOf, hasBoth, keyOfIds, type Pair, pairsOf } from './pairs.ts';
import { nameIn, type NamedKind, type Sides } from './side.ts';

interface Entity {
  readonly id: string;
}

/** A kind of entity: how its fields are told of, and what is said of one that comes or goes. */
export interface EntityKind<Kind extends Entity> {
  readonly what: NamedKind;
  readonly fields: FieldTable<Kind>;
  /** "at Manila, 14.20 USD a productive hour"; for a scenario that has the entity. */
  readonly inShort: (entity: Kind, side: Sides['from']) => string;
}

/** The entities of two scenarios by id, in the order of their ids. */
export function entityPairs<Kind extends Entity>(from: readonly Kind[], to: readonly Kind[]): Pair<Kind>[] {
  const keyOf = ({ id }: Kind) => id.normalize();
  return pairsOf(from, to, keyOf).sort((one, other) =>
    compareKeys(keyOf(eitherOf(one)), keyOf(eitherOf(other))),
  );
}

/** Entities that have come or gone, each with all that stands within it. */
export function* comeAndGone<Kind extends Entity>(
  { what, inShort }: EntityKind<Kind>,
  pairs: readonly Pair<Kind>[],
  sides: Sides,
): Generator<Found> {
  for (const pair of pairs) {
    if (hasBoth(pair)) continue;
    const { from, to } = pair;
    yield {
      what,
      write: () => {
        const { id } = eitherOf(pair);
        const short = to ? inShort(to, sides.to) : inShort(from!, sides.from);
        const sentence = `${capital(what)} ${nameIn(sides, what, id)} is ${to ? 'new' : 'gone'}: ${short}.`;
        return difference(what, { [what]: id }, NOTHING, sentence, { change: to ? 'added' : 'removed' });
      },
    };
  }
}

/** The fields of entities that both scenarios have. */
export function* fieldsChanged<Kind extends Entity>(
  { what, fields }: EntityKind<Kind>,
  pairs: readonly Pair<Kind>[],
  sides: Sides,
): Generator<Found> {
  for (const pair of pairs) {
    if (!hasBoth(pair)) continue;
    const { id } = pair.to;
    yield* differencesOfFields(what, { [what]: id }, fields, pair, sides, (field) =>
      // A name that has changed is no name to call it by.
      field === 'name' ? `${what} ${id}` : nameIn(sides, what, id),
    );
  }
}

/** The fields in which two versions of one thing differ, each an item. */
export function* differencesOfFields<Item extends object>(
  what: DifferenceKind,
  subject: Readonly<Record<string, string>>,
  table: FieldTable<Item>,
  { from, to }: { readonly from: Item; readonly to: Item },
  sides: Sides,
  nameOf: (field: string) => string,
): Generator<Found> {
  for (const { field, pair, label, text } of changedFields(table, from, to)) {
    const write = () =>
      difference(what, subject, pair, `${label} of ${nameOf(field)}: ${text(sides)}.`, {
        field,
        change: 'changed',
      });
    yield { what, write };
  }
}

interface Period extends Entity {
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

/** Periods that have come or gone, that stand in another order, or whose days have changed. */
export function* periodDifferences(table: FieldTable<Period>, sides: Sides): Generator<Found> {
  const [from, to] = [sides.from.scenario.periods, sides.to.scenario.periods];
  const pairs = pairsOf(from, to, ({ id }) => id.normalize());
  const what = 'period';
  for (const pair of pairs) {
    if (hasBoth(pair)) continue;
    const { id } = eitherOf(pair);
    const place = pair.to ? `is new, ${placeIn(to, id)}` : `is gone; it came ${placeIn(from, id)}`;
    const change = pair.to ? 'added' : 'removed';
    yield {
      what,
      write: () => difference(what, { period: id }, NOTHING, `Period ${id} ${place}.`, { change }),
    };
  }
  const [before, after] = [idsOfBoth(from, to), idsOfBoth(to, from)];
  if (keyOfIds(...before) !== keyOfIds(...after)) {
    const sentence = `The periods stand in another order: ${arrow({ text: listed(before) }, { text: listed(after) })}.`;
    const further = { field: 'order', change: 'changed' } as const;
    yield { what, write: () => difference(what, {}, { from: before, to: after }, sentence, further) };
  }
  for (const pair of pairs) {
    if (!hasBoth(pair)) continue;
    const { id } = pair.to;
    yield* differencesOfFields(what, { period: id }, table, pair, sides, () => id);
  }
}

/** The periods of the first list that the second has, too, in the order of the first. */
function idsOfBoth(periods: readonly Entity[], others: readonly Entity[]): string[] {
  const known = new Set(others.map(({ id }) => id.normalize()));
  return periods.flatMap(({ id }) => (known.has(id.normalize()) ? [id] : []));
}

function placeIn(periods: readonly Entity[], id: string): string {
  const at = periods.findIndex((period) => period.id === id);
  return at === 0 ? 'first of all' : `after ${periods[at - 1].id}`;
}

const NOTHING = { from: undefined, to: undefined };

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

import type { DifferenceValue } from '../differences.ts';
import { exactMoney, exactQuantity, exactShare } from '../number-text.ts';
import { arrow, type Said } from './found.ts';
import { keyOfIds, type Pair } from './pairs.ts';
import type { NamedKind, Side, Sides } from './side.ts';

/** How a field of an entity is compared and told of. */
export interface FieldWords<Value> {
  /** What the field is called: "Occupancy". */
  readonly label: string;
  /** Equal for what is the same; absent fields are compared as well. */
  readonly key: (value: Value | undefined) => unknown;
  /** "0.85 → 0.9", or what was added to a set and what was taken from it. */
  readonly text: (pair: Pair<Value>, sides: Sides) => string;
}

/** The words of every field of an entity; null for those that are told of elsewhere. */
export type FieldTable<Entity> = {
  readonly [Field in keyof Required<Entity>]: FieldWords<Exclude<Entity[Field], undefined>> | null;
};

/** A field that has changed. */
export interface ChangedField {
  readonly field: string;
  readonly pair: Pair<DifferenceValue>;
  readonly label: string;
  readonly text: (sides: Sides) => string;
}

/** The fields in which two versions of an entity differ, in the order of the table. */
export function changedFields<Entity extends object>(
  table: FieldTable<Entity>,
  from: Entity,
  to: Entity,
): ChangedField[] {
  return (Object.entries(table) as [keyof Entity & string, FieldWords<unknown> | null][]).flatMap(
    ([field, words]) => {
      if (!words) return [];
      const pair: Pair<unknown> = { from: from[field], to: to[field] };
      if (words.key(pair.from) === words.key(pair.to)) return [];
      return [
        {
          field,
          pair: pair as Pair<DifferenceValue>,
          label: words.label,
          text: (sides: Sides) => words.text(pair, sides),
        },
      ];
    },
  );
}

/** A field with one value: how it reads, its unit, and what it means to leave it out. */
function plain<Value>(
  label: string,
  absent: string,
  textOf: (value: Value, side: Side) => string,
  unitOf?: (value: Value, side: Side) => string,
  key: (value: Value | undefined) => unknown = (value) => value,
): FieldWords<Value> {
  const said = (value: Value | undefined, side: Side): Said =>
    value === undefined
      ? { text: `not given (${absent})` }
      : { text: textOf(value, side), unit: unitOf?.(value, side) };
  return { label, key, text: ({ from, to }, sides) => arrow(said(from, sides.from), said(to, sides.to)) };
}

export function wording(label: string, absent: string): FieldWords<string> {
  return plain(label, absent, (text) => text);
}

/** A reference to an entity, or to what has an id and no name. */
export function reference(label: string, absent: string, kind?: NamedKind): FieldWords<string> {
  return plain(
    label,
    absent,
    (id, side) => (kind && side.nameOf(kind, id)) ?? id,
    undefined,
    (id) => id?.normalize(),
  );
}

export function choice<Value extends string | boolean>(
  label: string,
  absent: string,
  words: Readonly<Record<`${Value}`, string>>,
): FieldWords<Value> {
  return plain(label, absent, (value) => words[`${value}`]);
}

export function quantity(label: string, absent: string, unit?: string): FieldWords<number> {
  return plain(label, absent, exactQuantity, unit === undefined ? undefined : () => unit);
}

export function share(label: string, absent: string): FieldWords<number> {
  return plain(label, absent, exactShare);
}

/** Money, with what it is paid for: "an hour". */
export function money(label: string, absent: string, paidFor?: string): FieldWords<number> {
  const unitOf = (_amount: number, { currency }: Side) =>
    paidFor === undefined ? currency : `${currency} ${paidFor}`;
  return plain(label, absent, exactMoney, unitOf);
}

/** A field with fields of its own that belong together; `textOf` has no unit at its end, `unitOf` is that. */
export function compound<Value extends object>(
  label: string,
  absent: string,
  textOf: (value: Value, side: Side) => string,
  unitOf?: (value: Value, side: Side) => string,
): FieldWords<Value> {
  return plain(label, absent, textOf, unitOf, (value) => value && JSON.stringify(inOrder(value)));
}

/** The same with the members of all objects in the order of their names: they come in any. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return members.map(([name, member]) => [name, inOrder(member)]);
}

/** So many words of a set are said in a sentence. */
const MOST_WORDS = 10;

/** A set of words. `absent`: what it means that there is no set, where that is something else than an empty one. */
export function words(label: string, absent?: string): FieldWords<string[]> {
  const setOf = (value: string[] | undefined) =>
    new Map((value ?? []).map((word) => [word.normalize(), word]));
  return {
    label,
    key: (value) =>
      value === undefined && absent !== undefined ? undefined : keyOfIds(...[...setOf(value).keys()].sort()),
    text: ({ from, to }) => {
      const [before, after] = [setOf(from), setOf(to)];
      if (absent !== undefined && (!from || !to))
        return arrow(
          { text: from ? listed([...before.values()]) : absent },
          { text: to ? listed([...after.values()]) : absent },
        );
      const added = [...after].flatMap(([key, word]) => (before.has(key) ? [] : [word]));
      const removed = [...before].flatMap(([key, word]) => (after.has(key) ? [] : [word]));
      return [
        ...(added.length > 0 ? [`${listed(added)} added`] : []),
        ...(removed.length > 0 ? [`${listed(removed)} removed`] : []),
      ].join('; ');
    },
  };
}

/** "en, de and 3 more". */
export function listed(items: readonly string[]): string {
  if (items.length === 0) return 'none';
  const more = items.length - MOST_WORDS;
  return more > 0 ? `${items.slice(0, MOST_WORDS).join(', ')} and ${more} more` : items.join(', ');
}

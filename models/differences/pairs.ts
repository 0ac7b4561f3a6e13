/** The same thing in two scenarios; where one of them has it not, it was added or removed. */
export interface Pair<Item> {
  readonly from: Item | undefined;
  readonly to: Item | undefined;
}

/**
 * Items of two lists that have the same key, wherever they stand: first what the second list has, in its order, then what only
 * the first one has. Keys are unique within a list.
 */
export function pairsOf<Item>(
  from: readonly Item[],
  to: readonly Item[],
  keyOf: (item: Item) => string,
): Pair<Item>[] {
  const left = new Map(from.map((item) => [keyOf(item), item]));
  const pairs: Pair<Item>[] = to.map((item) => {
    const key = keyOf(item);
    const before = left.get(key);
    left.delete(key);
    return { from: before, to: item };
  });
  for (const item of left.values()) pairs.push({ from: item, to: undefined });
  return pairs;
}

/** Ids as one key; they are the same after NFC, and none has a control character. */
export function keyOfIds(...ids: readonly (string | undefined)[]): string {
  return ids.map((id) => id?.normalize() ?? '').join('\u0000');
}

export function hasBoth<Item>(pair: Pair<Item>): pair is { readonly from: Item; readonly to: Item } {
  return pair.from !== undefined && pair.to !== undefined;
}

/** The item as it is now, or as it was. */
export function eitherOf<Item>({ from, to }: Pair<Item>): Item {
  return (to ?? from)!;
}

export function compareKeys(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** What became of a thing. */
export function changeOf({ from, to }: Pair<unknown>): 'added' | 'removed' | 'changed' {
  if (from === undefined) return 'added';
  return to === undefined ? 'removed' : 'changed';
}

import type { Page, PageStart } from './store.ts';

/** A page of items of which one more than `limit` has been read, where there is one. */
export function paged<Item>(
  items: readonly Item[],
  limit: number,
  startOf: (item: Item) => PageStart,
): Page<Item> {
  const next = items.at(limit);
  return { items: items.slice(0, limit), ...(next && { next: startOf(next) }) };
}

import type { Move, MovePlace } from '../comparison.ts';
import { groupBy } from '../group-by.ts';

/** A place with how many hours more it has than in the other plan; fewer where below 0. */
export interface ChangedPlace {
  readonly place: MovePlace;
  readonly change: number;
}

/** A place with the hours that are still to be matched. */
interface Open {
  readonly place: MovePlace;
  left: number;
}

/**
 * The moves that explain changes of one workflow in one period, whose sum is 0: from places with fewer hours to places with
 * more. Changes of up to `smallest` hours are none.
 *
 * No hour moves twice, so as few hours move as can; and every move settles one place or two, so there are fewer moves than
 * places. Equal amounts are matched first, then teams of one site, then the largest with the largest.
 */
export function matchedMoves(changes: readonly ChangedPlace[], smallest: number): Move[] {
  const [decreases, increases] = [openOf(changes, -1, smallest), openOf(changes, 1, smallest)];
  const moves: Move[] = [];
  const isOpen = ({ left }: Open) => left > smallest;
  const match = (from: Open, to: Open) => {
    const hours = Math.min(from.left, to.left);
    moves.push({ from: from.place, to: to.place, hours });
    from.left -= hours;
    to.left -= hours;
  };
  matchEqual(decreases, increases, smallest, match);
  const ofSite = groupBy(
    increases.filter(({ place }) => place.site !== undefined),
    siteKey,
  );
  for (const from of decreases) {
    if (!isOpen(from) || from.place.site === undefined) continue;
    for (const to of ofSite.get(siteKey(from)) ?? []) if (isOpen(from) && isOpen(to)) match(from, to);
  }
  matchLargest(decreases.filter(isOpen), increases.filter(isOpen), isOpen, match);
  return moves.sort((one, other) => other.hours - one.hours);
}

function openOf(changes: readonly ChangedPlace[], sign: 1 | -1, smallest: number): Open[] {
  return changes
    .filter(({ change }) => sign * change > smallest)
    .map(({ place, change }) => ({ place, left: sign * change }))
    .sort(byHours);
}

type Match = (from: Open, to: Open) => void;

/** Both lists come with the most hours first. */
function matchEqual(
  decreases: readonly Open[],
  increases: readonly Open[],
  tolerance: number,
  match: Match,
): void {
  let at = 0;
  for (const from of decreases) {
    while (at < increases.length && increases[at].left > from.left + tolerance) at += 1;
    if (at === increases.length) return;
    if (increases[at].left < from.left - tolerance) continue;
    match(from, increases[at]);
    at += 1;
  }
}

function matchLargest(
  decreases: Open[],
  increases: Open[],
  isOpen: (open: Open) => boolean,
  match: Match,
): void {
  const [froms, tos] = [decreases.sort(byHours), increases.sort(byHours)];
  let [f, t] = [0, 0];
  while (f < froms.length && t < tos.length) {
    match(froms[f], tos[t]);
    if (!isOpen(froms[f])) f += 1;
    if (!isOpen(tos[t])) t += 1;
  }
}

function byHours(one: Open, other: Open): number {
  return other.left - one.left;
}

function siteKey({ place }: Open): string {
  return place.site!.normalize();
}

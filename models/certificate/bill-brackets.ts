import type { RecomputedContract } from './contract-bills.ts';
import type { Bracket } from './held-choices.ts';

/** Volumes, slopes and bills this near to each other, relative to their size, are the same. */
const NEAR = 1e-9;

/**
 * The ranges of volume over which a bill neither jumps nor makes an hour cheaper than one before, found here a second time. A plan's prices may hold a bill in one of
 * these and in nothing narrower: within any other range a worse plan could be the best.
 */
export function bracketsOf({ bill, bends }: RecomputedContract, t: number): Bracket[] {
  const found: Bracket[] = [];
  let before: { readonly slope: number; readonly atTo: number } | undefined;
  const ends = distinct([0, ...bends(t)]);
  ends.forEach((from, i) => {
    const to = ends[i + 1] ?? Infinity;
    const width = to === Infinity ? Math.max(1, from) : to - from;
    const [near, far] = [bill(from + width / 4, t, 0), bill(from + (3 * width) / 4, t, 0)];
    const slope = (far - near) / (width / 2);
    const atFrom = near - (slope * width) / 4;
    const goesOn =
      before !== undefined &&
      Math.abs(before.atTo - atFrom) <= NEAR * Math.max(1, Math.abs(atFrom)) &&
      slope >= before.slope - NEAR * Math.max(1, Math.abs(before.slope));
    const last = found.at(-1);
    if (goesOn && last) found[found.length - 1] = { from: last.from, to };
    else found.push({ from, to });
    before = { slope, atTo: far + (slope * width) / 4 };
  });
  return found;
}

/** Volumes in order, of those that rounding alone tells apart the first. */
export function distinct(volumes: readonly number[]): number[] {
  const sorted = [...volumes].sort((a, b) => a - b);
  return sorted.filter((volume, i) => i === 0 || volume - sorted[i - 1] > NEAR * volume);
}

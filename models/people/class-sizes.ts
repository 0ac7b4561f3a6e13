/**
 * The sizes that a class of hires may have: nobody, or from the smallest to the largest, in steps where there are any.
 *
 * Whether a class begins is a yes/no choice; with steps, so is each binary digit of the number of steps above the smallest.
 */
export interface ClassSizes {
  /** Heads; above 0 where there are steps. */
  readonly smallest: number;
  readonly largest: number;
  /** Heads from one size to the next; absent where any part of a head may be hired. */
  readonly step?: number;
  /** Steps from the smallest size to the largest; 0 without steps. */
  readonly steps: number;
  /** Money per class. */
  readonly cost: number;
}

/** More sizes than this are no choice that a planner makes; a larger multiple will do. */
export const MAX_CLASS_STEPS = 1000;

/** So much of a step may be missing by the rounding of decimal numbers. */
const ROUNDING = 1e-9;

/** The sizes of classes; `largest` is below `smallest` where none is possible. */
export function classSizesOf(
  maxHeads: number,
  minHeads: number,
  multiple: number | undefined,
  cost: number,
): ClassSizes {
  if (multiple === undefined) return { smallest: minHeads, largest: maxHeads, steps: 0, cost };
  const first = Math.max(1, Math.ceil(minHeads / multiple - ROUNDING));
  const last = Math.floor(maxHeads / multiple + ROUNDING);
  return { smallest: first * multiple, largest: last * multiple, step: multiple, steps: last - first, cost };
}

/** How many binary digits the number of steps has. */
export function digitsOf({ steps }: ClassSizes): number {
  return steps === 0 ? 0 : Math.floor(Math.log2(steps)) + 1;
}

/** The binary digits that are 1 in the number of steps of a class with so many heads. */
export function digitsTaken(sizes: ClassSizes, heads: number): number[] {
  const steps = sizes.step === undefined ? 0 : Math.round((heads - sizes.smallest) / sizes.step);
  return Array.from({ length: digitsOf(sizes) }, (_, digit) => digit).filter(
    (digit) => Math.floor(steps / 2 ** digit) % 2 === 1,
  );
}

/** The smallest size that has at least so many heads, or the largest there is. */
export function sizeFor({ smallest, largest, step }: ClassSizes, heads: number): number {
  if (heads <= smallest) return smallest;
  if (step === undefined) return Math.min(largest, heads);
  return Math.min(largest, smallest + Math.ceil((heads - smallest) / step - ROUNDING) * step);
}

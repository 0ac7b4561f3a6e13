import { type BillPiece, meets } from './bill-pieces.ts';

/**
 * A range of volume over which no hour is billed lower than one before and nothing jumps: within it a bill takes no yes/no choices, and which one a
 * volume is billed in is a choice.
 */
export interface BillBracket {
  readonly from: number;
  /** Infinite for the last one. */
  readonly to: number;
  /** The bill just above `from`. */
  readonly atFrom: number;
  /** Its pieces, the first of which is piece `firstSlice` of the bill. */
  readonly pieces: readonly BillPiece[];
  readonly firstSlice: number;
}

/** A bill and a volume of which the other says the same are told apart by no less than this fraction. */
const ROUNDING = 1e-9;

/** Volumes this near to the end of a bracket, relative to it, are at it: the rest is the engine's noise. */
export const SNAP = 1e-6;

/** The fewest brackets of a bill. */
export function billBrackets(pieces: readonly BillPiece[]): BillBracket[] {
  const brackets: BillBracket[] = [];
  pieces.forEach((piece, slice) => {
    const { from, to, atFrom, slope } = piece;
    const last = brackets.at(-1);
    const before = last?.pieces.at(-1);
    if (last && before && meets(before, piece) && slope >= before.slope)
      brackets[brackets.length - 1] = { ...last, to, pieces: [...last.pieces, piece] };
    else brackets.push({ from, to, atFrom, pieces: [piece], firstSlice: slice });
  });
  return brackets;
}

/** The bill of a volume in a bracket, at its ends as just inside of them. */
export function billedIn({ atFrom, pieces }: BillBracket, volume: number): number {
  return pieces.reduce(
    (sum, { from, to, slope }) => sum + slope * Math.max(0, Math.min(volume, to) - from),
    atFrom,
  );
}

/**
 * The position of the bracket that a volume is billed in: at an end the cheaper one. `held` stays where no other is cheaper.
 */
export function bracketAt(brackets: readonly BillBracket[], volume: number, held?: number): number {
  const near = (end: number) => SNAP * Math.max(1, end);
  const isIn = ({ from, to }: BillBracket) =>
    volume >= from - near(from) && (to === Infinity || volume <= to + near(to));
  let best = held !== undefined && isIn(brackets[held]) ? held : undefined;
  brackets.forEach((bracket, position) => {
    if (!isIn(bracket)) return;
    if (best === undefined) best = position;
    const [known, cost] = [billedIn(brackets[best], volume), billedIn(bracket, volume)];
    if (cost < known - ROUNDING * Math.max(1, Math.abs(known))) best = position;
  });
  return best ?? 0;
}

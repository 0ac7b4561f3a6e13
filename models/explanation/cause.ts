import type { ChargedCost } from './placement-charges.ts';

/** Why an eligible placement is in the plan or not. */
export type Cause = 'used' | 'same-cost' | 'too-dear' | 'no-room' | 'held-by-rule';

/** A cause and the limits that make it so; none but for `no-room` and `held-by-rule`. */
export interface FoundCause {
  readonly cause: Cause;
  readonly because: readonly number[];
}

/** What the cause of a placement depends on besides its cost. */
export interface PlacementState {
  readonly isUsed: boolean;
  /** Limits of capacity or seats that are 0, and of hours with a second skill that nobody can have. */
  readonly emptyRooms: readonly number[];
  /** Whether a yes/no choice of the plan keeps the work from here. */
  readonly isClosed: boolean;
  /** The family of a row. */
  readonly familyOf: (row: number) => string;
}

const ROOMS: ReadonlySet<string> = new Set(['team-capacity', 'site-seats']);

/**
 * Why a placement is used or not. First that applies:
 *
 * - `used`: it has hours.
 * - `no-room`: its team has no capacity, or its site no seat, at all, or nobody can have the second skill it needs.
 * - `held-by-rule`: a yes/no choice keeps it out at a reduced cost of 0 or less; `because` is empty, it is no limit.
 * - `same-cost`: unused at a reduced cost of 0.
 * - `no-room`: without the charges of team capacity and seats the reduced cost were 0 or less.
 * - `held-by-rule`: without the charges (above 0) of all other limits it were; or without these and those of capacity.
 * - `too-dear`: none of that; its own cost is above the price of the demand.
 */
export function causeOf(
  { reducedCost, charges, tolerance }: ChargedCost,
  { isUsed, emptyRooms, isClosed, familyOf }: PlacementState,
): FoundCause {
  if (isUsed) return { cause: 'used', because: [] };
  if (emptyRooms.length > 0) return { cause: 'no-room', because: emptyRooms };
  if (reducedCost <= tolerance) return { cause: isClosed ? 'held-by-rule' : 'same-cost', because: [] };
  const against = charges.filter(({ perHour }) => perHour > 0);
  const rooms = against.filter(({ row }) => ROOMS.has(familyOf(row)));
  const rules = against.filter(({ row }) => !ROOMS.has(familyOf(row)));
  const without = (left: typeof against) => left.reduce((rest, { perHour }) => rest - perHour, reducedCost);
  const found = (cause: Cause, left: typeof against) => ({ cause, because: left.map(({ row }) => row) });
  if (without(rooms) <= tolerance) return found('no-room', rooms);
  if (without(rules) <= tolerance) return found('held-by-rule', rules);
  if (without(against) <= tolerance) return found('held-by-rule', against);
  return { cause: 'too-dear', because: [] };
}

import type { BasisRanges, LinearProgram } from '../linear-program.ts';
import type { PlanningData } from '../planning-data.ts';

/** A solved program with its optimal basis. */
export interface PricedProgram {
  readonly data: PlanningData;
  readonly program: LinearProgram;
  readonly columnValue: Float64Array;
  readonly rowPrice: Float64Array;
  readonly ranges: BasisRanges;
  /** Present where yes/no choices are held: 1 for a column that they close. */
  readonly isClosed?: Uint8Array;
}

/** What of a limit is used, in the user's terms. */
export interface LimitUsage {
  readonly used: number;
  readonly limit: number;
  /** Room to the limit, 0 or more but for the engine's noise. */
  readonly slack: number;
  readonly isBinding: boolean;
}

/** Relative to the limit: closer than this, a plan stands at the limit. The engine's own tolerance is 1e-9. */
export const BINDING_TOLERANCE = 1e-8;

/** How far from `from` up to `to`; null where there is no end, 0 where only the engine's noise lies between. */
export function distance(from: number, to: number): number | null {
  const size = to - from;
  if (size === Infinity) return null;
  return size <= BINDING_TOLERANCE * Math.max(1, Math.abs(from)) ? 0 : size;
}

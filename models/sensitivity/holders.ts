import { type LinearProgram, senseOfRow } from '../linear-program.ts';
import type { LimitSide, LimitWalk } from './limit-walk.ts';
import { LostWay, type RowStep } from './moving-basis.ts';
import type { OptimalBasis } from './optimal-basis.ts';
import type { SameLimits } from './same-limits.ts';

/** Prices nearer to each other than this, relative to the costs, are one. */
const SAME = 1e-9;

/** More limits than this explain nothing. */
const MOST_HOLDERS = 5;

/** Other limits are loosened so many times as far as the one that is asked about. */
const AMPLY = 100;

/**
 * The other limits for which loosening the one of `row` alone is worth nothing: they are reached at the same place, and were they
 * looser, one more of this one would be worth something. Positions of rows, in order; none where something else is the reason, as
 * that there is no more demand.
 *
 * To be asked where loosening is worth nothing and tightening is not. Looked at are the limits that are the same, and those on which
 * the price rests instead: either side's price is proven by the prices of a basis of its own, and these others have more of a
 * price in that of the side that loosens.
 */
export function holdersOf(
  walk: LimitWalk,
  basis: Pick<OptimalBasis, 'program' | 'price' | 'costSize'>,
  same: SameLimits,
  row: number,
  sides: { readonly loosening: LimitSide; readonly tightening: LimitSide },
): number[] {
  const twins = same.get(row) ?? [];
  const instead = pricedInstead(basis, sides).flatMap((other) => [other, ...(same.get(other) ?? [])]);
  const all = [...new Set([...twins, ...instead])].filter((other) => other !== row).sort((a, b) => a - b);
  const explains = (holders: readonly number[]) =>
    holders.length > 0 && holders.length <= MOST_HOLDERS && isWorthMoreWith(walk, basis, row, holders);
  if (explains(twins)) return [...twins];
  return all.length > twins.length && explains(all) ? all : [];
}

/** Limits that have more of a price in the basis of the side that loosens than in that of the side that tightens. */
function pricedInstead(
  { program, price, costSize }: Pick<OptimalBasis, 'program' | 'price' | 'costSize'>,
  { loosening, tightening }: { readonly loosening: LimitSide; readonly tightening: LimitSide },
): number[] {
  if (!loosening.repriced || !tightening.repriced) return [];
  const sizeIn = ({ repriced }: LimitSide, row: number) => Math.abs(repriced?.get(row) ?? price[row]);
  return [...new Set([...loosening.repriced.keys(), ...tightening.repriced.keys()])].filter(
    (row) =>
      program.rows[row].isDefinition !== true &&
      senseOfRow(program, row) !== '=' &&
      sizeIn(loosening, row) - sizeIn(tightening, row) > SAME * costSize,
  );
}

/** Whether loosening one limit saves something where others are loosened, too, by far more. */
function isWorthMoreWith(
  walk: LimitWalk,
  { program, costSize }: Pick<OptimalBasis, 'program' | 'costSize'>,
  row: number,
  others: readonly number[],
): boolean {
  const unit = largestEntry(program, row);
  const loosened = (of: number, amount: number): RowStep => ({
    row: of,
    by: senseOfRow(program, of) === '>=' ? -amount : amount,
  });
  const ofOthers = others.map((each) => loosened(each, (AMPLY * largestEntry(program, each)) / unit));
  try {
    const without = walk.rateAlong(ofOthers) ?? NaN;
    const saving = without - (walk.rateAlong([loosened(row, 1), ...ofOthers]) ?? NaN);
    return saving > SAME * Math.max(costSize, Math.abs(without));
  } catch (error) {
    if (error instanceof LostWay) return false;
    throw error;
  }
}

/** A row's units per hour, so that limits in hours, people and money are loosened alike. */
function largestEntry({ rowStart, coefficient }: LinearProgram, row: number): number {
  let largest = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1)
    largest = Math.max(largest, Math.abs(coefficient[i]));
  return largest === 0 ? 1 : largest;
}

import { familyNamed } from '../constraints/index.ts';
import { type Names, namesOf } from '../constraint-family.ts';
import { isAllowance, senseOfRow } from '../linear-program.ts';
import type { NamedLimit } from '../plan-fields.ts';
import type { ConstraintReport, LimitEnd, Plan, PriceHolder } from '../plan.ts';
import { basisReport } from './basis-report.ts';
import { columnHolder } from './column-holder.ts';
import { holdersOf } from './holders.ts';
import { LimitWalk, type LimitSide } from './limit-walk.ts';
import { LostWay } from './moving-basis.ts';
import { namedLimits } from './named-limits.ts';
import { type OptimalBasis, optimalBasis, type Variable } from './optimal-basis.ts';
import type { PricedProgram } from './priced-program.ts';
import { twoSidedSentence } from './price-sentence.ts';
import { sameLimits, type SameLimits } from './same-limits.ts';

/**
 * The report of the basis with the true price on each side of every limit: what one more costs and one less saves, how far either
 * holds, what ends it and what the next price is.
 *
 * A limit whose sides cannot be told is left out and counted: rather no price than a wrong one. `isTimeUp` is asked
 * before each limit.
 */
export function fullReport(
  solved: PricedProgram,
  totalCost: number,
  isTimeUp: () => boolean,
): NonNullable<Plan['sensitivity']> {
  const basis = optimalBasis(solved.program, solved.ranges, solved.isClosed);
  if (basis === undefined)
    return { unavailable: 'The engine ended with a basis that gives no exact prices.' };
  const walk = new LimitWalk(basis);
  const names = namesOf(solved.data);
  const same = sameLimits(solved.program, solved.isClosed);
  const ofBasis = basisReport(solved, same, names);
  const reporting: Reporting = {
    walk,
    basis,
    same,
    totalCost,
    names,
    areChoicesHeld: solved.isClosed !== undefined,
    nameOf: namerOf(solved, names),
  };
  const rows = solved.program.rows.flatMap(({ isDefinition }, row) => (isDefinition ? [] : [row]));
  const constraints = rows.flatMap((row, i) => {
    if (isTimeUp()) return [];
    const report = ofBasis.constraints[i];
    const sides = sidesOf(walk, row, report, isAllowance(solved.program.rows[row]));
    return sides ? [withSides(report, row, sides, reporting)] : [];
  });
  const notDone = rows.length - constraints.length;
  return { ...ofBasis, constraints, ...(notDone > 0 && { constraintsNotDone: notDone }) };
}

interface Reporting {
  readonly walk: LimitWalk;
  readonly basis: OptimalBasis;
  readonly same: SameLimits;
  readonly totalCost: number;
  readonly names: Names;
  readonly areChoicesHeld: boolean;
  readonly nameOf: (variable: Variable) => PriceHolder | undefined;
}

interface Sides {
  readonly more: LimitSide;
  readonly less: LimitSide;
}

function sidesOf(
  walk: LimitWalk,
  row: number,
  { limit }: ConstraintReport,
  isAllowed: boolean,
): Sides | undefined {
  try {
    // Nothing is below a limit of 0, but an allowance may be negative.
    const floor = isAllowed ? Infinity : limit;
    const less = floor > 0 ? walk.walk(row, -1, limit) : IMPOSSIBLE;
    return { more: walk.walk(row, 1, limit), less: less.reach < floor ? less : withoutEnd(less, floor) };
  } catch (error) {
    if (error instanceof LostWay) return undefined;
    throw error;
  }
}

const IMPOSSIBLE: LimitSide = { reach: 0 };

function withoutEnd({ end: _, ...side }: LimitSide, reach: number): LimitSide {
  return { ...side, reach };
}

function withSides(
  ofBasis: ConstraintReport,
  row: number,
  sides: Sides,
  reporting: Reporting,
): ConstraintReport {
  const { totalCost, names, areChoicesHeld, nameOf } = reporting;
  const { more, less } = sides;
  const costOfOneMore = priceOf(more, ofBasis.shadowPrice);
  const savingOfOneLess = priceOf(less, costOfOneMore ?? ofBasis.shadowPrice);
  const heldBy = heldByOf(row, sides, { costOfOneMore, savingOfOneLess }, reporting);
  const report = {
    ...ofBasis,
    degenerate: costOfOneMore !== savingOfOneLess && ofBasis.limit > 0,
    allowableIncrease: amountOf(more.reach),
    allowableDecrease: amountOf(less.reach),
    costOfOneMore,
    savingOfOneLess,
    ...(more.end && {
      increaseEnd: endOf(more, ofBasis.limit + more.reach, totalCost + costOfWay(more), nameOf),
    }),
    ...(less.end && {
      decreaseEnd: endOf(less, ofBasis.limit - less.reach, totalCost - costOfWay(less), nameOf),
    }),
    ...(heldBy.length > 0 && { heldBy }),
  };
  if (!ofBasis.binding) return report;
  return {
    ...report,
    sentence: twoSidedSentence(report, familyNamed(ofBasis.family), names, areChoicesHeld),
  };
}

/** The limits that keep this one from being worth anything when it alone is loosened. */
function heldByOf(
  row: number,
  { more, less }: Sides,
  { costOfOneMore, savingOfOneLess }: Pick<ConstraintReport, 'costOfOneMore' | 'savingOfOneLess'>,
  { walk, basis, same, names }: Reporting,
): NamedLimit[] {
  const sense = senseOfRow(basis.program, row);
  if (sense === '=' || costOfOneMore === savingOfOneLess) return [];
  const isKeptUp = sense === '>=';
  const [loosening, tightening] = isKeptUp ? [less, more] : [more, less];
  if ((isKeptUp ? savingOfOneLess : costOfOneMore) !== 0) return [];
  return namedLimits(basis.program, holdersOf(walk, basis, same, row, { loosening, tightening }), names);
}

/** Sums of costs that are the same number differ by this much, relative to it. */
const ROUNDING = 1e-9;

/** A price to the last digit that means anything: its two sides are the same number where they differ by rounding only. */
function samePrice(price: number, other: number): boolean {
  return Math.abs(price - other) <= ROUNDING * Math.max(1, Math.abs(price));
}

function priceOf({ price }: LimitSide, basisPrice: number): number | null {
  if (price === undefined) return null;
  return samePrice(price, basisPrice) ? basisPrice : samePrice(price, 0) ? 0 : price;
}

function amountOf(reach: number): number | null {
  return reach === Infinity ? null : reach;
}

/** Change of the cost from here to the end of a side. */
function costOfWay({ price = 0, reach }: LimitSide): number {
  return price * reach;
}

function endOf(
  { end, price = 0 }: LimitSide,
  limit: number,
  totalCost: number,
  nameOf: (variable: Variable) => PriceHolder | undefined,
): LimitEnd {
  const endedBy = end && nameOf(end.stops);
  const takenOverBy = end?.takesOver === undefined ? undefined : nameOf(end.takesOver);
  return {
    limit,
    totalCost,
    nextPrice: end?.price === undefined ? null : samePrice(end.price, price) ? price : end.price,
    ...(endedBy && { endedBy }),
    ...(takenOverBy && { takenOverBy }),
  };
}

/** What a variable of the basis is to the user; the sum of the hours of a period is nothing to them. */
function namerOf(
  { data, program }: PricedProgram,
  names: Names,
): (variable: Variable) => PriceHolder | undefined {
  const n = program.columns.length;
  return (variable) => {
    if (variable < n) return columnHolder(data, program.columns[variable], names);
    const { family, subject, isDefinition } = program.rows[variable - n];
    if (isDefinition) return undefined;
    return { kind: 'limit', family, subject, label: familyNamed(family).wording.label(subject, names) };
  };
}

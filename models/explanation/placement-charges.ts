import { definedSums } from '../hours-placed.ts';
import type { LinearProgram } from '../linear-program.ts';
import { transposed } from '../sensitivity/sparse-matrix.ts';

/** What a limit adds to the cost of one workload hour of a placement, by prices of the plan. */
export interface Charge {
  readonly row: number;
  /** Minus the price of the limit times what the hour uses of it; above 0 it speaks against the placement. */
  readonly perHour: number;
}

/** A placement's reduced cost, taken apart: `cost + Σ charges − demandPrice`. Money per workload hour. */
export interface ChargedCost {
  readonly costPerDemandHour: number;
  /** Largest first. */
  readonly charges: readonly Charge[];
  readonly demandPrice: number;
  readonly reducedCost: number;
  /** A reduced cost nearer to 0 than this is none: the parts are known to so many digits only. */
  readonly tolerance: number;
}

/** Prices and what is made of them are the engine's, true to its tolerances; relative to the parts that are added up. */
const TOLERANCE = 1e-7;

/** A sum that differs from 0 by the rounding of its parts only. */
const ROUNDING = 1e-12;

/** What is known of a program's placements. */
export interface PlacementCosts {
  /** The rows that a placement stands in. */
  rowsOf(column: number): number[];
  /** Its reduced cost, taken apart, for given prices of the rows. */
  chargedCost(column: number, rowPrice: Float64Array): ChargedCost;
}

/**
 * Takes placements' reduced costs apart by limit.
 *
 * The sum of all hours placed in a period is a column of its own, with a row that defines it and no meaning to the user.
 * It is put back into the limits that stand on it: such a limit is charged for what the hour adds itself and for what it
 * adds to the sum. As the sum is free, its own reduced cost is 0 and nothing is lost by that.
 */
export function chargesOfPlacements(program: LinearProgram): PlacementCosts {
  const { rowStart, columnIndex, coefficient, columns, rows, cost } = program;
  const byColumn = transposed({ start: rowStart, index: columnIndex, value: coefficient }, columns.length);
  // By the rows that define them; their own entry there is −1.
  const sumOf = new Map(definedSums(program).map(({ row, column }) => [row, column]));
  const chargedCost = (column: number, rowPrice: Float64Array) => {
    const perRow = new Map<number, number>();
    const add = (row: number, used: number) => {
      const charge = -rowPrice[row] * used;
      if (charge !== 0) perRow.set(row, (perRow.get(row) ?? 0) + charge);
    };
    for (let e = byColumn.start[column]; e < byColumn.start[column + 1]; e += 1) {
      const row = byColumn.index[e];
      const sum = sumOf.get(row);
      if (sum === undefined) {
        add(row, byColumn.value[e]);
        continue;
      }
      for (let s = byColumn.start[sum]; s < byColumn.start[sum + 1]; s += 1)
        if (byColumn.index[s] !== row) add(byColumn.index[s], byColumn.value[e] * byColumn.value[s]);
    }
    return takenApart(cost[column], perRow, (row) => rows[row].family === 'demand');
  };
  return {
    rowsOf: (column) => [...byColumn.index.subarray(byColumn.start[column], byColumn.start[column + 1])],
    chargedCost,
  };
}

function takenApart(
  costPerDemandHour: number,
  perRow: ReadonlyMap<number, number>,
  isDemand: (row: number) => boolean,
): ChargedCost {
  let demandPrice = 0;
  const charges: Charge[] = [];
  for (const [row, perHour] of perRow) {
    if (isDemand(row)) demandPrice -= perHour;
    else charges.push({ row, perHour });
  }
  charges.sort((a, b) => Math.abs(b.perHour) - Math.abs(a.perHour) || a.row - b.row);
  let [sum, size] = [costPerDemandHour - demandPrice, costPerDemandHour + Math.abs(demandPrice)];
  for (const { perHour } of charges) {
    sum += perHour;
    size += Math.abs(perHour);
  }
  return {
    costPerDemandHour,
    charges,
    demandPrice,
    reducedCost: Math.abs(sum) <= ROUNDING * size ? 0 : sum,
    tolerance: TOLERANCE * size,
  };
}

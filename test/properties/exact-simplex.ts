import { type LinearProgram, senseOfRow } from '../../models/linear-program.ts';

/**
 * A second opinion with no rounding at all: the textbook two-phase simplex with Bland's rule on whole numbers.
 *
 * Every double is a whole number times a power of two, so each row of the program can be scaled to whole numbers. The
 * tableau stays whole by fraction-free pivots (Edmonds): all entries share one denominator, the last pivot. Slow, and
 * meant for programs of a few dozen columns.
 */
export function solveExactly(program: LinearProgram): ExactAnswer {
  const tableau = tableauOf(program);
  const columns = tableau.width - 1;
  minimise(tableau, tableau.artificialCost, columns);
  const infeasibility = -ratio(tableau.artificialCost[columns], tableau.denominator);
  if (infeasibility !== 0) return { status: 'infeasible', infeasibility: Math.abs(infeasibility) };
  // Artificial columns must not come back: only true columns may enter from here on.
  if (!minimise(tableau, tableau.cost, tableau.firstArtificial)) return { status: 'unbounded' };
  const cost = -ratio(tableau.cost[columns], tableau.denominator) / tableau.costScale;
  return { status: 'optimal', cost };
}

export type ExactAnswer =
  | { readonly status: 'optimal'; readonly cost: number }
  | {
      readonly status: 'infeasible';
      /** Above 0: the least sum of violations, each row in its own scale. */
      readonly infeasibility: number;
    }
  | { readonly status: 'unbounded' };

interface Tableau {
  /** One row a constraint; the last entry is the right-hand side. */
  readonly rows: bigint[][];
  /** Reduced costs of the artificial and of the true objective; the last entry is minus the objective. */
  readonly artificialCost: bigint[];
  readonly cost: bigint[];
  /** The column that is basic in each row. */
  readonly basis: number[];
  readonly width: number;
  readonly firstArtificial: number;
  readonly costScale: number;
  denominator: bigint;
}

function tableauOf(program: LinearProgram): Tableau {
  const [n, m] = [program.columns.length, program.rows.length];
  const firstArtificial = n + m;
  const width = n + m + m + 1;
  const artificialCost = new Array<bigint>(width).fill(0n);
  const rows = program.rows.map((_, i) => {
    const sense = senseOfRow(program, i);
    const dense = new Array<number>(n + 1).fill(0);
    for (let e = program.rowStart[i]; e < program.rowStart[i + 1]; e += 1) {
      dense[program.columnIndex[e]] += program.coefficient[e];
    }
    dense[n] = sense === '>=' ? program.rowLower[i] : program.rowUpper[i];
    const { whole } = scaledToWhole(dense);
    const row = new Array<bigint>(width).fill(0n);
    const sign = whole[n] < 0n ? -1n : 1n;
    whole.slice(0, n).forEach((entry, j) => (row[j] = sign * entry));
    if (sense !== '=') row[n + i] = sense === '<=' ? sign : -sign;
    row[firstArtificial + i] = 1n;
    row[width - 1] = sign * whole[n];
    row.forEach((entry, j) => {
      if (j < firstArtificial || j === width - 1) artificialCost[j] -= entry;
    });
    return row;
  });
  const { whole, scale } = scaledToWhole([...program.cost]);
  const cost = [...whole, ...new Array<bigint>(width - n).fill(0n)];
  const basis = rows.map((_, i) => firstArtificial + i);
  return { rows, artificialCost, cost, basis, width, firstArtificial, costScale: scale, denominator: 1n };
}

/** Multiplies by the smallest power of two that makes all numbers whole. */
function scaledToWhole(numbers: readonly number[]): { whole: bigint[]; scale: number } {
  let scale = 1;
  while (numbers.some((number) => !Number.isInteger(number * scale))) scale *= 2;
  return { whole: numbers.map((number) => BigInt(number * scale)), scale };
}

/** Pivots until no column among the first `enterable` improves the objective; false where it has no end. */
function minimise(tableau: Tableau, objective: bigint[], enterable: number): boolean {
  for (;;) {
    const column = objective.findIndex((entry, j) => j < enterable && entry < 0n);
    if (column < 0) return true;
    const row = leavingRow(tableau, column, objective === tableau.cost);
    if (row === undefined) return false;
    pivot(tableau, row, column);
  }
}

/** Smallest ratio, ties by the smallest basic column; an artificial that stays at 0 leaves before anything can grow it. */
function leavingRow(tableau: Tableau, column: number, guardsArtificials: boolean): number | undefined {
  const { rows, basis, width, firstArtificial } = tableau;
  let best: number | undefined;
  for (let i = 0; i < rows.length; i += 1) {
    const entry = rows[i][column];
    if (guardsArtificials && basis[i] >= firstArtificial && entry !== 0n) {
      if (entry < 0n) rows[i] = rows[i].map((value) => -value);
      return i;
    }
    if (entry <= 0n) continue;
    if (best === undefined) {
      best = i;
      continue;
    }
    const difference = rows[i][width - 1] * rows[best][column] - rows[best][width - 1] * entry;
    if (difference < 0n || (difference === 0n && basis[i] < basis[best])) best = i;
  }
  return best;
}

function pivot(tableau: Tableau, pivotRow: number, column: number): void {
  const { rows, artificialCost, cost, basis, denominator } = tableau;
  const source = rows[pivotRow];
  const element = source[column];
  for (const row of [...rows, artificialCost, cost]) {
    if (row === source) continue;
    const factor = row[column];
    for (let j = 0; j < row.length; j += 1) row[j] = (row[j] * element - factor * source[j]) / denominator;
  }
  basis[pivotRow] = column;
  tableau.denominator = element;
}

/** A quotient of whole numbers of any size as a double. */
function ratio(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const bits = (value: bigint) => (value < 0n ? -value : value).toString(2).length;
  const shift = 80 - bits(numerator) + bits(denominator);
  const quotient =
    shift >= 0 ? (numerator << BigInt(shift)) / denominator : numerator / (denominator << BigInt(-shift));
  return Number(quotient) * 2 ** -shift;
}

import {
  type Basis,
  isFree,
  type LinearProgram,
  rightHandSide,
  type RowSense,
  senseOfRow,
} from '../linear-program.ts';
import { BasisFactor } from './basis-factor.ts';
import { type SparseMatrix, transposed } from './sparse-matrix.ts';
import { SparseVector } from './sparse-vector.ts';

/**
 * A variable of a basis: column `j` of the program, or at `columns + i` what is left to the right-hand side of row `i`,
 * at least 0 in a `≤` row, at most 0 in a `≥` row, 0 in an equality.
 */
export type Variable = number;

/** Which way a variable outside the basis, which is 0, may go. */
export const [NOWHERE, UP, DOWN, BOTH] = [0, 1, 2, 3];

/** Smaller than this, relative to the costs or sizes it is compared with, is the engine's noise. */
const NOISE = 1e-7;

/** An optimal basis of a linear program with its factors, its plan and its prices, all computed anew. */
export interface OptimalBasis {
  readonly program: LinearProgram;
  /** The largest size of a cost, at least 1. */
  readonly costSize: number;
  /** The program's matrix by its columns. */
  readonly columns: SparseMatrix;
  readonly factor: BasisFactor;
  /** The variable at each place of the basis. */
  readonly head: Int32Array;
  /** The place of each variable in the basis; −1 outside. */
  readonly placeOf: Int32Array;
  /** The value at each place of the basis. */
  readonly value: Float64Array;
  /** The price of each row. */
  readonly price: Float64Array;
  /** The reduced cost of each variable; 0 in the basis. */
  readonly reducedCost: Float64Array;
  /** `UP`, `DOWN`, `BOTH` or `NOWHERE` for each variable. */
  readonly way: Uint8Array;
}

/** The basis an engine ended with; undefined where it has no factors, or is not optimal by our own count. */
export function optimalBasis(
  program: LinearProgram,
  { isBasicRow, isBasicColumn }: Basis,
  isClosed?: Uint8Array,
): OptimalBasis | undefined {
  const [n, m] = [program.columns.length, program.rows.length];
  const head = basicVariables(isBasicRow, isBasicColumn);
  if (head.length !== m) return undefined;
  const { rowStart, columnIndex, coefficient } = program;
  const columns = transposed({ start: rowStart, index: columnIndex, value: coefficient }, n);
  const factor = BasisFactor.of(basisMatrix(columns, head, n));
  if (factor === undefined) return undefined;
  const placeOf = new Int32Array(n + m).fill(-1);
  head.forEach((variable, place) => {
    placeOf[variable] = place;
  });
  const vector = new SparseVector(m);
  program.rows.forEach((_, row) => {
    vector.set(row, rightHandSide(program, row));
  });
  factor.solve(vector);
  const value = vector.values.slice();
  vector.clear();
  head.forEach((variable, place) => {
    if (variable < n) vector.set(place, program.cost[variable]);
  });
  factor.solveTransposed(vector);
  const price = vector.values;
  const basis: OptimalBasis = {
    program,
    costSize: largest(program.cost),
    columns,
    factor,
    head,
    placeOf,
    value,
    price,
    reducedCost: reducedCostsOf(program, columns, price, placeOf),
    way: waysOf(program, isClosed),
  };
  return isOptimal(basis) ? basis : undefined;
}

function basicVariables(isBasicRow: Uint8Array, isBasicColumn: Uint8Array): Int32Array {
  const n = isBasicColumn.length;
  const head: number[] = [];
  isBasicColumn.forEach((isBasic, column) => {
    if (isBasic) head.push(column);
  });
  isBasicRow.forEach((isBasic, row) => {
    if (isBasic) head.push(n + row);
  });
  return new Int32Array(head);
}

/** The columns of the basis; that of a row's own variable has a 1 there. */
function basisMatrix(columns: SparseMatrix, head: Int32Array, n: number): SparseMatrix {
  const start = new Int32Array(head.length + 1);
  head.forEach((variable, place) => {
    const entries = variable < n ? columns.start[variable + 1] - columns.start[variable] : 1;
    start[place + 1] = start[place] + entries;
  });
  const [index, value] = [new Int32Array(start[head.length]), new Float64Array(start[head.length])];
  head.forEach((variable, place) => {
    if (variable >= n) {
      index[start[place]] = variable - n;
      value[start[place]] = 1;
      return;
    }
    const [from, to] = [columns.start[variable], columns.start[variable + 1]];
    index.set(columns.index.subarray(from, to), start[place]);
    value.set(columns.value.subarray(from, to), start[place]);
  });
  return { start, index, value };
}

function reducedCostsOf(
  { cost, rows }: LinearProgram,
  columns: SparseMatrix,
  price: Float64Array,
  placeOf: Int32Array,
): Float64Array {
  const n = cost.length;
  const reducedCost = new Float64Array(n + rows.length);
  for (let j = 0; j < n; j += 1) {
    if (placeOf[j] >= 0) continue;
    let reduced = cost[j];
    for (let e = columns.start[j]; e < columns.start[j + 1]; e += 1)
      reduced -= price[columns.index[e]] * columns.value[e];
    reducedCost[j] = reduced;
  }
  for (let i = 0; i < rows.length; i += 1) if (placeOf[n + i] < 0) reducedCost[n + i] = -price[i];
  return reducedCost;
}

const WAY_OF_SENSE: Readonly<Record<RowSense, number>> = { '<=': UP, '>=': DOWN, '=': NOWHERE };

function waysOf(program: LinearProgram, isClosed: Uint8Array | undefined): Uint8Array {
  const n = program.columns.length;
  const way = new Uint8Array(n + program.rows.length).fill(UP);
  program.columns.forEach((key, column) => {
    if (isFree(key)) way[column] = BOTH;
    // What a choice closes is not there to be used.
    if (isClosed?.[column] === 1) way[column] = NOWHERE;
  });
  program.rows.forEach((_, row) => {
    way[n + row] = WAY_OF_SENSE[senseOfRow(program, row)];
  });
  return way;
}

/** Whether every variable in the basis is where it may be, and no other would save anything. */
function isOptimal({ costSize, head, value, reducedCost, way }: OptimalBasis): boolean {
  const size = largest(value);
  const isPlan = head.every((variable, place) => excess(way[variable], value[place]) <= NOISE * size);
  const isCheapest = way.every(
    (each, variable) => excess(each, reducedCost[variable]) <= NOISE * costSize || each === NOWHERE,
  );
  return isPlan && isCheapest;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
}

/** How far a value lies on the side that its way leaves out. */
function excess(way: number, value: number): number {
  if (way === UP) return -value;
  if (way === DOWN) return value;
  return way === BOTH ? 0 : Math.abs(value);
}

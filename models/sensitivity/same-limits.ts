import { type DefinedSum, definedSums } from '../hours-placed.ts';
import { type LinearProgram, rightHandSide, senseOfRow } from '../linear-program.ts';

/** Numbers nearer to each other than this, relative to their size, are one number computed in two ways. */
const SAME = 1e-9;

/** Rows whose directions are nearer to each other than this are compared entry by entry. */
const NEAR = 1e-8;

/** For each row that has any, the other rows that say the same in other words, in order. */
export type SameLimits = ReadonlyMap<number, readonly number[]>;

/**
 * Limits that say the same in other words, so that they leave the same plans: a team's capacity
 * and the seats of a site where it is alone; a period's budget and the horizon's where there is one period; a vendor's share and
 * the in-house share of the rest.
 *
 * A basis splits one price among such rows in an arbitrary way. They are found as presolve finds parallel rows (Andersen and
 * Andersen 1995): each row's entries are added up with two weights drawn for each column; the two sums have the same direction
 * for rows that differ by a factor, and hardly ever for others. A column that is a sum of others is read as these. Columns with
 * 1 in `isClosed` are not there.
 */
export function sameLimits(program: LinearProgram, isClosed?: Uint8Array): SameLimits {
  const sums = new Map(definedSums(program).map((sum) => [sum.column, sum]));
  const directed = directedRows(program, sums, isClosed).sort((a, b) => a.direction - b.direction);
  const found = new Map<number, readonly number[]>();
  for (let from = 0, to = 0; from < directed.length; from = to) {
    to = from + 1;
    while (to < directed.length && directed[to].direction - directed[to - 1].direction <= NEAR) to += 1;
    if (to - from === 1) continue;
    const rows = directed.slice(from, to).map(({ row }) => writtenOut(program, row, sums, isClosed));
    for (const same of groupsOfSame(rows))
      for (const row of same)
        found.set(
          row,
          same.filter((other) => other !== row),
        );
  }
  return found;
}

/** Columns that are sums of others, each by its position. */
type Sums = ReadonlyMap<number, DefinedSum>;

interface DirectedRow {
  readonly row: number;
  /** −1 to 1. */
  readonly direction: number;
}

/** The rows that some plan could break: a rule such as the share of a vendor without teams is nobody's equal. */
function directedRows(program: LinearProgram, sums: Sums, isClosed: Uint8Array | undefined): DirectedRow[] {
  const [one, other] = [0, 1].map((draw) => weightsOf(program, draw, sums, isClosed));
  const directed: DirectedRow[] = [];
  for (let row = 0; row < program.rows.length; row += 1) {
    if (program.rows[row].isDefinition || senseOfRow(program, row) === '=') continue;
    const x = weightedSum(program, row, one);
    const size = Math.hypot(x, weightedSum(program, row, other));
    if (size === 0 || !canBeBroken(program, row)) continue;
    directed.push({ row, direction: (signOf(program, row) * x) / size });
  }
  return directed;
}

/** Times its sign, every row keeps a sum down. */
function signOf(program: LinearProgram, row: number): 1 | -1 {
  return senseOfRow(program, row) === '>=' ? -1 : 1;
}

function canBeBroken(program: LinearProgram, row: number): boolean {
  const sign = signOf(program, row);
  if (sign * rightHandSide(program, row) < 0) return true;
  for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1)
    if (sign * program.coefficient[i] > 0) return true;
  return false;
}

function weightsOf(
  program: LinearProgram,
  draw: number,
  sums: Sums,
  isClosed: Uint8Array | undefined,
): Float64Array {
  const weights = new Float64Array(program.columns.length);
  for (let column = 0; column < weights.length; column += 1)
    if (isClosed?.[column] !== 1) weights[column] = drawnWeight(2 * column + draw);
  for (const column of sums.keys()) weights[column] = 0;
  for (const [column, { row, at }] of sums)
    weights[column] = -weightedSum(program, row, weights) / program.coefficient[at];
  return weights;
}

/** From 1 to below 2, always the same for the same number (the finaliser of MurmurHash3). */
function drawnWeight(number: number): number {
  let hash = number + 1;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return 1 + ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function weightedSum(
  { rowStart, columnIndex, coefficient }: LinearProgram,
  row: number,
  weight: Float64Array,
): number {
  let sum = 0;
  for (let i = rowStart[row]; i < rowStart[row + 1]; i += 1) sum += coefficient[i] * weight[columnIndex[i]];
  return sum;
}

/** A row that keeps a sum of plain columns below a limit. */
interface WrittenOut {
  readonly row: number;
  readonly limit: number;
  readonly entries: ReadonlyMap<number, number>;
}

function writtenOut(
  program: LinearProgram,
  row: number,
  sums: Sums,
  isClosed: Uint8Array | undefined,
): WrittenOut {
  const { rowStart, columnIndex, coefficient } = program;
  const entries = new Map<number, number>();
  const add = (of: number, factor: number, except?: number) => {
    for (let i = rowStart[of]; i < rowStart[of + 1]; i += 1) {
      const column = columnIndex[i];
      const sum = sums.get(column);
      if (i === except || isClosed?.[column] === 1) continue;
      if (sum) add(sum.row, (-factor * coefficient[i]) / coefficient[sum.at], sum.at);
      else entries.set(column, (entries.get(column) ?? 0) + factor * coefficient[i]);
    }
  };
  const sign = signOf(program, row);
  add(row, sign);
  for (const [column, entry] of entries) if (entry === 0) entries.delete(column);
  return { row, limit: sign * rightHandSide(program, row), entries };
}

/** Rows of one group are the same but for a factor; rows that are alone are in none. */
function groupsOfSame(rows: readonly WrittenOut[]): number[][] {
  const groups: WrittenOut[][] = [];
  for (const row of rows) {
    const group = groups.find(([first]) => isSame(first, row));
    if (group) group.push(row);
    else groups.push([row]);
  }
  return groups
    .filter(({ length }) => length > 1)
    .map((group) => group.map(({ row }) => row).sort((a, b) => a - b));
}

function isSame(one: WrittenOut, other: WrittenOut): boolean {
  if (one.entries.size !== other.entries.size) return false;
  const [[column, entry] = [0, 0]] = one.entries;
  const factor = (other.entries.get(column) ?? 0) / entry;
  if (!(factor > 0) || !isNear(factor * one.limit, other.limit)) return false;
  return Array.from(one.entries).every(([at, each]) => isNear(factor * each, other.entries.get(at) ?? 0));
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(Math.abs(a), Math.abs(b));
}

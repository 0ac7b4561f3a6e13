import {
  type BasisRanges,
  type ChoiceKey,
  type ClassChoiceKey,
  type ColumnKey,
  isChoice,
  type LinearProgram,
  type PeopleKey,
  type PlacementChoiceKey,
  textOfKey,
} from './linear-program.ts';
import { partOfProgram } from './part-of-program.ts';
import { digitsTaken } from './people/class-sizes.ts';
import { NOISE_HOURS } from './plan-numbers.ts';
import type { PlanningData } from './planning-data.ts';

/**
 * Yes/no choices held as a plan has them: what remains is a linear program, and its prices are `choices-fixed`.
 *
 * The link rows are deleted and the choices gone: kept, they would steal the price of the capacity behind them or make
 * one more hour look impossible. The columns of closed choices are held at 0 by leaving them out of `solved`.
 */
export interface HeldChoices {
  /** The program without choices and link rows; its columns are the first ones of the program, in the same order. */
  readonly program: LinearProgram;
  /** The same without the columns that are closed; this is what an engine solves. */
  readonly solved: LinearProgram;
  /** 1 for a column of `program` that is closed. */
  readonly isClosed: Uint8Array;
  /** The columns of `solved`, as positions in `program`. */
  readonly openColumns: Int32Array;
}

/** Whether a program has any yes/no choice. */
export function hasChoices({ isBinary }: LinearProgram): boolean {
  return isBinary.includes(1);
}

/** Choices that are not taken, each by the text of its key. */
export type ClosedChoices = ReadonlySet<string>;

/** Every choice that is not taken; it counts as taken from one half on. */
export function closedChoices({ columns }: LinearProgram, columnValue: Float64Array): ClosedChoices {
  return new Set(
    columns.flatMap((key, column) => (isChoice(key) && columnValue[column] < 0.5 ? [textOfKey(key)] : [])),
  );
}

/** Every choice of the program that a plan makes no use of; `columnValue` may end before the choices. */
export function unusedChoices(
  data: PlanningData,
  { columns }: LinearProgram,
  columnValue: Float64Array,
): ClosedChoices {
  const used = new Set<string>();
  columns.forEach((key, column) => {
    if (!isBehindChoices(key) || !(columnValue[column] > NOISE_HOURS)) return;
    const choices =
      key.kind === 'placement'
        ? choicesBehind(data, key)
        : choicesOfClass(data, key.team, key.period, columnValue[column]);
    for (const choice of choices) used.add(textOfKey(choice));
  });
  return new Set(
    columns
      .filter(isChoice)
      .map(textOfKey)
      .filter((choice) => !used.has(choice)),
  );
}

/** The choices that a class of so many heads is made of, whether or not the scenario has them. */
export function choicesOfClass(
  { teams }: PlanningData,
  team: number,
  period: number,
  heads: number,
): ClassChoiceKey[] {
  const sizes = teams[team].headcount?.hiring?.classes;
  const digits = sizes ? digitsTaken(sizes, heads) : [];
  return [
    { kind: 'class', team, period },
    ...digits.map((digit) => ({ kind: 'class-digit', team, period, digit }) as const),
  ];
}

/** Whether choices can keep a column at 0. */
function isBehindChoices(
  key: ColumnKey,
): key is Extract<ColumnKey, { kind: 'placement' }> | (PeopleKey & { readonly kind: 'hires' }) {
  return key.kind === 'placement' || key.kind === 'hires';
}

/** The choices that a placement needs, whether or not the scenario has them. */
export function choicesBehind(
  { teams }: PlanningData,
  { workflow, team, period }: Extract<ColumnKey, { readonly kind: 'placement' }>,
): PlacementChoiceKey[] {
  const { site } = teams[team];
  return [
    { kind: 'site-open', site },
    { kind: 'workflow-at-site', workflow, site },
    { kind: 'workflow-at-site-in-period', workflow, site, period },
  ];
}

/** The program as if every choice were made, cost nothing and asked for nothing: easier than with any choices. */
export function withoutChoices(program: LinearProgram): LinearProgram {
  const rows = rowsThatStay(program, () => false);
  return partOfProgram(program, rows, columnsWithoutChoices(program));
}

export function holdChoices(data: PlanningData, program: LinearProgram, closed: ClosedChoices): HeldChoices {
  const rows = rowsThatStay(program, (choice) => !closed.has(textOfKey(choice)));
  const spent = takenByChoices(program, rows, closed);
  const held = withChoicesTaken(partOfProgram(program, rows, columnsWithoutChoices(program)), spent);
  const isClosed = Uint8Array.from(held.columns, (key) => {
    if (!isBehindChoices(key)) return 0;
    const needed: readonly ChoiceKey[] =
      key.kind === 'placement' ? choicesBehind(data, key) : [{ ...key, kind: 'class' }];
    return Number(needed.some((choice) => closed.has(textOfKey(choice))));
  });
  const openColumns = Int32Array.from(
    held.columns.flatMap((_, column) => (isClosed[column] ? [] : [column])),
  );
  const allRows = held.rows.map((_, row) => row);
  return { program: held, solved: partOfProgram(held, allRows, [...openColumns]), isClosed, openColumns };
}

/** Link rows go; a limit that hangs on a choice stays only where the choice is taken. */
function rowsThatStay({ rows }: LinearProgram, isTaken: (choice: ChoiceKey) => boolean): number[] {
  return rows.flatMap(({ isLink, onlyIf }, row) => (isLink || (onlyIf && !isTaken(onlyIf)) ? [] : [row]));
}

/** Choices come after all other columns, so the others keep their positions. */
function columnsWithoutChoices({ columns, isBinary }: LinearProgram): number[] {
  return columns.flatMap((_, column) => (isBinary[column] ? [] : [column]));
}

/** What each of the rows has of choices that are taken: opening costs in a budget, the minimum of a workflow. */
function takenByChoices(
  program: LinearProgram,
  rows: readonly number[],
  closed: ClosedChoices,
): Float64Array {
  return Float64Array.from(rows, (row) => {
    let spent = 0;
    for (let i = program.rowStart[row]; i < program.rowStart[row + 1]; i += 1) {
      const key = program.columns[program.columnIndex[i]];
      if (isChoice(key) && !closed.has(textOfKey(key))) spent += program.coefficient[i];
    }
    return spent;
  });
}

/** Moves what choices take to the right-hand sides. A budget's limit is still what the user wrote. */
function withChoicesTaken(program: LinearProgram, taken: Float64Array): LinearProgram {
  return {
    ...program,
    rows: program.rows.map((key, row) =>
      taken[row] === 0 || key.onlyIf ? key : { ...key, offset: key.offset + taken[row] },
    ),
    rowLower: program.rowLower.map((limit, row) => limit - taken[row]),
    rowUpper: program.rowUpper.map((limit, row) => limit - taken[row]),
  };
}

/** The values of the open columns, out of those of all. */
export function openOf({ openColumns }: HeldChoices, values: ArrayLike<number>): Float64Array {
  return Float64Array.from(openColumns, (column) => values[column]);
}

/** Values of the open columns among those of all; closed ones get `closedValue`. */
export function withClosed(
  { program, openColumns }: HeldChoices,
  open: Float64Array,
  closedValue: number,
): Float64Array {
  const all = new Float64Array(program.columns.length).fill(closedValue);
  openColumns.forEach((column, position) => (all[column] = open[position]));
  return all;
}

/** The ranges of the solved program as those of the whole: no change of its cost brings a closed column in. */
export function rangesWithClosed(choices: HeldChoices, ranges: BasisRanges): BasisRanges {
  return {
    ...ranges,
    isBasicColumn: Uint8Array.from(withClosed(choices, Float64Array.from(ranges.isBasicColumn), 0)),
    costDown: withClosed(choices, ranges.costDown, -Infinity),
    costUp: withClosed(choices, ranges.costUp, Infinity),
  };
}

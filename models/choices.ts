import { bracketAt } from './contracts/brackets.ts';
import { volumesOf } from './contracts/volumes.ts';
import {
  type BasisRanges,
  type BracketKey,
  type ChoiceKey,
  type ClassChoiceKey,
  type ColumnKey,
  isChoice,
  type LinearProgram,
  type PlacementChoiceKey,
  type RowKey,
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
  readonly closed: ClosedChoices;
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

/**
 * Every choice of the program that a plan makes no use of; `columnValue` may end before the choices. A bracket that `closed` has open is in use unless another one
 * is cheaper.
 */
export function unusedChoices(
  data: PlanningData,
  { columns }: LinearProgram,
  columnValue: Float64Array,
  closed?: ClosedChoices,
): ClosedChoices {
  const used = new Set(bracketsInUse(data, columnValue, closed).map(textOfKey));
  columns.forEach((key, column) => {
    if ((key.kind !== 'placement' && key.kind !== 'hires') || !(columnValue[column] > NOISE_HOURS)) return;
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

/** The bracket in which each volume of a plan is billed. */
export function bracketsInUse(
  data: PlanningData,
  columnValue: Float64Array,
  closed?: ClosedChoices,
): BracketKey[] {
  if (data.contracts.every(({ brackets }) => brackets.every(({ length }) => length === 1))) return [];
  const volumes = volumesOf(data, columnValue);
  return data.contracts.flatMap(({ vendor, brackets }) =>
    brackets.map((ofPeriod, period): BracketKey => {
      const volume = volumes[vendor * data.periods.length + period];
      const held = closed && heldBracket(data, closed, vendor, period);
      return { kind: 'bracket', vendor, period, bracket: bracketAt(ofPeriod, volume, held) };
    }),
  );
}

/** The bracket that is held for a vendor in a period; undefined where there is no such choice. */
export function heldBracket(
  { contracts }: PlanningData,
  closed: ClosedChoices,
  vendor: number,
  period: number,
): number | undefined {
  const ofPeriod = contracts.find((contract) => contract.vendor === vendor)!.brackets[period];
  const held = ofPeriod.findIndex(
    (_, bracket) => !closed.has(textOfKey({ kind: 'bracket', vendor, period, bracket })),
  );
  return held < 0 ? undefined : held;
}

/** The choices without which a column is 0, whether or not the scenario has them. */
function choicesNeeded(data: PlanningData, key: ColumnKey): readonly ChoiceKey[] {
  switch (key.kind) {
    case 'placement':
      return choicesBehind(data, key);
    case 'hires':
      return [{ ...key, kind: 'class' }];
    case 'billed': {
      const { vendor, period, slice } = key;
      const { brackets } = data.contracts.find((contract) => contract.vendor === vendor)!;
      const bracket = brackets[period].findLastIndex(({ firstSlice }) => firstSlice <= slice);
      return [{ kind: 'bracket', vendor, period, bracket }];
    }
    default:
      return [];
  }
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

/**
 * The program as if every choice were made, cost nothing and asked for nothing: easier than with any choices. A bill, which falls as well as rises with
 * its brackets, is the tightest convex one below it: what brackets are where they are shares.
 */
export function withoutChoices(program: LinearProgram): LinearProgram {
  const isOfBracket = ({ family }: RowKey) => family === 'contract-bracket';
  const rows = program.rows.flatMap((key, row) =>
    (key.isLink && !isOfBracket(key)) || key.onlyIf ? [] : [row],
  );
  const columns = program.columns.flatMap((key, column) =>
    program.isBinary[column] && key.kind !== 'bracket' ? [] : [column],
  );
  const part = partOfProgram(program, rows, columns);
  return {
    ...part,
    rows: part.rows.map((key) => {
      const { isLink, ...rest } = key;
      return isLink ? { ...rest, isDefinition: true } : key;
    }),
    isBinary: new Uint8Array(columns.length),
  };
}

/** Link rows go, and so does a limit that hangs on a choice which is not taken. */
export function holdChoices(data: PlanningData, program: LinearProgram, closed: ClosedChoices): HeldChoices {
  const rows = program.rows.flatMap(({ isLink, onlyIf }, row) =>
    isLink || (onlyIf && closed.has(textOfKey(onlyIf))) ? [] : [row],
  );
  const spent = takenByChoices(program, rows, closed);
  const held = withChoicesTaken(partOfProgram(program, rows, columnsWithoutChoices(program)), spent);
  const isClosed = Uint8Array.from(held.columns, (key) =>
    Number(choicesNeeded(data, key).some((choice) => closed.has(textOfKey(choice)))),
  );
  const openColumns = Int32Array.from(
    held.columns.flatMap((_, column) => (isClosed[column] ? [] : [column])),
  );
  const allRows = held.rows.map((_, row) => row);
  return {
    program: held,
    solved: partOfProgram(held, allRows, [...openColumns]),
    isClosed,
    openColumns,
    closed,
  };
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

import { GrowingList } from './growing-list.ts';
import type { SecondSkillKind } from './people/cross-training.ts';
import type { PeopleKind } from './people/headcount.ts';
import type { Placements } from './planning-data.ts';

/**
 * A linear program in the form an engine takes: minimise `cost·x` subject to `rowLower ≤ A x ≤ rowUpper`, `x ≥ 0`.
 *
 * A column that stands for a yes/no choice is binary: 0 or 1. `A` is stored by rows (CSR): the entries of row `i` stand at positions `rowStart[i]` to `rowStart[i + 1] − 1` of
 * `columnIndex` and `coefficient`. No other column has an upper bound: every limit is a row, because a bound would swallow
 * the limit's price. Rows and columns carry structured keys; nobody parses names.
 */
export interface LinearProgram {
  readonly columns: readonly ColumnKey[];
  readonly rows: readonly RowKey[];
  /** Money per unit of each column. */
  readonly cost: Float64Array;
  /** 1 for a column that is 0 or 1. */
  readonly isBinary: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly rowStart: Int32Array;
  readonly columnIndex: Int32Array;
  readonly coefficient: Float64Array;
}

/** What a column stands for; the numbers are positions in the planning data. All but choices and people are in hours. */
export type ColumnKey =
  | { readonly kind: 'placement'; readonly workflow: number; readonly team: number; readonly period: number }
  | { readonly kind: 'shortfall'; readonly workflow: number; readonly period: number }
  | { readonly kind: 'backlog'; readonly workflow: number; readonly period: number }
  | { readonly kind: 'hours-placed'; readonly period: number }
  | PeopleKey
  | SecondSkillKey
  | BilledKey
  | QualityKey
  | ReliefKey
  | ChoiceKey;

/** Hours that a vendor bills in a period, in one slice of its contract. */
export interface BilledKey {
  readonly kind: 'billed';
  readonly vendor: number;
  readonly period: number;
  readonly slice: number;
}

/** Volume times quality of what a vendor bills in a period. */
export interface QualityKey {
  readonly kind: 'quality';
  readonly vendor: number;
  readonly period: number;
}

/** People of a team: heads in a period, hires whose training begins in it, heads released at its start; overtime in hours. */
export interface PeopleKey {
  readonly kind: PeopleKind;
  readonly team: number;
  readonly period: number;
}

/** Heads of a team with a second skill: who have it in a period, whose training begins in it, who are released at its start. */
export interface SecondSkillKey {
  readonly kind: SecondSkillKind;
  readonly team: number;
  readonly skill: number;
  readonly period: number;
}

/** How far a limit gives way, in a program made to find repairs. */
export interface ReliefKey {
  readonly kind: 'relief';
  readonly family: string;
  readonly limit: Subject;
}

/** A yes/no choice. */
export type ChoiceKey = PlacementChoiceKey | ClassChoiceKey | BracketKey;

/** Whether a vendor's hours in a period are billed in a bracket of its contract. */
export interface BracketKey {
  readonly kind: 'bracket';
  readonly vendor: number;
  readonly period: number;
  readonly bracket: number;
}

/** Whether a class of a team begins with a period; a binary digit of how many steps it is larger than the smallest. */
export type ClassChoiceKey =
  | { readonly kind: 'class'; readonly team: number; readonly period: number }
  | { readonly kind: 'class-digit'; readonly team: number; readonly period: number; readonly digit: number };

/** Whether any work goes to a site, or any of one workflow, or any of it in one period. */
export type PlacementChoiceKey =
  | { readonly kind: 'site-open'; readonly site: number }
  | { readonly kind: 'workflow-at-site'; readonly workflow: number; readonly site: number }
  | {
      readonly kind: 'workflow-at-site-in-period';
      readonly workflow: number;
      readonly site: number;
      readonly period: number;
    };

/** Every column but a placement's can be found by its key in the program of a scenario; reliefs are in none. */
type FoundByKey = Exclude<ColumnKey, { readonly kind: 'placement' | 'relief' }>;

export function isChoice(key: ColumnKey): key is ChoiceKey {
  switch (key.kind) {
    case 'site-open':
    case 'workflow-at-site':
    case 'workflow-at-site-in-period':
    case 'class':
    case 'class-digit':
    case 'bracket':
      return true;
    default:
      return false;
  }
}

export function isPeople(key: ColumnKey): key is PeopleKey {
  return key.kind === 'heads' || key.kind === 'hires' || key.kind === 'released' || key.kind === 'overtime';
}

export function isSecondSkill(key: ColumnKey): key is SecondSkillKey {
  return (
    key.kind === 'cross-trained' || key.kind === 'cross-training' || key.kind === 'cross-trained-released'
  );
}

/** Whether a column has no lower bound: what a row defines as a sum has the sign of the sum, and a bound would have a price of its own. */
export function isFree({ kind }: ColumnKey): boolean {
  return kind === 'hours-placed';
}

/** The ids a row is about, exactly as the API prints them. */
export interface Subject {
  readonly workflow?: string | undefined;
  readonly team?: string | undefined;
  readonly skill?: string | undefined;
  readonly site?: string | undefined;
  readonly vendor?: string | undefined;
  readonly period?: string | undefined;
}

export interface RowKey {
  readonly family: string;
  readonly subject: Subject;
  /**
   * What the user's limit has in addition to the row's right-hand side, and the user's usage in addition to the row's
   * activity: minus the opening backlog for a demand row, plus the payroll for a budget row, otherwise 0.
   */
  readonly offset: number;
  /**
   * Present where the limit is a share of the hours placed in a period, by one workflow or by all: the row's
   * right-hand side is then 0 and says nothing of the limit.
   */
  readonly shareOf?: { readonly share: number; readonly workflow?: number; readonly period: number };
  /**
   * Present where columns with negative coefficients make up the limit, as a team's people make up its hours: it is what they come
   * to in the plan, besides the right-hand side.
   */
  readonly isGivenByPlan?: true;
  /** Present where the limit is what the plan itself comes to, as what a vendor bills: it falls no further than to 0. */
  readonly isSum?: true;
  /** Present on a row that ties hours to a choice, or choices to each other: it goes with the choices and has no price. */
  readonly isLink?: true;
  /** Present on a row that says what a column is the sum of: it always holds, and has no price. */
  readonly isDefinition?: true;
  /** Present on a limit that exists only where a choice is taken. */
  readonly onlyIf?: ChoiceKey;
}

/** Whether a row's limit moves with the plan, so that its price is per unit of what is allowed beyond it, which may be negative. */
export function isAllowance({ shareOf, isGivenByPlan, isSum }: RowKey): boolean {
  return shareOf !== undefined || (isGivenByPlan === true && isSum !== true);
}

/** A limit as a text that no other limit has. */
export function textOfLimit({ family, subject }: Pick<RowKey, 'family' | 'subject'>): string {
  const { workflow, team, skill, site, vendor, period } = subject;
  return JSON.stringify([family, workflow, team, skill, site, vendor, period]);
}

/** Money of the columns at these values; payroll, which is a constant, is no part of a program. */
export function costOf({ cost }: LinearProgram, columnValue: Float64Array): number {
  return columnValue.reduce((sum, value, column) => sum + value * cost[column], 0);
}

export type RowSense = '<=' | '>=' | '=';

export function senseOfRow(program: LinearProgram, row: number): RowSense {
  if (program.rowLower[row] === program.rowUpper[row]) return '=';
  return program.rowUpper[row] === Infinity ? '>=' : '<=';
}

/** The finite side of a row. */
export function rightHandSide(program: LinearProgram, row: number): number {
  return program.rowUpper[row] === Infinity ? program.rowLower[row] : program.rowUpper[row];
}

/** Memory that is not written to costs nothing, and growing does. */
const ENTRY_ROOM = 2 ** 18;

/** Collects columns and rows from the families. Entries belong to the row that was begun last. */
export class ProgramBuilder {
  readonly #columns: ColumnKey[] = [];
  readonly #cost = GrowingList.ofFloat64();
  readonly #isBinary = GrowingList.ofUint8();
  readonly #rows: RowKey[] = [];
  readonly #rowLower = GrowingList.ofFloat64();
  readonly #rowUpper = GrowingList.ofFloat64();
  readonly #rowStart = GrowingList.ofInt32();
  readonly #columnIndex = GrowingList.ofInt32(ENTRY_ROOM);
  readonly #coefficient = GrowingList.ofFloat64(ENTRY_ROOM);
  readonly #columnByKey = new Map<ColumnKey['kind'], Map<number, number>>();

  /** Adds a column and returns its position. */
  addColumn(key: Exclude<ColumnKey, ReliefKey>, cost: number): number {
    const column = this.#columns.push(key) - 1;
    this.#cost.push(cost);
    this.#isBinary.push(Number(isChoice(key)));
    if (key.kind === 'placement') return column;
    const ofKind = this.#columnByKey.get(key.kind) ?? new Map<number, number>();
    this.#columnByKey.set(key.kind, ofKind.set(numberOfKey(key), column));
    return column;
  }

  /** Adds a column for every placement; they are the first columns, in the same order. */
  addPlacements({ count, workflow, team, period, costPerDemandHour }: Placements): void {
    for (let j = 0; j < count; j += 1) {
      this.#columns.push({ kind: 'placement', workflow: workflow[j], team: team[j], period: period[j] });
      this.#isBinary.push(0);
    }
    this.#cost.pushAll(costPerDemandHour);
  }

  /** The position of any column but a placement's, or undefined where there is none. */
  columnOf(key: FoundByKey): number | undefined {
    return this.#columnByKey.get(key.kind)?.get(numberOfKey(key));
  }

  /** Begins a row; `addEntry` fills it. Takes the key over: nobody else may keep it. */
  beginRow(key: Omit<RowKey, 'offset'> & { offset?: number }, sense: RowSense, rightHandSide: number): void {
    key.offset ??= 0;
    this.#rows.push(key as RowKey);
    this.#rowLower.push(sense === '<=' ? -Infinity : rightHandSide);
    this.#rowUpper.push(sense === '>=' ? Infinity : rightHandSide);
    this.#rowStart.push(this.#columnIndex.length);
  }

  /** Adds one coefficient to the row begun last; a zero is left out. A column may stand in a row once only. */
  addEntry(column: number, coefficient: number): void {
    if (coefficient === 0) return;
    this.#columnIndex.push(column);
    this.#coefficient.push(coefficient);
  }

  build(): LinearProgram {
    this.#rowStart.push(this.#columnIndex.length);
    return {
      columns: this.#columns,
      rows: this.#rows,
      cost: this.#cost.toArray(),
      isBinary: this.#isBinary.toArray(),
      rowLower: this.#rowLower.toArray(),
      rowUpper: this.#rowUpper.toArray(),
      rowStart: this.#rowStart.toArray(),
      columnIndex: this.#columnIndex.toArray(),
      coefficient: this.#coefficient.toArray(),
    };
  }
}

/** More of anything than a scenario may have. */
const MOST = 2 ** 17;

/** More slices than a bill has. */
const MOST_SLICES = 2 ** 10;

/** More second skills than a team has. */
const MOST_SKILLS = 2 ** 7;

/** More binary digits than a number of class sizes has. */
const MOST_DIGITS = 2 ** 5;

/** A column's key as a number that no other column of its kind has. */
function numberOfKey(key: FoundByKey): number {
  switch (key.kind) {
    case 'hours-placed':
      return key.period;
    case 'site-open':
      return key.site;
    case 'workflow-at-site':
      return key.workflow * MOST + key.site;
    case 'workflow-at-site-in-period':
      return (key.workflow * MOST + key.site) * MOST + key.period;
    case 'heads':
    case 'hires':
    case 'released':
    case 'overtime':
    case 'class':
      return key.team * MOST + key.period + 1;
    case 'quality':
      return key.vendor * MOST + key.period;
    case 'cross-trained':
    case 'cross-training':
    case 'cross-trained-released':
      return (key.team * MOST + key.period + 1) * MOST_SKILLS + key.skill;
    case 'billed':
      return (key.vendor * MOST + key.period) * MOST_SLICES + key.slice;
    case 'bracket':
      return (key.vendor * MOST + key.period) * MOST_SLICES + key.bracket;
    case 'class-digit':
      return (key.team * MOST + key.period) * MOST_DIGITS + key.digit;
    default:
      // A look at the period before the first finds nothing.
      return key.workflow * MOST + key.period + 1;
  }
}

/** A column's key as a text that no other column has. */
export function textOfKey(key: FoundByKey): string {
  switch (key.kind) {
    case 'site-open':
      return `${key.kind} ${key.site}`;
    case 'workflow-at-site':
      return `${key.kind} ${key.workflow} ${key.site}`;
    case 'workflow-at-site-in-period':
      return `${key.kind} ${key.workflow} ${key.site} ${key.period}`;
    case 'hours-placed':
      return `${key.kind} ${key.period}`;
    case 'heads':
    case 'hires':
    case 'released':
    case 'overtime':
    case 'class':
      return `${key.kind} ${key.team} ${key.period}`;
    case 'quality':
      return `${key.kind} ${key.vendor} ${key.period}`;
    case 'cross-trained':
    case 'cross-training':
    case 'cross-trained-released':
      return `${key.kind} ${key.team} ${key.skill} ${key.period}`;
    case 'billed':
      return `${key.kind} ${key.vendor} ${key.period} ${key.slice}`;
    case 'bracket':
      return `${key.kind} ${key.vendor} ${key.period} ${key.bracket}`;
    case 'class-digit':
      return `${key.kind} ${key.team} ${key.period} ${key.digit}`;
    default:
      return `${key.kind} ${key.workflow} ${key.period}`;
  }
}

/** Which columns, and the slacks of which rows, are in a basis: 1, or 0 outside. */
export interface Basis {
  readonly isBasicRow: Uint8Array;
  readonly isBasicColumn: Uint8Array;
}

/**
 * How far one right-hand side, or one cost, may move alone before the optimal basis changes.
 *
 * The ends are absolute values, infinite where there is none. Row ends are those of the right-hand side and mean
 * something only where `isBasicRow` is 0: a row whose slack is basic does not hold the plan, and the engine's numbers
 * for it are the range of its activity.
 */
export interface BasisRanges extends Basis {
  readonly rowDown: Float64Array;
  readonly rowUp: Float64Array;
  readonly costDown: Float64Array;
  readonly costUp: Float64Array;
}

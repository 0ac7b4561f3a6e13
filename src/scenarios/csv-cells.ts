import type { CsvProblem } from './csv-faults.ts';
import { withoutGuards } from '../exports/csv-text.ts';
import { closestName } from './closest-name.ts';
import { printable } from '../../models/printable.ts';

/** What the numbers of a column may be. */
export interface NumberRule {
  /** False where something is divided by the number. */
  readonly mayBeZero: boolean;
  /** Smallest number that is not zero. */
  readonly smallest: number;
  readonly largest: number;
  /** True where the word `uncapped`, in any letter case, stands for no limit and is read as null. */
  readonly mayBeUncapped: boolean;
}

const MAX_ID_CHARACTERS = 100;
const SHOWN_ID_CHARACTERS = 40;
const SHOWN_NUMBER_CHARACTERS = 20;

const CONTROL = /\p{Cc}/u;
const PLAIN_NUMBER = {
  point: /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/,
  comma: /^-?(?:\d+(?:,\d+)?|,\d+)(?:[eE][+-]?\d+)?$/,
};
const WITH_OTHER_SIGN = { point: /^-?\d+,\d+$/, comma: /^-?\d+\.\d+$/ };
const WITH_THOUSANDS = { point: /^-?\d{1,3}(?:,\d{3})+$/, comma: /^-?\d{1,3}(?:\.\d{3})+$/ };

/** What a file has before its decimals. It is declared, never guessed: `1,234` can be two numbers. */
export const DECIMAL_SIGNS = ['point', 'comma'] as const;
export type DecimalSign = (typeof DECIMAL_SIGNS)[number];

/** The number in a cell, null for no limit, or what is wrong with the cell. */
export function readNumberCell(
  cell: string,
  rule: NumberRule,
  decimal: DecimalSign = 'point',
): number | null | CsvProblem {
  if (rule.mayBeUncapped && cell.toLowerCase() === 'uncapped') return null;
  if (!PLAIN_NUMBER[decimal].test(cell)) return notANumber(cell, rule, decimal);
  const value = Number(decimal === 'comma' ? cell.replace(',', '.') : cell);
  const isZero = value === 0 && !/[1-9]/.test(cell.split(/[eE]/, 1)[0]);
  if (isZero && rule.mayBeZero) return 0;
  if (value < 0)
    return problem('negative-number', () => `${shownNumber(cell)} is negative. ${rangeOf(rule)}`);
  if (isZero || value < rule.smallest || value > rule.largest) {
    return problem('out-of-range', () => `${shownNumber(cell)} is out of range. ${rangeOf(rule)}`);
  }
  return value;
}

function notANumber(cell: string, rule: NumberRule, decimal: DecimalSign): CsvProblem {
  if (cell.trim() === '') return problem('missing-number', () => `The cell is empty. ${emptyHint(rule)}`);
  const common = characterProblem(cell, shownNumber);
  if (common !== undefined) return common;
  return problem(
    'bad-number',
    () => `${shownNumber(cell)} is not a plain number. ${numberHint(cell, decimal)}`,
  );
}

function emptyHint({ mayBeZero, mayBeUncapped }: NumberRule): string {
  if (mayBeUncapped) return 'Write 0 for none, or "uncapped" for no limit.';
  return mayBeZero ? 'Write 0 for none.' : 'Write a number above 0.';
}

function numberHint(cell: string, decimal: DecimalSign): string {
  if (WITH_THOUSANDS[decimal].test(cell)) {
    return `Write it without thousands separators, and use a ${decimal} for decimals.`;
  }
  if (WITH_OTHER_SIGN[decimal].test(cell))
    return `Use a ${decimal} for decimals, as in ${shownNumber(withSign(cell, decimal))}.`;
  if (cell.includes('%'))
    return `Write a share of 1, such as ${withSign('0.05', decimal)} for five in a hundred.`;
  return `Write digits with a ${decimal} for decimals, such as ${withSign('1234.5', decimal)}.`;
}

function withSign(number: string, decimal: DecimalSign): string {
  return number.replace(/[.,]/, decimal === 'comma' ? ',' : '.');
}

function rangeOf({ mayBeZero, smallest, largest }: NumberRule): string {
  if (smallest === Number.MIN_VALUE) return `Use a number from 0 to ${largest}.`;
  return `Use ${mayBeZero ? '0 or ' : ''}a number from ${smallest} to ${largest}.`;
}

/** An id in a column of ids. */
export interface CsvId {
  /** As written, but for what `csv-text.ts` puts before a text that a spreadsheet would run; equal ids share one string. */
  readonly text: string;
  /** Equal for ids that are equal after Unicode normalisation (NFC); counts from 0. */
  readonly ordinal: number;
  /** Another for each way in which a cell is written; counts from 0. */
  readonly spelling: number;
  readonly problem?: CsvProblem;
}

/**
 * A function that reads the cells of a column of ids, `what` being the word for one: `team`, `workflow`, `period`.
 *
 * Each different spelling is checked once, because a file repeats few ids many times. With `known`, a set of ids after
 * NFC, any other id is a problem with the code `unknown-` and the word; one of them is none, whatever characters it has.
 */
export function idColumn(what: string, known?: ReadonlySet<string>): (cell: string) => CsvId {
  const seen = new Map<string, CsvId>();
  const ordinals = new Map<string, number>();
  return (cell) => {
    const before = seen.get(cell);
    if (before !== undefined) return before;
    const text = meantId(cell, known);
    const normalised = text.normalize('NFC');
    const ordinal = ordinals.get(normalised) ?? ordinals.size;
    ordinals.set(normalised, ordinal);
    const wrong = known?.has(normalised)
      ? undefined
      : (idProblem(cell, what) ?? unknownProblem(normalised, what, known));
    const id = { text, ordinal, spelling: seen.size, ...(wrong === undefined ? {} : { problem: wrong }) };
    seen.set(cell, id);
    return id;
  };
}

/** The id without the guards against spreadsheets, or as written where only that is one. */
function meantId(cell: string, known: ReadonlySet<string> | undefined): string {
  const unguarded = withoutGuards(cell);
  return known?.has(unguarded.normalize('NFC')) ? unguarded : cell;
}

function idProblem(cell: string, what: string): CsvProblem | undefined {
  if (cell === '') return problem('empty-id', () => `The cell is empty. Write the id of the ${what}.`);
  if (Array.from(cell.slice(0, 2 * MAX_ID_CHARACTERS + 1)).length > MAX_ID_CHARACTERS) {
    return problem(
      'id-too-long',
      () => `${shownId(cell)} has more than ${MAX_ID_CHARACTERS} characters. Shorten it.`,
    );
  }
  if (cell.includes('\ufffd')) {
    const hint = 'A character was lost when the file was converted. Export it again as "CSV UTF-8".';
    return problem('replacement-character', () => `${shownId(cell)} is damaged. ${hint}`);
  }
  return characterProblem(cell, shownId);
}

function unknownProblem(id: string, what: string, known?: ReadonlySet<string>): CsvProblem | undefined {
  if (known === undefined || known.has(id)) return undefined;
  return problem(`unknown-${what}`, () => {
    const closest = closestName(id, known);
    const hint =
      closest === undefined
        ? `Add the ${what} first, or remove the row.`
        : `Did you mean ${shownId(closest)}?`;
    return `The scenario has no ${what} ${shownId(id)}. ${hint}`;
  });
}

/** What may not stand in a cell of any kind. */
function characterProblem(cell: string, shown: (cell: string) => string): CsvProblem | undefined {
  if (cell !== cell.trim()) {
    return problem(
      'surrounding-space',
      () => `${shown(cell)} has a space at its start or end. Remove the space.`,
    );
  }
  if (CONTROL.test(cell)) {
    const hint = 'Remove line breaks, tabs and NUL; a NUL often means that the file is UTF-16.';
    return problem('control-character', () => `${shown(cell)} has a control character. ${hint}`);
  }
  return undefined;
}

/** An id as it may stand in a message. */
export function shownId(id: string): string {
  return `"${printable(id, SHOWN_ID_CHARACTERS)}"`;
}

function shownNumber(cell: string): string {
  return `"${printable(cell, SHOWN_NUMBER_CHARACTERS)}"`;
}

function problem(code: string, message: () => string): CsvProblem {
  return { code, message };
}
